#pragma once

#include "tocsin/gui/panels/row_panel.hpp"

#include <memory>

namespace Ui {
class ReportPanel;
}

class QLabel;

namespace tocsin::gui {

class KeyButton;
class ReportRows;
class ReportTriage;
struct ReportTarget;

/// Citizens' reports and calls, those to triage first (F4); what may be one event stands together, opened and closed by
/// Right and Left. Keys: C takes or gives back, V verifies, M needs more, D dismisses, B calls back, J says that it is
/// one event, X that it is not, U undoes that, Enter or I opens an incident, L links, P puts it in its place. With several rows selected they act
/// on all of them.
class ReportPanel : public RowPanel {
    Q_OBJECT
  public:
    explicit ReportPanel(const UiContext& context, QWidget* parent = nullptr);
    ~ReportPanel() override;

    [[nodiscard]] QString panelTitle() const override;
    [[nodiscard]] QString panelCount() const override;
    [[nodiscard]] QString emptyText() const override;

  protected:
    void take(const Changes& changes) override;
    bool command(int key) override;
    void currentMoved() override;
    [[nodiscard]] std::vector<KeyAct> keyActs() const override;
    [[nodiscard]] Selected selectedFor(const base::Uuid& id) const override;
    [[nodiscard]] base::Uuid idIn(const Selected& selected) const override;
    void words() override;

  private:
    [[nodiscard]] ReportTarget target() const; ///< the selected rows
    void run(int act, QWidget* at); ///< a ReportAct
    void openMore();
    void openHot(); ///< where and what is said more than usual
    void dressButton(KeyButton& button, int act);

    ReportTriage& m_triage;
    std::unique_ptr<Ui::ReportPanel> m_form;
    ReportRows* m_model;
    std::size_t m_pending{0};
    QLabel* m_fault; ///< a file of words that cannot be read
};

} // namespace tocsin::gui
