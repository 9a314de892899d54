#pragma once

#include "tocsin/base/clock.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::base {

/// 16 bytes, RFC 9562. Ours are version 7: they sort by the time they were made.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] bool isNull() const;
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);
    friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

/// An id that cannot be taken for the id of another kind of thing.
template <typename Tag>
struct Id {
    Uuid value{};

    Id() = default;
    explicit Id(Uuid v) : value(v) {}
    [[nodiscard]] bool isNull() const { return value.isNull(); }
    [[nodiscard]] std::string toString() const { return value.toString(); }
    [[nodiscard]] static std::optional<Id> parse(std::string_view text) {
        auto v = Uuid::parse(text);
        return v ? std::optional<Id>(Id(*v)) : std::nullopt;
    }
    friend auto operator<=>(const Id&, const Id&) = default;
};

/// Makes ids. Thread safe.
class IdSource {
  public:
    virtual ~IdSource() = default;
    [[nodiscard]] virtual Uuid next() = 0;
    template <typename IdType>
    [[nodiscard]] IdType make() {
        return IdType(next());
    }
};

/// UUIDv7 from a clock and the system's randomness; strictly increasing within one source.
class RandomIdSource final : public IdSource {
  public:
    explicit RandomIdSource(const Clock& clock);
    [[nodiscard]] Uuid next() override;

  private:
    const Clock& m_clock;
    std::mutex m_mutex;
    std::uint64_t m_lastMillis{0};
    std::uint16_t m_counter{0};
};

/// The same ids at every run, for the demo county and for tests: UUIDv7 in shape, counted from `start`.
class SeededIdSource final : public IdSource {
  public:
    explicit SeededIdSource(Time start, std::uint64_t seed = 1);
    [[nodiscard]] Uuid next() override;

  private:
    std::mutex m_mutex;
    std::uint64_t m_millis;
    std::uint64_t m_state;
    std::uint64_t m_count{0};
};

} // namespace tocsin::base

template <>
struct std::hash<tocsin::base::Uuid> {
    std::size_t operator()(const tocsin::base::Uuid& u) const noexcept;
};
template <typename Tag>
struct std::hash<tocsin::base::Id<Tag>> {
    std::size_t operator()(const tocsin::base::Id<Tag>& id) const noexcept {
        return std::hash<tocsin::base::Uuid>{}(id.value);
    }
};
