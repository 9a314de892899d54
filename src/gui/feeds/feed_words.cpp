#include "gui/feeds/feed_words.hpp"

#include "gui/panels/message_views.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/ingest/http_fetch.hpp"
#include "tocsin/ingest/preview.hpp"

#include <QPainter>
#include <algorithm>

namespace tocsin::gui {

using ingest::FeedState;
using ingest::Transport;

QString FeedWords::state(FeedState state) {
    switch (state) {
    case FeedState::off:
        return tr("off");
    case FeedState::connecting:
        return tr("connecting");
    case FeedState::up:
        return tr("running");
    case FeedState::waiting:
        return tr("trying again");
    case FeedState::failed:
        return tr("needs you");
    }
    return {};
}

QString FeedWords::transport(Transport transport) {
    switch (transport) {
    case Transport::tcpLines:
        return tr("Lines over TCP (we listen)");
    case Transport::udpLines:
        return tr("Lines over UDP (we listen)");
    case Transport::httpPush:
        return tr("HTTP, sent to us");
    case Transport::mqtt:
        return tr("MQTT broker");
    case Transport::poll:
        return tr("Web address, asked now and then");
    case Transport::folder:
        return tr("Watched folder");
    case Transport::cotTcp:
        return tr("Field phones, TCP or TLS (we listen)");
    case Transport::cotConnect:
        return tr("TAK server (we connect)");
    case Transport::cotUdp:
        return tr("Field phones, UDP (we only listen)");
    case Transport::nmeaTcp:
        return tr("NMEA or AIS over TCP (we connect)");
    case Transport::nmeaUdp:
        return tr("NMEA or AIS over UDP (we listen)");
    }
    return {};
}

QString FeedWords::addressHint(Transport transport) {
    switch (transport) {
    case Transport::tcpLines:
    case Transport::udpLines:
        return QStringLiteral("0.0.0.0:7710");
    case Transport::httpPush:
        return {};
    case Transport::mqtt:
        return QStringLiteral("mqtt://127.0.0.1:1883");
    case Transport::poll:
        return QStringLiteral("https://…");
    case Transport::folder:
        return QStringLiteral("inbox");
    case Transport::cotTcp:
        return QStringLiteral("0.0.0.0:8087");
    case Transport::cotConnect:
        return QStringLiteral("tak.example:8089");
    case Transport::cotUdp:
        return QStringLiteral("239.2.3.1:6969");
    case Transport::nmeaTcp:
        return QStringLiteral("127.0.0.1:10110");
    case Transport::nmeaUdp:
        return QStringLiteral("0.0.0.0:10110");
    }
    return {};
}

QString FeedWords::format(ingest::Format format) {
    return format == ingest::Format::unknown ? tr("told by content") : QString::fromUtf8(toString(format).data());
}

int FeedWords::urgency(const ingest::FeedStatus& status) {
    switch (status.state) {
    case FeedState::failed:
        return 4;
    case FeedState::waiting:
        return 3;
    case FeedState::connecting:
        return 2;
    case FeedState::up:
        return status.inQuarantine > 0 ? 1 : 0;
    case FeedState::off:
        break;
    }
    return -1;
}

QPixmap FeedWords::lamp(FeedState state, const Theme& theme, double ratio) {
    constexpr int size = 14;
    QPixmap out(QSize(size, size) * ratio);
    out.setDevicePixelRatio(ratio);
    out.fill(Qt::transparent);
    QPainter painter(&out);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto& c = theme.colours();
    const QRectF box(2, 2, size - 4, size - 4);
    switch (state) {
    case FeedState::up:
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.good);
        painter.drawEllipse(box);
        break;
    case FeedState::connecting:
        painter.setPen(QPen(c.dim, 2));
        painter.drawEllipse(box.adjusted(1, 1, -1, -1));
        break;
    case FeedState::waiting: {
        painter.setPen(Qt::NoPen);
        painter.setBrush(c.grade[1]);
        painter.drawPolygon(QPolygonF{{size / 2.0, 1.0}, {size - 1.0, size - 2.0}, {1.0, size - 2.0}});
        break;
    }
    case FeedState::failed:
        painter.setPen(QPen(c.grade[0], 2.6, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(box.topLeft(), box.bottomRight());
        painter.drawLine(box.topRight(), box.bottomLeft());
        break;
    case FeedState::off:
        painter.setPen(QPen(c.faint, 2));
        painter.drawLine(QPointF(3, size / 2.0), QPointF(size - 3, size / 2.0));
        break;
    }
    return out;
}

namespace {

constexpr int mostNames = 6;

QString text(const std::string& utf8, int most = 120) {
    return Words::shortened(QString::fromStdString(utf8).simplified(), most);
}

/// One message in a line. Names, numbers and times: no word that would need a language, but a signature's verdict.
struct InALine {
    QString operator()(const model::Warning& w) const {
        const auto* info = model::infoFor(w, "en");
        return QStringLiteral("⚠ %1 · %2 · %3 · %4 · ").arg(text(w.msgType), text(info ? info->event : w.note),
                                                             text(info ? info->severity : std::string()), text(w.identifier)) +
               FeedWords::signature(w);
    }
    QString operator()(const model::Report& r) const {
        return QStringLiteral("✎ %1 · %2 · %3").arg(text(r.category, 24), text(r.text, 80),
                                                    r.position ? Words::position(*r.position) : text(r.place, 40));
    }
    QString operator()(const model::Earthquake& q) const {
        return QStringLiteral("◎ M %1 %2 · %3 · %4").arg(q.magnitude ? QString::number(*q.magnitude, 'f', 1) : QStringLiteral("?"),
                                                          text(q.magnitudeType), text(q.place, 60),
                                                          QString::fromStdString(base::formatTime(q.time)).left(19));
    }
    QString operator()(const model::Reading& r) const {
        return QStringLiteral("∿ %1 · %2 %3 · %4").arg(text(r.sensor.value, 60), QString::number(r.value, 'g', 8), text(r.unit, 12),
                                                        QString::fromStdString(base::formatTime(r.time)).left(19));
    }
    QString operator()(const model::Sensor& s) const {
        return QStringLiteral("▣ %1 · %2 · %3 · %4").arg(text(s.id.value, 60), text(s.name.text, 60), text(s.unit, 12),
                                                         Words::position(s.position));
    }
    QString operator()(const model::UnitPosition& p) const {
        return QStringLiteral("➤ %1 · %2 · %3").arg(text(p.callSign.empty() ? p.unit.value : p.callSign, 40),
                                                    Words::position(p.position),
                                                    QString::fromStdString(base::formatTime(p.time)).left(19));
    }
    QString operator()(const model::FieldMessage& m) const {
        if (!m.receiptOf.empty())
            return QStringLiteral("✓ %1 · %2").arg(text(m.callSign, 40), text(m.receiptOf, 100));
        return QStringLiteral("❝ %1 · %2").arg(text(m.callSign, 40), text(m.text, 100));
    }
    QString operator()(const model::FieldMarker& m) const {
        return QStringLiteral("✦ %1 · %2").arg(text(m.name, 60), text(m.type, 30));
    }
    QString operator()(const model::Emergency& e) const {
        return QStringLiteral("‼ %1 · %2").arg(text(e.callSign, 40), text(e.kind, 40));
    }
};

} // namespace

QString FeedWords::signature(const model::Warning& warning) {
    return tr("signature: %1").arg(WarningView::signatureText(warning));
}

FeedWords::Preview FeedWords::preview(const Sample& sample, const ingest::FeedConfig& feed, base::Time now, int most) {
    Preview out;
    std::string topic = sample.topic;
    if (feed.transport == Transport::mqtt && topic.empty() && !feed.topics.empty()) {
        if (feed.topics.front().find_first_of("+#") == std::string::npos)
            topic = feed.topics.front();
        else
            out.notes << tr("No topic is given: what is told by a message's topic is missing here");
    }
    const auto decoded = sample.linked ? ingest::previewLinked(feed, sample.bytes, now)
                                       : ingest::preview(feed, sample.bytes, topic, now);
    if (!decoded) {
        out.faults << Words::error(decoded.error());
        out.refusal = tr("Not understood: it would go to quarantine, whole");
        return out;
    }
    out.format = QString::fromUtf8(toString(decoded->format).data());
    std::set<std::string> described;
    for (const auto& message : decoded->messages)
        if (const auto* sensor = std::get_if<model::Sensor>(&message))
            described.insert(sensor->id.value);
    for (const auto& message : decoded->messages) {
        const bool passedOver = !feed.adoptSensors && std::holds_alternative<model::Sensor>(message);
        out.messages += passedOver ? 0 : 1;
        std::string sensor;
        if (const auto* reading = std::get_if<model::Reading>(&message);
            reading != nullptr && !(feed.adoptSensors && described.contains(reading->sensor.value))) {
            sensor = reading->sensor.value;
            ++out.readings[sensor];
        }
        if (!passedOver && out.taken.size() < most)
            out.taken.push_back({std::visit(InALine{}, message), std::move(sensor)});
    }
    if (!feed.adoptSensors && !described.empty())
        out.notes << tr("It describes %1 sensors, which this feed does not register").arg(described.size());
    for (const auto& fault : decoded->faults) {
        if (out.faults.size() >= most)
            break;
        out.faults << Words::error(fault.error);
    }
    for (const auto& deviation : decoded->deviations) {
        if (out.notes.size() >= most)
            break;
        out.notes << QString::fromStdString(deviation);
    }
    out.faulty = decoded->faults.size();
    out.links = decoded->links.size();
    const auto first = std::find_if(decoded->links.begin(), decoded->links.end(), [](const auto& one) { return !one.nextPage; });
    if (first != decoded->links.end() && feed.followLinks && !sample.linked)
        out.link = ingest::resolveUrl(feed.address, first->url).value_or(std::string());
    return out;
}

QString FeedWords::summary(const Preview& preview, const std::set<std::string>& unknown) {
    if (!preview.refusal.isEmpty())
        return preview.refusal;
    std::size_t waiting = 0;
    QStringList names;
    for (const auto& sensor : unknown) {
        const auto readings = preview.readings.find(sensor);
        waiting += readings == preview.readings.end() ? 0 : readings->second;
        if (names.size() < mostNames)
            names << text(sensor, 40);
    }
    QString out = tr("%1: %2 taken, %3 to quarantine, %4 links to follow")
                      .arg(preview.format)
                      .arg(preview.messages - waiting)
                      .arg(preview.faulty + waiting)
                      .arg(preview.links);
    if (waiting > 0) {
        auto list = names.join(QStringLiteral(", "));
        if (unknown.size() > static_cast<std::size_t>(names.size()))
            list += QStringLiteral(" …");
        out += QLatin1Char('\n') + tr("%1 of sensors that are not registered: %2").arg(waiting).arg(list);
    }
    return out;
}

} // namespace tocsin::gui
