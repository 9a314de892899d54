#include "tocsin/gui/sound.hpp"

#include "tocsin/gui/alarm_watch.hpp"

#include <QApplication>
#include <algorithm>
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

QByteArray toneOf(const std::vector<Stroke>& strokes, double gain) {
    QByteArray pcm;
    const auto put = [&pcm](double sample) {
        const auto value = static_cast<qint16>(std::lround(std::clamp(sample, -1.0, 1.0) * 32767));
        pcm.append(static_cast<char>(value & 0xff));
        pcm.append(static_cast<char>((value >> 8) & 0xff));
    };
    for (const Stroke& stroke : strokes) {
        const int samples = static_cast<int>(stroke.seconds * kRate);
        for (int i = 0; i < samples; ++i) {
            const double t = static_cast<double>(i) / kRate;
            // A bell: partials that die away, the higher the sooner; the first and last milliseconds are soft, or
            // the loudspeaker would crack.
            const double edge = std::min({1.0, t / 0.004, (stroke.seconds - t) / 0.02});
            const double w = 2 * std::numbers::pi * stroke.hertz * t;
            const double bell = 0.60 * std::sin(w) * std::exp(-3 * t) + 0.25 * std::sin(2.0 * w) * std::exp(-7 * t) +
                                0.15 * std::sin(2.76 * w) * std::exp(-12 * t);
            put(gain * edge * bell);
        }
        for (int i = 0; i < static_cast<int>(stroke.pause * kRate); ++i)
            put(0);
    }
    return pcm;
}

} // namespace

QByteArray alarmTone(model::Grade severity, int escalated) {
    std::vector<Stroke> strokes = strokesOf(severity);
    if (escalated > 0) {
        const std::vector<Stroke> once = strokes;
        strokes.back().pause = 0.25;
        strokes.insert(strokes.end(), once.begin(), once.end());
    }
    return toneOf(strokes, std::min(0.95, 0.5 + 0.2 * escalated));
}

QByteArray messageTone() {
    constexpr double soft = 0.3;
    return toneOf({{440, 0.20, 0}}, soft);
}

namespace {

#ifndef TOCSIN_HAVE_MULTIMEDIA
class Beeper final : public TonePlayer {
  public:
    bool play(const QByteArray& /*pcm*/, bool /*cut*/) override {
        QApplication::beep();
        return true;
    }
};
#else
class DevicePlayer final : public TonePlayer {
  public:
    bool play(const QByteArray& pcm, bool cut) override {
        if (!cut && m_sink != nullptr && m_sink->state() == QAudio::ActiveState)
            return false;
        const QAudioDevice device = QMediaDevices::defaultAudioOutput(); // it may have been plugged in just now
        QAudioFormat format;
        format.setSampleRate(kRate);
        format.setChannelCount(1);
        format.setSampleFormat(QAudioFormat::Int16);
        if (device.isNull() || !device.isFormatSupported(format)) {
            QApplication::beep();
            return true;
        }
        m_sink.reset();
        m_buffer.close();
        m_buffer.setData(pcm);
        m_buffer.open(QIODevice::ReadOnly);
        m_sink = std::make_unique<QAudioSink>(device, format);
        m_sink->start(&m_buffer);
        if (m_sink->error() != QAudio::NoError)
            QApplication::beep();
        return true;
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
    static_cast<void>(m_desk.alarmWatch()); // hears of each change before this does
    connect(&m_desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || changes.desk || !changes.alarms.empty())
            consider();
    });
    connect(&m_repeat, &QTimer::timeout, this, &AlarmSound::sound);
    consider();
}

std::optional<model::Grade> AlarmSound::wanted() const {
    if (!m_desk.ready() || m_desk.state().desk.soundMuted(m_desk.now()))
        return std::nullopt;
    const AlarmTally& tally = m_desk.alarmWatch().tally();
    for (std::size_t i = 0; i < tally.unacknowledged.size(); ++i) {
        if (tally.unacknowledged.at(i) > 0)
            return static_cast<model::Grade>(i + 1);
    }
    return std::nullopt;
}

int AlarmSound::louder() const {
    const auto severity = wanted();
    return severity ? m_desk.alarmWatch().tally().escalated(*severity) : 0;
}

void AlarmSound::consider() {
    if (m_desk.alarmWatch().tally().waiting() == 0) {
        m_repeat.stop();
        m_heard.reset();
        m_heardLouder = 0;
        return;
    }
    forgetGone();
    const auto severity = wanted();
    if (!m_repeat.isActive() || (severity && isMore(*severity))) {
        m_repeat.start(repeatMs); // goes on while muted, so that the sound returns by itself when the time is over
        sound();
    }
}

/// What sounded last and waits no more must not make the next as grave as it look like more of the same.
void AlarmSound::forgetGone() {
    if (!m_heard)
        return;
    const AlarmTally& tally = m_desk.alarmWatch().tally();
    const auto waits = [&](model::Grade grade) { return tally.unacknowledged.at(static_cast<std::size_t>(grade) - 1) > 0; };
    auto grade = *m_heard;
    while (grade != model::Grade::IV && !waits(grade))
        grade = static_cast<model::Grade>(static_cast<int>(grade) + 1);
    const int most = tally.escalated(grade);
    m_heardLouder = grade == *m_heard ? std::min(m_heardLouder, most) : most;
    m_heard = grade;
}

bool AlarmSound::isMore(model::Grade severity) const {
    return !m_heard || severity < *m_heard || (severity == *m_heard && louder() > m_heardLouder);
}

void AlarmSound::sound() {
    const auto severity = wanted();
    if (severity && m_player->play(alarmTone(*severity, louder()), isMore(*severity))) {
        m_heard = severity;
        m_heardLouder = louder();
    }
}

} // namespace tocsin::gui
