#include "tocsin/base/toml.hpp"
#include "tocsin/base/toml_text.hpp"
#include "tocsin/ingest/feed_config.hpp"

#include <charconv>
#include <chrono>

// Feeds as config.toml's text, and that text changed without touching the rest of it.

namespace tocsin::ingest {

using base::Code;
using base::fail;

namespace {

std::string numberText(double value) {
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    std::string out(text, end);
    if (out.find_first_not_of("-0123456789") == std::string::npos)
        out += ".0";
    return out;
}

std::string durationText(base::Duration time) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    if (ms % 86'400'000 == 0)
        return base::tomlQuoted(std::to_string(ms / 86'400'000) + "d");
    if (ms % 3'600'000 == 0)
        return base::tomlQuoted(std::to_string(ms / 3'600'000) + "h");
    if (ms % 60'000 == 0)
        return base::tomlQuoted(std::to_string(ms / 60'000) + "min");
    if (ms % 1'000 == 0)
        return base::tomlQuoted(std::to_string(ms / 1'000) + "s");
    return base::tomlQuoted(std::to_string(ms) + "ms");
}

std::string listText(const std::vector<std::string>& items) {
    std::string out = "[";
    for (const auto& item : items)
        out += (out.size() > 1 ? ", " : "") + base::tomlQuoted(item);
    return out + "]";
}

std::string tableText(const std::map<std::string, std::string>& items) {
    std::string out = "{ ";
    bool first = true;
    for (const auto& [key, value] : items) {
        out += (first ? "" : ", ") + base::tomlQuoted(key) + " = " + base::tomlQuoted(value);
        first = false;
    }
    return out + " }";
}

class Lines {
  public:
    void put(const char* key, const std::string& value) { m_text += std::string(key) + " = " + value + "\n"; }
    void text(const char* key, const std::string& value, const std::string& plain = {}) {
        if (value != plain)
            put(key, base::tomlQuoted(value));
    }
    void flag(const char* key, bool value, bool plain) {
        if (value != plain)
            put(key, value ? "true" : "false");
    }
    void raw(std::string_view text) { m_text += text; }
    [[nodiscard]] std::string take() { return std::move(m_text); }

  private:
    std::string m_text;
};

/// The header of a table that a line opens: "feed" of "[[feed]]", "feed.mapping" of "[feed.mapping]"; empty if none.
std::string_view headerOf(std::string_view line) {
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] != '[')
        return {};
    line.remove_prefix(first);
    line.remove_prefix(std::min(line.find_first_not_of("[ \t"), line.size()));
    return line.substr(0, line.find_first_of("] \t"));
}

bool isFeedHeader(std::string_view header) {
    return header == "feed" || header.starts_with("feed.");
}

bool isBlankOrComment(std::string_view line) {
    const auto first = line.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos || line[first] == '#';
}

} // namespace

std::string toToml(const FeedConfig& feed) {
    const FeedConfig plain;
    Lines out;
    out.raw("[[feed]]\n");
    out.put("name", base::tomlQuoted(feed.name));
    out.flag("enabled", feed.enabled, true);
    out.put("transport", base::tomlQuoted(toString(feed.transport)));
    out.text("address", feed.address);
    if (feed.format != Format::unknown)
        out.put("format", base::tomlQuoted(toString(feed.format)));
    if (feed.datum != model::Datum::wgs84)
        out.put("datum", base::tomlQuoted(feed.datum == model::Datum::gcj02 ? "gcj02" : "bd09"));
    out.text("time_zone", feed.timeZone, plain.timeZone);
    if (!feed.units.empty())
        out.put("units", tableText(feed.units));
    if (feed.trust != plain.trust)
        out.put("trust", base::tomlQuoted(model::toString(feed.trust)));
    out.text("sensor_prefix", feed.sensorPrefix);
    out.flag("adopt_sensors", feed.adoptSensors, false);
    if (feed.silentAfter)
        out.put("silent_after", durationText(*feed.silentAfter));
    out.text("ca", feed.tls.ca);
    out.text("certificate", feed.tls.certificate);
    out.text("key", feed.tls.key);
    out.flag("verify", feed.tls.verify, true);
    out.text("user", feed.user);
    out.text("password", feed.password);
    out.text("token", feed.token);
    out.text("secret", feed.secret);
    if (feed.every != plain.every)
        out.put("every", durationText(feed.every));
    if (!feed.headers.empty())
        out.put("headers", tableText(feed.headers));
    out.flag("follow_links", feed.followLinks, true);
    if (!feed.topics.empty())
        out.put("topics", listText(feed.topics));
    if (feed.qos != plain.qos)
        out.put("qos", std::to_string(feed.qos));
    out.text("client_id", feed.clientId);
    if (feed.mqttVersion != plain.mqttVersion)
        out.put("mqtt_version", base::tomlQuoted("3.1.1"));
    if (!feed.signers.empty())
        out.put("signers", listText(feed.signers));
    out.flag("require_signature", feed.requireSignature, false);
    out.flag("relay", feed.relay, plain.relay);
    if (feed.mapping == JsonMapping{})
        return out.take();
    out.raw("[feed.mapping]\n");
    out.text("each", feed.mapping.each);
    out.text("sensor", feed.mapping.sensor);
    out.text("time", feed.mapping.time);
    out.text("latitude", feed.mapping.latitude);
    out.text("longitude", feed.mapping.longitude);
    for (const auto& value : feed.mapping.values) {
        out.raw("[[feed.mapping.value]]\n");
        out.put("value", base::tomlQuoted(value.value));
        out.text("suffix", value.suffix);
        out.text("unit", value.unit);
        if (value.factor != 1)
            out.put("factor", numberText(value.factor));
        if (value.offset != 0)
            out.put("offset", numberText(value.offset));
    }
    return out.take();
}

base::Result<std::string> withFeeds(std::string_view toml, const std::vector<FeedConfig>& feeds) {
    const auto before = base::parseToml(toml);
    if (!before)
        return tl::unexpected(before.error());
    std::string block;
    for (const auto& feed : feeds)
        block += (block.empty() ? "" : "\n") + toToml(feed);

    std::string out;
    std::string held; // blank lines and comments after a feed: they belong to what follows
    bool inFeed = false;
    bool placed = false;
    for (std::size_t at = 0; at < toml.size();) {
        const auto end = std::min(toml.find('\n', at), toml.size() - 1) + 1;
        const auto line = toml.substr(at, end - at);
        at = end;
        const auto header = headerOf(line);
        if (isFeedHeader(header)) {
            if (!placed) {
                out += held + block;
                placed = true;
            }
            held.clear();
            inFeed = true;
        } else if (!header.empty() && inFeed) {
            inFeed = false;
            out += held.empty() ? "\n" : held;
            held.clear();
        }
        if (!inFeed)
            out += line;
        else if (isBlankOrComment(line))
            held += line;
        else
            held.clear();
    }
    out += held;
    if (!placed && !block.empty()) {
        if (!out.empty() && !out.ends_with('\n'))
            out += '\n';
        out += "\n" + block;
    }

    // A text can be written in ways that lines do not show (a header within a long text): then nothing is changed.
    auto after = base::parseToml(out);
    const auto read = after ? parseFeeds(out) : base::Result<std::vector<FeedConfig>>(tl::unexpected(after.error()));
    if (!read)
        return fail(Code::refused, "the feeds cannot be put into config.toml: " + read.error().message);
    auto rest = *before;
    rest.erase("feed");
    after->erase("feed");
    if (*read != feeds || rest != *after)
        return fail(Code::refused, "config.toml is written in a way that only a person can change: edit it by hand");
    return out;
}

} // namespace tocsin::ingest
