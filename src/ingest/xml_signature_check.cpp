#include "tocsin/ingest/signature.hpp"

#include "xml_signature.hpp"

#include <fstream>
#include <iterator>
#include <utility>

namespace tocsin::ingest {

namespace {

using base::Code;
using model::Signature;
using signature::Certificate;
using signature::Key;
using signature::Outcome;
using signature::SignedDocument;
using signature::TrustList;

constexpr std::size_t maxPemBytes = 4U << 20U;
constexpr std::size_t maxKeysTried = 12;
constexpr int leastRsaBits = 2048;

constexpr auto changed = "the message was changed after it was signed: its digest is not the one that was signed";

SignatureVerdict invalid(std::string why) {
    return {Signature::invalid, {}, std::move(why), {}};
}

void noteWeakness(const SignedDocument& document, const EVP_PKEY& key, SignatureVerdict& out) {
    if (document.usesSha1())
        out.deviations.emplace_back("signed with SHA-1, which can be forged");
    if (EVP_PKEY_get_base_id(&key) == EVP_PKEY_RSA && EVP_PKEY_get_bits(&key) < leastRsaBits)
        out.deviations.push_back("signed with an RSA key of only " + std::to_string(EVP_PKEY_get_bits(&key)) + " bits");
}

/// The signature brings certificates: its own must have made it, and somebody trusted must stand behind that.
SignatureVerdict byCertificates(const TrustList& trusted, const SignedDocument& document, base::Time sent) {
    const X509* signer = nullptr;
    Outcome outcome = Outcome::wrongSignature;
    for (const Certificate& one : document.certificates()) {
        const Key key = signature::keyOf(*one);
        outcome = key ? document.verify(*key) : Outcome::wrongSignature;
        if (outcome == Outcome::wrongDigest)
            return invalid(changed);
        if (outcome == Outcome::good) {
            signer = one.get();
            break;
        }
    }
    if (signer == nullptr)
        return invalid("the signature is not of the certificate that comes with it");
    SignatureVerdict out;
    out.signer = signature::subjectOf(*signer);
    noteWeakness(document, *signature::keyOf(*signer), out);
    const bool held = signature::holdsAt(*signer, sent);
    if (trusted.holds(*signer)) {
        out.signature = Signature::valid;
        if (!held)
            out.deviations.emplace_back("the signer's certificate did not hold when the message was sent");
        return out;
    }
    std::optional<std::string> doubts = "nobody is trusted";
    if (!trusted.certificates().empty())
        doubts = trusted.doubtsOf(const_cast<X509&>(*signer), document.certificates(), sent); // NOLINT: OpenSSL's way
    out.signature = doubts ? Signature::unknownSigner : Signature::valid;
    if (doubts)
        out.reason = "the signature is right, but its signer is none whom the county trusts: " + *doubts;
    return out;
}

SignatureVerdict byBareKey(const TrustList& trusted, const SignedDocument& document) {
    const Outcome outcome = document.verify(*document.bareKey());
    if (outcome != Outcome::good)
        return invalid(outcome == Outcome::wrongDigest ? changed : "the signature is not of the key that comes with it");
    SignatureVerdict out;
    noteWeakness(document, *document.bareKey(), out);
    const X509* known = trusted.withKey(*document.bareKey());
    out.signature = known != nullptr ? Signature::valid : Signature::unknownSigner;
    if (known != nullptr)
        out.signer = signature::subjectOf(*known);
    else
        out.reason = "the signature is right, but its key is of nobody whom the county trusts";
    return out;
}

/// The signature names no key that could be read: one of the county's own may have made it.
SignatureVerdict byTrusted(const TrustList& trusted, const SignedDocument& document) {
    std::size_t tried = 0;
    for (const Certificate& one : trusted.certificates()) {
        const Key key = signature::keyOf(*one);
        if (!key || tried++ == maxKeysTried)
            continue;
        const Outcome outcome = document.verify(*key);
        if (outcome == Outcome::wrongDigest)
            return invalid(changed);
        if (outcome != Outcome::good)
            continue;
        SignatureVerdict out{Signature::valid, signature::subjectOf(*one), {}, {}};
        noteWeakness(document, *key, out);
        return out;
    }
    return invalid("it brings no key that can be read, and none of the county's trusted ones made it");
}

SignatureVerdict verdictOf(const TrustList& trusted, std::string_view alert, base::Time sent, bool withoutBlanks) {
    SignedDocument document;
    if (auto why = document.read(alert, withoutBlanks))
        return invalid(std::move(*why));
    if (!document.certificates().empty())
        return byCertificates(trusted, document, sent);
    if (document.bareKey())
        return byBareKey(trusted, document);
    return byTrusted(trusted, document);
}

} // namespace

struct SignatureChecker::Trusted {
    TrustList list;
};

SignatureChecker::SignatureChecker(std::unique_ptr<const Trusted> trusted) : m_trusted(std::move(trusted)) {}
SignatureChecker::~SignatureChecker() = default;

base::Result<std::shared_ptr<const SignatureChecker>> SignatureChecker::make(std::span<const std::string> pems) {
    auto list = TrustList::read(pems);
    if (!list)
        return tl::unexpected<base::Error>(std::move(list.error()));
    auto trusted = std::make_unique<const Trusted>(Trusted{std::move(*list)});
    return std::shared_ptr<const SignatureChecker>(new SignatureChecker(std::move(trusted)));
}

std::size_t SignatureChecker::certificates() const {
    return m_trusted->list.certificates().size();
}

SignatureVerdict SignatureChecker::check(std::string_view alert, base::Time sent) const {
    SignatureVerdict verdict = verdictOf(m_trusted->list, alert, sent, false);
    if (verdict.reason != changed)
        return verdict;
    // The WMO's alert composer signs without the blanks between elements and adds them afterwards.
    SignatureVerdict other = verdictOf(m_trusted->list, alert, sent, true);
    if (other.signature == Signature::invalid)
        return verdict;
    other.deviations.emplace_back("signed without the blanks between its elements");
    return other;
}

base::Result<std::shared_ptr<const SignatureChecker>> loadSigners(const std::filesystem::path& folder,
                                                                  const FeedConfig& config) {
    if (config.signers.empty() && config.signatureRules == SignatureRules())
        return std::shared_ptr<const SignatureChecker>();
    std::vector<std::string> pems;
    for (const std::string& name : config.signers) {
        const auto path = folder / name; // an absolute name stays itself
        std::ifstream in(path, std::ios::binary);
        std::string pem(maxPemBytes + 1, '\0');
        if (!in || !in.read(pem.data(), static_cast<std::streamsize>(pem.size())).eof())
            return base::fail(in ? Code::tooLarge : Code::notFound,
                              "the signer's certificate " + path.string() +
                                  (in ? " is larger than 4 MiB" : " cannot be read"));
        pem.resize(static_cast<std::size_t>(in.gcount()));
        // One by one, so that the error names the file.
        if (auto one = SignatureChecker::make(std::span(&pem, 1)); !one)
            return base::fail(one.error().code, "the signer's certificate " + path.string() + ": " + one.error().message);
        pems.push_back(std::move(pem));
    }
    return SignatureChecker::make(pems);
}

} // namespace tocsin::ingest
