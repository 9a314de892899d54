#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <memory>
#include <vector>

class QComboBox;
class QSpinBox;

namespace Ui {
class NeedsEditor;
}

namespace tocsin::gui {

/// What an incident needs, as lines of capability, level and quantity.
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
    void words();
    void save();

    struct Line {
        QWidget* row;
        QComboBox* capability;
        QSpinBox* level;
        QSpinBox* quantity;
    };
    UiContext m_ui;
    model::Incident m_incident;
    std::unique_ptr<Ui::NeedsEditor> m_form;
    std::vector<std::string> m_capabilities;
    std::vector<Line> m_lines;
};

} // namespace tocsin::gui
