#include "fuzz_check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tocsin::ingest::checkAnyBytes(data, size, tocsin::ingest::Format::open311Xml);
    tocsin::ingest::checkAnyBytes(data, size, tocsin::ingest::Format::open311Json);
    return 0;
}
