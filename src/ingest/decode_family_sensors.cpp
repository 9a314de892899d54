#include "ingest/decode_csv_readings.hpp"
#include "ingest/decode_family.hpp"
#include "ingest/decode_lorawan.hpp"
#include "ingest/decode_mapped_json.hpp"
#include "ingest/decode_sensorthings.hpp"
#include "ingest/decode_tasmota.hpp"

namespace tocsin::ingest {

namespace {

/// A mapping is a feed's own: nothing in the bytes tells that there is one.
bool never(const Glimpse& /*glimpse*/) {
    return false;
}

constexpr std::array<Decoder, 6> decoders{
    {{Format::chirpstack, &recognisesChirpstack, &decodeChirpstack},
     {Format::theThingsStack, &recognisesTheThingsStack, &decodeTheThingsStack},
     {Format::sensorThings, &recognisesSensorThings, &decodeSensorThings},
     {Format::tasmota, &recognisesTasmota, &decodeTasmota},
     {Format::readingsCsv, &recognisesReadingsCsv, &decodeReadingsCsv, mostCsvBytes},
     {Format::mappedJson, &never, &decodeMappedJson}}};

} // namespace

std::span<const Decoder> sensorDecoders() {
    return decoders;
}

} // namespace tocsin::ingest
