#include "tocsin/gui/panels/report_panel.hpp"

#include "gui/panels/reason_words.hpp"
#include "gui/panels/report_acts.hpp"
#include "gui/panels/report_rows.hpp"
#include "gui/panels/row_list.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/report_triage.hpp"
#include "tocsin/gui/symbols.hpp"
#include "ui_report_panel.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QStringList>
#include <algorithm>
#include <array>
#include <set>
#include <variant>

namespace tocsin::gui {

namespace {

using Show = ReportRows::Show;
constexpr std::array shows{Show::open, Show::mine, Show::unclaimed, Show::callBacks, Show::needsMore, Show::judged};
constexpr std::array more{ReportAct::join,         ReportAct::openIncident, ReportAct::link, ReportAct::needMore,
                          ReportAct::callBack,     ReportAct::place,        ReportAct::split, ReportAct::undo};

} // namespace

ReportPanel::ReportPanel(const UiContext& context, QWidget* parent)
    : RowPanel(context, QStringLiteral("reportPanel"), QStringLiteral("F4"), parent),
      m_triage(context.reports != nullptr ? *context.reports : *new ReportTriage(this)),
      m_form(std::make_unique<Ui::ReportPanel>()), m_model(new ReportRows(context, m_triage, this)),
      m_fault(new QLabel(this)), m_chip(new KeyButton(this)), m_floodRow(new QWidget(this)), m_flood(new QLabel(m_floodRow)),
      m_wholeButton(new KeyButton(m_floodRow)) {
    m_form->setupUi(this);
    m_fault->setObjectName(QStringLiteral("wordsFault"));
    m_fault->setProperty("role", QStringLiteral("error"));
    m_fault->setWordWrap(true);
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->setContentsMargins(16, 8, 16, 0);
    m_fault->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_form->column->insertWidget(0, m_fault);
    m_chip->dress(m_ui.theme, tr("Esc", "key"));
    m_chip->setObjectName(QStringLiteral("termChip"));
    connect(m_chip, &QPushButton::clicked, this, [this] { chooseTerm(nullptr); });
    auto* chipRow = new QWidget(this);
    auto* across = new QHBoxLayout(chipRow);
    across->setContentsMargins(16, 0, 16, 8);
    across->addWidget(m_chip);
    m_form->column->insertWidget(2, chipRow);
    m_flood->setObjectName(QStringLiteral("reportFlood"));
    m_flood->setWordWrap(true);
    m_flood->setTextFormat(Qt::PlainText);
    m_flood->setFont(m_ui.theme.font(Theme::Text::second));
    m_wholeButton->dress(m_ui.theme, QStringLiteral("A"), "quiet");
    m_wholeButton->setObjectName(QStringLiteral("wholeButton"));
    connect(m_wholeButton, &QPushButton::clicked, this, &ReportPanel::toggleWhole);
    auto* floodAcross = new QHBoxLayout(m_floodRow);
    floodAcross->setContentsMargins(16, 0, 16, 8);
    floodAcross->addWidget(m_flood, 1);
    floodAcross->addWidget(m_wholeButton, 0, Qt::AlignTop);
    m_form->column->insertWidget(3, m_floodRow);
    for (int column = 0; column < 4; ++column)
        m_form->footLayout->setColumnStretch(column, 1);
    const auto dress = [this](KeyButton* button, ReportAct act) {
        button->dress(m_ui.theme, {}); // its key stands in the tip and in the menu: here it would cost the words their room
        connect(button, &QPushButton::clicked, this, [this, act, button] { run(static_cast<int>(act), button); });
    };
    dress(m_form->claimButton, ReportAct::claim);
    dress(m_form->verifyButton, ReportAct::verify);
    dress(m_form->dismissButton, ReportAct::dismiss);
    m_form->moreButton->dress(m_ui.theme, {});
    m_form->hotButton->dress(m_ui.theme, {}, "quiet");
    connect(m_form->moreButton, &QPushButton::clicked, this, &ReportPanel::openMore);
    connect(m_form->hotButton, &QPushButton::clicked, this, &ReportPanel::openHot);
    connect(m_form->showBox, &QComboBox::activated, this, [this](int index) {
        m_model->setShow(shows.at(static_cast<std::size_t>(index)));
        currentMoved();
    });
    connect(&m_ui.selection, &Selection::changed, this, [this] {
        const auto* report = m_ui.selection.as<model::ReportId>();
        if (report == nullptr || *report != m_linePick || m_model->lineAt(m_line) == nullptr) {
            m_line = {};
            m_linePick = {};
        }
        if (report != nullptr && m_line == base::Uuid{})
            m_model->reveal(*report);
    });
    setUp(*m_form->list, *m_model);
    m_form->list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    connect(m_form->list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ReportPanel::currentMoved);
    const auto refreshed = [this] {
        m_pending = m_model->pending();
        emit titleChanged();
        words();
    };
    connect(m_model, &QAbstractItemModel::dataChanged, this, refreshed);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, [this, refreshed] {
        if (m_model->rowCount() == 0) // no row is left to have changed
            refreshed();
    });
    connect(&m_triage, &ReportTriage::changed, this, &ReportPanel::words);
    m_model->now();
}

ReportPanel::~ReportPanel() = default;

QString ReportPanel::panelTitle() const {
    return tr("Reports to triage");
}

QString ReportPanel::panelCount() const {
    return m_pending == 0 ? tr("none") : Words::number(static_cast<double>(m_pending), 0);
}

QString ReportPanel::emptyText() const {
    if (m_triage.chosenTerm() != nullptr)
        return tr("None of the reports that say this word is to be shown here. Esc shows all again.");
    switch (m_model->show()) {
    case Show::mine:
        return tr("What you have taken with C stands here until it is judged.");
    case Show::unclaimed:
        return tr("Everything is in somebody's hands.");
    case Show::callBacks:
        return tr("Press B on a report to be reminded of calling back.");
    case Show::needsMore:
        return tr("What cannot be judged yet (M) stands here with what is missing.");
    case Show::judged:
        return tr("What was verified or dismissed in the last day stands here.");
    case Show::open:
        break;
    }
    return tr("What citizens report stands here; what may be one event stands together. C takes it in hand, V verifies, "
              "D dismisses, I makes an incident of it.");
}

void ReportPanel::take(const Changes& changes) {
    constexpr int cheap = 300; // rows: as long as there are no more, each change is seen at once
    const bool concerns = !changes.reports.empty() || !changes.clusters.empty();
    const bool another = changes.desk && m_model->show() == Show::mine; // who sits here decides what is mine
    if (changes.all || another)
        m_model->touchAll();
    m_model->touch(changes.reports);
    if (changes.all || (concerns && m_model->rowCount() < cheap && m_ui.desk.state().reports.size() < 2'000))
        m_model->now();
    else if (concerns || another)
        m_model->later();
}

ReportTarget ReportPanel::target() const {
    const auto rows = m_form->list->selectionModel()->selectedRows();
    if (rows.isEmpty()) {
        // Judged a moment ago, it has left the queue and still stands in the details: V and then I opens an incident from it.
        const auto selected = m_ui.selection.current();
        if (const auto* report = std::get_if<model::ReportId>(&selected)) {
            ReportTarget one;
            one.reports.push_back(*report);
            return one;
        }
    }
    if (rows.size() <= 1)
        return m_model->targetOf(currentId());
    ReportTarget all;
    std::set<model::ReportId> seen;
    for (const auto& row : rows) {
        for (const auto& id : m_model->targetOf(m_model->idAt(row)).reports) {
            if (seen.insert(id).second)
                all.reports.push_back(id);
        }
    }
    return all;
}

void ReportPanel::run(int act, QWidget* at) {
    report_acts::run(m_ui, at, target(), static_cast<ReportAct>(act));
}

bool ReportPanel::command(int key) {
    const auto id = currentId();
    const bool isLine = m_model->lineAt(id) != nullptr;
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (key == Qt::Key_Right || key == Qt::Key_Left || (enter && isLine)) {
        const bool opens = isLine || m_model->headOf(id) == id;
        const bool isOpen = opens && m_model->isOpen(id);
        if (key == Qt::Key_Right || (enter && !isOpen)) {
            if (id == base::Uuid{} || !opens)
                return false;
            m_model->setOpen(id, true);
        } else {
            const auto closes = isOpen ? id : m_model->parentOf(id);
            if (closes == base::Uuid{})
                return id != base::Uuid{} && opens;
            if (closes != id)
                m_form->list->setCurrentIndex(m_model->indexOf(closes));
            m_model->setOpen(closes, false);
        }
        currentMoved();
        return true;
    }
    if (key == Qt::Key_A) {
        toggleWhole();
        return m_model->isFlood();
    }
    if (key == Qt::Key_Escape) {
        if (m_triage.chosenTerm() == nullptr)
            return false;
        chooseTerm(nullptr);
        return true;
    }
    if (enter)
        key = Qt::Key_I;
    const auto act = report_acts::actFor(key);
    if (!act)
        return false;
    run(static_cast<int>(*act), m_form->moreButton);
    return true;
}

void ReportPanel::dressButton(KeyButton& button, int act) {
    const auto what = target();
    const auto kind = static_cast<ReportAct>(act);
    button.setText(report_acts::briefFor(m_ui, what, kind));
    button.setToolTip(report_acts::textFor(m_ui, what, kind) + QStringLiteral("  (") + report_acts::keyText(kind) + QLatin1Char(')'));
    button.setAccessibleName(report_acts::textFor(m_ui, what, kind));
    button.setEnabled(report_acts::possible(m_ui, what, kind));
}

std::vector<RowPanel::KeyAct> ReportPanel::keyActs() const {
    const auto what = target();
    const auto act = [&](int key, ReportAct kind, const char* english, const char* glyph) {
        return KeyAct{key,
                      report_acts::keyText(kind),
                      english,
                      tr(english),
                      report_acts::textFor(m_ui, what, kind),
                      QString::fromLatin1(glyph),
                      report_acts::possible(m_ui, what, kind)};
    };
    return {act(Qt::Key_C, ReportAct::claim, QT_TR_NOOP("Take the report in hand, or give it back"), "person"),
            act(Qt::Key_V, ReportAct::verify, QT_TR_NOOP("Verify the report"), "report-verified"),
            act(Qt::Key_M, ReportAct::needMore, QT_TR_NOOP("Say what the report lacks"), "info"),
            act(Qt::Key_D, ReportAct::dismiss, QT_TR_NOOP("Dismiss the report"), "trash"),
            act(Qt::Key_B, ReportAct::callBack, QT_TR_NOOP("Call the sender back"), "phone"),
            act(Qt::Key_P, ReportAct::place, QT_TR_NOOP("Put the report where it belongs"), "pin"),
            act(Qt::Key_J, ReportAct::join, QT_TR_NOOP("Reports are one event"), "link"),
            act(Qt::Key_X, ReportAct::split, QT_TR_NOOP("The report is another event"), "undock"),
            act(Qt::Key_U, ReportAct::undo, QT_TR_NOOP("Undo joining or splitting reports"), "undo"),
            act(Qt::Key_I, ReportAct::openIncident, QT_TR_NOOP("Open an incident from the report"), "incident"),
            act(Qt::Key_L, ReportAct::link, QT_TR_NOOP("Link the report to an incident"), "link"),
            act(Qt::Key_R, ReportAct::decline, QT_TR_NOOP("Reports are no incident"), "trash"),
            {Qt::Key_A, QStringLiteral("A"), QT_TR_NOOP("All groups of a report flood, or the few lines"),
             tr("All groups of a report flood, or the few lines"), m_wholeButton->text(), QStringLiteral("layers"),
             m_model->isFlood()},
            {0, QStringLiteral("→ ←"), "", tr("Open and close a group"), {}, {}, true}};
}

void ReportPanel::currentMoved() {
    dressButton(*m_form->claimButton, static_cast<int>(ReportAct::claim));
    dressButton(*m_form->verifyButton, static_cast<int>(ReportAct::verify));
    dressButton(*m_form->dismissButton, static_cast<int>(ReportAct::dismiss));
    m_form->moreButton->setEnabled(!target().reports.empty());
}

void ReportPanel::openMore() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("reportMore"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto what = target();
    for (const auto act : more) {
        auto* action = menu->addAction(report_acts::textFor(m_ui, what, act) + QLatin1Char('\t') + report_acts::keyText(act));
        action->setEnabled(report_acts::possible(m_ui, what, act));
        connect(action, &QAction::triggered, this, [this, act] { run(static_cast<int>(act), m_form->moreButton); });
    }
    menu->popup(m_form->moreButton->mapToGlobal(QPoint(0, -menu->sizeHint().height())));
}

void ReportPanel::openHot() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("reportHot"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSection(tr("Where more is reported than usual"));
    for (const auto& spot : m_triage.hotSpots()) {
        QStringList said;
        for (const auto& term : spot.terms)
            said << Words::plain(term);
        const QString far = distanceWord(spot.radiusMetres);
        const QString usual = Words::number(spot.expected, 1);
        auto* action = menu->addAction(
            Symbols::icon(QStringLiteral("locate"), m_ui.theme.colours().text),
            said.isEmpty() ? tr("%1 reports within %2 (usual %3), of nothing in common").arg(spot.reports).arg(far, usual)
                           : tr("%1 reports within %2 (usual %3): %4").arg(spot.reports).arg(far, usual, said.join(QStringLiteral(", "))));
        connect(action, &QAction::triggered, this, [this, at = spot.centre] { m_ui.selection.show(at); });
    }
    if (m_triage.hotSpots().empty())
        menu->addAction(tr("Nowhere"))->setEnabled(false);
    menu->addSection(tr("What is said more than usual"));
    const auto* chosen = m_triage.chosenTerm();
    for (const auto& term : m_triage.trending()) {
        auto* action = menu->addAction(tr("%1: %2 times (usual %3)")
                                           .arg(Words::quoted(Words::plain(term.term)))
                                           .arg(term.now)
                                           .arg(Words::number(term.usual, 1)));
        action->setCheckable(true);
        action->setChecked(chosen != nullptr && chosen->term == term.term);
        connect(action, &QAction::triggered, this, [this, term](bool on) { chooseTerm(on ? &term : nullptr); });
    }
    if (m_triage.trending().empty())
        menu->addAction(tr("Nothing"))->setEnabled(false);
    menu->popup(m_form->hotButton->mapToGlobal(QPoint(0, m_form->hotButton->height())));
}

void ReportPanel::chooseTerm(const triage::TrendingTerm* term) {
    m_triage.chooseTerm(term != nullptr ? std::optional(*term) : std::nullopt);
    m_model->now();
}

void ReportPanel::toggleWhole() {
    if (!m_model->isFlood())
        return;
    m_model->setWhole(!m_model->isWhole());
    currentMoved();
}

/// Escape is this panel's while a word is chosen, before it is the window's.
bool ReportPanel::event(QEvent* event) {
    const bool pressed = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (pressed && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && m_triage.chosenTerm() != nullptr) {
        if (event->type() == QEvent::KeyPress)
            chooseTerm(nullptr);
        event->accept();
        return true;
    }
    return RowPanel::event(event);
}

void ReportPanel::noteFlood() {
    const auto* term = m_triage.chosenTerm();
    m_chip->parentWidget()->setVisible(term != nullptr);
    if (term != nullptr) {
        const auto& all = m_ui.desk.state().reports;
        const auto placeless = std::count_if(term->reports.begin(), term->reports.end(), [&](const auto& id) {
            const auto found = all.find(id);
            return found != all.end() && !found->second.position;
        });
        QString text = tr("✕ %1: %2 times (usual %3)")
                           .arg(Words::quoted(Words::plain(term->term)))
                           .arg(term->now)
                           .arg(Words::number(term->usual, 1));
        if (placeless > 0)
            text += QStringLiteral(" · ") + tr("%1 without a place").arg(placeless);
        m_chip->setKey(tr("Esc", "key"));
        m_chip->setElidingText(text);
        m_chip->setAccessibleName(tr("Only reports that say %1; press to see all again").arg(Words::quoted(Words::plain(term->term))));
    }
    m_floodRow->setVisible(m_model->isFlood());
    if (!m_model->isFlood())
        return;
    const auto tally = m_model->tally();
    m_flood->setText(m_model->isWhole()
                         ? tr("%1 in %2 groups, none collapsed.").arg(Words::reports(tally.reports)).arg(tally.blocks)
                         : tr("%1 in %2 groups, collapsed to %3 lines; → opens one.")
                               .arg(Words::reports(tally.reports))
                               .arg(tally.blocks)
                               .arg(tally.lines));
    m_wholeButton->setText(m_model->isWhole() ? tr("Collapse") : tr("See all"));
}

Selected ReportPanel::selectedFor(const base::Uuid& id) const {
    const auto foremost = m_model->foremostOf(id);
    const bool isLine = foremost != base::Uuid{};
    m_line = isLine ? id : base::Uuid{};
    m_linePick = isLine ? model::ReportId(foremost) : model::ReportId{};
    return isLine ? m_linePick : model::ReportId(id);
}

base::Uuid ReportPanel::idIn(const Selected& selected) const {
    const auto* id = std::get_if<model::ReportId>(&selected);
    if (id == nullptr)
        return {};
    return *id == m_linePick && m_model->lineAt(m_line) != nullptr ? m_line : id->value;
}

void ReportPanel::words() {
    const QStringList names{tr("To triage"), tr("Mine"), tr("In nobody's hands"), tr("To call back"), tr("Needs more"),
                            tr("Judged in the last day")};
    {
        const QSignalBlocker quiet(m_form->showBox);
        if (m_form->showBox->count() == 0 || m_form->showBox->itemText(0) != names.front()) {
            const int kept = std::max(0, m_form->showBox->currentIndex());
            m_form->showBox->clear();
            m_form->showBox->addItems(names);
            m_form->showBox->setCurrentIndex(kept);
        }
        m_form->showBox->setAccessibleName(tr("Which reports"));
    }
    m_form->moreButton->setText(tr("More…"));
    QStringList faults;
    for (const auto& fault : m_triage.wordsFaults())
        faults << tr("⚠ %1, %2. The words that came with the program are used until it is mended and the desk started anew.",
                     "file, what is wrong")
                      .arg(QString::fromStdString(fault.file), Words::error(fault.error));
    m_fault->setText(faults.join(QLatin1Char('\n')));
    m_fault->setVisible(!faults.isEmpty());
    const auto spots = m_triage.hotSpots().size();
    const auto terms = m_triage.trending().size();
    m_form->hotButton->setText(spots == 0 && terms == 0 ? tr("Nothing unusual")
                               : spots == 1             ? tr("1 hot spot")
                               : spots > 1              ? tr("%1 hot spots").arg(spots)
                                                        : tr("Said often: %1").arg(Words::plain(m_triage.trending().front().term)));
    m_form->hotButton->setToolTip(tr("Places and words that rise above their usual"));
    noteFlood();
    m_form->list->setEmptyText(tr("Nothing here"), emptyText());
    currentMoved();
}

} // namespace tocsin::gui
