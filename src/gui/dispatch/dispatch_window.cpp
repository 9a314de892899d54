#include "tocsin/gui/dispatch_window.hpp"

#include "gui/dispatch/aid_page.hpp"
#include "gui/dispatch/board_page.hpp"
#include "gui/dispatch/call_down_page.hpp"
#include "gui/dispatch/decision_page.hpp"
#include "gui/dispatch/decision_story.hpp"
#include "gui/dispatch/dispatch_words.hpp"
#include "gui/dispatch/leaders_word.hpp"
#include "gui/dispatch/supply_page.hpp"
#include "gui/dispatch/timeline_page.hpp"
#include "tocsin/desk/follow.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStyle>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {
constexpr int tickMs = 1000;
constexpr int quietMs = 12'000;
} // namespace

DispatchWindow::DispatchWindow(const UiContext& ui, const desk::DispatchRules& rules, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_rules(rules), m_tabs(new QTabWidget(this)), m_banner(new QFrame(this)),
      m_bannerText(new QLabel(m_banner)), m_look(pageButton("bannerLook", "", m_banner)),
      m_approve(pageButton("bannerApprove", "primary", m_banner)), m_refuse(pageButton("bannerRefuse", "danger", m_banner)),
      m_board(new BoardPage(ui, rules, this)), m_timeline(new TimelinePage(ui, rules, this)),
      m_supplies(new SupplyPage(ui, this)), m_callDowns(new CallDownPage(ui, this)), m_aid(new AidPage(ui, this)),
      m_decisions(new DecisionPage(ui, this)), m_said(new QLabel(this)) {
    setObjectName(QStringLiteral("dispatchWindow"));
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    m_tabs->setObjectName(QStringLiteral("dispatchTabs"));
    m_banner->setObjectName(QStringLiteral("dispatchBanner"));
    m_bannerText->setObjectName(QStringLiteral("bannerText"));
    m_said->setObjectName(QStringLiteral("dispatchSaid"));
    m_bannerText->setTextFormat(Qt::PlainText);
    m_bannerText->setWordWrap(true);
    m_bannerText->setFont(ui.theme.font(Theme::Text::rowBold));
    m_said->setTextFormat(Qt::PlainText);
    m_said->setWordWrap(true);
    m_said->setContentsMargins(12, 0, 12, 6);
    m_said->hide();
    m_tabs->setDocumentMode(true);
    auto* row = new QHBoxLayout(m_banner);
    row->setContentsMargins(12, 8, 12, 8);
    row->addWidget(m_bannerText, 1);
    row->addWidget(m_look);
    row->addWidget(m_approve);
    row->addWidget(m_refuse);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_tabs, 1);
    column->addWidget(m_said);
    const std::initializer_list<DispatchPage*> pages{m_board, m_timeline, m_supplies, m_callDowns, m_aid, m_decisions};
    int n = 0;
    for (auto* page : pages) {
        m_tabs->addTab(page, QString());
        connect(page, &DispatchPage::said, this, &DispatchWindow::say);
        auto* key = new QShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + n)), this);
        connect(key, &QShortcut::activated, this, [this, n] { showPage(static_cast<Page>(n)); });
        ++n;
    }
    resize(1320, 710); // with its frame no higher than a screen of 768

    m_tick.setInterval(tickMs);
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietMs);
    connect(&m_tick, &QTimer::timeout, this, &DispatchWindow::refresh);
    connect(&m_quiet, &QTimer::timeout, m_said, &QWidget::hide);
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        const bool ours = changes.all || changes.desk || !changes.assignments.empty() || !changes.resources.empty() ||
                          !changes.incidents.empty() || !changes.decisions.empty() || !changes.callDowns.empty() || !changes.callLists.empty() ||
                          !changes.aidRequests.empty() || !changes.drawings.empty();
        if (ours && isVisible())
            refresh();
    });
    connect(&ui.theme, &Theme::changed, this, &DispatchWindow::retranslate);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (isVisible())
            shown()->refresh();
    });
    connect(m_supplies, &SupplyPage::aidWanted, this, [this](const model::AidRequest& draft) {
        showPage(Page::aid);
        m_aid->draft(draft);
    });
    const auto waiting = [this] {
        const auto* first = firstWaiting();
        showPage(Page::decisions);
        if (first != nullptr)
            m_decisions->select(first->id);
    };
    connect(m_look, &QPushButton::clicked, this, waiting);
    connect(m_approve, &QPushButton::clicked, this, [this, waiting] {
        waiting();
        m_decisions->approve();
    });
    connect(m_refuse, &QPushButton::clicked, this, [this, waiting] {
        waiting();
        m_decisions->refuse();
    });
    retranslate();
}

void DispatchWindow::setLeaders(std::vector<std::string> leaders) {
    m_leaders = std::move(leaders);
    m_decisions->setLeaders(m_leaders);
    refresh();
}

DispatchPage* DispatchWindow::shown() const {
    return static_cast<DispatchPage*>(m_tabs->currentWidget());
}

void DispatchWindow::showPage(Page page) {
    m_tabs->setCurrentIndex(static_cast<int>(page));
    shown()->refresh();
    shown()->takeFocus();
}

DispatchWindow::Page DispatchWindow::page() const {
    return static_cast<Page>(m_tabs->currentIndex());
}

void DispatchWindow::retranslate() {
    setWindowTitle(tr("Those who were sent"));
    m_look->setText(tr("Look at it"));
    m_approve->setText(tr("Approve and send"));
    const Palette& c = m_ui.theme.colours();
    m_banner->setStyleSheet(QStringLiteral("QFrame#dispatchBanner { background: %1; border-bottom: 2px solid %2; }")
                                .arg(c.raised.name(), c.accent.name()));
    for (int i = 0; i < m_tabs->count(); ++i)
        static_cast<DispatchPage*>(m_tabs->widget(i))->retranslate();
    refresh();
}

void DispatchWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void DispatchWindow::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    refresh();
    shown()->takeFocus();
    m_tick.start();
}

void DispatchWindow::hideEvent(QHideEvent* event) {
    QDialog::hideEvent(event);
    m_tick.stop();
}

void DispatchWindow::refresh() {
    banner();
    counts();
    shown()->refresh();
}

void DispatchWindow::banner() {
    const auto all = decisionsOf(m_ui.desk.state());
    const auto waiting = std::count_if(all.begin(), all.end(), [](const auto* d) { return d->state == model::DecisionState::waiting; });
    m_banner->setVisible(waiting > 0);
    if (waiting == 0)
        return;
    const auto& first = *firstWaiting();
    const auto now = m_ui.desk.now();
    const auto word = leadersWord(m_ui.desk, first, m_leaders);
    const QString plan = tr("%1 sent by %2", "how many, who").arg(first.lines.size()).arg(Words::plain(first.by));
    QStringList parts{tr("%1: %2 to %3", "for whose word it waits, how many by whom, incident")
                          .arg(word.gives ? tr("Waits for your word") : word.waitsFor(), plan,
                               DispatchWords::incident(m_ui.desk.state(), first.incident, m_ui.language))};
    if (word.pinFirst)
        parts << tr("your PIN was not given at this window");
    parts << tr("since %1, for %2", "when, how long").arg(Words::hourMinute(first.at), Words::age(now - first.at));
    if (const auto due = desk::approvalDue(first, m_rules))
        parts << (now <= *due ? tr("an alarm in %1").arg(Words::age(*due - now)) : tr("an alarm for %1").arg(Words::age(now - *due)));
    if (waiting > 1)
        parts << tr("and %1 more").arg(waiting - 1);
    m_bannerText->setText(parts.join(QStringLiteral(" · ")));
    m_refuse->setText(word.takesBack ? tr("Take back…") : tr("Refuse…"));
    m_approve->setVisible(word.gives);
    m_refuse->setVisible(word.gives || word.takesBack);
    m_approve->setEnabled(word.gives && !m_ui.desk.readOnly());
    m_refuse->setEnabled((word.gives || word.takesBack) && !m_ui.desk.readOnly());
}

const model::Decision* DispatchWindow::firstWaiting() const {
    const model::Decision* first = nullptr;
    for (const auto* one : decisionsOf(m_ui.desk.state())) {
        if (one->state != model::DecisionState::waiting)
            break; // those that wait stand first
        if (leadersWord(m_ui.desk, *one, m_leaders).gives)
            return one;
        first = first == nullptr ? one : first;
    }
    return first;
}

/// What waits behind each tab stands in its name.
void DispatchWindow::counts() {
    const auto& state = m_ui.desk.state();
    const auto named = [](const QString& name, std::ptrdiff_t count) {
        return count == 0 ? name : tr("%1 (%2)", "tab, count").arg(name).arg(count);
    };
    const auto count = [](const auto& all, const auto& is) {
        return std::count_if(all.begin(), all.end(), [&](const auto& one) { return is(one.second); });
    };
    m_tabs->setTabText(0, named(tr("Board"), count(state.assignments, [](const auto& a) {
                                    return a.state != model::AssignmentState::released;
                                })));
    m_tabs->setTabText(1, tr("Timeline"));
    m_tabs->setTabText(2, tr("Supplies"));
    m_tabs->setTabText(3, named(tr("Call-downs"), count(state.callDowns, [](const auto& list) {
                                    return list.state == model::CallDownState::running || list.state == model::CallDownState::exhausted;
                                })));
    m_tabs->setTabText(4, named(tr("Mutual aid"), count(state.aidRequests, [](const auto& request) {
                                    return request.state == model::AidState::drafted || request.state == model::AidState::sent ||
                                           request.state == model::AidState::accepted;
                                })));
    m_tabs->setTabText(5, named(tr("Decisions"), count(state.decisions, [](const auto& decision) {
                                    return decision.state == model::DecisionState::waiting;
                                })));
    for (int i = 0; i < m_tabs->count(); ++i)
        m_tabs->setTabToolTip(i, QStringLiteral("Alt+%1").arg(i + 1));
}

void DispatchWindow::say(const QString& sentence, bool bad) {
    m_said->setProperty("role", bad ? QStringLiteral("error") : QStringLiteral("dim"));
    m_said->style()->unpolish(m_said);
    m_said->style()->polish(m_said);
    m_said->setText(sentence);
    m_said->show();
    m_quiet.start();
}

} // namespace tocsin::gui
