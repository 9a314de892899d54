#include "tocsin/gui/tour.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace tocsin::gui {

namespace {

constexpr int kCardWidth = 340;
constexpr int kSteps = 5;
constexpr int kFollowMs = 250; ///< panels move and appear without telling the tour

} // namespace

class Tour::Card : public QFrame {
  public:
    Card(const UiContext& ui, QWidget* window) : QFrame(window), m_ui(ui) {
        setObjectName(QStringLiteral("tourCard"));
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(20, 16, 20, 16);
        column->setSpacing(8);
        for (QLabel* label : {&count, &title, &text}) {
            label->setWordWrap(true);
            column->addWidget(label);
        }
        auto* row = new QHBoxLayout;
        row->setContentsMargins(0, 8, 0, 0);
        row->addWidget(&skip);
        row->addStretch(1);
        row->addWidget(&next);
        column->addLayout(row);
        skip.setProperty("kind", "quiet");
        next.setProperty("kind", "primary");
        skip.setObjectName(QStringLiteral("tourSkip"));
        next.setObjectName(QStringLiteral("tourNext"));
        setFixedWidth(kCardWidth);
    }
    QLabel count;
    QLabel title;
    QLabel text;
    QPushButton skip;
    QPushButton next;

  protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        const Palette& p = m_ui.theme.colours();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(p.accent, 1.4));
        painter.setBrush(p.panel);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    }

  private:
    UiContext m_ui;
};

Tour::Tour(const UiContext& ui, QWidget* window)
    : QWidget(window), m_ui(ui), m_window(window), m_card(new Card(ui, window)) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    hide();
    m_card->hide();
    m_window->installEventFilter(this);
    connect(&m_card->skip, &QPushButton::clicked, this, &Tour::skip);
    connect(&m_card->next, &QPushButton::clicked, this,
            [this] { go(static_cast<Step>(static_cast<int>(m_step) + 1)); });
    connect(&m_ui.desk, &DeskBridge::changed, this, &Tour::watchDesk);
    connect(&m_ui.selection, &Selection::changed, this, &Tour::watchDesk);
    connect(&m_ui.theme, &Theme::changed, this, &Tour::retranslate);
    auto* follow = new QTimer(this);
    connect(follow, &QTimer::timeout, this, [this] {
        if (running())
            layOut();
    });
    follow->start(kFollowMs);
}

void Tour::begin() {
    go(Step::alarm);
}

void Tour::skip() {
    go(Step::over);
}

void Tour::go(Step step) {
    m_step = step;
    if (!running()) {
        hide();
        m_card->hide();
        emit ended();
        return;
    }
    remember();
    retranslate();
    show();
    m_card->show();
    layOut();
    raise();
    m_card->raise();
}

void Tour::remember() {
    const model::State& state = m_ui.desk.state();
    m_waiting.clear();
    m_incidents.clear();
    m_assignments.clear();
    for (const auto& [id, alarm] : state.alarms) {
        if (model::wantsAcknowledgement(alarm))
            m_waiting.insert(id);
    }
    for (const auto& [id, incident] : state.incidents)
        m_incidents.insert(id);
    for (const auto& [id, assignment] : state.assignments)
        m_assignments.insert(id);
}

bool Tour::done() const {
    const model::State& state = m_ui.desk.state();
    switch (m_step) {
    case Step::alarm:
        return m_ui.selection.as<model::AlarmId>() != nullptr;
    case Step::acknowledge:
        return std::any_of(m_waiting.begin(), m_waiting.end(), [&state](const model::AlarmId& id) {
            const auto alarm = state.alarms.find(id);
            return alarm != state.alarms.end() && !model::wantsAcknowledgement(alarm->second);
        });
    case Step::openIncident:
        return std::any_of(state.incidents.begin(), state.incidents.end(),
                           [this](const auto& incident) { return !m_incidents.contains(incident.first); });
    case Step::send:
        return std::any_of(state.assignments.begin(), state.assignments.end(),
                           [this](const auto& assignment) { return !m_assignments.contains(assignment.first); });
    case Step::watch:
    case Step::over:
        break;
    }
    return false;
}

void Tour::watchDesk() {
    if (!running())
        return;
    if (done()) {
        go(static_cast<Step>(static_cast<int>(m_step) + 1));
        watchDesk(); // what comes next may have been done, too
        return;
    }
    if (m_step == Step::acknowledge) {
        for (const auto& [id, alarm] : m_ui.desk.state().alarms) {
            if (model::wantsAcknowledgement(alarm))
                m_waiting.insert(id); // raised meanwhile
        }
    }
    if (m_step == Step::alarm)
        retranslate();
}

QWidget* Tour::target() const {
    // What to point at, and what instead while it is not there.
    const auto shown = [this](std::initializer_list<const char*> names) -> QWidget* {
        for (const char* name : names) {
            for (QWidget* widget : m_window->findChildren<QWidget*>(QString::fromLatin1(name))) {
                if (widget->isVisible() && widget->window() == m_window)
                    return widget;
            }
        }
        return nullptr;
    };
    switch (m_step) {
    case Step::alarm:
        return shown({"alarmPanel"});
    case Step::acknowledge:
        return shown({"acknowledgeButton", "alarmPanel"});
    case Step::openIncident:
        return shown({"openIncidentButton", "detailPanel", "alarmPanel"});
    case Step::send:
        return shown({"sendButton", "detailPanel"});
    case Step::watch:
        return shown({"mapView"});
    case Step::over:
        break;
    }
    return nullptr;
}

void Tour::retranslate() {
    if (!running())
        return;
    m_card->count.setFont(m_ui.theme.font(Theme::Text::second));
    m_card->title.setFont(m_ui.theme.font(Theme::Text::title));
    m_card->text.setFont(m_ui.theme.font(Theme::Text::body));
    m_card->count.setProperty("role", "dim");
    m_card->count.setText(tr("First look · %1 of %2").arg(static_cast<int>(m_step) + 1).arg(kSteps));
    m_card->skip.setText(tr("Skip the tour"));
    m_card->next.setText(m_step == Step::watch ? tr("Done") : tr("Next"));
    switch (m_step) {
    case Step::alarm:
        if (m_waiting.empty() && m_ui.desk.state().alarms.empty() && !m_ui.desk.state().desk.exercise) {
            m_card->title.setText(tr("Here alarms appear"));
            m_card->text.setText(tr("When a gauge passes its limit, the desk raises an alarm, and it appears here. The "
                                    "gravest always stands on top."));
        } else if (m_waiting.empty() && m_ui.desk.state().alarms.empty()) {
            m_card->title.setText(tr("The river is rising"));
            m_card->text.setText(tr("This is a drill with invented teams on a real map. In a moment a gauge passes its "
                                    "limit, and the alarm appears here. The gravest always stands on top."));
        } else {
            m_card->title.setText(tr("An alarm"));
            m_card->text.setText(tr("The desk drew a conclusion from its sensors. The shape and the colour tell how "
                                    "grave it is; the gravest stands on top. Select it."));
        }
        break;
    case Step::acknowledge:
        m_card->title.setText(tr("Acknowledge it"));
        m_card->text.setText(tr("Say that you have seen it: press Space, or this button. The sound stops, and the log "
                                "remembers who and when."));
        break;
    case Step::openIncident:
        m_card->title.setText(tr("Open an incident"));
        m_card->text.setText(tr("The alarm becomes something that the desk works on, with a place, a grade and what it "
                                "needs."));
        break;
    case Step::send:
        m_card->title.setText(tr("Who should go"));
        m_card->text.setText(tr("The best teams by travel time over today's roads, and why. One button sends them, and "
                                "its name says whom and where (F9)."));
        break;
    case Step::watch:
        m_card->title.setText(tr("Watch them go"));
        m_card->text.setText(
            tr("The teams move along their road, with the minutes left beside them. F1 brings the keys "
               "and this tour again."));
        break;
    case Step::over:
        break;
    }
    layOut();
    update();
}

void Tour::layOut() {
    setGeometry(m_window->rect());
    QWidget* widget = target();
    const QRect hole = widget == nullptr
                           ? QRect()
                           : QRect(widget->mapTo(m_window, QPoint(0, 0)), widget->size()).adjusted(-4, -4, 4, 4);
    if (hole != m_hole) {
        m_hole = hole;
        update();
    }
    m_card->setFixedHeight(m_card->layout()->heightForWidth(kCardWidth));
    const QSize card = m_card->size();
    const QRect room = m_window->rect().adjusted(16, 64, -16, -16);
    QPoint at(room.center().x() - card.width() / 2, room.center().y() - card.height() / 2);
    if (hole.isValid()) {
        const int y = std::clamp(hole.center().y() - card.height() / 2, room.top(), room.bottom() - card.height());
        if (hole.right() + 16 + card.width() <= room.right())
            at = {hole.right() + 16, std::min(y, hole.top() + 40)};
        else if (hole.left() - 16 - card.width() >= room.left())
            at = {hole.left() - 16 - card.width(), y};
        else
            at = {hole.center().x() - card.width() / 2, hole.top() + 80};
        at.setY(std::clamp(at.y(), room.top(), room.bottom() - card.height()));
        at.setX(std::clamp(at.x(), room.left(), room.right() - card.width()));
    }
    m_card->move(at);
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_window && running() && event->type() == QEvent::Resize)
        layOut();
    return QWidget::eventFilter(watched, event);
}

void Tour::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void Tour::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shade;
    shade.addRect(QRectF(rect()));
    if (m_hole.isValid()) {
        QPainterPath hole;
        hole.addRoundedRect(QRectF(m_hole), 6, 6);
        shade = shade.subtracted(hole);
    }
    QColor dark = m_ui.theme.look() == Theme::Look::dark ? QColor(0, 0, 0, 110) : QColor(20, 25, 30, 70);
    painter.fillPath(shade, dark);
    if (m_hole.isValid()) {
        painter.setPen(QPen(m_ui.theme.colours().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(m_hole).adjusted(1, 1, -1, -1), 6, 6);
    }
}

} // namespace tocsin::gui
