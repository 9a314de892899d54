#include "desk/known_again.hpp"

#include "tocsin/base/sha256.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <string_view>

namespace tocsin::desk {

namespace {

/// A telephone that tries again has moved, or knows better where it is.
constexpr base::Metres samePlace{1'000};
constexpr std::size_t longestRowNumber = 4;
constexpr std::size_t mostPhotos = 40; ///< of one report, however often it is sent

/// Who passes a message on wraps its lines anew.
std::string withoutSpace(std::string_view text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; });
    return out;
}

bool isAt(const model::Report& report, const model::Report& known) {
    const auto& before = model::sentPosition(known);
    return !report.position || !before || geo::distance(*report.position, *before) <= samePlace;
}

/// A report without a time was given that at which it came.
bool isOfThen(const model::Report& report, const model::Report& known) {
    return report.happenedAt == base::Time{} || report.happenedAt == known.happenedAt;
}

bool isOfAnother(const model::Report& report, const model::Report& known) {
    return !report.sender.empty() && !known.sender.empty() && report.sender != known.sender;
}

bool sameWords(const model::WarningInfo& a, const model::WarningInfo& b) {
    return withoutSpace(a.event) == withoutSpace(b.event) && withoutSpace(a.headline) == withoutSpace(b.headline) &&
           withoutSpace(a.description) == withoutSpace(b.description) &&
           withoutSpace(a.instruction) == withoutSpace(b.instruction) &&
           std::equal(a.areas.begin(), a.areas.end(), b.areas.begin(), b.areas.end(), [](const auto& one, const auto& other) {
               return withoutSpace(one.description) == withoutSpace(other.description);
           });
}

} // namespace

bool saysTheSame(const model::Report& report, const model::Report& known) {
    return report.text == known.text && report.category == known.category && report.place == known.place &&
           isOfThen(report, known) && isAt(report, known) && !isOfAnother(report, known);
}

bool livesOn(const model::Report& report, const model::Report& known) {
    const auto& id = report.sourceId;
    const bool isNumber = id.size() <= longestRowNumber &&
                          std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool isMoment = report.happenedAt.time_since_epoch() % std::chrono::minutes(15) != base::Duration(0); // and no mere day
    return !report.status.empty() && !known.status.empty() && (!isNumber || isMoment) && isOfThen(report, known) &&
           !isOfAnother(report, known);
}

std::string idBesideNamesake(const model::Report& report) {
    std::string said;
    for (const auto& part : {report.text, report.category, report.place, report.sender})
        said.append(part).push_back('\0');
    if (report.happenedAt != base::Time{})
        said += base::formatTime(report.happenedAt);
    if (report.position) // to about a kilometre
        said += "|" + std::to_string(std::lround(report.position->latitude() * 100)) + "|" +
                std::to_string(std::lround(report.position->longitude() * 100));
    return report.sourceId + "#" + base::toHex(base::sha256(said)).substr(0, 16);
}

model::Report renewedBy(const model::Report& report, const model::Report& known, bool amend) {
    auto out = known;
    if (!report.status.empty())
        out.status = report.status;
    for (const auto& photo : report.photos) {
        const bool isNew = std::none_of(out.photos.begin(), out.photos.end(),
                                        [&](const auto& one) { return one.sha256 == photo.sha256; });
        if (isNew && out.photos.size() < mostPhotos)
            out.photos.push_back(photo);
    }
    if (!known.hasContact && !report.contact.empty()) {
        out.hasContact = true;
        out.sender = report.sender;
    }
    if (!amend)
        return out;
    out.text = report.text;
    out.category = report.category;
    out.place = report.place;
    if (!report.position)
        return out;
    if (out.placed) { // a person at the desk knows better, and the sender's own is kept beside it
        out.placed->sent = report.position;
    } else {
        out.position = report.position;
        out.accuracyMetres = report.accuracyMetres;
    }
    return out;
}

bool saysOther(const model::Warning& message, const model::Warning& known) {
    if (message.msgType != known.msgType || message.capStatus != known.capStatus)
        return true;
    return std::any_of(message.infos.begin(), message.infos.end(), [&](const model::WarningInfo& info) {
        return std::none_of(known.infos.begin(), known.infos.end(), [&](const model::WarningInfo& other) {
            return info.urgency == other.urgency && info.severity == other.severity && info.certainty == other.certainty &&
                   info.onset == other.onset && info.expires == other.expires &&
                   (info.language != other.language || sameWords(info, other));
        });
    });
}

} // namespace tocsin::desk
