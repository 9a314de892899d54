#include "fuzz_check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tocsin::ingest::checkAnyBytes(data, size, tocsin::ingest::Format::edxlDe);
    return 0;
}
