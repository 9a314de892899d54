#pragma once

#include "tocsin/gui/resources_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QScrollArea>
#include <functional>
#include <map>
#include <vector>

class QFormLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QComboBox;
class QCheckBox;

namespace tocsin::gui {

class EmptyHint;
class GridEdit;

/// Every field of one record, as its kind has them. What cannot be read is said beside Save, field by field.
class ResourceForm : public QScrollArea {
    Q_OBJECT
  public:
    ResourceForm(const UiContext& ui, ResourcesDesk& desk, QWidget* parent);

    void show(const model::Resource& record); ///< as it stands; what was edited is dropped
    void clear();
    void retranslate();
    [[nodiscard]] bool isDirty() const { return m_dirty; }
    /// The record as it stood when it was shown.
    [[nodiscard]] const model::Resource& seen() const { return m_seen; }
    /// The record as edited; `faults` gets what cannot be read.
    [[nodiscard]] model::Resource record(QStringList& faults) const;
    void setReadOnly(bool readOnly);

  signals:
    void edited();

  private:
    enum class Part : unsigned char { always, people, room, hospital, shelter, vehicle, stock, offers };
    struct Field {
        const char* label; ///< English, translated by ResourceFieldWords
        Part part;
        QLabel* shown{nullptr};
        QLineEdit* edit{nullptr};
        std::function<QString(const model::Resource&)> get;
        std::function<bool(model::Resource&, const QString&)> set; ///< false: cannot be read
        const char* expected;
    };
    struct Grid {
        const char* label;
        Part part;
        QLabel* shown{nullptr};
        GridEdit* edit{nullptr};
        std::vector<const char*> header;
        std::function<std::vector<QStringList>(const model::Resource&)> get;
        std::function<bool(model::Resource&, const std::vector<QStringList>&)> set;
        const char* expected;
    };
    void makeFields();
    void makeGrids();
    void add(const char* label, Part part, std::function<QString(const model::Resource&)> get,
             std::function<bool(model::Resource&, const QString&)> set, const char* expected = nullptr);
    void addText(const char* label, Part part, std::string model::Resource::*member);
    void addLocal(const char* label, const char* chinese, base::LocalText model::Resource::*member);
    void addCount(const char* label, Part part, int model::Resource::*member);
    void addVehicle(const char* label, double model::VehicleData::*member);
    void addGrid(const char* label, Part part, std::vector<const char*> header, std::function<std::vector<QStringList>(const model::Resource&)> get,
                 std::function<bool(model::Resource&, const std::vector<QStringList>&)> set, const char* expected);
    [[nodiscard]] static bool belongs(Part part, model::ResourceKind kind);
    void arrange(); ///< which parts the kind has
    void explain(); ///< what stands in the tables about the capabilities that are typed
    void touched();
    [[nodiscard]] model::ResourceKind kind() const;

    UiContext m_ui;
    ResourcesDesk& m_desk;
    QWidget* m_page;
    QFormLayout* m_layout;
    QLabel* m_kindLabel;
    QComboBox* m_kind;
    QLabel* m_fliesLabel;
    QCheckBox* m_flies;
    QLabel* m_meaning{nullptr}; ///< under the capabilities
    QLineEdit* m_skills{nullptr};
    QLabel* m_remarksLabel;
    QPlainTextEdit* m_remarks;
    EmptyHint* m_nothing; ///< what to do, while no record is shown
    std::vector<Field> m_fields;
    std::vector<Grid> m_grids;
    model::Resource m_seen;
    bool m_filling{false};
    bool m_dirty{false};
};

} // namespace tocsin::gui
