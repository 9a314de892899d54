#include "tocsin/gui/sound.hpp"

#include <QApplication>
#include <cmath>
#include <numbers>
#include <vector>

#ifdef TOCSIN_HAVE_MULTIMEDIA
#include <QAudioDevice>
#include <QAudioFormat>
#include <QAudioSink>
#include <QBuffer>
#include <QMediaDevices>
#endif

namespace tocsin::gui {

namespace {

constexpr int kRate = 44100;

struct Stroke {
    double hertz;
    double seconds; ///< of sound
    double pause;   ///< after it
};

std::vector<Stroke> strokesOf(model::Grade severity) {
    switch (severity) {
    case model::Grade::I:
        return {{988, 0.16, 0.05},  {1319, 0.16, 0.05}, {988, 0.16, 0.05},
                {1319, 0.16, 0.05}, {988, 0.16, 0.05},  {1319, 0.30, 0}};
    case model::Grade::II:
        return {{880, 0.18, 0.08}, {1109, 0.18, 0.08}, {880, 0.30, 0}};
    case model::Grade::III:
        return {{784, 0.22, 0.10}, {784, 0.30, 0}};
    case model::Grade::IV:
        break;
    }
    return {{659, 0.40, 0}};
}

} // namespace

QByteArray alarmTone(model::Grade severity) {
    QByteArray pcm;
    const auto put = [&pcm](double sample) {
        const auto value = static_cast<qint16>(std::lround(std::clamp(sample, -1.0, 1.0) * 32767));
        pcm.append(static_cast<char>(value & 0xff));
        pcm.append(static_cast<char>((value >> 8) & 0xff));
    };
    for (const Stroke& stroke : strokesOf(severity)) {
        const int samples = static_cast<int>(stroke.seconds * kRate);
        for (int i = 0; i < samples; ++i) {
            const double t = static_cast<double>(i) / kRate;
            // A bell: partials that die away, the higher the sooner; the first and last milliseconds are soft, or
            // the loudspeaker would crack.
            const double edge = std::min({1.0, t / 0.004, (stroke.seconds - t) / 0.02});
            const double w = 2 * std::numbers::pi * stroke.hertz * t;
            const double bell = 0.60 * std::sin(w) * std::exp(-3 * t) + 0.25 * std::sin(2.0 * w) * std::exp(-7 * t) +
                                0.15 * std::sin(2.76 * w) * std::exp(-12 * t);
            put(0.55 * edge * bell);
        }
        for (int i = 0; i < static_cast<int>(stroke.pause * kRate); ++i)
            put(0);
    }
    return pcm;
}

namespace {

#ifndef TOCSIN_HAVE_MULTIMEDIA
class Beeper final : public TonePlayer {
  public:
    void play(const QByteArray& /*pcm*/) override { QApplication::beep(); }
};
#else
class DevicePlayer final : public TonePlayer {
  public:
    void play(const QByteArray& pcm) override {
        if (m_sink != nullptr && m_sink->state() == QAudio::ActiveState)
            return;                                                      // the last one is still sounding
        const QAudioDevice device = QMediaDevices::defaultAudioOutput(); // it may have been plugged in just now
        QAudioFormat format;
        format.setSampleRate(kRate);
        format.setChannelCount(1);
        format.setSampleFormat(QAudioFormat::Int16);
        if (device.isNull() || !device.isFormatSupported(format)) {
            QApplication::beep();
            return;
        }
        m_sink.reset();
        m_buffer.close();
        m_buffer.setData(pcm);
        m_buffer.open(QIODevice::ReadOnly);
        m_sink = std::make_unique<QAudioSink>(device, format);
        m_sink->start(&m_buffer);
        if (m_sink->error() != QAudio::NoError)
            QApplication::beep();
    }

  private:
    QBuffer m_buffer;
    std::unique_ptr<QAudioSink> m_sink; ///< reads m_buffer, so it goes first
};
#endif

} // namespace

std::unique_ptr<TonePlayer> makeTonePlayer() {
#ifdef TOCSIN_HAVE_MULTIMEDIA
    return std::make_unique<DevicePlayer>();
#else
    return std::make_unique<Beeper>();
#endif
}

AlarmSound::AlarmSound(DeskBridge& desk, std::unique_ptr<TonePlayer> player, QObject* parent)
    : QObject(parent), m_desk(desk), m_player(std::move(player)) {
    connect(&m_desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || changes.desk || !changes.alarms.empty())
            consider();
    });
    connect(&m_repeat, &QTimer::timeout, this, &AlarmSound::sound);
    consider();
}

std::optional<model::Grade> AlarmSound::wanted() const {
    const auto& until = m_desk.state().desk.soundMutedUntil;
    if (!m_desk.ready() || (until && *until > m_desk.now()))
        return std::nullopt;
    std::optional<model::Grade> gravest;
    for (const auto& [id, alarm] : m_desk.state().alarms) {
        if (model::wantsAcknowledgement(alarm.state) && (!gravest || alarm.severity < *gravest))
            gravest = alarm.severity;
    }
    return gravest;
}

void AlarmSound::consider() {
    bool waiting = false;
    for (const auto& [id, alarm] : m_desk.state().alarms)
        waiting = waiting || model::wantsAcknowledgement(alarm.state);
    if (!waiting) {
        m_repeat.stop();
    } else if (!m_repeat.isActive()) {
        m_repeat.start(repeatMs); // goes on while muted, so that the sound returns by itself when the time is over
        sound();
    }
}

void AlarmSound::sound() {
    if (const auto severity = wanted())
        m_player->play(alarmTone(*severity));
}

} // namespace tocsin::gui
