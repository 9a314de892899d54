#pragma once

#include "tocsin/gui/bridge.hpp"

#include <QByteArray>
#include <QTimer>
#include <memory>

namespace tocsin::gui {

/// An alarm tone as 16-bit mono PCM at 44,100 Hz, synthesised: the graver, the more and the higher its strokes.
[[nodiscard]] QByteArray alarmTone(model::Grade severity);

/// Plays a tone somehow. play() returns at once and never fails: without an audio device it does what it can.
class TonePlayer {
  public:
    virtual ~TonePlayer() = default;
    virtual void play(const QByteArray& pcm) = 0;
};

/// The system's audio where the program was built with it and a device exists, else the system's beep.
[[nodiscard]] std::unique_ptr<TonePlayer> makeTonePlayer();

/// Sounds every few seconds while an alarm waits for acknowledgement, in the pattern of the gravest of them, unless
/// the desk says that the sound is muted. GUI thread.
class AlarmSound : public QObject {
    Q_OBJECT
  public:
    AlarmSound(DeskBridge& desk, std::unique_ptr<TonePlayer> player, QObject* parent = nullptr);

    /// The severity that would sound now; absent while all is acknowledged or the sound is muted.
    [[nodiscard]] std::optional<model::Grade> wanted() const;
    static constexpr int repeatMs = 4000;

  private:
    void consider();
    void sound();

    DeskBridge& m_desk;
    std::unique_ptr<TonePlayer> m_player;
    QTimer m_repeat;
};

} // namespace tocsin::gui
