#include "tocsin/base/sha256.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <stdexcept>

namespace tocsin::base {

Digest sha256(std::string_view bytes) {
    Digest out;
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), out.data());
    return out;
}

std::string toHex(const Digest& digest) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out;
    out.reserve(64);
    for (const auto b : digest) {
        out += hex[b >> 4U];
        out += hex[b & 0x0FU];
    }
    return out;
}

Digest hmacSha256(std::string_view key, std::string_view bytes) {
    Digest digest{};
    unsigned int size = 0;
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data(), &size) == nullptr)
        throw std::runtime_error("HMAC-SHA-256 is not available");
    return digest;
}

Digest randomKey() {
    Digest random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1)
        throw std::runtime_error("there is no randomness for a key");
    return random;
}

} // namespace tocsin::base
