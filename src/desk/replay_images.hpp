#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/state.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::desk {

/// When the journal's entries happened. "Up to a moment" means up to the last entry whose time is not after it: where
/// clocks went back, entries before that one belong to it although their time is later, because it was written after
/// them and builds on them.
class Timeline {
  public:
    /// Entries come in the order of their seq.
    void add(std::int64_t seq, base::Time time);
    /// The last entry whose time ≤ at; 0 if there is none.
    [[nodiscard]] std::int64_t lastUpTo(base::Time at) const;
    [[nodiscard]] std::int64_t size() const { return m_size; }
    [[nodiscard]] base::Time first() const { return m_first; } ///< earliest time
    [[nodiscard]] base::Time last() const { return m_last; }   ///< latest time

  private:
    struct Stop {
        std::int64_t seq{0};
        base::Time time;
    };
    std::vector<Stop> m_stops; ///< the entries that are earlier than all after them: rising in seq and in time
    std::int64_t m_size{0};
    base::Time m_first;
    base::Time m_last;
};

/// The images of all things after each of some entries. An image is kept once however many checkpoints hold it, so a
/// checkpoint costs a pointer a thing. There are never more than 64: then every second one is dropped, and from there
/// on they are twice as far apart.
class Checkpoints {
  public:
    static constexpr std::size_t most = 64;

    /// The last entry that was taken in.
    [[nodiscard]] std::int64_t end() const { return m_end; }
    /// Takes in what the next entry changed.
    void add(std::int64_t seq, std::vector<model::Changed> changes);
    /// The nearest entry ≤ seq of which the images are held: a checkpoint, or the end itself; 0 is the empty state.
    [[nodiscard]] std::int64_t nearestUpTo(std::int64_t seq) const;
    /// The state after that entry.
    [[nodiscard]] model::State stateAt(std::int64_t seq) const;
    [[nodiscard]] std::size_t count() const { return m_points.size(); }
    [[nodiscard]] std::size_t things() const { return m_images.size(); }

  private:
    using Images = std::vector<std::shared_ptr<const model::Changed>>;
    struct Point {
        std::int64_t seq{0};
        Images images;
    };
    [[nodiscard]] const Point* pointUpTo(std::int64_t seq) const;

    std::unordered_map<std::string, std::size_t> m_slots; ///< by kind and id
    Images m_images;                                      ///< by slot, as they are at the end
    std::int64_t m_end{0};
    std::int64_t m_apart{128};
    std::vector<Point> m_points;
};

} // namespace tocsin::desk
