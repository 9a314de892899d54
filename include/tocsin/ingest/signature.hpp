#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/model/warning.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// What a look at a signature found.
struct SignatureVerdict {
    model::Signature signature{model::Signature::none};
    std::string signer;                  ///< the certificate's subject; empty where there is none
    std::string reason;                  ///< why it is not valid, one sentence; empty if it is
    std::vector<std::string> deviations; ///< accepted, but worth a word: SHA-1, a short key, an expired certificate
};

/// Verifies XML signatures (XML-DSig) of CAP messages against the certificates that a county trusts. Nothing is fetched,
/// and only what cannot change the meaning of what was signed is run: the enveloped transform and the canonical forms.
/// What must be signed is the whole alert, by one reference. Immutable; thread safe.
class SignatureChecker {
  public:
    ~SignatureChecker();
    SignatureChecker(const SignatureChecker&) = delete;
    SignatureChecker& operator=(const SignatureChecker&) = delete;

    /// Each text is PEM with one certificate or more; other blocks in it are passed over. Code::malformed where one has
    /// none or a broken one; tooLarge over 200 certificates. None at all is allowed: then nobody is trusted.
    [[nodiscard]] static base::Result<std::shared_ptr<const SignatureChecker>> make(std::span<const std::string> pems);

    /// `alert` is a document whose root is the alert, as UTF-8 whatever it declares, and passed by xml_scan. A signer
    /// is trusted if its certificate is one of the county's (even if it has run out since: that is noted), or leads to
    /// one of them by a chain that held at `sent`.
    [[nodiscard]] SignatureVerdict check(std::string_view alert, base::Time sent) const;

    [[nodiscard]] std::size_t certificates() const;

  private:
    struct Trusted;
    explicit SignatureChecker(std::unique_ptr<const Trusted> trusted);
    std::unique_ptr<const Trusted> m_trusted;
};

/// The checker that a feed's `signers` ask for: PEM files beside config.toml in `folder`, or absolute. Nothing where the
/// feed names none and has no rules of its own for signatures. A file that cannot be read or holds no certificate is named in the error.
[[nodiscard]] base::Result<std::shared_ptr<const SignatureChecker>> loadSigners(const std::filesystem::path& folder,
                                                                                const FeedConfig& config);

} // namespace tocsin::ingest
