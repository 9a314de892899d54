#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QScrollArea>
#include <functional>
#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

class EmptyHint;

/// One sensor of the register. What cannot be taken is said below its field. GUI thread.
class SensorForm : public QScrollArea {
    Q_OBJECT
  public:
    SensorForm(const UiContext& ui, bool hasMap, QWidget* parent);

    void show(const model::Sensor& sensor);    ///< as it stands; what was edited is dropped
    void showNew(const model::Sensor& known);  ///< one that is not in the register yet, with what is known of it
    void clear();
    void retranslate();
    void setReadOnly(bool readOnly);
    [[nodiscard]] bool isDirty() const { return m_dirty; }
    [[nodiscard]] bool isNew() const { return m_new; }
    /// The sensor as it stood when it was shown.
    [[nodiscard]] const model::Sensor& seen() const { return m_seen; }
    /// The sensor as edited; absent: something cannot be read, and is said.
    [[nodiscard]] std::optional<model::Sensor> read();
    /// Nobody knows the unit: says so, and asks whether it is meant.
    void refuseUnit(const QString& reason);
    [[nodiscard]] bool anyUnit() const;
    void place(const model::Position& position); ///< pointed at on the map

  signals:
    void edited();
    void mapWanted();

  private:
    /// A field with its label before it and what is wrong with it below.
    struct Line {
        const char* label; ///< English
        const char* hint;  ///< the same; null: none
        QLabel* shown;
        QLineEdit* edit;
        QLabel* fault;
        std::function<QString(const model::Sensor&)> get;
        std::function<QString(model::Sensor&, const QString&)> set; ///< gives what is wrong; empty: taken
    };
    QLineEdit* add(const char* key, const char* label, const char* hint, std::function<QString(const model::Sensor&)> get,
                   std::function<QString(model::Sensor&, const QString&)> set, QWidget* beside = nullptr);
    void addLocal(const char* key, const char* label, const char* chineseKey, const char* chinese, base::LocalText model::Sensor::*member);
    void addBound(const char* key, const char* label, std::optional<double> model::Sensor::*member);
    void makeFields();
    void fill(const model::Sensor& sensor);
    void touched();
    void note();
    /// Whether the line's text can be taken into `out`; says so if not.
    bool take(const Line& line, model::Sensor& out) const;
    [[nodiscard]] Line& of(const QLineEdit* edit);

    UiContext m_ui;
    QWidget* m_page;
    QFormLayout* m_layout;
    QLabel* m_note;
    QLabel* m_kindLabel;
    QComboBox* m_kind;
    QPushButton* m_map;
    QCheckBox* m_anyUnit;
    EmptyHint* m_nothing; ///< what to do, while no sensor is shown
    QLineEdit* m_id{nullptr};
    QLineEdit* m_unit{nullptr};
    QLineEdit* m_coordinates{nullptr};
    QLineEdit* m_lowest{nullptr};
    std::vector<Line> m_lines;
    model::Sensor m_seen;
    bool m_new{false};
    bool m_filling{false};
    bool m_dirty{false};
};

} // namespace tocsin::gui
