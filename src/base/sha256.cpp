#include "tocsin/base/sha256.hpp"

#include <openssl/sha.h>

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

} // namespace tocsin::base
