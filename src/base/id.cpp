#include "tocsin/base/id.hpp"

#include "tocsin/base/ascii.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/random.h>
#include <system_error>

namespace tocsin::base {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

/// RFC 9562 section 5.7: 48 bits of milliseconds, version, 12 bits, variant, 62 bits.
Uuid version7(std::uint64_t millis, std::uint16_t twelveBits, std::uint64_t random) {
    Uuid u;
    for (std::size_t i = 0; i < 6; ++i)
        u.bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
    u.bytes[6] = static_cast<std::uint8_t>(0x70U | ((twelveBits >> 8U) & 0x0FU));
    u.bytes[7] = static_cast<std::uint8_t>(twelveBits);
    for (std::size_t i = 0; i < 8; ++i)
        u.bytes[8 + i] = static_cast<std::uint8_t>(random >> (56 - 8 * i));
    u.bytes[8] = static_cast<std::uint8_t>((u.bytes[8] & 0x3FU) | 0x80U);
    return u;
}

std::uint64_t millisOf(Time time) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(
        0, std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count()));
}

/// The system's randomness, fetched for many ids at once: std::random_device asks the processor anew for every four
/// bytes, which took a third of the desk's time while reports came in by the thousand.
class RandomBits {
  public:
    std::uint64_t next() {
        if (m_at == m_words.size()) {
            // 256 bytes are given whole; a signal can only come before the system's pool is ready.
            while (::getrandom(m_words.data(), sizeof m_words, 0) != static_cast<ssize_t>(sizeof m_words)) {
                if (errno != EINTR)
                    throw std::system_error(errno, std::generic_category(), "no randomness for an id");
            }
            m_at = 0;
        }
        return m_words.at(m_at++);
    }

  private:
    std::array<std::uint64_t, 32> m_words{};
    std::size_t m_at{m_words.size()};
};

} // namespace

bool Uuid::isNull() const {
    return std::all_of(bytes.begin(), bytes.end(), [](auto b) { return b == 0; });
}

std::string Uuid::toString() const {
    std::string out(36, '-');
    std::size_t at = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            ++at;
        out[at++] = hexDigits[bytes[i] >> 4U];
        out[at++] = hexDigits[bytes[i] & 0x0FU];
    }
    return out;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36)
        return std::nullopt;
    Uuid u;
    std::size_t at = 0;
    for (std::size_t i = 0; i < u.bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            if (text[at++] != '-')
                return std::nullopt;
        }
        const int high = hexDigit(text[at]);
        const int low = hexDigit(text[at + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        u.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
        at += 2;
    }
    return u;
}

RandomIdSource::RandomIdSource(const Clock& clock) : m_clock(clock) {}

Uuid RandomIdSource::next() {
    thread_local RandomBits bits;
    const auto random = bits.next();
    const std::lock_guard lock(m_mutex);
    const auto millis = millisOf(m_clock.now());
    // RFC 9562 section 6.2, method 1: a counter in rand_a keeps the order within a millisecond, and while a clock
    // stands still or goes back.
    if (millis > m_lastMillis) {
        m_lastMillis = millis;
        m_counter = static_cast<std::uint16_t>(random >> 62U);
    } else if (++m_counter > 0x0FFF) {
        ++m_lastMillis;
        m_counter = 0;
    }
    return version7(m_lastMillis, m_counter, random);
}

SeededIdSource::SeededIdSource(Time start, std::uint64_t seed) : m_millis(millisOf(start)), m_state(seed) {}

Uuid SeededIdSource::next() {
    const std::lock_guard lock(m_mutex);
    // SplitMix64 (Steele, Lea, Flood 2014): enough to look like random bits, the same everywhere.
    m_state += 0x9E3779B97F4A7C15ULL;
    auto z = m_state;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    z ^= z >> 31U;
    const auto count = m_count++;
    return version7(m_millis + (count >> 12U), static_cast<std::uint16_t>(count & 0x0FFFU), z);
}

} // namespace tocsin::base

std::size_t std::hash<tocsin::base::Uuid>::operator()(const tocsin::base::Uuid& u) const noexcept {
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    std::memcpy(&a, u.bytes.data(), 8);
    std::memcpy(&b, u.bytes.data() + 8, 8);
    return a ^ (b * 0x9E3779B97F4A7C15ULL);
}
