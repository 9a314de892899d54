#include "fuzz_check.hpp"
#include "ingest/cot_stream.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tocsin::ingest;
    checkAnyBytes(data, size, Format::cotXml);
    // The same as a stream in two pieces.
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    CotStream stream{Source{}};
    for (const auto piece : {bytes.substr(0, size / 2), bytes.substr(size / 2)}) {
        const auto taken = stream.take(piece, {}, piece.data() != bytes.data());
        for (const auto& fault : taken.decoded.faults)
            if (fault.error.message.empty() || (!fault.error.place.line && !fault.error.place.byte))
                std::abort();
        if (taken.hopeless)
            break;
    }
    return 0;
}
