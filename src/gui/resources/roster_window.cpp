#include "tocsin/gui/roster_window.hpp"

#include "gui/resources/inventory_print.hpp"
#include "gui/resources/roster_dialogs.hpp"
#include "gui/resources/roster_print.hpp"
#include "gui/resources/roster_view.hpp"
#include "gui/resources/roster_words.hpp"
#include "gui/resources/table_files.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>
#include <set>
#include <utility>

namespace tocsin::gui {

namespace {
constexpr int soonMs = 60;
constexpr int floodMs = 500;
constexpr int tickMs = 20'000; ///< the line of now moves, and people go off duty
constexpr std::size_t mostGaps = 3;
constexpr int weekDays = 7;
} // namespace

RosterWindow::RosterWindow(const UiContext& ui, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_heading(new QLabel(this)), m_hint(new QLabel(this)), m_back(new QPushButton(this)),
      m_date(new QDateEdit(this)), m_on(new QPushButton(this)), m_today(new QPushButton(this)), m_span(new QComboBox(this)),
      m_search(new QLineEdit(this)), m_kind(new QComboBox(this)), m_capability(new QComboBox(this)), m_only(new QComboBox(this)),
      m_count(new QLabel(this)), m_gaps(new QLabel(this)), m_view(new RosterView(ui, this)), m_empty(new QLabel(this)),
      m_said(new QLabel(this)), m_new(new QPushButton(this)), m_change(new QPushButton(this)), m_remove(new QPushButton(this)),
      m_record(new QPushButton(this)), m_import(new QPushButton(this)), m_export(new QPushButton(this)), m_print(new QPushButton(this)) {
    setObjectName(QStringLiteral("rosterWindow"));
    m_day = today();
    build();
    m_soon.setSingleShot(true);
    m_tick.setInterval(tickMs);
    connect(&m_soon, &QTimer::timeout, this, &RosterWindow::look);
    connect(&m_tick, &QTimer::timeout, this, &RosterWindow::look);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_soon.start(soonMs); });
    for (auto* box : {m_span, m_kind, m_capability, m_only})
        connect(box, &QComboBox::currentIndexChanged, this, &RosterWindow::look);
    connect(m_date, &QDateEdit::dateChanged, this, [this](const QDate& day) { goTo(day); });
    connect(m_back, &QPushButton::clicked, this, [this] { step(-1); });
    connect(m_on, &QPushButton::clicked, this, [this] { step(1); });
    connect(m_today, &QPushButton::clicked, this, [this] { goTo(today()); });
    connect(m_view, &RosterView::daysWanted, this, &RosterWindow::step);
    connect(m_view, &RosterView::todayWanted, this, [this] { goTo(today()); });
    connect(m_view, &RosterView::chosen, this, &RosterWindow::enable);
    connect(m_view, &RosterView::changeWanted, this, &RosterWindow::change);
    connect(m_view, &RosterView::newWanted, this, &RosterWindow::enter);
    connect(m_view, &RosterView::removeWanted, this, &RosterWindow::remove);
    connect(m_new, &QPushButton::clicked, this, &RosterWindow::enter);
    connect(m_change, &QPushButton::clicked, this, &RosterWindow::change);
    connect(m_remove, &QPushButton::clicked, this, &RosterWindow::remove);
    connect(m_print, &QPushButton::clicked, this, &RosterWindow::print);
    connect(m_import, &QPushButton::clicked, this, [this] { TableFiles::importInto(m_ui, ResourcesDesk::Tables::rosters, this); });
    connect(m_export, &QPushButton::clicked, this, [this] {
        TableFiles::exportAll(m_ui, ResourcesDesk::Tables::rosters, this, [this](const QString& sentence, bool bad) { say(sentence, bad); });
    });
    connect(m_record, &QPushButton::clicked, this, [this] {
        if (const auto* r = chosen())
            emit recordWanted(r->id);
    });
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (!isVisible() || (!changes.all && changes.resources.empty() && changes.incidents.empty()))
            return;
        // One's own change is seen at once; a flood of others' is looked at twice a second.
        if (!m_soon.isActive())
            m_soon.start(changes.resources.size() > 1 || changes.all ? floodMs : soonMs);
    });
    retranslate();
}

void RosterWindow::build() {
    const std::initializer_list<std::pair<QWidget*, const char*>> names{
        {m_back, "rosterBack"}, {m_date, "rosterDate"}, {m_on, "rosterOn"}, {m_today, "rosterToday"}, {m_span, "rosterSpan"},
        {m_search, "rosterSearch"}, {m_kind, "rosterKind"}, {m_capability, "rosterCapability"}, {m_only, "rosterOnly"},
        {m_count, "rosterCount"}, {m_gaps, "rosterGaps"}, {m_empty, "rosterEmpty"}, {m_said, "rosterSaid"}, {m_new, "rosterNew"},
        {m_change, "rosterChange"}, {m_remove, "rosterRemove"}, {m_record, "rosterRecord"}, {m_import, "rosterImport"},
        {m_export, "rosterExport"}, {m_print, "rosterPrint"}};
    for (const auto& [widget, name] : names)
        widget->setObjectName(QString::fromLatin1(name));
    m_heading->setFont(m_ui.theme.font(Theme::Text::title));
    for (auto* label : {m_hint, m_empty})
        label->setProperty("role", QStringLiteral("dim"));
    m_said->setProperty("role", QStringLiteral("error"));
    for (auto* label : {m_hint, m_count, m_gaps, m_empty, m_said}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_gaps->setFont(m_ui.theme.font(Theme::Text::bodyBold));
    m_empty->setAlignment(Qt::AlignCenter);
    m_said->hide();
    m_search->setClearButtonEnabled(true);
    m_date->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_date->setDateRange(QDate(1900, 1, 8), QDate(2199, 12, 24));
    m_date->setCalendarPopup(true);
    m_date->setDate(m_day);
    for (int i = 0; i < 2; ++i)
        m_span->addItem(QString(), i == 1);
    for (int k = -1; k < model::resourceKinds; ++k)
        m_kind->addItem(QString(), k);
    m_capability->addItem(QString(), QString());
    for (int i = 0; i < 3; ++i)
        m_only->addItem(QString(), i);
    m_new->setProperty("kind", QStringLiteral("primary"));
    for (auto* button : {m_back, m_on, m_today, m_new, m_change, m_remove, m_record, m_import, m_export, m_print})
        button->setAutoDefault(false);
    m_import->setVisible(m_ui.tables != nullptr);
    m_export->setVisible(m_ui.tables != nullptr);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(6);
    column->addWidget(m_heading);
    column->addWidget(m_hint);
    auto* filters = new QHBoxLayout;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_back, m_date, m_on, m_today, m_span})
        filters->addWidget(widget);
    filters->addSpacing(12);
    filters->addWidget(m_search, 1);
    for (auto* box : {m_kind, m_capability, m_only}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
        filters->addWidget(box);
    }
    column->addLayout(filters);
    column->addWidget(m_count);
    column->addWidget(m_gaps);
    column->addWidget(m_view, 1);
    column->addWidget(m_empty, 1);
    column->addWidget(m_said);
    auto* acts = new QHBoxLayout;
    for (auto* button : {m_new, m_change, m_remove})
        acts->addWidget(button);
    acts->addStretch();
    for (auto* button : {m_record, m_import, m_export, m_print})
        acts->addWidget(button);
    column->addLayout(acts);
    resize(1240, 700);
}

void RosterWindow::retranslate() {
    setWindowTitle(tr("Duty rosters"));
    m_heading->setText(tr("Duty rosters"));
    m_hint->setText(tr("↑ ↓ line · ← → day or week · Home today · Ctrl+← Ctrl+→ shift of the line · Insert new shift · Enter changes it · Del removes it · Ctrl+F find"));
    m_back->setText(QStringLiteral("‹"));
    m_on->setText(QStringLiteral("›"));
    m_back->setAccessibleName(tr("Back by a day or a week"));
    m_on->setAccessibleName(tr("On by a day or a week"));
    m_date->setAccessibleName(tr("Day"));
    m_today->setText(tr("Today"));
    m_span->setItemText(0, tr("Day"));
    m_span->setItemText(1, tr("Week"));
    m_span->setAccessibleName(tr("Day or week"));
    m_search->setPlaceholderText(tr("Find: resource, call sign, place, person"));
    m_search->setAccessibleName(tr("Find in the rosters"));
    m_kind->setItemText(0, tr("All kinds"));
    for (int k = 0; k < model::resourceKinds; ++k)
        m_kind->setItemText(k + 1, Words::resourceKind(static_cast<model::ResourceKind>(k)));
    m_kind->setAccessibleName(tr("Kind"));
    m_capability->setItemText(0, tr("Any capability"));
    m_capability->setAccessibleName(tr("Capability"));
    m_codes.clear();
    m_only->setItemText(0, tr("With shifts"));
    m_only->setItemText(1, tr("Nobody on duty now"));
    m_only->setItemText(2, tr("Without shifts"));
    m_only->setAccessibleName(tr("Which rosters"));
    m_view->setAccessibleName(tr("Shifts over time"));
    m_new->setText(tr("New shift…"));
    m_change->setText(tr("Change…"));
    m_remove->setText(tr("Remove…"));
    m_record->setText(tr("Record"));
    m_import->setText(tr("Import…"));
    m_export->setText(tr("Export…"));
    m_print->setText(tr("Print…"));
    look();
}

void RosterWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void RosterWindow::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    look();
    if (m_view->current() == nullptr)
        m_view->choose(0);
    m_view->setFocus();
    m_tick.start();
}

void RosterWindow::hideEvent(QHideEvent* event) {
    QDialog::hideEvent(event);
    m_tick.stop();
    m_soon.stop();
}

void RosterWindow::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Find)) {
        m_search->setFocus();
        m_search->selectAll();
        return;
    }
    if (event->matches(QKeySequence::Print))
        return print();
    if (event->key() == Qt::Key_Escape && m_search->hasFocus() && !m_search->text().isEmpty())
        return m_search->clear();
    if (m_search->hasFocus() && (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        look(); // what was typed last
        m_view->choose(0);
        m_view->setFocus();
        return;
    }
    // Where no line is seen the keys are those of its place.
    if (!m_view->isVisible() && event->key() == Qt::Key_Home)
        return goTo(today());
    QDialog::keyPressEvent(event);
}

bool RosterWindow::isWeek() const {
    return m_span->currentData().toBool();
}

QDate RosterWindow::today() const {
    return Words::dateTime(m_ui.desk.now()).date();
}

const model::Resource* RosterWindow::chosen() const {
    const auto* row = m_view->current();
    const auto& all = m_ui.desk.state().resources;
    const auto found = row == nullptr ? all.end() : all.find(row->resource);
    return found == all.end() ? nullptr : &found->second;
}

void RosterWindow::goTo(const QDate& day) {
    if (!day.isValid() || day < m_date->minimumDate() || day > m_date->maximumDate())
        return;
    m_day = day;
    {
        const QSignalBlocker quiet(m_date);
        m_date->setDate(day);
    }
    look();
}

void RosterWindow::step(int days) {
    goTo(m_day.addDays(isWeek() ? days * weekDays : days));
}

void RosterWindow::look() {
    m_soon.stop();
    fillCapabilities();
    follow();
    const auto zone = Words::dateTime(m_ui.desk.now()).timeZone();
    const QDate first = isWeek() ? m_day.addDays(1 - m_day.dayOfWeek()) : m_day;
    const auto begin = [&](const QDate& day) { return base::fromUnixMillis(day.startOfDay(zone).toMSecsSinceEpoch()); };
    RosterAsk ask;
    ask.shown = {begin(first), begin(first.addDays(isWeek() ? weekDays : 1))};
    if (const int k = m_kind->currentData().toInt(); k >= 0)
        ask.kind = static_cast<model::ResourceKind>(k);
    ask.capability = m_capability->currentData().toString().toStdString();
    ask.text = m_search->text();
    ask.only = static_cast<RosterAsk::Only>(m_only->currentData().toInt());
    auto rows = rosterRows(m_ui.desk.state(), ask, m_ui.desk.now(), m_ui.language);
    const bool none = rows.empty();
    m_view->setRows(std::move(rows), ask.shown);
    m_view->setVisible(!none);
    m_empty->setVisible(none);
    const auto& all = m_ui.desk.state().resources;
    const bool anyRoster = std::any_of(all.begin(), all.end(), [](const auto& item) { return !item.second.retired && !item.second.duty.empty(); });
    if (none)
        m_empty->setText(anyRoster ? tr("No roster fits. Change the words or the filters; Esc in the search empties it.")
                                   : tr("No shifts are entered yet. Choose “Without shifts” above, go to a resource and press Insert; or import a table of shifts "
                                        "(Import…)."));
    tellGaps();
    enable();
}

/// One that has just got its first shift leaves those without: it is looked at where it is now.
void RosterWindow::follow() {
    if (!m_follow)
        return;
    const auto found = m_ui.desk.state().resources.find(*m_follow);
    if (found == m_ui.desk.state().resources.end() || found->second.duty.empty())
        return; // the desk has taken it, its picture is on the way
    const auto id = *std::exchange(m_follow, std::nullopt);
    if (m_only->currentIndex() == static_cast<int>(RosterAsk::Only::unrostered)) {
        const QSignalBlocker quiet(m_only);
        m_only->setCurrentIndex(static_cast<int>(RosterAsk::Only::rostered));
        QTimer::singleShot(0, this, [this, id] { m_view->select(id); });
    }
}

void RosterWindow::fillCapabilities() {
    std::set<std::string> found;
    for (const auto& [id, resource] : m_ui.desk.state().resources) {
        for (const auto& own : resource.capabilities)
            found.insert(own.code);
    }
    if (std::equal(found.begin(), found.end(), m_codes.begin(), m_codes.end()))
        return;
    m_codes.assign(found.begin(), found.end());
    const QSignalBlocker quiet(m_capability);
    const QString kept = m_capability->currentData().toString();
    while (m_capability->count() > 1)
        m_capability->removeItem(1);
    for (const auto& code : m_codes)
        m_capability->addItem(Words::capability(code), QString::fromStdString(code));
    m_capability->setCurrentIndex(std::max(0, m_capability->findData(kept)));
}

void RosterWindow::tellGaps() {
    const auto now = m_ui.desk.now();
    int people = 0;
    int manned = 0;
    int unmanned = 0;
    for (const auto& [id, resource] : m_ui.desk.state().resources) {
        if (resource.retired || resource.duty.empty())
            continue;
        const auto on = std::count_if(resource.duty.begin(), resource.duty.end(),
                                      [&](const auto& turn) { return model::isOnDuty(turn, now); });
        people += static_cast<int>(on);
        (on > 0 ? manned : unmanned) += 1;
    }
    m_count->setText(tr("On duty now: %1 with %2 resources. Nobody on duty now with %3 that have a roster.")
                         .arg(Words::people(people), Words::number(manned, 0), Words::number(unmanned, 0)));
    const auto gaps = capabilityGaps(m_ui.desk.state(), m_view->shown(), now);
    QStringList lines;
    for (std::size_t i = 0; i < std::min(mostGaps, gaps.size()); ++i)
        lines << RosterWords::gap(gaps[i], now, m_ui.language);
    QStringList all;
    for (const auto& gap : gaps)
        all << RosterWords::gap(gap, now, m_ui.language);
    if (gaps.size() > mostGaps)
        lines << tr("and %1 more capabilities, in the tip of this text and on paper").arg(gaps.size() - mostGaps);
    m_gaps->setText(lines.join(QLatin1Char('\n')));
    m_gaps->setAccessibleDescription(all.join(QLatin1Char('\n')));
    m_gaps->setToolTip(gaps.size() > mostGaps ? all.join(QLatin1Char('\n')) : QString());
    m_gaps->setVisible(!gaps.empty());
}

void RosterWindow::enable() {
    const bool may = !m_ui.desk.readOnly() && chosen() != nullptr;
    m_new->setEnabled(may);
    m_change->setEnabled(may && m_view->turn() != nullptr);
    m_remove->setEnabled(may && m_view->turn() != nullptr);
    m_record->setEnabled(chosen() != nullptr);
    m_import->setEnabled(!m_ui.desk.readOnly());
    m_print->setEnabled(!m_view->rows().empty());
}

void RosterWindow::select(model::ResourceId id) {
    m_view->select(id);
    if (const auto* row = m_view->current(); row != nullptr && row->resource == id)
        return;
    const auto found = m_ui.desk.state().resources.find(id);
    if (found == m_ui.desk.state().resources.end() || found->second.retired)
        return;
    {
        const QSignalBlocker quiet(m_search);
        m_search->clear();
    }
    m_kind->setCurrentIndex(0);
    m_capability->setCurrentIndex(0);
    m_only->setCurrentIndex(found->second.duty.empty() ? 2 : 0);
    look();
    m_view->select(id);
}

void RosterWindow::enter() {
    if (m_ui.desk.readOnly())
        return say(tr("This window only reads: nothing can be entered."));
    if (const auto* r = chosen()) {
        say({});
        RosterDialogs::shift(m_ui, *r, std::nullopt, m_day, this, [this, id = r->id] {
            m_follow = id;
            m_soon.start(soonMs);
        });
    }
}

void RosterWindow::change() {
    if (m_ui.desk.readOnly())
        return say(tr("This window only reads: nothing can be entered."));
    const auto* r = chosen();
    const auto* turn = m_view->turn();
    if (r == nullptr)
        return;
    if (turn == nullptr)
        return say(tr("This line has no shift in the time that is shown: Insert enters one."));
    say({});
    RosterDialogs::shift(m_ui, *r, *turn, m_day, this);
}

void RosterWindow::remove() {
    const auto* r = chosen();
    const auto* turn = m_view->turn();
    if (r == nullptr || turn == nullptr || m_ui.desk.readOnly())
        return say(tr("There is no shift to remove on this line."));
    say({});
    RosterDialogs::remove(m_ui, *r, *turn, this);
}

void RosterWindow::print() {
    if (!m_view->rows().empty())
        printTables(rosterHtml(m_ui, m_view->rows(), m_view->shown()), this);
}

void RosterWindow::say(const QString& sentence, bool bad) {
    m_said->setProperty("role", bad ? QStringLiteral("error") : QStringLiteral("dim"));
    m_said->style()->unpolish(m_said);
    m_said->style()->polish(m_said);
    m_said->setText(sentence);
    m_said->setVisible(!sentence.isEmpty());
}

} // namespace tocsin::gui
