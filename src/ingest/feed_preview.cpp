#include "tocsin/ingest/preview.hpp"

#include "ingest/decode_tasmota.hpp"
#include "ingest/feed_lines.hpp"
#include "ingest/poll_reply.hpp"

namespace tocsin::ingest {

namespace {

base::Result<Decoded> polled(const FeedConfig& feed, const std::string& bytes, PollFetch::Kind kind, const Source& source) {
    if (isWebPage(bytes))
        return base::fail(base::Code::malformed, "a web page instead of data", {.line = {}, .column = {}, .byte = 0});
    PollFetch fetch;
    fetch.kind = kind;
    return decode(bytes, formatOf(feed, fetch, bytes), source);
}

base::Result<Decoded> lines(const FeedConfig& feed, const std::string& bytes, const Source& source) {
    auto format = feed.declared() != Format::unknown ? feed.declared() : formatOfLines(bytes);
    if (format == Format::unknown || format == Format::readingsNdjson)
        return decode(bytes, Format::readingsNdjson, source);
    return decodeOther(bytes, {}, format, source).decoded;
}

} // namespace

base::Result<Decoded> preview(const FeedConfig& feed, const std::string& bytes, const std::string& topic,
                              base::Time now) {
    auto source = feed.source();
    source.receivedAt = now;
    source.topic = topic;
    switch (feed.transport) {
    case Transport::tcpLines:
        return lines(feed, bytes, source);
    case Transport::mqtt:
        return decode(bytes, feed.declared() == Format::unknown && isTasmotaTopic(topic) ? Format::tasmota : feed.declared(),
                      source);
    case Transport::poll:
        return polled(feed, bytes, PollFetch::Kind::first, source);
    default:
        return decode(bytes, feed.declared(), source);
    }
}

base::Result<Decoded> previewLinked(const FeedConfig& feed, const std::string& bytes, base::Time now) {
    auto source = feed.source();
    source.receivedAt = now;
    return polled(feed, bytes, PollFetch::Kind::message, source);
}

} // namespace tocsin::ingest
