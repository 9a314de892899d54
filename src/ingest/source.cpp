#include "tocsin/ingest/source.hpp"

#include <memory>
#include <unicode/timezone.h>
#include <unicode/ucal.h>
#include <unicode/basictz.h>

namespace tocsin::ingest {

struct Zone::Parts {
    std::unique_ptr<icu::BasicTimeZone> zone; ///< const functions only: thread safe
};

base::Result<Zone> Zone::named(std::string_view name) {
    const icu::UnicodeString id = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int>(name.size())));
    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
    auto* basic = dynamic_cast<icu::BasicTimeZone*>(zone.get());
    if (basic == nullptr || *zone == icu::TimeZone::getUnknown())
        return base::fail(base::Code::notFound, "no time zone is called '" + std::string(name.substr(0, 80)) + "'");
    auto parts = std::make_shared<Parts>();
    zone.release();
    parts->zone.reset(basic);
    Zone out;
    out.m_parts = std::move(parts);
    return out;
}

base::Time Zone::toUtc(base::Time wallClock, base::Time received) const {
    constexpr auto wrongClock = std::chrono::minutes(10); ///< so much ahead a sender's may be
    constexpr auto live = std::chrono::hours(2);
    const auto millis = static_cast<double>(base::toUnixMicros(wallClock)) / 1000.0;
    const auto as = [&](UTimeZoneLocalOption ofTwo) {
        int32_t raw = 0;
        int32_t saving = 0;
        UErrorCode status = U_ZERO_ERROR;
        m_parts->zone->getOffsetFromLocal(millis, UCAL_TZ_LOCAL_FORMER, ofTwo, raw, saving, status);
        return U_FAILURE(status) ? wallClock : wallClock - std::chrono::milliseconds(raw + saving);
    };
    const auto first = as(UCAL_TZ_LOCAL_FORMER);
    if (first < received - live - std::chrono::hours(3) || first > received) // almost always: no second one could be meant
        return first;
    const auto second = as(UCAL_TZ_LOCAL_LATTER);
    return second <= received + wrongClock && second > received - live ? second : first;
}

base::Result<base::Time> parseTimeIn(std::string_view text, const Source& source) {
    bool hadOffset = false;
    auto time = base::parseTime(text, &hadOffset);
    if (!time || hadOffset || source.timeZone == "UTC" || source.timeZone.empty())
        return time;
    // A feed's zone is the same for all that it brings.
    thread_local std::string lastName;
    thread_local std::optional<Zone> last;
    if (!last || lastName != source.timeZone) {
        auto zone = Zone::named(source.timeZone);
        if (!zone)
            return tl::unexpected(zone.error());
        last = *zone;
        lastName = source.timeZone;
    }
    return last->toUtc(*time, source.receivedAt);
}

std::string_view toString(SignatureAct act) {
    switch (act) {
    case SignatureAct::take:
        break;
    case SignatureAct::hold:
        return "hold";
    case SignatureAct::quarantine:
        return "quarantine";
    }
    return "take";
}

std::optional<SignatureAct> signatureActFrom(std::string_view text) {
    for (const auto act : {SignatureAct::take, SignatureAct::hold, SignatureAct::quarantine}) {
        if (text == toString(act))
            return act;
    }
    return std::nullopt;
}

SignatureAct SignatureRules::of(model::Signature signature) const {
    switch (signature) {
    case model::Signature::none:
        return notSigned;
    case model::Signature::unverified:
    case model::Signature::unknownSigner:
        return unknownSigner;
    case model::Signature::invalid:
        return invalid;
    case model::Signature::valid:
        break;
    }
    return SignatureAct::take;
}

} // namespace tocsin::ingest
