#include "tocsin/gui/time/time_desk.hpp"

#include "gui/time/past_frame.hpp"
#include "gui/time/time_track.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QAccessible>
#include <QEvent>

namespace tocsin::gui {

TimeDesk::TimeDesk(const UiContext& ui, MapView& map, QTimeZone zone)
    : QObject(&map), m_ui(ui), m_map(map), m_zone(zone.isValid() ? std::move(zone) : QTimeZone::utc()), m_machine(ui),
      m_bar(new TimeBar(ui, m_machine, m_zone, &map)), m_frame(new PastFrame(ui, &map)) {
    map.setFootWidget(m_bar);
    map.installEventFilter(this);
    connect(m_bar, &TimeBar::heightChanged, this, [this] {
        m_map.setFootWidget(m_bar); // it places its widgets again
        m_frame->raise();
    });
    connect(&m_machine, &TimeMachine::shown, this, [this](const std::shared_ptr<const desk::Picture>& picture) {
        m_map.showPast(picture);
        showBanner();
    });
    connect(&m_machine, &TimeMachine::changed, this, &TimeDesk::showBanner);
    connect(&m_machine, &TimeMachine::newGraveChanged, this, &TimeDesk::showBanner);
    connect(&m_machine, &TimeMachine::failed, this, [this](const QString& sentence) {
        emit announce(tr("The map cannot be shown as it was: %1").arg(sentence));
    });
    connect(&m_machine, &TimeMachine::graveAlarm, this, [this](const model::AlarmId& id) {
        QAccessibleEvent alert(m_frame, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
        emit announce(tr("New alarm while the map shows the past: %1").arg(nameOf(id)));
    });
    add(QT_TR_NOOP("The map at another moment, or back to now"), "clock", "T", [this] { m_bar->toggle(); });
    add(QT_TR_NOOP("Play the past on the map, or pause"), "play", "", [this] {
        m_bar->setOpen(true);
        m_machine.playing() ? m_machine.pause() : m_machine.play();
    });
    retranslate();
}

TimeDesk::~TimeDesk() {
    delete m_frame;
    delete m_bar;
}

QAction* TimeDesk::add(const char* english, const char* glyph, const char* key, std::function<void()> run) {
    auto* made = new QAction(this);
    made->setObjectName(QString::fromLatin1(english));
    made->setData(QString::fromLatin1(glyph));
    made->setProperty("keyText", QString::fromLatin1(key));
    connect(made, &QAction::triggered, this, std::move(run));
    m_actions.append(made);
    return made;
}

void TimeDesk::retranslate() {
    for (QAction* action : m_actions)
        action->setText(tr(action->objectName().toLatin1().constData()));
    showBanner();
}

QString TimeDesk::nameOf(const model::AlarmId& id) const {
    const auto alarm = m_ui.desk.state().alarms.find(id);
    return alarm == m_ui.desk.state().alarms.end() ? QString() : Words::local(alarm->second.title, m_ui.language);
}

QString TimeDesk::bannerText() const {
    return m_machine.isPast() ? m_frame->banner() : QString();
}

void TimeDesk::showBanner() {
    if (!m_machine.isPast()) {
        m_frame->hide();
        return;
    }
    QString alarm;
    std::optional<model::Grade> grade;
    for (const model::AlarmId& id : m_machine.newGrave()) {
        const auto found = m_ui.desk.state().alarms.find(id);
        if (found == m_ui.desk.state().alarms.end() || (grade && *grade <= found->second.severity))
            continue;
        grade = found->second.severity;
        alarm = tr("New alarm: %1 · T brings the map back to now").arg(nameOf(id));
    }
    m_frame->say(tr("As it was %1 — live alarms continue at left")
                     .arg(momentIn(m_machine.at(), m_zone, m_ui.language)),
                 alarm, grade);
    m_frame->setGeometry(m_map.rect());
    if (m_frame->isHidden()) {
        m_frame->show();
        m_frame->raise();
    }
}

bool TimeDesk::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_map && event->type() == QEvent::Resize)
        m_frame->setGeometry(m_map.rect());
    if (watched == &m_map && event->type() == QEvent::LanguageChange)
        retranslate();
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::gui
