#include "tocsin/ingest/signature.hpp"

#include "tocsin/ingest/decoded.hpp"

#include <cstdint>
#include <cstdlib>

/// Signed alerts of anybody: whatever comes out, nobody is trusted, and no wrong one says who signed it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tocsin;
    static const ingest::Source source = [] {
        ingest::Source made;
        made.signatures = ingest::SignatureChecker::make({}).value();
        made.signatureRules.invalid = ingest::SignatureAct::take;
        return made;
    }();
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto decoded = ingest::decode(bytes, ingest::Format::cap, source);
    if (!decoded)
        return 0;
    for (const ingest::Message& message : decoded->messages) {
        const auto& warning = std::get<model::Warning>(message);
        if (warning.signature == model::Signature::valid || warning.signature == model::Signature::unverified)
            std::abort();
        if (warning.signature != model::Signature::unknownSigner && !warning.signer.empty())
            std::abort();
    }
    return 0;
}
