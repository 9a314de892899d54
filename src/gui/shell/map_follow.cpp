#include "tocsin/gui/map_follow.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr int kSeconds = 20;
constexpr int kMargin = 16;
constexpr int kTop = 60; ///< below the search box

} // namespace

class MapFollow::Chip : public QWidget {
  public:
    Chip(const UiContext& ui, QWidget* map) : QWidget(map), m_ui(ui) {
        setObjectName(QStringLiteral("followChip"));
        setAttribute(Qt::WA_NoMousePropagation);
        setCursor(Qt::ArrowCursor);
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(36, 0, 4, 0);
        row->setSpacing(8);
        row->addWidget(&words, 1);
        row->addWidget(&stop);
        stop.setObjectName(QStringLiteral("followStop"));
        stop.setFixedSize(26, 26);
        stop.setIconSize({14, 14});
        stop.setFocusPolicy(Qt::TabFocus);
        words.setTextFormat(Qt::PlainText);
        setFixedHeight(34);
        hide();
    }
    void dress(bool held) {
        m_held = held;
        words.setFont(m_ui.theme.font(held ? Theme::Text::body : Theme::Text::bodyBold));
        stop.setIcon(Symbols::icon(QStringLiteral("close"), m_ui.theme.colours().text, 14));
        update();
    }
    QLabel words;
    QToolButton stop;

  protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        const Palette& p = m_ui.theme.colours();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_held ? p.line : p.accent, m_held ? 1 : 1.6));
        painter.setBrush(p.panel);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);
        Symbols::paintGlyph(painter, QRectF(11, height() / 2.0 - 8, 16, 16),
                            m_held ? QStringLiteral("pause") : QStringLiteral("locate"), m_held ? p.dim : p.accent);
    }

  private:
    UiContext m_ui;
    bool m_held{false};
};

MapFollow::MapFollow(const UiContext& ui, MapView& map)
    : QObject(&map), m_ui(ui), m_map(map), m_chip(new Chip(ui, &map)), m_followAction(new QAction(this)),
      m_roundAction(new QAction(this)) {
    m_followAction->setObjectName(QStringLiteral("Follow the gravest incident"));
    m_roundAction->setObjectName(QStringLiteral("Go round the open incidents and named places"));
    m_followAction->setData(QStringLiteral("locate"));
    m_roundAction->setData(QStringLiteral("refresh"));
    m_followAction->setProperty("keyText", QStringLiteral("G"));
    m_roundAction->setProperty("keyText", QStringLiteral("C"));
    for (QAction* action : actions())
        action->setCheckable(true);
    connect(m_followAction, &QAction::triggered, this,
            [this] { setMode(m_mode == Mode::gravest ? Mode::off : Mode::gravest); });
    connect(m_roundAction, &QAction::triggered, this,
            [this] { setMode(m_mode == Mode::round ? Mode::off : Mode::round); });
    connect(&m_chip->stop, &QToolButton::clicked, this, [this] { setMode(Mode::off); });
    connect(&m_round, &QTimer::timeout, this, &MapFollow::next);
    m_round.setInterval(kSeconds * 1000);
    map.installEventFilter(this);
    connect(&map, &MapView::movedByHand, this, &MapFollow::hold);
    connect(&map, &MapView::pastChanged, this, [this] {
        if (m_map.isPast())
            hold();
    });
    connect(&m_ui.selection, &Selection::showOnMap, this, &MapFollow::hold);
    connect(&m_ui.theme, &Theme::changed, this, &MapFollow::refresh);
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (m_mode != Mode::off && (changes.all || !changes.incidents.empty())) {
            look();
            refresh();
        }
    });
    retranslate();
}

void MapFollow::setSeconds(int seconds) {
    m_round.setInterval(std::clamp(seconds, 3, 3600) * 1000);
}

void MapFollow::setMode(Mode mode) {
    m_mode = mode;
    m_held = Mode::off;
    m_shown.reset();
    m_followed.reset();
    m_stop = 0;
    m_stopName.clear();
    if (mode == Mode::round) {
        m_round.start();
        next();
    } else {
        m_round.stop();
        look();
    }
    refresh();
    emit changed();
}

void MapFollow::hold() {
    if (m_mode == Mode::off)
        return;
    m_held = m_mode;
    m_mode = Mode::off;
    m_round.stop();
    refresh();
    emit changed();
}

const model::Incident* MapFollow::gravest() const {
    const model::Incident* best = nullptr;
    for (const auto& [id, incident] : m_ui.desk.state().incidents) {
        if (incident.state != model::IncidentState::open)
            continue;
        if (best == nullptr || incident.grade < best->grade ||
            (incident.grade == best->grade && incident.openedAt > best->openedAt))
            best = &incident;
    }
    return best;
}

void MapFollow::look() {
    if (m_mode != Mode::gravest)
        return;
    const model::Incident* wanted = gravest();
    if (wanted == nullptr) {
        m_followed.reset();
        m_shown.reset();
        return;
    }
    if (m_followed == wanted->id && m_shown == wanted->position)
        return;
    m_followed = wanted->id;
    m_shown = wanted->position;
    m_map.showPlace(wanted->position);
}

std::vector<MapFollow::Stop> MapFollow::allStops() const {
    std::vector<const model::Incident*> open;
    for (const auto& [id, incident] : m_ui.desk.state().incidents) {
        if (incident.state == model::IncidentState::open)
            open.push_back(&incident);
    }
    std::sort(open.begin(), open.end(), [](const auto* a, const auto* b) {
        return a->grade != b->grade ? a->grade < b->grade : a->openedAt > b->openedAt;
    });
    std::vector<Stop> stops;
    for (const auto* incident : open)
        stops.push_back({QString::fromStdString(incident->number) + QStringLiteral(" ") +
                             Words::local(incident->title, m_ui.language),
                         incident->position, std::nullopt});
    if (m_stops) {
        for (Stop& stop : m_stops())
            stops.push_back(std::move(stop));
    }
    return stops;
}

void MapFollow::next() {
    if (m_mode != Mode::round)
        return;
    const auto stops = allStops();
    m_stop %= stops.size() + 1; // the whole county is one of the places
    if (m_stop == stops.size()) {
        m_stopName = tr("the whole county");
        m_map.showCounty();
    } else {
        m_stopName = stops[m_stop].name;
        if (stops[m_stop].zoom) {
            m_map.setView(stops[m_stop].position, *stops[m_stop].zoom);
        } else {
            m_map.fit({stops[m_stop].position});
            m_map.showPlace(stops[m_stop].position);
        }
    }
    ++m_stop;
    refresh();
}

QString MapFollow::chipText() const {
    if (m_held == Mode::gravest)
        return tr("Held where you moved it · G follows the gravest incident again");
    if (m_held == Mode::round)
        return tr("Held where you moved it · C goes round again");
    if (m_mode == Mode::round)
        return tr("Going round: %1 · C, or a drag, stops it").arg(m_stopName);
    if (m_mode == Mode::off)
        return {};
    const model::Incident* followed = gravest();
    if (followed == nullptr)
        return tr("Will follow the gravest incident; none is open · G stops it");
    return tr("Following %1 %2 · G, or a drag, stops it", "number, title")
        .arg(QString::fromStdString(followed->number), Words::local(followed->title, m_ui.language));
}

void MapFollow::refresh() {
    m_followAction->setChecked(m_mode == Mode::gravest);
    m_roundAction->setChecked(m_mode == Mode::round);
    const QString text = chipText();
    m_chip->setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    m_chip->dress(held());
    m_chip->words.setFont(m_ui.theme.font(held() ? Theme::Text::body : Theme::Text::bodyBold));
    const int room = m_map.width() - kMargin - 72 - 36 - 42;
    m_chip->words.setText(QFontMetrics(m_chip->words.font()).elidedText(text, Qt::ElideMiddle, room));
    m_chip->words.setToolTip(text);
    m_chip->setAccessibleName(text);
    m_chip->stop.setToolTip(held() ? tr("Say no more") : tr("Stop"));
    m_chip->stop.setAccessibleName(m_chip->stop.toolTip());
    m_chip->resize(m_chip->sizeHint().width(), m_chip->height());
    m_chip->move(kMargin, kTop);
    m_chip->raise();
}

void MapFollow::retranslate() {
    m_followAction->setText(tr("Follow the gravest incident"));
    m_followAction->setIconText(tr("Follow the gravest"));
    m_roundAction->setText(tr("Go round the open incidents and named places"));
    m_roundAction->setIconText(tr("Go round"));
    refresh();
}

bool MapFollow::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_map && event->type() == QEvent::Resize)
        refresh();
    if (watched == &m_map && event->type() == QEvent::LanguageChange)
        retranslate();
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::gui
