#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace tocsin::desk {

/// The newest reading of a sensor and which way it goes.
struct SensorNow {
    base::Time time;
    double value{0};
    double previous{0}; ///< the value before it; equal when there is none
    friend bool operator==(const SensorNow&, const SensorNow&) = default;
};

/// Newest readings of many sensors, each at most once. One costs a few bytes and no allocation, for a commit may bring
/// those of 20,000 sensors: the sensors are numbered, and their names stand in a table that all commits share.
class NewestReadings {
  public:
    using Names = std::vector<model::SensorId>;

    /// `names` by number.
    void begin(std::shared_ptr<const Names> names) { m_names = std::move(names); }
    /// Of a sensor that has none here yet; returns where it stands.
    std::uint32_t add(std::uint32_t number, const SensorNow& now) {
        m_items.push_back({number, now});
        return static_cast<std::uint32_t>(m_items.size() - 1);
    }
    void replace(std::uint32_t at, const SensorNow& now) { m_items[at].now = now; }

    [[nodiscard]] bool empty() const { return m_items.empty(); }
    [[nodiscard]] std::size_t size() const { return m_items.size(); }

  private:
    struct Item {
        std::uint32_t number;
        SensorNow now;
    };

  public:
    /// Gives pairs of the sensor's id and its SensorNow.
    class Iterator {
      public:
        Iterator(const Names* names, const Item* at) : m_names(names), m_at(at) {}
        std::pair<const model::SensorId&, const SensorNow&> operator*() const {
            return {(*m_names)[m_at->number], m_at->now};
        }
        Iterator& operator++() {
            ++m_at;
            return *this;
        }
        bool operator==(const Iterator& other) const { return m_at == other.m_at; }

      private:
        const Names* m_names;
        const Item* m_at;
    };
    [[nodiscard]] Iterator begin() const { return {m_names.get(), m_items.data()}; }
    [[nodiscard]] Iterator end() const { return {m_names.get(), m_items.data() + m_items.size()}; }

  private:
    std::shared_ptr<const Names> m_names;
    std::vector<Item> m_items;
};

} // namespace tocsin::desk
