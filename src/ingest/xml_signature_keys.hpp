#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"

#include <memory>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest::signature {

struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;
struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
struct FreeStore {
    void operator()(X509_STORE* store) const { X509_STORE_free(store); }
};

/// "CN=…,O=…" (RFC 2253, UTF-8), at most 300 bytes.
[[nodiscard]] std::string subjectOf(const X509& certificate);
[[nodiscard]] Key keyOf(const X509& certificate);
[[nodiscard]] bool holdsAt(const X509& certificate, base::Time when);
/// From the base64 text of an XML signature; nothing where it is no certificate or over 64 KiB.
[[nodiscard]] Certificate certificateFrom(std::string_view base64);
/// True where the text is base64 and written in the one way that its bytes have.
[[nodiscard]] bool isBase64(std::string_view text);
/// From the base64 texts of an <RSAKeyValue>.
[[nodiscard]] Key rsaKeyFrom(std::string_view modulus, std::string_view exponent);

/// The certificates that a county trusts. Immutable; thread safe.
class TrustList {
  public:
    [[nodiscard]] static base::Result<TrustList> read(std::span<const std::string> pems);

    [[nodiscard]] const std::vector<Certificate>& certificates() const { return m_certificates; }
    [[nodiscard]] bool holds(const X509& certificate) const;
    /// The trusted certificate with this key, or null.
    [[nodiscard]] const X509* withKey(const EVP_PKEY& key) const;
    /// Nothing if a chain over `others` to a trusted certificate held at `when`; else why not.
    [[nodiscard]] std::optional<std::string> doubtsOf(X509& certificate, const std::vector<Certificate>& others,
                                                      base::Time when) const;

  private:
    std::vector<Certificate> m_certificates;
    std::unique_ptr<X509_STORE, FreeStore> m_store;
};

} // namespace tocsin::ingest::signature
