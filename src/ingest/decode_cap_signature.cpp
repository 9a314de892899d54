#include "decode_cap_signature.hpp"

#include "tocsin/ingest/signature.hpp"

#include <utility>

namespace tocsin::ingest::cap {

namespace {

using base::Code;
using model::Signature;

constexpr auto notTrusted = "not signed by anyone whom the county trusts";

/// The alert as a document of its own.
std::string_view documentOf(const XmlText& text, const Node& alert, bool isRoot) {
    return isRoot ? text.text() : text.text().substr(alert.offset, alert.end - alert.offset);
}

} // namespace

base::Result<void> mayBeUnsigned(const Source& source, const base::Place& place) {
    if (source.requireSignature)
        return base::fail(Code::refused, std::string(notTrusted) + ": this format has no signatures", place);
    return {};
}

base::Result<model::Warning> judged(model::Warning warning, const XmlText& text, const Node& alert, bool isRoot,
                                    const Source& source) {
    std::string reason = warning.signature == Signature::none ? "it is not signed" : "its signature was not verified";
    if (source.signatures && warning.signature != Signature::none) {
        SignatureVerdict verdict = source.signatures->check(documentOf(text, alert, isRoot), warning.sent);
        warning.signature = verdict.signature;
        warning.signer = std::move(verdict.signer);
        reason = std::move(verdict.reason);
        const base::Place place = text.lineAndColumn(alert.offset);
        if (warning.signature == Signature::invalid)
            warning.deviations.push_back(placed(place, "the signature is not valid: " + reason));
        for (const std::string& stray : verdict.deviations)
            warning.deviations.push_back(placed(place, stray));
    }
    if (source.requireSignature && warning.signature != Signature::valid)
        return base::fail(Code::refused, std::string(notTrusted) + (reason.empty() ? "" : ": " + reason),
                          text.place(alert.offset));
    return warning;
}

} // namespace tocsin::ingest::cap
