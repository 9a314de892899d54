#include "tocsin/base/pin_record.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <optional>
#include <vector>

namespace tocsin::base {

namespace {

constexpr std::size_t saltBytes = 16;
constexpr std::size_t keyBytes = 32;
constexpr std::uint64_t mostMemory = 256U << 20U;

using Salt = std::array<unsigned char, saltBytes>;
using Key = std::array<unsigned char, keyBytes>;

bool isBearable(const PinCost& cost) {
    return cost.logN >= 4 && cost.logN <= 20 && cost.r >= 1 && cost.r <= 32 && cost.p >= 1 && cost.p <= 4 &&
           (std::uint64_t{128} * static_cast<unsigned>(cost.r) << static_cast<unsigned>(cost.logN)) <= mostMemory;
}

std::optional<Key> keyOf(std::string_view pin, const Salt& salt, const PinCost& cost) {
    Key key{};
    // The library's own bound is 32 MB, which the usual cost touches; what is above the table is its working place.
    const auto room = mostMemory + (std::uint64_t{16} << 20U);
    if (!isBearable(cost) || EVP_PBE_scrypt(pin.data(), pin.size(), salt.data(), salt.size(), std::uint64_t{1} << static_cast<unsigned>(cost.logN),
                                            static_cast<std::uint64_t>(cost.r), static_cast<std::uint64_t>(cost.p), room, key.data(), key.size()) != 1)
        return std::nullopt;
    return key;
}

template <std::size_t size>
std::string hexOf(const std::array<unsigned char, size>& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const auto byte : bytes) {
        out += digits[byte >> 4U];
        out += digits[byte & 0x0FU];
    }
    return out;
}

template <std::size_t size>
bool fromHex(std::string_view text, std::array<unsigned char, size>& out) {
    if (text.size() != 2 * size)
        return false;
    for (std::size_t i = 0; i < size; ++i) {
        const auto* const end = text.data() + 2 * i + 2;
        if (const auto read = std::from_chars(end - 2, end, out[i], 16); read.ec != std::errc() || read.ptr != end)
            return false;
    }
    return true;
}

bool fromDigits(std::string_view text, int& out) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size();
}

} // namespace

bool isPin(std::string_view text) {
    if (text.size() > mostPinBytes || !isUtf8(text) ||
        std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
        return false;
    const auto letters = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0U) != 0x80U; }));
    return letters >= fewestInPin && letters <= mostInPin;
}

Result<std::string> pinRecord(std::string_view pin, const PinCost& cost) {
    if (!isPin(pin))
        return fail(Code::refused, "a PIN has 4 to 12 characters");
    Salt salt{};
    if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1)
        return fail(Code::internal, "there is no randomness for a key");
    const auto key = keyOf(pin, salt, cost);
    if (!key)
        return fail(Code::internal, "scrypt is not available");
    return "scrypt$" + std::to_string(cost.logN) + "$" + std::to_string(cost.r) + "$" + std::to_string(cost.p) + "$" + hexOf(salt) + "$" +
           hexOf(*key);
}

bool matchesPin(std::string_view pin, std::string_view record) {
    if (!isPin(pin))
        return false;
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= record.size() && parts.size() < 7;) {
        const auto to = std::min(record.find('$', from), record.size());
        parts.push_back(record.substr(from, to - from));
        from = to + 1;
    }
    PinCost cost;
    Salt salt{};
    Key kept{};
    if (parts.size() != 6 || parts[0] != "scrypt" || !fromDigits(parts[1], cost.logN) || !fromDigits(parts[2], cost.r) ||
        !fromDigits(parts[3], cost.p) || !fromHex(parts[4], salt) || !fromHex(parts[5], kept))
        return false;
    const auto key = keyOf(pin, salt, cost);
    return key && CRYPTO_memcmp(key->data(), kept.data(), kept.size()) == 0;
}

} // namespace tocsin::base
