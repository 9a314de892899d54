#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/report.hpp"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <optional>

namespace tocsin::gui {

/// A call that is still being taken: what stands in each field of its form, letter for letter, whether it makes sense
/// already or not.
struct CallDraft {
    QString id; ///< a UUID; the report's sourceId, so that a call recorded twice is one
    base::Time startedAt;
    base::Time savedAt;
    std::optional<base::Time> happenedAt; ///< absent: when the call came
    std::optional<model::Position> position;
    QMap<QString, QString> fields; ///< by name: "place", "text", "phone" …; what is empty is not there
    bool amends{false};            ///< the call is recorded already

    [[nodiscard]] static CallDraft begun(base::Time now);
    [[nodiscard]] QString field(const char* name) const { return fields.value(QLatin1String(name)); }
    [[nodiscard]] bool empty() const { return fields.isEmpty() && !position; } ///< nothing is lost with it
    friend bool operator==(const CallDraft&, const CallDraft&) = default;
};

[[nodiscard]] QByteArray toJson(const CallDraft& draft);
/// malformed, outOfRange: with what is wrong.
[[nodiscard]] base::Result<CallDraft> callDraftFrom(const QByteArray& json);
/// A recorded call as its form had it, to be amended: recorded again it is the same one. Who called is not in it (the desk
/// keeps that apart): what is left empty stays as it is there. Nothing for what is no call taken at this desk.
[[nodiscard]] std::optional<CallDraft> callDraftOf(const model::Report& report, base::Time now);
/// As the desk is to record it. A number of people that is none is left out.
[[nodiscard]] model::Report reportFrom(const CallDraft& draft);

} // namespace tocsin::gui
