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

base::Result<model::Warning> ruled(model::Warning warning, const Source& source, const std::string& reason,
                                   const base::Place& place) {
    switch (source.signatureRules.of(warning.signature)) {
    case SignatureAct::take:
        break;
    case SignatureAct::hold:
        warning.state = model::WarningState::held;
        break;
    case SignatureAct::quarantine:
        return base::fail(Code::refused, std::string(notTrusted) + (reason.empty() ? "" : ": " + reason), place);
    }
    return warning;
}

} // namespace

base::Result<model::Warning> judgedUnsigned(model::Warning warning, const Source& source, const base::Place& place) {
    return ruled(std::move(warning), source, "this format has no signatures", place);
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
    return ruled(std::move(warning), source, reason, text.place(alert.offset));
}

} // namespace tocsin::ingest::cap
