#include "decode_goes.hpp"

#include "decode_json.hpp"
#include "decode_sniff.hpp"
#include "decode_waterml_series.hpp"

#include <array>
#include <charconv>

// The text within: SHEF-like ":HG 2 #15 12.34 12.33 …" (name, minutes since the newest, minutes between, newest first)
// and "Channel:5 Time:43 +298.76 …" (minutes since the newest, one an hour, newest first), as NWS and the Texas Water
// Development Board configure their platforms.

namespace tocsin::ingest {

using base::Code;
using std::chrono::minutes;

namespace {

constexpr std::size_t mostMessages = 50'000;
constexpr std::size_t mostTokens = 20'000;

struct Sent {
    std::string address;
    std::string info;
    std::string data;
    std::optional<base::Time> time;
};

/// "/Date(1559316497303)/"
std::optional<base::Time> dateIn(std::string_view text) {
    if (!text.starts_with("/Date(") || !text.ends_with(")/"))
        return std::nullopt;
    text = text.substr(6, text.size() - 8);
    std::int64_t millis = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), millis);
    if (error != std::errc() || end != text.data() + text.size() || millis < 0 || millis > 7'258'118'400'000)
        return std::nullopt;
    return base::fromUnixMillis(millis);
}

std::optional<int> minutesIn(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > 100'000)
        return std::nullopt;
    return value;
}

class Telegram {
  public:
    Telegram(const Sent& message, const base::Place& place, const Source& source, water::Gathered& out)
        : m_message(message), m_place(place), m_source(source), m_out(out) {}

    /// False if nothing in it was understood.
    bool read() {
        std::string_view rest = m_message.data;
        while (!rest.empty() && m_tokens < mostTokens) {
            const auto begin = rest.find_first_not_of(" \t\r\n\"");
            if (begin == std::string_view::npos)
                break;
            rest.remove_prefix(begin);
            const auto end = std::min(rest.find_first_of(" \t\r\n\""), rest.size());
            token(rest.substr(0, end));
            rest.remove_prefix(end);
            ++m_tokens;
        }
        return m_understood > 0;
    }

  private:
    void token(std::string_view text) {
        if (text.starts_with(":") && text.size() > 1) {
            series(text.substr(1));
            return;
        }
        const auto colon = text.find(':');
        if (colon != std::string_view::npos && colon > 0) {
            const auto name = text.substr(0, colon);
            const auto after = text.substr(colon + 1);
            if (lowered(name) == "channel") {
                series(after);
                m_step = minutes{60};
                m_shape = Shape::values;
            } else if (lowered(name) == "time") {
                m_newest = minutes{minutesIn(after).value_or(0)};
            } else {
                series(name);
                m_shape = Shape::values;
                value(after);
                m_name.clear();
            }
            return;
        }
        if (m_name.empty())
            return; // words before the first series
        if (m_shape == Shape::begun) {
            // ":BL 12.81" has no times of its own; ":HG 2 #15 …" has.
            if (const auto since = minutesIn(text); since && m_name != "BL") {
                m_newest = minutes{*since};
                m_shape = Shape::since;
                return;
            }
            m_shape = Shape::values;
        } else if (m_shape == Shape::since) {
            m_shape = Shape::values;
            if (text.starts_with('#')) {
                m_step = minutes{minutesIn(text.substr(1)).value_or(60)};
                return;
            }
        }
        value(text);
    }

    void series(std::string_view name) {
        m_name = water::idPart(name);
        m_newest = minutes{0};
        m_step = minutes{60};
        m_count = 0;
        m_shape = Shape::begun;
    }

    void value(std::string_view text) {
        const auto at = *m_message.time - m_newest - m_step * m_count;
        ++m_count;
        const auto number = water::numberIn(text);
        if (!number) {
            m_out.flagged(text, m_place);
            return;
        }
        const bool battery = m_name == "BV" || m_name == "BL" || m_name == "VB";
        ++m_understood;
        // The platform's clock is whole minutes; so is what it measures.
        m_out.reading("goes-" + m_message.address + "-" + m_name, std::chrono::floor<minutes>(at), *number,
                      water::unitOf(battery ? "V" : "", m_name, m_source));
    }

    enum class Shape : unsigned char { begun, since, values };
    const Sent& m_message;
    const base::Place& m_place;
    const Source& m_source;
    water::Gathered& m_out;
    std::string m_name;
    Shape m_shape{Shape::values};
    minutes m_newest{0};
    minutes m_step{60};
    int m_count{0};
    std::size_t m_tokens{0};
    std::size_t m_understood{0};
};

Sent messageOf(const JsonInput& input, simdjson::ondemand::object object) {
    static constexpr std::array<std::string_view, 4> keys{"TblDcpDataAddrCorr", "TblDcpDataDtMsgCar", "TblDcpDataData",
                                                          "TblDcpDataProcessInfo"};
    Sent out;
    eachField(input, object, keys, [&](std::size_t index, JsonField& field) {
        if (field.isNull())
            return;
        if (index == 0)
            out.address = water::idPart(field.string(40));
        else if (index == 1) {
            const auto text = field.string(60);
            out.time = dateIn(text);
            if (!out.time)
                field.fail(Code::malformed, "is not a time (\"/Date(milliseconds)/\")");
        } else if (index == 2)
            out.data = field.string(32'000, true);
        else
            out.info = field.string(40);
    });
    if (out.address.empty() || !out.time)
        input.fail(Code::malformed, "a message without its platform's address or its time", nullptr);
    return out;
}

} // namespace

bool looksLikeGoes(const Glimpse& glimpse) {
    return glimpse.kind == Glimpse::Kind::json && glimpse.keys.has(glimpse.isArray ? 1 : 0, "TblDcpDataAddrCorr");
}

base::Result<Decoded> decodeGoes(std::string_view bytes, const Source& source) {
    auto read = JsonInput::read(bytes);
    if (!read)
        return tl::unexpected(std::move(read.error()));
    JsonInput& input = **read;
    std::vector<std::string_view> elements;
    if (trimmed(input.text()).starts_with('[')) {
        auto listed = input.walk<std::vector<std::string_view>>(
            [&](auto& document) { return input.elements(document.get_array(), mostMessages); });
        if (!listed)
            return tl::unexpected(listed.error());
        elements = std::move(*listed);
    }
    Decoded out;
    out.format = Format::goesText;
    water::Gathered gathered(out, source);
    const auto take = [&](JsonInput& part, std::string_view written) {
        const auto message = part.walk<Sent>([&](auto& document) {
            simdjson::ondemand::object object;
            if (document.get_object().get(object) != simdjson::SUCCESS)
                part.fail(Code::malformed, "a message must be an object", nullptr);
            return messageOf(part, object);
        });
        if (!message) {
            gathered.fault(message.error(), written);
            return;
        }
        const auto place = part.placeAt(0);
        if (message->info != "G" && !message->info.empty()) {
            gathered.flagged("received as " + message->info, place);
            return;
        }
        if (!Telegram(*message, place, source, gathered).read())
            gathered.fault({Code::malformed, "the platform's data is in no form that is known: " + quoted(std::string_view(message->data)), place},
                           written);
    };
    if (trimmed(input.text()).starts_with('[')) {
        for (const auto element : elements)
            take(*input.part(element), element);
    } else {
        take(input, input.text());
    }
    return gathered.finish();
}

} // namespace tocsin::ingest
