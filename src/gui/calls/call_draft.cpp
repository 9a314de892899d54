#include "gui/calls/call_draft.hpp"

#include "tocsin/base/id.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

namespace tocsin::gui {
namespace {

constexpr qsizetype mostFields = 64;
constexpr int mostPeople = 10'000'000;

QString timeText(base::Time time) {
    return QString::fromStdString(base::formatTime(time));
}

base::Result<base::Time> timeFrom(const QJsonObject& in, const char* name) {
    const auto time = base::parseTime(in[QLatin1String(name)].toString().toStdString());
    if (!time)
        return base::fail(base::Code::malformed, std::string("the draft's ") + name + " is no time");
    return *time;
}

std::optional<int> peopleIn(const QString& text) {
    bool ok = false;
    const int count = text.trimmed().toInt(&ok);
    return ok && count >= 0 && count <= mostPeople ? std::optional(count) : std::nullopt;
}

} // namespace

CallDraft CallDraft::begun(base::Time now) {
    CallDraft draft;
    draft.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    draft.startedAt = draft.savedAt = now;
    return draft;
}

QByteArray toJson(const CallDraft& draft) {
    QJsonObject fields;
    for (auto each = draft.fields.begin(); each != draft.fields.end(); ++each)
        fields[each.key()] = each.value();
    QJsonObject out{{QStringLiteral("id"), draft.id},
                    {QStringLiteral("startedAt"), timeText(draft.startedAt)},
                    {QStringLiteral("savedAt"), timeText(draft.savedAt)},
                    {QStringLiteral("fields"), fields}};
    if (draft.amends)
        out[QStringLiteral("amends")] = true;
    if (draft.happenedAt)
        out[QStringLiteral("happenedAt")] = timeText(*draft.happenedAt);
    if (draft.position) {
        out[QStringLiteral("latitude")] = draft.position->latitude();
        out[QStringLiteral("longitude")] = draft.position->longitude();
    }
    return QJsonDocument(out).toJson(QJsonDocument::Compact);
}

base::Result<CallDraft> callDraftFrom(const QByteArray& json) {
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return base::fail(base::Code::malformed, "the draft is no JSON object: " + error.errorString().toStdString(),
                          {{}, {}, static_cast<std::uint64_t>(error.offset)});
    const QJsonObject in = document.object();
    CallDraft draft;
    draft.id = in[QLatin1String("id")].toString();
    if (!base::Uuid::parse(draft.id.toStdString()))
        return base::fail(base::Code::malformed, "the draft's id is no UUID");
    const auto started = timeFrom(in, "startedAt");
    const auto saved = timeFrom(in, "savedAt");
    if (!started || !saved)
        return tl::unexpected(started ? saved.error() : started.error());
    draft.startedAt = *started;
    draft.savedAt = *saved;
    draft.amends = in[QLatin1String("amends")].toBool();
    if (in.contains(QLatin1String("happenedAt"))) {
        const auto happened = timeFrom(in, "happenedAt");
        if (!happened)
            return tl::unexpected(happened.error());
        draft.happenedAt = *happened;
    }
    if (in[QLatin1String("latitude")].isDouble()) {
        const auto position = model::Position::checked(
            {in[QLatin1String("latitude")].toDouble(), in[QLatin1String("longitude")].toDouble(1000)});
        if (!position)
            return tl::unexpected(position.error());
        draft.position = *position;
    }
    const QJsonObject fields = in[QLatin1String("fields")].toObject();
    for (auto each = fields.begin(); each != fields.end() && draft.fields.size() < mostFields; ++each) {
        if (each.value().isString() && !each.value().toString().isEmpty())
            draft.fields[each.key()] = each.value().toString();
    }
    return draft;
}

std::optional<CallDraft> callDraftOf(const model::Report& report, base::Time now) {
    if (!report.call || report.feed != "call" || !base::Uuid::parse(report.sourceId))
        return std::nullopt;
    CallDraft draft;
    draft.id = QString::fromStdString(report.sourceId);
    draft.startedAt = report.receivedAt;
    draft.savedAt = now;
    draft.position = report.position;
    draft.amends = true;
    const auto put = [&draft](const char* name, const QString& text) {
        if (!text.isEmpty())
            draft.fields[QLatin1String(name)] = text;
    };
    const auto words = [&put](const char* name, const std::string& text) { put(name, QString::fromStdString(text)); };
    const auto people = [&put](const char* name, const std::optional<int>& count) {
        put(name, count ? QString::number(*count) : QString());
    };
    const model::CallRecord& call = *report.call;
    words("place", report.place);
    words("category", report.category);
    words("text", report.text);
    words("cause", call.cause);
    words("course", call.course);
    words("measures", call.measures);
    words("result", call.result);
    words("trend", call.trend);
    words("told", call.toldAlready);
    words("unit", call.callerUnit);
    words("post", call.callerPost);
    people("dead", call.dead);
    people("injured", call.injured);
    people("missing", call.missing);
    if (std::chrono::abs(report.happenedAt - report.receivedAt) >= std::chrono::minutes(1)) {
        draft.happenedAt = report.happenedAt;
        put("happened", Words::hourMinute(report.happenedAt));
    }
    return draft;
}

model::Report reportFrom(const CallDraft& draft) {
    const auto said = [&draft](const char* name) { return draft.field(name).trimmed().toStdString(); };
    model::Report report;
    report.feed = "call";
    report.sourceId = draft.id.toStdString();
    report.category = said("category");
    report.text = said("text");
    report.place = said("place");
    report.position = draft.position;
    report.contact.name = said("name");
    report.contact.phone = said("phone");
    report.hasContact = !report.contact.empty();
    report.trust = model::Trust::known;
    report.receivedAt = draft.startedAt;
    report.happenedAt = draft.happenedAt.value_or(draft.startedAt);
    model::CallRecord call;
    call.cause = said("cause");
    call.course = said("course");
    call.measures = said("measures");
    call.result = said("result");
    call.trend = said("trend");
    call.toldAlready = said("told");
    call.callerUnit = said("unit");
    call.callerPost = said("post");
    call.dead = peopleIn(draft.field("dead"));
    call.injured = peopleIn(draft.field("injured"));
    call.missing = peopleIn(draft.field("missing"));
    report.call = std::move(call);
    return report;
}

} // namespace tocsin::gui
