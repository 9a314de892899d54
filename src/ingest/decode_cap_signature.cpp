#include "decode_cap_signature.hpp"

#include "tocsin/ingest/signature.hpp"

#include <utility>

namespace tocsin::ingest::cap {

namespace {

using base::Code;
using model::Signature;

constexpr auto notTrusted = "not signed by anyone whom the county trusts";

/// What it is signed as. Some signers take the alert by itself, as the desk does; others the whole document, with the
/// style sheet's name that stands before it. Neither leaves out anything that is decoded.
SignatureVerdict verdictOn(const SignatureChecker& checker, const XmlText& text, const Node& alert, bool isRoot,
                           base::Time sent) {
    const std::string_view itself = text.text().substr(alert.offset, alert.end - alert.offset);
    SignatureVerdict verdict = checker.check(itself, sent);
    if (!isRoot || verdict.signature != Signature::invalid)
        return verdict;
    const bool isAlone = text.text().substr(0, alert.offset).find("<?", 5) == std::string_view::npos &&
                         text.text().find("<?", alert.end) == std::string_view::npos &&
                         text.text().substr(0, alert.offset).find("<!--") == std::string_view::npos &&
                         text.text().find("<!--", alert.end) == std::string_view::npos;
    return isAlone ? verdict : checker.check(text.text(), sent);
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
        SignatureVerdict verdict = verdictOn(*source.signatures, text, alert, isRoot, warning.sent);
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
