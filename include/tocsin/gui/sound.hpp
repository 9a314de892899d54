#pragma once

#include "tocsin/gui/bridge.hpp"

#include <QByteArray>
#include <QTimer>
#include <memory>

namespace tocsin::gui {

/// An alarm tone as 16-bit mono PCM at 44,100 Hz, synthesised: the graver, the more and the higher its strokes. One
/// that was escalated is louder, and said twice.
[[nodiscard]] QByteArray alarmTone(model::Grade severity, int escalated = 0);

/// Somebody has written: one short stroke, softer and lower than the least of the alarms.
[[nodiscard]] QByteArray messageTone();

/// Plays a tone somehow. play() returns at once and never fails: without an audio device it does what it can. One tone
/// sounds at a time: while another does, this one is not heard and false returned, unless it is to `cut` that off.
class TonePlayer {
  public:
    virtual ~TonePlayer() = default;
    virtual bool play(const QByteArray& pcm, bool cut) = 0;
};

/// The system's audio where the program was built with it and a device exists, else the system's beep.
[[nodiscard]] std::unique_ptr<TonePlayer> makeTonePlayer();

/// Sounds every few seconds while an alarm waits for acknowledgement, in the pattern of the gravest of them, unless
/// the desk says that the sound is muted. A graver one, or one that is escalated, is heard at once; more of the same
/// is not: a flood of ten thousand sounds as one alarm does. GUI thread.
class AlarmSound : public QObject {
    Q_OBJECT
  public:
    AlarmSound(DeskBridge& desk, std::unique_ptr<TonePlayer> player, QObject* parent = nullptr);

    /// The severity that would sound now; absent while all is acknowledged or the sound is muted.
    [[nodiscard]] std::optional<model::Grade> wanted() const;
    [[nodiscard]] int louder() const; ///< how often the most escalated of those was
    static constexpr int repeatMs = 4000;

  private:
    void consider();
    void forgetGone();
    [[nodiscard]] bool isMore(model::Grade severity) const;
    void sound();

    DeskBridge& m_desk;
    std::unique_ptr<TonePlayer> m_player;
    QTimer m_repeat;
    std::optional<model::Grade> m_heard; ///< what sounded last, no graver than what waits still
    int m_heardLouder{0};
};

} // namespace tocsin::gui
