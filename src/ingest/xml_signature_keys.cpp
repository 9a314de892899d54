#include "xml_signature_keys.hpp"

#include "decode_place.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

namespace tocsin::ingest::signature {

namespace {

using base::Code;

constexpr std::size_t maxCertificates = 200;
constexpr std::size_t maxBase64 = 64U << 10U;
constexpr std::size_t maxRsaBytes = 1024;
constexpr int maxChain = 8;

template <typename T, void (*free)(T*)>
struct FreeWith {
    void operator()(T* what) const { free(what); }
};
using Bio = std::unique_ptr<BIO, FreeWith<BIO, &BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, FreeWith<BIGNUM, &BN_free>>;

/// Empty where it is not base64.
std::vector<unsigned char> fromBase64(std::string_view text) {
    std::string packed;
    packed.reserve(std::min(text.size(), maxBase64));
    for (const char c : text)
        if (std::string_view(" \t\r\n").find(c) == std::string_view::npos)
            packed += c;
    if (packed.empty() || packed.size() > maxBase64 || packed.size() % 4 != 0)
        return {};
    std::vector<unsigned char> out(packed.size() / 4 * 3);
    const int made = EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(packed.data()),
                                     static_cast<int>(packed.size()));
    if (made < 0)
        return {};
    const std::size_t padding = packed.ends_with("==") ? 2 : packed.ends_with('=') ? 1 : 0;
    out.resize(static_cast<std::size_t>(made) - padding);
    return out;
}

std::time_t secondsOf(base::Time when) {
    return std::chrono::floor<std::chrono::seconds>(when).time_since_epoch().count();
}

Number numberFrom(std::string_view base64) {
    const auto bytes = fromBase64(base64);
    if (bytes.empty() || bytes.size() > maxRsaBytes)
        return {};
    return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
}

base::Result<void> readPem(const std::string& pem, std::vector<Certificate>& out) {
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min<std::size_t>(pem.size(), 16U << 20U))));
    const std::size_t before = out.size();
    while (Certificate one{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        if (out.size() == maxCertificates)
            return base::fail(Code::tooLarge, "more than " + std::to_string(maxCertificates) + " certificates");
        out.push_back(std::move(one));
    }
    const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (out.size() == before)
        return base::fail(Code::malformed, "no certificate in PEM in it");
    if (!ended)
        return base::fail(Code::malformed,
                          "certificate " + std::to_string(out.size() - before + 1) + " in it cannot be read");
    return {};
}

} // namespace

std::string subjectOf(const X509& certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    if (!bio || X509_NAME_print_ex(bio.get(), X509_get_subject_name(&certificate), 0,
                                   XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB)) < 0)
        return {};
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return excerpt({text, static_cast<std::size_t>(std::max(size, 0L))}, 300);
}

Key keyOf(const X509& certificate) {
    EVP_PKEY* key = X509_get0_pubkey(&certificate);
    if (key == nullptr || EVP_PKEY_up_ref(key) != 1)
        return {};
    return Key(key);
}

bool holdsAt(const X509& certificate, base::Time when) {
    std::time_t at = secondsOf(when);
    return X509_cmp_time(X509_get0_notBefore(&certificate), &at) < 0 &&
           X509_cmp_time(X509_get0_notAfter(&certificate), &at) > 0;
}

Certificate certificateFrom(std::string_view base64) {
    const auto bytes = fromBase64(base64);
    const unsigned char* at = bytes.data();
    if (bytes.empty())
        return {};
    Certificate out(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
    ERR_clear_error();
    return out;
}

bool isBase64(std::string_view text) {
    const auto bytes = fromBase64(text);
    if (bytes.empty())
        return false;
    std::string again(bytes.size() / 3 * 4 + 8, '\0');
    const int made = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(again.data()), bytes.data(),
                                     static_cast<int>(bytes.size()));
    again.resize(static_cast<std::size_t>(std::max(made, 0)));
    std::string packed;
    for (const char c : text)
        if (std::string_view(" \t\r\n").find(c) == std::string_view::npos)
            packed += c;
    return packed == again;
}

Key rsaKeyFrom(std::string_view modulus, std::string_view exponent) {
    const Number n = numberFrom(modulus);
    const Number e = numberFrom(exponent);
    if (!n || !e || BN_num_bytes(e.get()) > 8)
        return {};
    const std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD, &OSSL_PARAM_BLD_free>> build(OSSL_PARAM_BLD_new());
    if (!build || OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return {};
    const std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM, &OSSL_PARAM_free>> params(
        OSSL_PARAM_BLD_to_param(build.get()));
    const std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX, &EVP_PKEY_CTX_free>> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    if (params && context && EVP_PKEY_fromdata_init(context.get()) == 1)
        (void)EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get());
    ERR_clear_error();
    return Key(key);
}

base::Result<TrustList> TrustList::read(std::span<const std::string> pems) {
    TrustList out;
    for (const std::string& pem : pems)
        if (auto read = readPem(pem, out.m_certificates); !read)
            return tl::unexpected<base::Error>(std::move(read.error()));
    out.m_store.reset(X509_STORE_new());
    if (!out.m_store)
        return base::fail(Code::internal, "no memory for certificates");
    for (const Certificate& certificate : out.m_certificates)
        (void)X509_STORE_add_cert(out.m_store.get(), certificate.get()); // twice the same is no harm
    ERR_clear_error();
    return out;
}

bool TrustList::holds(const X509& certificate) const {
    return std::any_of(m_certificates.begin(), m_certificates.end(),
                       [&](const Certificate& own) { return X509_cmp(own.get(), &certificate) == 0; });
}

const X509* TrustList::withKey(const EVP_PKEY& key) const {
    for (const Certificate& own : m_certificates)
        if (const EVP_PKEY* its = X509_get0_pubkey(own.get()); its != nullptr && EVP_PKEY_eq(its, &key) == 1)
            return own.get();
    return nullptr;
}

std::optional<std::string> TrustList::doubtsOf(X509& certificate, const std::vector<Certificate>& others,
                                               base::Time when) const {
    const std::unique_ptr<X509_STORE_CTX, FreeWith<X509_STORE_CTX, &X509_STORE_CTX_free>> context(X509_STORE_CTX_new());
    const auto freeStack = [](STACK_OF(X509) * stack) { sk_X509_free(stack); };
    const std::unique_ptr<STACK_OF(X509), decltype(freeStack)> untrusted(sk_X509_new_null(), freeStack);
    if (!context || !untrusted)
        return "no memory to follow its certificates";
    for (const Certificate& other : others)
        sk_X509_push(untrusted.get(), other.get());
    if (X509_STORE_CTX_init(context.get(), m_store.get(), &certificate, untrusted.get()) != 1)
        return "its certificates cannot be followed";
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(rules, secondsOf(when));
    X509_VERIFY_PARAM_set_depth(rules, maxChain);
    (void)X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN); // a trusted one need not be a root
    const bool good = X509_verify_cert(context.get()) == 1;
    const int why = X509_STORE_CTX_get_error(context.get());
    ERR_clear_error();
    if (good)
        return {};
    return std::string(X509_verify_cert_error_string(why));
}

} // namespace tocsin::ingest::signature
