#include "fuzz_check.hpp"

/// A table as it is, or packed with gzip.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tocsin::ingest::checkAnyBytes(data, size, tocsin::ingest::Format::positionsCsv);
    return 0;
}
