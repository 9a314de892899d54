#include "tocsin/ingest/kept.hpp"

#include "ingest/form_report.hpp"
#include "ingest/mqtt_decode.hpp"
#include "tocsin/ingest/courier.hpp"

#include <algorithm>
#include <vector>

namespace tocsin::ingest {

namespace {

/// What is bad as a whole came back as a fault without anything beside it.
base::Result<Decoded> orItsFault(Decoded decoded) {
    if (decoded.messages.empty() && !decoded.faults.empty())
        return tl::unexpected(std::move(decoded.faults.front().error));
    return decoded;
}

} // namespace

base::Result<Decoded> decodeKept(const Kept& kept, const FeedConfig& feed) {
    std::vector<Format> formats;
    for (const auto format : {feed.declared(), kept.format, sniff(kept.bytes)}) {
        if (format != Format::unknown && std::find(formats.begin(), formats.end(), format) == formats.end())
            formats.push_back(format);
    }
    if (formats.empty() || !kept.topic.empty())
        formats.push_back(Format::unknown); // the topic itself may say it; else to be told why not
    const auto asSent = [&](std::string_view bytes, Format format) -> base::Result<Decoded> {
        auto source = feed.source();
        source.receivedAt = kept.receivedAt;
        auto whole = decode(bytes, format == Format::unknown ? std::nullopt : std::optional(format), source);
        if (!whole)
            return whole;
        if (auto ok = complete(*whole, source); !ok)
            return tl::unexpected(std::move(ok.error()));
        return orItsFault(std::move(*whole));
    };
    std::optional<Decoded> nothing;
    std::optional<base::Error> first;
    for (const auto format : formats) {
        base::Result<Decoded> decoded;
        if (!kept.topic.empty()) { // its reports are known again by topic, text and when it came
            auto config = feed;
            config.format = format;
            const auto occurrence = static_cast<std::uint64_t>(base::toUnixMicros(kept.receivedAt));
            decoded = orItsFault(MqttDecoding(config).decode({kept.topic, kept.bytes, false, kept.receivedAt, occurrence}));
        } else {
            decoded = asSent(kept.bytes, format);
        }
        if (decoded && !decoded->messages.empty())
            return decoded;
        // Some formats pass over whatever is not theirs: that counts only where no other makes something of it.
        if (decoded && !nothing)
            nothing = std::move(*decoded);
        else if (!decoded && !first)
            first = std::move(decoded.error());
    }
    const auto form = kept.format == Format::reportJson && kept.topic.empty() ? keptForm(kept.bytes) : std::nullopt;
    if (form) // what is wrong with its fields says more than that it is no JSON
        return asSent(*form, Format::reportJson);
    if (nothing)
        return std::move(*nothing);
    return tl::unexpected(std::move(*first));
}

base::Result<Decoded> decodeRefusedReadings(std::string_view bytes, const FeedConfig& feed, bool unitsToo) {
    Source source;
    source.feed = feed.name;
    if (unitsToo)
        source.units = feed.units;
    return decode(bytes, Format::readingsNdjson, source).and_then(&orItsFault);
}

} // namespace tocsin::ingest
