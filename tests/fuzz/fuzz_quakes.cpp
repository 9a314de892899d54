#include "fuzz_check.hpp"

/// By what they look like, and as each format of the family.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using tocsin::ingest::Format;
    tocsin::ingest::checkAnyBytes(data, size, std::nullopt);
    for (const auto format : {Format::usgsGeoJson, Format::fdsnText, Format::quakeMl, Format::sc3Ml})
        tocsin::ingest::checkAnyBytes(data, size, format);
    return 0;
}
