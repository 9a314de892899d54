#include "gui/panels/load_sheet.hpp"

#include "gui/panels/alarm_acts.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/hand_dialog.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/load_gauge.hpp"
#include "gui/panels/row_list.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>
#include <cmath>

namespace tocsin::gui {
namespace {

/// The same rule and sensor has the same row, however its place changes.
base::Uuid idOf(const triage::Offender& one) {
    base::Uuid id;
    std::uint64_t hash = 1469598103934665603ULL; // FNV-1a
    for (const std::string* part : {&one.rule, &one.sensor.value, &one.source}) {
        for (const char c : *part + '\n')
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    for (std::size_t i = 0; i < 8; ++i)
        id.bytes[i] = id.bytes[i + 8] = static_cast<std::uint8_t>(hash >> (8 * i));
    return id;
}

} // namespace

class LoadSheet::Rows : public AlarmRows {
  public:
    Rows(const UiContext& ui, QObject* parent) : AlarmRows(parent), m_ui(ui) {}

    void take(std::vector<triage::Offender> offenders) {
        std::vector<Row> rows;
        m_offenders.clear();
        for (triage::Offender& one : offenders) {
            const base::Uuid id = idOf(one);
            if (m_offenders.emplace(id, std::move(one)).second)
                rows.push_back({id, -1, 0});
        }
        set(std::move(rows));
    }
    [[nodiscard]] const triage::Offender* at(const base::Uuid& id) const {
        const auto it = m_offenders.find(id);
        return it == m_offenders.end() ? nullptr : &it->second;
    }

  protected:
    [[nodiscard]] RowFace face(const base::Uuid& id) const override {
        RowFace f;
        const triage::Offender* one = at(id);
        if (one == nullptr)
            return f;
        const auto& alarms = m_ui.desk.state().alarms;
        const auto newest = one->alarms.empty() ? alarms.end() : alarms.find(one->alarms.front());
        f.filled = false;
        if (newest != alarms.end())
            f.grade = newest->second.severity;
        f.title = Words::local(one->title, m_ui.language);
        const auto& sensors = m_ui.desk.state().sensors;
        const auto sensor = sensors.find(one->sensor);
        f.second = sensor != sensors.end() ? Words::local(sensor->second.name, m_ui.language)
                                           : Words::plain(one->sensor.value.empty() ? one->source : one->sensor.value);
        if (one->flapping)
            f.second += QStringLiteral(" · ") + LoadSheet::tr("comes and goes");
        f.topRight = LoadSheet::tr("%1 ×", "how often an alarm was raised")
                         .arg(QLocale().toString(static_cast<qulonglong>(one->raised)));
        const long share = std::lround(one->share * 100);
        f.bottomRight = share < 1 ? LoadSheet::tr("under 1 % of all") : LoadSheet::tr("%1 % of all").arg(share);
        return f;
    }

  private:
    UiContext m_ui;
    std::unordered_map<base::Uuid, triage::Offender> m_offenders;
};

LoadSheet::LoadSheet(const UiContext& ui, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_rows(new Rows(ui, this)), m_headline(textLabel(ui.theme, this)),
      m_measure(textLabel(ui.theme, this, true)), m_offendersTitle(sectionLabel(ui.theme, this)),
      m_list(new RowList(this)), m_shelve(new KeyButton(this)), m_outOfService(new KeyButton(this)),
      m_ownersTitle(sectionLabel(ui.theme, this)), m_owners(textLabel(ui.theme, this)),
      m_adviceTitle(sectionLabel(ui.theme, this)), m_advice(textLabel(ui.theme, this)), m_hand(new KeyButton(this)) {
    setObjectName(QStringLiteral("loadSheet"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(520, 640);
    m_headline->setFont(ui.theme.font(Theme::Text::title));
    m_list->dress(ui.theme);
    m_list->setModel(m_rows);
    m_list->setDense(true);
    m_list->setObjectName(QStringLiteral("offenders"));
    m_shelve->setObjectName(QStringLiteral("offenderShelve"));
    m_outOfService->setObjectName(QStringLiteral("offenderOut"));
    m_hand->setObjectName(QStringLiteral("handPart"));
    m_shelve->dress(ui.theme, alarm_acts::keyText(AlarmAct::shelve));
    m_outOfService->dress(ui.theme, alarm_acts::keyText(AlarmAct::outOfService));
    m_hand->dress(ui.theme, alarm_acts::keyText(AlarmAct::hand), "primary");
    for (KeyButton* button : {m_shelve, m_outOfService, m_hand})
        button->setAutoDefault(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_headline);
    column->addWidget(m_measure);
    column->addSpacing(4);
    column->addWidget(m_adviceTitle);
    column->addWidget(m_advice);
    auto* handRow = new QHBoxLayout;
    handRow->addWidget(m_hand);
    handRow->addStretch(1);
    column->addLayout(handRow);
    column->addSpacing(4);
    column->addWidget(m_ownersTitle);
    column->addWidget(m_owners);
    column->addSpacing(4);
    column->addWidget(m_offendersTitle);
    column->addWidget(m_list, 1);
    auto* acts = new QHBoxLayout;
    acts->setSpacing(8);
    acts->addWidget(m_shelve, 1);
    acts->addWidget(m_outOfService, 1);
    column->addLayout(acts);

    connect(m_shelve, &QPushButton::clicked, this, [this] { command(Qt::Key_S); });
    connect(m_outOfService, &QPushButton::clicked, this, [this] { command(Qt::Key_O); });
    connect(m_hand, &QPushButton::clicked, this, &LoadSheet::handOver);
    connect(m_list, &RowList::doubleClicked, this, [this] { open(); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &LoadSheet::currentMoved);
    m_list->onKey = [this](int key) { return command(key); };
    connect(&m_ui.desk.alarmWatch(), &AlarmWatch::changed, this, &LoadSheet::refresh);
    words();
    if (m_rows->rowCount() > 0)
        m_list->setCurrentIndex(m_rows->index(0));
    m_list->setFocus();
}

LoadSheet::~LoadSheet() = default;

void LoadSheet::showIn(const UiContext& ui, QWidget& window) {
    auto* sheet = window.findChild<LoadSheet*>(QString(), Qt::FindDirectChildrenOnly);
    if (sheet == nullptr)
        sheet = new LoadSheet(ui, &window);
    sheet->show();
    sheet->raise();
    sheet->activateWindow();
}

QAbstractItemModel& LoadSheet::offenders() const {
    return *m_rows;
}

const triage::Offender* LoadSheet::current() const {
    return m_rows->at(m_rows->idAt(m_list->currentIndex()));
}

/// Those that stand. While none does the newest means its rule and sensor, which are then set aside before it comes again.
AlarmTarget LoadSheet::target() const {
    const triage::Offender* one = current();
    if (one == nullptr || one->alarms.empty())
        return {};
    AlarmTarget standing;
    for (const model::AlarmId& id : one->alarms) {
        const auto it = m_ui.desk.state().alarms.find(id);
        if (it != m_ui.desk.state().alarms.end() && model::isActive(it->second.state))
            standing.alarms.push_back(id);
    }
    return standing.alarms.empty() ? AlarmTarget{{one->alarms.front()}} : standing;
}

void LoadSheet::words() {
    setWindowTitle(tr("Alarm load"));
    m_adviceTitle->setText(tr("Hand part of it to another"));
    m_ownersTitle->setText(tr("Who bears how much"));
    m_offendersTitle->setText(tr("Worst offenders of the last 24 hours"));
    m_list->setAccessibleName(m_offendersTitle->text());
    m_list->setEmptyText(tr("No alarm in 24 hours"), {});
    refresh();
}

void LoadSheet::refresh() {
    const AlarmWatch& watch = m_ui.desk.alarmWatch();
    const triage::AlarmLoad& load = watch.load();
    const QLocale locale;
    const auto number = [&locale](std::size_t n) { return locale.toString(static_cast<qulonglong>(n)); };
    m_headline->setText(
        tr("%1 alarms in ten minutes: %2").arg(LoadWords::figure(load), LoadWords::word(load.judgement)));
    m_measure->setText(tr("One person bears 1 in ten minutes at rest and 10 in the first ten minutes after an upset "
                          "(EEMUA 191). Last hour: %1, most in one minute: %2. Standing: %3, of them unacknowledged: "
                          "%4. Set aside: %5.")
                           .arg(number(load.lastHour), number(load.mostInAMinute), number(load.standing),
                                number(load.unacknowledged), number(load.setAside)));
    QStringList owners;
    for (const auto& [owner, count] : load.byOwner)
        owners << tr("%1: %2 unacknowledged", "person, number")
                      .arg(owner.empty() ? tr("whoever has the desk (%1)").arg(m_ui.desk.actor()) : Words::plain(owner),
                           number(count));
    m_owners->setText(owners.isEmpty() ? tr("Nothing waits for anybody.") : owners.join(QLatin1Char('\n')));
    const std::size_t worth = watch.worthHandingOver().size();
    const bool bearable = load.judgement != triage::AlarmLoad::Judgement::flood && !load.flood;
    if (worth == 0) {
        m_advice->setText(bearable ? tr("The load is bearable: nothing needs to be handed over.")
                                   : tr("Nothing more to hand over: what is left is one matter, or others bear as much "
                                        "already."));
    } else {
        m_advice->setText(
            tr("%1, whole groups and the lesser ones first: then both bear about the same.").arg(Words::alarms(worth)));
        m_hand->setText(tr("Hand over %1…").arg(Words::alarms(worth)));
    }
    m_hand->setVisible(worth > 0);
    m_hand->setEnabled(!m_ui.desk.readOnly());
    m_rows->take(watch.board().offenders(m_ui.desk.now() - std::chrono::hours(24), mostOffenders));
    currentMoved();
}

void LoadSheet::currentMoved() {
    const AlarmTarget target = this->target();
    m_shelve->setElidingText(alarm_acts::textFor(m_ui, target, AlarmAct::shelve));
    m_outOfService->setElidingText(alarm_acts::textFor(m_ui, target, AlarmAct::outOfService));
    m_shelve->setEnabled(alarm_acts::possible(m_ui, target, AlarmAct::shelve));
    m_outOfService->setEnabled(alarm_acts::possible(m_ui, target, AlarmAct::outOfService));
}

void LoadSheet::handOver() {
    std::vector<model::AlarmId> worth = m_ui.desk.alarmWatch().worthHandingOver();
    if (!worth.empty() && !m_ui.desk.readOnly())
        (new HandDialog(m_ui, std::move(worth), this))->open();
}

void LoadSheet::open() {
    if (const triage::Offender* one = current(); one && !one->alarms.empty())
        m_ui.selection.select(one->alarms.front());
}

bool LoadSheet::command(int key) {
    if (key == Qt::Key_H) {
        handOver();
        return true;
    }
    const triage::Offender* one = current();
    if (one == nullptr)
        return false;
    if (key == Qt::Key_Return) {
        open();
        return true;
    }
    if (key != Qt::Key_S && key != Qt::Key_O)
        return false;
    alarm_acts::run(m_ui, this, target(), *alarm_acts::actFor(key));
    return true;
}

void LoadSheet::keyPressEvent(QKeyEvent* event) {
    if (event->modifiers() == Qt::NoModifier && !event->isAutoRepeat() && event->key() == Qt::Key_H)
        handOver();
    else
        QDialog::keyPressEvent(event);
}

void LoadSheet::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

} // namespace tocsin::gui
