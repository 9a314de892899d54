#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <set>

namespace tocsin::gui {

/// Which moment of the journal the map shows, and how it goes on: standing still, played at some speed, or live. Asks
/// the desk's bridge for pictures, never more than one question at a time and 20 a second; what is wanted meanwhile
/// replaces what was wanted before. GUI thread.
class TimeMachine : public QObject {
    Q_OBJECT
  public:
    explicit TimeMachine(const UiContext& ui, QObject* parent = nullptr);

    [[nodiscard]] bool isPast() const { return m_at.has_value(); }
    [[nodiscard]] base::Time at() const; ///< the moment that is wanted; the desk's time while live
    [[nodiscard]] base::Time now() const { return m_ui.desk.now(); }
    [[nodiscard]] bool playing() const { return m_playing; }
    [[nodiscard]] int speed() const { return m_speed; } ///< seconds of the journal in a second
    [[nodiscard]] const desk::JournalSpan& span() const { return m_span; }
    [[nodiscard]] base::Time first() const; ///< of the journal; never after now()
    /// Alarms of grade I and II that were raised while the past is shown and that nobody has acknowledged.
    [[nodiscard]] const std::set<model::AlarmId>& newGrave() const { return m_newGrave; }

    /// Before the journal's first entry: that one. At or after now: live.
    void goTo(base::Time moment);
    void goBy(base::Duration step) { goTo(at() + step); }
    void backToNow();
    void play(); ///< while live: from an hour ago, or from the journal's beginning if that is later
    void pause();
    void setSpeed(int speed);
    void nextMark(); ///< live when there is none before now
    void previousMark();
    void refreshSpan(); ///< spanChanged() follows
    /// Lets so much real time pass while playing; a timer does it.
    void advance(base::Duration real);

  signals:
    void changed(); ///< moment, speed, playing or live
    void spanChanged();
    void shown(std::shared_ptr<const tocsin::desk::Picture> picture); ///< null: live again
    void graveAlarm(const tocsin::model::AlarmId& alarm);             ///< a new one of grade I or II meanwhile
    void newGraveChanged();
    void failed(const QString& sentence);

  private:
    void ask();
    void watch(const Changes& changes);

    UiContext m_ui;
    desk::JournalSpan m_span;
    bool m_spanKnown{false};
    std::optional<base::Time> m_at;
    bool m_playing{false};
    int m_speed{60};
    bool m_asking{false};
    bool m_stale{false};         ///< the moment differs from what was asked last
    std::uint64_t m_journey{0};  ///< an answer of an earlier one is not shown
    QTimer m_pace;
    QTimer m_step;
    QTimer m_spanAge;
    QElapsedTimer m_real;
    std::set<model::AlarmId> m_known;
    std::set<model::AlarmId> m_newGrave;
};

} // namespace tocsin::gui
