#include "tocsin/gui/time/time_machine.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr int kPaceMs = 50;       ///< between two questions
constexpr int kSpanAgeMs = 5'000; ///< so old may the marks be while something happens

bool isGrave(const model::Alarm& alarm) {
    return alarm.severity <= model::Grade::II && model::wantsAcknowledgement(alarm);
}

} // namespace

TimeMachine::TimeMachine(const UiContext& ui, QObject* parent) : QObject(parent), m_ui(ui) {
    m_pace.setSingleShot(true);
    m_pace.setInterval(kPaceMs);
    m_step.setInterval(kPaceMs);
    m_spanAge.setSingleShot(true);
    m_spanAge.setInterval(kSpanAgeMs);
    connect(&m_pace, &QTimer::timeout, this, &TimeMachine::ask);
    connect(&m_spanAge, &QTimer::timeout, this, &TimeMachine::refreshSpan);
    connect(&m_step, &QTimer::timeout, this,
            [this] { advance(std::chrono::duration_cast<base::Duration>(std::chrono::nanoseconds(m_real.nsecsElapsed()))); });
    connect(&m_ui.desk, &DeskBridge::changed, this, &TimeMachine::watch);
}

base::Time TimeMachine::at() const {
    return m_at.value_or(now());
}

base::Time TimeMachine::first() const {
    return m_spanKnown && m_span.entries > 0 ? std::min(m_span.first, now()) : now() - std::chrono::hours(1);
}

void TimeMachine::goTo(base::Time moment) {
    if (moment >= now()) {
        backToNow();
        return;
    }
    if (m_spanKnown)
        moment = std::max(moment, first());
    if (!m_at) {
        m_known.clear();
        for (const auto& [id, alarm] : m_ui.desk.state().alarms)
            m_known.insert(id);
    }
    if (m_at == moment)
        return;
    m_at = moment;
    m_stale = true;
    emit changed();
    ask();
}

void TimeMachine::backToNow() {
    m_step.stop();
    m_playing = false;
    if (!m_at)
        return;
    m_at.reset();
    m_stale = false;
    ++m_journey;
    m_newGrave.clear();
    emit shown(nullptr);
    emit newGraveChanged();
    emit changed();
}

void TimeMachine::play() {
    if (m_playing)
        return;
    if (!m_at)
        goTo(std::max(first(), now() - std::chrono::hours(1)));
    if (!m_at)
        return; // there is no past yet
    m_playing = true;
    m_real.start();
    m_step.start();
    emit changed();
}

void TimeMachine::pause() {
    if (!m_playing)
        return;
    m_playing = false;
    m_step.stop();
    emit changed();
}

void TimeMachine::setSpeed(int speed) {
    m_speed = std::clamp(speed, 1, 36'000);
    emit changed();
}

void TimeMachine::advance(base::Duration real) {
    m_real.start();
    // A window that stood still for long (a dialog of the system, a suspended machine) does not leap.
    const auto passed = std::min(real, base::Duration(std::chrono::seconds(1)));
    if (m_playing && m_at)
        goTo(*m_at + passed * m_speed);
}

void TimeMachine::nextMark() {
    const base::Time here = at();
    std::optional<base::Time> best;
    for (const auto& mark : m_span.marks) {
        if (mark.time > here && (!best || mark.time < *best))
            best = mark.time;
    }
    pause();
    goTo(best.value_or(now()));
}

void TimeMachine::previousMark() {
    const base::Time here = at();
    std::optional<base::Time> best;
    for (const auto& mark : m_span.marks) {
        if (mark.time < here && (!best || mark.time > *best))
            best = mark.time;
    }
    pause();
    goTo(best.value_or(first()));
}

void TimeMachine::refreshSpan() {
    m_ui.desk.journalSpan(this, [this](base::Result<desk::JournalSpan> span) {
        if (!span) {
            emit failed(Words::sentence(span.error().message));
            return;
        }
        m_span = std::move(*span);
        m_spanKnown = true;
        emit spanChanged();
    });
}

void TimeMachine::ask() {
    if (!m_at || !m_stale || m_asking || m_pace.isActive())
        return;
    m_asking = true;
    m_stale = false;
    m_pace.start();
    m_ui.desk.pictureAt(*m_at, this, [this, journey = m_journey](base::Result<DeskBridge::PastPicture> picture) {
        m_asking = false;
        if (m_at && journey == m_journey) {
            if (picture)
                emit shown(*picture);
            else if (picture.error().code != base::Code::cancelled) {
                pause();
                emit failed(Words::sentence(picture.error().message));
            }
        }
        ask();
    });
}

void TimeMachine::watch(const Changes& changes) {
    if (m_spanKnown && (changes.all || !changes.incidents.empty() || !changes.alarms.empty()) && !m_spanAge.isActive())
        m_spanAge.start();
    if (!m_at)
        return;
    const auto& alarms = m_ui.desk.state().alarms;
    const auto before = m_newGrave.size();
    std::erase_if(m_newGrave, [&](const model::AlarmId& id) {
        const auto alarm = alarms.find(id);
        return alarm == alarms.end() || !isGrave(alarm->second);
    });
    bool different = before != m_newGrave.size();
    const auto look = [&](const model::AlarmId& id) {
        const auto alarm = alarms.find(id);
        if (alarm == alarms.end() || !m_known.insert(id).second || !isGrave(alarm->second))
            return;
        m_newGrave.insert(id);
        different = true;
        emit graveAlarm(id);
    };
    if (changes.all) {
        for (const auto& [id, alarm] : alarms)
            look(id);
    }
    for (const model::AlarmId& id : changes.alarms)
        look(id);
    if (different)
        emit newGraveChanged();
}

} // namespace tocsin::gui
