#include "gui/dispatch/board_page.hpp"

#include "gui/dispatch/dispatch_words.hpp"
#include "gui/dispatch/order_bundle.hpp"
#include "gui/dispatch/order_dialog.hpp"
#include "gui/dispatch/stock_worries.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

namespace tocsin::gui {

using model::AssignmentState;

BoardPage::BoardPage(const UiContext& ui, const desk::DispatchRules& rules, QWidget* parent)
    : DispatchPage(ui, parent), m_rules(rules), m_filter(new QComboBox(this)), m_sort(new QComboBox(this)),
      m_summary(new QLabel(this)), m_view(new BoardView(ui, this)), m_step(pageButton("boardStep", "primary", this)),
      m_release(pageButton("boardRelease", "", this)), m_rollCall(pageButton("boardRollCall", "", this)),
      m_order(pageButton("boardOrder", "", this)), m_open(pageButton("boardOpen", "", this)), m_keys(new QLabel(this)),
      m_newOrders(pageButton("boardNewOrders", "", this)) {
    m_filter->setObjectName(QStringLiteral("boardFilter"));
    m_sort->setObjectName(QStringLiteral("boardSort"));
    m_summary->setObjectName(QStringLiteral("boardSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setFont(ui.theme.font(Theme::Text::rowBold));
    m_keys->setProperty("role", QStringLiteral("dim"));
    m_filter->setMinimumWidth(220);
    m_sort->setMinimumWidth(150);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(m_filter);
    row->addWidget(m_sort);
    row->addWidget(m_summary, 1);
    for (auto* button : {m_step, m_release, m_rollCall, m_order, m_open})
        row->addWidget(button);
    column->addLayout(row);
    column->addWidget(m_view, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 0, 12, 4);
    foot->addWidget(m_keys, 1);
    foot->addWidget(m_newOrders);
    column->addLayout(foot);

    connect(m_filter, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling)
            refresh();
    });
    connect(m_sort, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling)
            refresh();
    });
    connect(m_view, &BoardView::currentChanged, this, &BoardPage::buttons);
    connect(m_view, &BoardView::stepWanted, this, &BoardPage::step);
    connect(m_view, &BoardView::releaseWanted, this, &BoardPage::release);
    connect(m_view, &BoardView::rollCallWanted, this, &BoardPage::rollCall);
    connect(m_view, &BoardView::orderWanted, this, &BoardPage::order);
    connect(m_view, &BoardView::newOrdersWanted, this, &BoardPage::newest);
    connect(m_view, &BoardView::opened, this, &BoardPage::open);
    connect(m_view, &BoardView::droppedOn, this, &BoardPage::drop);
    connect(m_step, &QPushButton::clicked, this, &BoardPage::step);
    connect(m_release, &QPushButton::clicked, this, &BoardPage::release);
    connect(m_rollCall, &QPushButton::clicked, this, &BoardPage::rollCall);
    connect(m_order, &QPushButton::clicked, this, &BoardPage::order);
    connect(m_newOrders, &QPushButton::clicked, this, &BoardPage::newest);
    connect(m_open, &QPushButton::clicked, this, [this] {
        if (const auto* face = m_view->current())
            open(face->id);
    });
}

void BoardPage::retranslate() {
    m_filling = true;
    m_filter->setAccessibleName(tr("Which incident"));
    m_sort->setAccessibleName(tr("Order of the cards"));
    const int sort = std::max(0, m_sort->currentIndex());
    m_sort->clear();
    m_sort->addItems({tr("Most urgent first"), tr("By incident"), tr("By name")});
    m_sort->setCurrentIndex(sort);
    m_filling = false;
    m_view->setAccessibleName(tr("Those who were sent"));
    m_view->setEmptyText(tr("Nobody is on an assignment. Select an incident (F3) and send the recommended teams (F9): "
                            "their cards will stand here."));
    m_release->setText(tr("Release (R)"));
    m_rollCall->setText(tr("Roll call (C)"));
    m_open->setText(tr("Details"));
    m_keys->setText(tr("Arrows: card · Space or Ctrl+→: next step · R: release · C: answers the roll call · T: task order · "
                       "Ctrl+A: all · Enter: details · or drag a card to the next column"));
    fillFilter();
    refresh();
}

void BoardPage::fillFilter() {
    m_filling = true;
    const QString kept = m_filter->currentData().toString();
    std::map<model::IncidentId, int> counts;
    for (const auto& [id, one] : m_ui.desk.state().assignments) {
        if (one.state != AssignmentState::released)
            ++counts[one.incident];
    }
    std::vector<std::pair<QString, QString>> wanted{{tr("All incidents"), QString()}};
    for (const auto& [id, count] : counts) {
        const auto incident = m_ui.desk.state().incidents.find(id);
        if (incident == m_ui.desk.state().incidents.end())
            continue;
        wanted.emplace_back(tr("%1 %2 (%3)", "number, title, how many")
                                .arg(Words::plain(incident->second.number), Words::local(incident->second.title, m_ui.language))
                                .arg(count),
                            QString::fromStdString(id.toString()));
    }
    bool same = m_filter->count() == static_cast<int>(wanted.size());
    for (int i = 0; same && i < m_filter->count(); ++i)
        same = m_filter->itemText(i) == wanted[static_cast<std::size_t>(i)].first &&
               m_filter->itemData(i).toString() == wanted[static_cast<std::size_t>(i)].second;
    if (!same) {
        m_filter->clear();
        for (const auto& [text, id] : wanted)
            m_filter->addItem(text, id);
        m_filter->setCurrentIndex(std::max(0, m_filter->findData(kept)));
    }
    m_filling = false;
}

void BoardPage::refresh() {
    fillFilter();
    const auto& state = m_ui.desk.state();
    const auto now = m_ui.desk.now();
    const auto only = model::IncidentId::parse(m_filter->currentData().toString().toStdString());
    auto all = followAll(state, m_ui.desk.unitsNow(), m_rules, now, std::chrono::hours(1), &m_ui.desk.profiles());
    if (only)
        std::erase_if(all, [&](const Followed& one) { return state.assignments.at(one.id).incident != *only; });
    std::vector<CardFace> cards;
    cards.reserve(all.size());
    for (const auto& one : all)
        cards.push_back(BoardWords::face(one, state, m_ui.language, now));
    if (m_sort->currentIndex() == 1)
        std::stable_sort(cards.begin(), cards.end(), [](const auto& a, const auto& b) { return a.place < b.place; });
    else if (m_sort->currentIndex() == 2)
        std::stable_sort(cards.begin(), cards.end(),
                         [](const auto& a, const auto& b) { return a.name.localeAwareCompare(b.name) < 0; });
    m_view->setCards(std::move(cards));
    const QString late = BoardWords::summary(all);
    const auto running = std::count_if(all.begin(), all.end(), [](const auto& one) { return one.urgency >= 0; });
    m_summary->setText(late.isEmpty() ? (running == 0 ? QString() : tr("%1 on assignments, nobody is late").arg(running)) : late);
    m_summary->setProperty("role", late.isEmpty() ? QStringLiteral("dim") : QStringLiteral("error"));
    m_summary->style()->unpolish(m_summary);
    m_summary->style()->polish(m_summary);
    buttons();
}

const model::Assignment* BoardPage::assignment(model::AssignmentId id) const {
    const auto& all = m_ui.desk.state().assignments;
    const auto found = all.find(id);
    return found == all.end() ? nullptr : &found->second;
}

QString BoardPage::nameOf(model::AssignmentId id) const {
    const auto* one = assignment(id);
    const auto& resources = m_ui.desk.state().resources;
    const auto found = one == nullptr ? resources.end() : resources.find(one->resource);
    return found == resources.end() ? tr("a team") : Words::local(found->second.name, m_ui.language);
}

void BoardPage::buttons() {
    const auto chosen = m_view->chosen();
    const bool may = !m_ui.desk.readOnly();
    std::optional<AssignmentState> next;
    bool running = false;
    for (const auto& id : chosen) {
        const auto* one = assignment(id);
        if (one == nullptr || one->state == AssignmentState::released)
            continue;
        running = true;
        const auto step = model::nextState(one->state);
        if (step && *step != AssignmentState::released && !next)
            next = step;
    }
    m_step->setText(chosen.size() > 1 ? tr("Next step for %1").arg(chosen.size())
                    : next            ? Words::nextStep(*next)
                                      : tr("Next step"));
    m_step->setEnabled(may && next.has_value());
    m_release->setEnabled(may && running);
    m_rollCall->setEnabled(may && running);
    m_order->setText(chosen.size() > 1 ? tr("%1 task orders (T)").arg(chosen.size()) : tr("Task order (T)"));
    m_order->setEnabled(!chosen.empty());
    const auto fresh = ordersToSee(m_ui.desk.state());
    m_newOrders->setText(fresh.empty() ? tr("Newest orders (Shift+T)") : tr("%1 newest orders (Shift+T)").arg(fresh.size()));
    m_newOrders->setEnabled(!fresh.empty());
    m_open->setEnabled(chosen.size() == 1);
}

void BoardPage::step() {
    std::vector<model::AssignmentId> last;
    for (const auto& id : m_view->chosen()) {
        const auto* one = assignment(id);
        if (one == nullptr)
            continue;
        if (const auto next = model::nextState(one->state)) {
            if (*next == AssignmentState::released)
                last.push_back(id);
            else
                advance(id, *next);
        }
    }
    if (!last.empty() && last.size() == m_view->chosen().size())
        release(); // after 'on scene' the next step is the release, which asks
}

void BoardPage::advance(model::AssignmentId id, AssignmentState to) {
    const auto* one = assignment(id);
    const auto next = one == nullptr ? std::nullopt : model::nextState(one->state);
    if (!next || one->state >= to)
        return;
    m_ui.desk.send(desk::AdvanceAssignment{id, to, to != *next}, this, [this, name = nameOf(id)](const auto& answer) {
        if (!answer)
            emit said(tr("%1: %2", "name, refusal").arg(name, Words::refusal(answer.error())), true);
    });
}

void BoardPage::release() {
    std::vector<model::AssignmentId> ids;
    for (const auto& id : m_view->chosen()) {
        if (const auto* one = assignment(id); one != nullptr && one->state != AssignmentState::released)
            ids.push_back(id);
    }
    if (ids.empty() || m_ui.desk.readOnly())
        return;
    const QString whom = ids.size() == 1 ? nameOf(ids.front()) : tr("%1 assignments").arg(ids.size());
    LineDialog::Question question;
    question.title = tr("Release %1?").arg(whom);
    question.explanation = tr("They are free for others at once. What they carried and did not deliver goes back to its warehouse's account.");
    question.label = tr("Reason (may be empty)");
    question.act = tr("Release");
    auto* dialog = new LineDialog(m_ui, question,
                                  [this, ids](AskingDialog& asked, const QString& reason) {
                                      asked.ask(m_ui.desk, desk::ReleaseAssignments{ids, reason.toStdString()},
                                                telling(tr("Released: %1").arg(ids.size()) + shortOf(ids)));
                                  },
                                  this);
    dialog->open();
}

QString BoardPage::shortOf(const std::vector<model::AssignmentId>& ids) const {
    const auto& state = m_ui.desk.state();
    std::set<model::ResourceId> back;
    for (const auto& id : ids) {
        if (const auto* one = assignment(id))
            back.insert(one->resource);
    }
    QStringList names;
    for (const auto& worry : stockWorries(state, m_ui.desk.now())) {
        if (worry.fault == StockFault::belowMinimum && back.contains(worry.resource))
            names << DispatchWords::resource(state, worry.resource, m_ui.language);
    }
    names.removeDuplicates();
    return names.isEmpty() ? QString()
                           : tr(". Short of what they carry: %1. Supplies (Alt+3) restock them (S)").arg(names.join(QStringLiteral(", ")));
}

void BoardPage::rollCall() {
    const auto chosen = m_view->chosen();
    if (chosen.empty() || m_ui.desk.readOnly())
        return;
    LineDialog::Question question;
    question.title = chosen.size() == 1 ? tr("%1 answers the roll call").arg(nameOf(chosen.front()))
                                        : tr("%1 answer the roll call").arg(chosen.size());
    question.label = tr("What was said (may be empty)");
    question.act = tr("All is well");
    auto* dialog = new LineDialog(m_ui, question,
                                  [this, chosen](AskingDialog& asked, const QString& text) {
                                      if (chosen.size() == 1) {
                                          asked.ask(m_ui.desk, desk::AnswerRollCall{chosen.front(), text.toStdString()}, telling({}));
                                          return;
                                      }
                                      asked.accept(); // some may be refused, others not
                                      for (const auto& id : chosen)
                                          send(desk::AnswerRollCall{id, text.toStdString()});
                                  },
                                  this);
    dialog->open();
}

void BoardPage::order() {
    showOrders(byNumber(m_ui.desk.state(), m_view->chosen()));
}

void BoardPage::newest() {
    showOrders(ordersToSee(m_ui.desk.state()));
}

void BoardPage::showOrders(std::vector<model::AssignmentId> orders) {
    if (orders.empty())
        return;
    auto* dialog = new OrderDialog(m_ui, std::move(orders), this);
    dialog->open();
}

void BoardPage::open(model::AssignmentId id) {
    if (const auto* one = assignment(id)) {
        m_ui.selection.select(one->resource);
        if (const auto found = m_ui.desk.state().resources.find(one->resource); found != m_ui.desk.state().resources.end())
            m_ui.selection.show(found->second.position);
    }
}

void BoardPage::drop(AssignmentState state) {
    if (m_ui.desk.readOnly())
        return;
    if (state == AssignmentState::released) {
        release();
        return;
    }
    bool back = false;
    for (const auto& id : m_view->chosen()) {
        const auto* one = assignment(id);
        if (one == nullptr || one->state == state)
            continue;
        if (one->state > state)
            back = true;
        else
            advance(id, state);
    }
    if (back)
        emit said(tr("Steps go forward only: release it, and send it again."), true);
}

} // namespace tocsin::gui
