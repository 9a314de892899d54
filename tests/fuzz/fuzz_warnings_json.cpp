#include "fuzz_check.hpp"

/// The three services that warn in JSON: the same bytes through each of their decoders.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using tocsin::ingest::Format;
    for (const Format format : {Format::alertswiss, Format::mowas, Format::cnWarningJson})
        tocsin::ingest::checkAnyBytes(data, size, format);
    return 0;
}
