#include "fuzz_check.hpp"

// All of the sensors' formats: what one refuses another may take, so each is given the same bytes.

namespace {

using namespace tocsin::ingest;

/// As checkAnyBytes, but with a source that has a mapping and says a topic.
void checkMapped(std::string_view bytes, Format format) {
    Source source;
    source.topic = "tele/river/SENSOR";
    source.timeZone = "Europe/Zurich";
    source.mapping.each = bytes.size() % 2 == 0 ? "/rows" : "";
    source.mapping.sensor = "{topic:1}-{/id}";
    source.mapping.time = "/time";
    source.mapping.latitude = "/lat";
    source.mapping.longitude = "/lon";
    if (bytes.size() % 3 == 0) {
        source.mapping.unit = "{topic:1}-{/id}";
        source.mapping.course = "/cog";
        source.mapping.speedKmh = "/speed";
    }
    source.mapping.values = {{"/value", "-a", "/unit", 2, 1}, {".", "-b", {}}};
    const auto decoded = decode(bytes, format, source);
    const auto placed = [&](const tocsin::base::Error& error) {
        return (error.place.line || error.place.byte) && error.place.byte.value_or(0) <= bytes.size() &&
               error.code != tocsin::base::Code::internal;
    };
    if (!decoded) {
        if (!placed(decoded.error()))
            std::abort();
        return;
    }
    for (const auto& fault : decoded->faults)
        if (!placed(fault.error))
            std::abort();
    for (const auto& message : decoded->messages)
        if (const auto* reading = std::get_if<tocsin::model::Reading>(&message))
            if (reading->sensor.value.empty() || reading->value - reading->value != 0)
                std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const Format format : {Format::readingsCsv, Format::chirpstack, Format::theThingsStack, Format::tasmota,
                                Format::sensorThings, Format::mappedJson}) {
        checkAnyBytes(data, size, format);
        checkMapped(bytes, format);
    }
    return 0;
}
