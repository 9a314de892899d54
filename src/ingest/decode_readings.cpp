#include "decode_formats.hpp"
#include "decode_json.hpp"
#include "ingest/decode_readings_fast.hpp"

#include "tocsin/base/text.hpp"
#include "tocsin/ingest/readings_ndjson.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <simdjson.h>

namespace tocsin::ingest {

namespace {

using base::Code;
using model::Reading;
using simdjson::SUCCESS;

constexpr std::size_t maxSensorBytes = 120;
constexpr std::size_t maxUnitBytes = 32;
static_assert(ReadingsDecoder::padding >= simdjson::SIMDJSON_PADDING);

tl::unexpected<base::Error> faultAt(std::string_view line, std::size_t offset, Code code, std::string message) {
    offset = std::min(offset, line.size());
    return base::fail(code, std::move(message),
                      {.line = 1, .column = characters(line.substr(0, offset)) + 1, .byte = offset});
}

} // namespace

struct ReadingsDecoder::Parts {
    simdjson::ondemand::parser parser;
    std::string padded;   ///< for lines that come without padding
    bool skipping{false}; ///< inside of a line that was too long
    FastReadings fast;
    Source source; ///< prefix, units and zone of it are looked at, and when it came
    bool mapsUnits{false};

    /// `line` is followed by `padding` readable bytes; what is returned points into it, or into the parser.
    base::Result<ReadingLine> parse(std::string_view line);
    /// All whole lines: take(reading) for each.
    template <typename Take>
    Progress lines(std::string_view text, const Progress& before, std::vector<Fault>& faults, const Take& take);

    [[nodiscard]] std::string_view unitOf(std::string_view named) const {
        if (!mapsUnits)
            return named;
        const auto found = source.units.find(std::string(named));
        return found == source.units.end() ? named : std::string_view(found->second);
    }
    [[nodiscard]] Reading reading(const ReadingLine& line) const {
        Reading out;
        out.sensor.value = source.sensorPrefix;
        out.sensor.value += line.sensor;
        out.time = line.time;
        out.value = line.value;
        out.unit = unitOf(line.unit);
        return out;
    }

  private:
    enum Seen : unsigned { sensor = 1, time = 2, value = 4, unit = 8, other = 16 };

    static tl::unexpected<base::Error> malformed(std::string_view line);
    tl::unexpected<base::Error> field(std::string_view line, const char* at, Code code, std::string message) const {
        return faultAt(line, static_cast<std::size_t>(at - line.data()), code, std::move(message));
    }
};

/// simdjson knows that something is wrong; the slow reader tells where and what.
tl::unexpected<base::Error> ReadingsDecoder::Parts::malformed(std::string_view line) {
    std::size_t bad = 0;
    if (!base::isUtf8(line, &bad))
        return faultAt(line, bad, Code::malformed, "a byte that is not UTF-8");
    if (const auto objection = checkJson(line))
        return faultAt(line, objection->offset, Code::malformed, objection->message);
    return faultAt(line, line.find_first_not_of(" \t"), Code::malformed, "a reading must be a JSON object");
}

base::Result<ReadingLine> ReadingsDecoder::Parts::parse(std::string_view line) {
    simdjson::ondemand::document document;
    simdjson::ondemand::object object;
    if (parser.iterate(simdjson::padded_string_view(line.data(), line.size(), line.size() + padding)).get(document) !=
            SUCCESS ||
        document.get_object().get(object) != SUCCESS)
        return malformed(line);
    ReadingLine out;
    unsigned seen = 0;
    for (auto&& each : object) {
        simdjson::ondemand::field pair;
        std::string_view key;
        if (std::move(each).get(pair) != SUCCESS)
            return malformed(line);
        const char* const keyAt = pair.key().raw() - 1;
        if (pair.unescaped_key().get(key) != SUCCESS)
            return malformed(line);
        simdjson::ondemand::value item = pair.value();
        const unsigned which = key == "sensor"  ? sensor
                               : key == "time"  ? time
                               : key == "value" ? value
                               : key == "unit"  ? unit
                                                : other;
        if ((seen & which & ~static_cast<unsigned>(other)) != 0)
            return field(line, keyAt, Code::malformed, quoted(key) + " stands twice");
        seen |= which;
        if (which == other)
            continue;
        const std::string_view token = item.raw_json_token();
        const char* const at = token.data();
        if (which == value) {
            if (item.get_double().get(out.value) != SUCCESS || !std::isfinite(out.value)) {
                const auto wrong = malformed(line);
                const bool numeric = *at == '-' || (*at >= '0' && *at <= '9');
                if (checkJson(line))
                    return wrong;
                return field(line, at, numeric ? Code::outOfRange : Code::malformed,
                             numeric ? "\"value\" is beyond the range of numbers" : "\"value\" must be a number");
            }
            continue;
        }
        if (which == time && *at != '"') {
            std::int64_t millis = 0;
            constexpr std::int64_t year1900 = -2'208'988'800'000;
            constexpr std::int64_t year2200 = 7'258'118'400'000;
            if (item.get_int64().get(millis) != SUCCESS) {
                if (checkJson(line))
                    return malformed(line);
                return field(line, at, Code::malformed,
                             "\"time\" must be ISO 8601 in quotes or whole milliseconds since 1970");
            }
            if (millis < year1900 || millis >= year2200)
                return field(line, at, Code::outOfRange,
                             "\"time\" is not milliseconds between the years 1900 and 2200");
            out.time = base::fromUnixMillis(millis);
            continue;
        }
        std::string_view text;
        if (item.get_string().get(text) != SUCCESS) {
            if (checkJson(line))
                return malformed(line);
            return field(line, at, Code::malformed, quoted(key) + " must be a text");
        }
        if (which == time) {
            const auto parsed = parseTimeIn(text, source);
            if (!parsed)
                return field(line, at, parsed.error().code, "\"time\" is not a time: " + parsed.error().message);
            out.time = *parsed;
            continue;
        }
        if (findControl(text, false) != std::string_view::npos)
            return field(line, at, Code::malformed, quoted(key) + " holds a control character");
        if (which == sensor) {
            if (text.empty() || text.size() > maxSensorBytes)
                return field(line, at, text.empty() ? Code::malformed : Code::tooLarge,
                             "\"sensor\" must have 1 to 120 bytes");
            out.sensor = text;
        } else {
            if (text.size() > maxUnitBytes)
                return field(line, at, Code::tooLarge, "\"unit\" has more than 32 bytes");
            out.unit = text;
        }
    }
    // What was passed over was not looked at by simdjson; so it is here.
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS || ((seen & other) != 0 && checkJson(line)))
        return malformed(line);
    const char* const missing = (seen & sensor) == 0  ? "sensor"
                                : (seen & time) == 0  ? "time"
                                : (seen & value) == 0 ? "value"
                                                      : nullptr;
    if (missing != nullptr)
        return faultAt(line, 0, Code::malformed, "no \"" + std::string(missing) + "\" in the reading");
    return out;
}

ReadingsDecoder::ReadingsDecoder() : m_parts(std::make_unique<Parts>()) {}
ReadingsDecoder::ReadingsDecoder(const Source& source) : ReadingsDecoder() {
    m_parts->source.sensorPrefix = source.sensorPrefix;
    m_parts->source.units = source.units;
    m_parts->source.timeZone = source.timeZone;
    m_parts->source.receivedAt = source.receivedAt;
    m_parts->mapsUnits = !source.units.empty();
}
ReadingsDecoder::~ReadingsDecoder() = default;
ReadingsDecoder::ReadingsDecoder(ReadingsDecoder&&) noexcept = default;
ReadingsDecoder& ReadingsDecoder::operator=(ReadingsDecoder&&) noexcept = default;

void ReadingsDecoder::came(base::Time at) {
    m_parts->source.receivedAt = at;
}

base::Result<Reading> ReadingsDecoder::decodeLine(std::string_view line) {
    if (line.size() > maxLineBytes)
        return faultAt(line, maxLineBytes, Code::tooLarge, "a line of more than 65536 bytes");
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    std::string& padded = m_parts->padded;
    padded.assign(line);
    padded.append(padding, ' ');
    return m_parts->parse(std::string_view(padded).substr(0, line.size())).map([&](const ReadingLine& read) {
        return m_parts->reading(read);
    });
}

template <typename Take>
ReadingsDecoder::Progress ReadingsDecoder::Parts::lines(std::string_view text, const Progress& before,
                                                        std::vector<Fault>& faults, const Take& take) {
    Progress done;
    const auto reject = [&](base::Error error, std::size_t start, std::string_view bytes) {
        error.place.line = before.lines + done.lines + 1;
        error.place.byte = before.bytes + start + error.place.byte.value_or(0);
        faults.push_back({std::move(error), std::string(bytes)});
    };
    const auto tooLong = [&](std::size_t start, std::string_view line) {
        reject(faultAt(line, maxLineBytes, Code::tooLarge, "a line of more than 65536 bytes").value(), start,
               line.substr(0, maxLineBytes));
    };
    const char* const textEnd = text.data() + text.size();
    ReadingLine read;
    while (done.bytes < text.size()) {
        const std::size_t start = done.bytes;
        const char* const begin = text.data() + start;
        if (!skipping) {
            const char* after = fast.read(begin, textEnd, read);
            if (after != nullptr && after < textEnd && *after == '\r')
                ++after;
            if (after != nullptr && after < textEnd && *after == '\n') {
                take(read);
                ++done.lines;
                done.bytes = static_cast<std::size_t>(after + 1 - text.data());
                continue;
            }
        }
        const void* const found = std::memchr(begin, '\n', text.size() - start);
        if (found == nullptr) {
            if (skipping) {
                done.bytes = text.size();
            } else if (text.size() - start > maxLineBytes) {
                tooLong(start, text.substr(start));
                skipping = true;
                done.bytes = text.size();
            }
            return done;
        }
        const std::size_t end = static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
        std::string_view line = text.substr(start, end - start);
        if (skipping) {
            skipping = false;
        } else if (line.size() > maxLineBytes) {
            tooLong(start, line);
        } else {
            std::size_t mark = 0;
            if (before.bytes + start == 0 && line.starts_with("\xEF\xBB\xBF"))
                mark = 3;
            line.remove_prefix(mark);
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            if (line.find_first_not_of(" \t") != std::string_view::npos) {
                auto reading = parse(line);
                if (reading)
                    take(*reading);
                else
                    reject(std::move(reading.error()), start + mark, line);
            }
        }
        ++done.lines;
        done.bytes = end + 1;
    }
    return done;
}

ReadingsDecoder::Progress ReadingsDecoder::decodeLines(std::string_view text, const Progress& before,
                                                       std::vector<Reading>& readings, std::vector<Fault>& faults) {
    return m_parts->lines(text, before, faults,
                          [&](const ReadingLine& line) { readings.push_back(m_parts->reading(line)); });
}

void ReadingsDecoder::prepare(model::ReadingRows& into) const {
    if (!into.sensors)
        into.sensors = std::make_shared<model::NameTable>(m_parts->source.sensorPrefix);
    if (!into.units)
        into.units = std::make_shared<model::NameTable>();
}

ReadingsDecoder::Progress ReadingsDecoder::decodeLines(std::string_view text, const Progress& before,
                                                       model::ReadingRows& into, std::vector<Fault>& faults) {
    prepare(into);
    auto& sensors = *into.sensors;
    auto& units = *into.units;
    return m_parts->lines(text, before, faults, [&](const ReadingLine& line) {
        const auto unit = m_parts->unitOf(line.unit);
        into.rows.push_back({sensors.add(line.sensor), unit.empty() ? model::ReadingRow::noUnit : units.add(unit),
                             line.time, line.value});
    });
}

namespace {

/// A file with more bad lines than this is no file of readings; keeping each would take many times its size.
constexpr std::size_t maxFileFaults = 10'000;

tl::unexpected<base::Error> tooManyFaults(const Decoded& decoded) {
    const base::Error& last = decoded.faults[maxFileFaults].error;
    return base::fail(Code::tooLarge,
                      "more than " + std::to_string(maxFileFaults) +
                          " lines that are no readings; here: " + last.message,
                      last.place);
}

} // namespace

base::Result<Decoded> decodeReadings(std::string_view bytes, const Source& source) {
    ReadingsDecoder decoder(source);
    ReadingsDecoder::Progress progress;
    std::vector<Reading> readings;
    Decoded out;
    out.format = Format::readingsNdjson;
    const auto keep = [&] {
        for (Reading& reading : readings)
            out.messages.emplace_back(std::move(reading));
        readings.clear();
    };
    // In stretches, so that readings are not held twice; the last stretch, which lacks padding, as a copy.
    constexpr std::size_t stretch = 1U << 20U;
    while (bytes.size() - progress.bytes > stretch + ReadingsDecoder::padding) {
        const auto step = decoder.decodeLines(bytes.substr(progress.bytes, stretch), progress, readings, out.faults);
        progress.bytes += step.bytes;
        progress.lines += step.lines;
        keep();
        if (out.faults.size() > maxFileFaults)
            return tooManyFaults(out);
    }
    std::string rest(bytes.substr(progress.bytes));
    rest += '\n'; // the last line may lack its end
    const std::size_t size = rest.size();
    rest.append(ReadingsDecoder::padding, ' ');
    (void)decoder.decodeLines(std::string_view(rest).substr(0, size), progress, readings, out.faults);
    keep();
    if (out.faults.size() > maxFileFaults)
        return tooManyFaults(out);
    if (out.messages.empty() && out.faults.empty())
        return base::fail(Code::malformed, "no line with a reading in it", {.line = 1, .column = 1, .byte = 0});
    return out;
}

base::Result<Decoded> decodeReadingsJson(std::string_view bytes, const Source& source) {
    constexpr std::size_t mostElements = 200'000;
    auto read = JsonInput::read(bytes);
    if (!read)
        return tl::unexpected<base::Error>(std::move(read.error()));
    JsonInput& input = **read;
    using Elements = std::vector<std::string_view>;
    const auto whole = trimmed(input.text());
    const bool isArray = whole.starts_with('[');
    base::Result<Elements> elements = Elements{whole};
    if (isArray)
        elements = input.walk<Elements>([&](auto& document) { return input.elements(document.get_array(), mostElements); });
    if (!elements)
        return tl::unexpected<base::Error>(std::move(elements.error()));
    if (elements->empty())
        return base::fail(Code::malformed, "an array without a reading in it", input.placeAt(0));
    ReadingsDecoder decoder(source);
    Decoded out;
    out.format = Format::readingsJson;
    for (const std::string_view element : *elements) {
        auto reading = decoder.decodeLine(element);
        if (reading) {
            out.messages.emplace_back(std::move(*reading));
            continue;
        }
        auto why = std::move(reading.error());
        const auto* at = element.data() + std::min(why.place.byte.value_or(0), element.size());
        why.place = isArray ? input.place(at) : input.placeAt(static_cast<std::size_t>(at - input.text().data()));
        out.faults.push_back({std::move(why), std::string(element)});
        if (out.faults.size() > maxFileFaults)
            return tooManyFaults(out);
    }
    if (out.messages.empty())
        return tl::unexpected<base::Error>(std::move(out.faults.front().error));
    return out;
}

} // namespace tocsin::ingest
