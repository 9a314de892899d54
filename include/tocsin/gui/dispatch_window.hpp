#pragma once

#include "tocsin/desk/dispatch_rules.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <QTimer>
#include <string>
#include <vector>

class QFrame;
class QLabel;
class QPushButton;
class QTabWidget;

namespace tocsin::gui {

class AidPage;
class BoardPage;
class CallDownPage;
class DecisionPage;
class DispatchPage;
class SupplyPage;
class TimelinePage;

/// Following those who were sent: the board of assignments, their timeline, supplies against needs, call-downs, mutual aid and the
/// decisions that were made. Modeless; changes of others are shown at once. GUI thread.
class DispatchWindow : public QDialog {
    Q_OBJECT
  public:
    enum class Page : unsigned char { board, timeline, supplies, callDowns, aid, decisions };
    /// `rules`: the county's limits, beyond which somebody is late.
    DispatchWindow(const UiContext& ui, const desk::DispatchRules& rules, QWidget* parent = nullptr);
    /// Whom the county names, who give the leader's word.
    void setLeaders(std::vector<std::string> leaders);
    void showPage(Page page);
    [[nodiscard]] Page page() const;

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refresh();
    void banner();
    [[nodiscard]] const model::Decision* firstWaiting() const; ///< of those that the person here gives the word for; else of all
    void counts();
    void say(const QString& sentence, bool bad);
    [[nodiscard]] DispatchPage* shown() const;

    UiContext m_ui;
    desk::DispatchRules m_rules;
    std::vector<std::string> m_leaders;
    QTabWidget* m_tabs;
    QFrame* m_banner;
    QLabel* m_bannerText;
    QPushButton* m_look;
    QPushButton* m_approve;
    QPushButton* m_refuse;
    BoardPage* m_board;
    TimelinePage* m_timeline;
    SupplyPage* m_supplies;
    CallDownPage* m_callDowns;
    AidPage* m_aid;
    DecisionPage* m_decisions;
    QLabel* m_said;
    QTimer m_tick;
    QTimer m_quiet; ///< until what was said goes
};

} // namespace tocsin::gui
