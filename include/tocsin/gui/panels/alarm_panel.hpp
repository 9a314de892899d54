#pragma once

#include "tocsin/gui/panels/row_panel.hpp"

#include <memory>

namespace Ui {
class AlarmPanel;
}

namespace tocsin::gui {

/// The alarms, gravest first (F2). Space acknowledges the selected one, Enter or I opens an incident from it.
class AlarmPanel : public RowPanel {
    Q_OBJECT
  public:
    explicit AlarmPanel(const UiContext& context, QWidget* parent = nullptr);
    ~AlarmPanel() override;

    [[nodiscard]] QString panelTitle() const override;
    [[nodiscard]] QString panelCount() const override;
    [[nodiscard]] QString emptyText() const override;

  public slots:
    /// The selected alarm; with none selected the gravest is selected first, so that nobody acknowledges unseen.
    void acknowledge();
    void openIncident(); ///< or goes to the one that the alarm belongs to

  protected:
    void take(const Changes& changes) override;
    bool command(int key) override;
    void currentMoved() override;
    [[nodiscard]] Selected selectedFor(const base::Uuid& id) const override;
    [[nodiscard]] base::Uuid idIn(const Selected& selected) const override;
    void words() override;

  private:
    class Model;
    [[nodiscard]] const model::Alarm* current() const;

    std::unique_ptr<Ui::AlarmPanel> m_form;
    Model* m_model;
    int m_unacknowledged{0};
    int m_active{0};
};

} // namespace tocsin::gui
