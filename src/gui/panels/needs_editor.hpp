#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <memory>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;

namespace Ui {
class NeedsEditor;
}

namespace tocsin::gui {

/// What an incident needs: teams by capability, level and quantity; supplies; shelter for people; each within a time.
class NeedsEditor : public QDialog {
    Q_OBJECT
  public:
    NeedsEditor(const UiContext& ui, const model::Incident& incident, QWidget* parent);
    ~NeedsEditor() override;

    [[nodiscard]] std::vector<model::Need> needs() const;

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void addLine(const model::Need& need);
    void gather();
    void words();
    struct Line;
    void shape(const Line& line) const; ///< its fields follow what is chosen
    void save();

    struct Line {
        QWidget* row;
        QComboBox* capability;
        QSpinBox* level;
        QDoubleSpinBox* amount;
        QSpinBox* within; ///< minutes; 0: as soon as can be
        model::Need was;  ///< as the incident has it
        bool touched{false};
    };
    struct Thing {
        model::NeedKind kind{model::NeedKind::team};
        std::string code;
        base::LocalText name; ///< of supplies
        std::string unit;
    };
    [[nodiscard]] QString nameOf(const Thing& thing) const;
    [[nodiscard]] int indexOf(const model::Need& need) const;
    UiContext m_ui;
    model::Incident m_incident;
    std::unique_ptr<Ui::NeedsEditor> m_form;
    std::vector<Thing> m_things;
    std::vector<Line> m_lines;
};

} // namespace tocsin::gui
