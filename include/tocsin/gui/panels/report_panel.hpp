#pragma once

#include "tocsin/gui/panels/row_panel.hpp"

#include <memory>

namespace Ui {
class ReportPanel;
}

namespace tocsin::gui {

/// Citizens' reports, those to triage first (F4). V verifies, D dismisses, Enter or I opens an incident, L links.
class ReportPanel : public RowPanel {
    Q_OBJECT
  public:
    explicit ReportPanel(const UiContext& context, QWidget* parent = nullptr);
    ~ReportPanel() override;

    [[nodiscard]] QString panelTitle() const override;
    [[nodiscard]] QString panelCount() const override;
    [[nodiscard]] QString emptyText() const override;

  public slots:
    void verify();
    void dismiss();
    void openIncident(); ///< or goes to the one that the report belongs to
    void link();         ///< offers the open incidents

  protected:
    void take(const Changes& changes) override;
    bool command(int key) override;
    void currentMoved() override;
    [[nodiscard]] Selected selectedFor(const base::Uuid& id) const override;
    [[nodiscard]] base::Uuid idIn(const Selected& selected) const override;
    void words() override;

  private:
    class Model;
    [[nodiscard]] const model::Report* current() const;

    std::unique_ptr<Ui::ReportPanel> m_form;
    Model* m_model;
    int m_pending{0};
};

} // namespace tocsin::gui
