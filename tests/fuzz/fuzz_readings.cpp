#include "fuzz_check.hpp"

#include "tocsin/ingest/readings_ndjson.hpp"

#include <string>
#include <vector>

namespace {

using namespace tocsin;

/// A stream cut into pieces must give what it gives whole.
void checkPieces(std::string_view bytes, std::size_t piece) {
    ingest::ReadingsDecoder decoder;
    ingest::ReadingsDecoder::Progress all;
    std::vector<model::Reading> readings;
    std::vector<ingest::Fault> faults;
    std::string buffer;
    const std::string stream = std::string(bytes) + "\n";
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        buffer.append(stream, at, piece);
        const std::size_t size = buffer.size();
        buffer.append(ingest::ReadingsDecoder::padding, ' ');
        const auto step = decoder.decodeLines(std::string_view(buffer).substr(0, size), all, readings, faults);
        buffer.resize(size);
        buffer.erase(0, step.bytes);
        all.bytes += step.bytes;
        all.lines += step.lines;
    }
    const auto whole = ingest::decode(bytes, ingest::Format::readingsNdjson);
    if (whole && (whole->messages.size() != readings.size() || whole->faults.size() != faults.size()))
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ingest::checkAnyBytes(data, size, ingest::Format::readingsNdjson);
    ingest::checkAnyBytes(data, size, ingest::Format::readingsJson);
    if (size > 0)
        checkPieces(std::string_view(reinterpret_cast<const char*>(data), size), 1 + data[0] % 64U);
    return 0;
}
