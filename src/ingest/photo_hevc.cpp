#include "photo_hevc.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace tocsin::ingest {

namespace {

using base::Code;

// Types of units: ITU-T H.265, table 7-1.
constexpr unsigned firstIntra = 16;
constexpr unsigned lastIntra = 21;
constexpr unsigned firstOther = 32; ///< below stand the slices
constexpr unsigned parameterSet = 33;

constexpr std::size_t mostSetBytes = 256; ///< the size stands far before

tl::unexpected<base::Error> bad(std::string what, std::size_t at) {
    return base::fail(Code::malformed, std::move(what), {.line = {}, .column = {}, .byte = at});
}

std::uint32_t byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
}
std::uint32_t big16(std::string_view bytes, std::size_t at) {
    return byteAt(bytes, at) << 8U | byteAt(bytes, at + 1);
}
unsigned typeOf(std::string_view unit) {
    return byteAt(unit, 0) >> 1U & 0x3FU;
}

/// Bits of a unit, whose third of "00 00 03" is none of them (7.4.2). Past the end they are zero, and it is not whole.
class Bits {
  public:
    explicit Bits(std::string_view unit) {
        int zeros = 0;
        for (const char c : unit.substr(0, mostSetBytes)) {
            if (zeros >= 2 && c == 3) {
                zeros = 0;
                continue;
            }
            zeros = c == 0 ? zeros + 1 : 0;
            m_bytes += c;
        }
    }
    std::uint32_t take(unsigned count) {
        std::uint32_t value = 0;
        for (; count > 0; --count)
            value = value << 1U | next();
        return value;
    }
    void skip(std::size_t count) { m_at += count; }
    /// ue(v), 9.2
    std::uint32_t number() {
        unsigned zeros = 0;
        while (whole() && next() == 0)
            ++zeros;
        if (zeros > 31) {
            m_at = m_bytes.size() * 8 + 1;
            return 0;
        }
        return (1U << zeros) - 1 + take(zeros);
    }
    [[nodiscard]] bool whole() const { return m_at <= m_bytes.size() * 8; }

  private:
    std::uint32_t next() {
        const auto at = m_at++;
        return at / 8 < m_bytes.size() ? byteAt(m_bytes, at / 8) >> (7U - at % 8) & 1U : 0U;
    }
    std::string m_bytes;
    std::size_t m_at{0};
};

/// 7.3.2.2: what stands before the size is passed over.
base::Result<HevcSize> sizeOf(std::string_view set, std::size_t at) {
    constexpr std::size_t profileBits = 88;
    constexpr std::size_t levelBits = 8;
    Bits bits(set);
    bits.skip(7);
    if (bits.take(6) != 0)
        return bad("the HEIC image is of several layers", at);
    bits.skip(3 + 4);
    const auto layers = bits.take(3);
    bits.skip(1 + profileBits + levelBits);
    std::size_t skipped = 0;
    for (std::uint32_t i = 0; i < layers; ++i) {
        skipped += bits.take(1) != 0 ? profileBits : 0;
        skipped += bits.take(1) != 0 ? levelBits : 0;
    }
    if (layers > 0)
        bits.skip(std::size_t{2} * (8 - layers) + skipped);
    (void)bits.number();         // its own number
    if (bits.number() == 3)      // chroma
        bits.skip(1);
    HevcSize out;
    out.width = bits.number();
    out.height = bits.number();
    if (!bits.whole() || out.width == 0 || out.height == 0)
        return bad("the HEIC image's parameters are broken", at);
    return out;
}

} // namespace

base::Result<HevcSize> readHevcSize(std::string_view configuration, std::size_t at) {
    constexpr std::size_t fixedPart = 23;
    if (configuration.size() < fixedPart)
        return bad("the HEIC image's parameters are cut off", at);
    if ((byteAt(configuration, 21) & 3U) != 3)
        return bad("the HEIC image's units do not have lengths of four bytes", at);
    HevcSize out;
    std::size_t next = fixedPart;
    for (auto arrays = byteAt(configuration, 22); arrays > 0; --arrays) {
        if (configuration.size() - next < 3)
            return bad("the HEIC image's parameters are cut off", at);
        auto units = big16(configuration, next + 1);
        next += 3;
        for (; units > 0; --units) {
            if (configuration.size() - next < 2)
                return bad("the HEIC image's parameters are cut off", at);
            const std::size_t length = big16(configuration, next);
            next += 2;
            if (length < 2 || length > configuration.size() - next)
                return bad("the HEIC image's parameters are cut off", at);
            const auto unit = configuration.substr(next, length);
            next += length;
            if (typeOf(unit) < firstOther)
                return bad("the HEIC image has a picture among its parameters", at);
            if (typeOf(unit) != parameterSet)
                continue;
            const auto size = sizeOf(unit, at);
            if (!size)
                return size;
            out.width = std::max(out.width, size->width);
            out.height = std::max(out.height, size->height);
        }
    }
    if (out.width == 0)
        return bad("the HEIC image says no size", at);
    return out;
}

base::Result<std::size_t> countHevcSlices(std::string_view coded, std::size_t at) {
    std::size_t slices = 0;
    for (std::size_t next = 0; next < coded.size();) {
        if (coded.size() - next < 4)
            return bad("the HEIC image ends before its time", at);
        const std::size_t length = std::size_t{big16(coded, next)} << 16U | big16(coded, next + 2);
        next += 4;
        if (length < 2 || length > coded.size() - next)
            return bad("a part of the HEIC image is longer than the picture", at);
        const auto unit = coded.substr(next, length);
        next += length;
        const auto type = typeOf(unit);
        if (type == parameterSet)
            return bad("the HEIC image says its size twice", at);
        if (type >= firstOther)
            continue;
        const bool first = length > 2 && (byteAt(unit, 2) & 0x80U) != 0;
        if (type < firstIntra || type > lastIntra || first != (slices == 0))
            return bad("the HEIC image is not one picture alone", at);
        ++slices;
    }
    if (slices == 0)
        return bad("the HEIC image has no picture in it", at);
    return slices;
}

} // namespace tocsin::ingest
