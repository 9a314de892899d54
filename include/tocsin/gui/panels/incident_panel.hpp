#pragma once

#include "tocsin/gui/panels/row_panel.hpp"

#include <memory>

namespace Ui {
class IncidentPanel;
}

namespace tocsin::gui {

/// The open incidents, gravest first (F3).
class IncidentPanel : public RowPanel {
    Q_OBJECT
  public:
    explicit IncidentPanel(const UiContext& context, QWidget* parent = nullptr);
    ~IncidentPanel() override;

    [[nodiscard]] QString panelTitle() const override;
    [[nodiscard]] QString panelCount() const override;
    [[nodiscard]] QString emptyText() const override;

  signals:
    void detailsWanted(); ///< Enter or a double click on a row

  protected:
    void take(const Changes& changes) override;
    bool command(int key) override;
    [[nodiscard]] std::vector<KeyAct> keyActs() const override;
    [[nodiscard]] Selected selectedFor(const base::Uuid& id) const override;
    [[nodiscard]] base::Uuid idIn(const Selected& selected) const override;
    void words() override;

  private:
    class Model;
    std::unique_ptr<Ui::IncidentPanel> m_form;
    Model* m_model;
    int m_open{0};
};

} // namespace tocsin::gui
