#pragma once

#include "tocsin/gui/panels/row_panel.hpp"

#include <memory>

namespace tocsin::triage {
struct TrendingTerm;
}
namespace Ui {
class ReportPanel;
}

class QLabel;
class QWidget;

namespace tocsin::gui {

class KeyButton;
class ReportRows;
class ReportTriage;
struct ReportTarget;

/// Citizens' reports and calls, those to triage first (F4); what may be one event stands together, opened and closed by
/// Right and Left. Keys: C takes or gives back, V verifies, M needs more, D dismisses, B calls back, J says that it is
/// one event, X that it is not, U undoes that, Enter or I opens an incident, R says that it is none, L links, P puts it in
/// its place. With several rows selected they act on all of them. In a flood the queue is collapsed to a few lines; A shows
/// it whole. While a word is chosen only its reports are shown, and Escape shows all again.
class ReportPanel : public RowPanel {
    Q_OBJECT
  public:
    explicit ReportPanel(const UiContext& context, QWidget* parent = nullptr);
    ~ReportPanel() override;

    [[nodiscard]] QString panelTitle() const override;
    [[nodiscard]] QString panelCount() const override;
    [[nodiscard]] QString emptyText() const override;

  protected:
    bool event(QEvent* event) override;
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
    void chooseTerm(const triage::TrendingTerm* term); ///< null: all reports again
    void toggleWhole();
    void noteFlood(); ///< that it is collapsed, and which word is chosen
    void dressButton(KeyButton& button, int act);

    ReportTriage& m_triage;
    std::unique_ptr<Ui::ReportPanel> m_form;
    ReportRows* m_model;
    std::size_t m_pending{0};
    QLabel* m_fault; ///< a file of words that cannot be read
    KeyButton* m_chip; ///< the chosen word
    QWidget* m_floodRow;
    QLabel* m_flood;
    KeyButton* m_wholeButton;
    // What was last chosen in the list, where it was a line of a flood: the list stays at it, while the details show the
    // report to be looked at first.
    mutable base::Uuid m_line;
    mutable model::ReportId m_linePick;
};

} // namespace tocsin::gui
