#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace tocsin::store {

/// What is known without looking: for each sensor of a file, moments at which it certainly has no reading yet. That is
/// all after its newest one and before its oldest, and one gap between, the longest: so a flood in order, a backlog
/// after an outage and a clock that was ahead for a while are all taken without a look at the disk.
class Marks {
  public:
    /// Times up to this are known of no sensor.
    void blindUntil(std::int64_t time) { m_blindUntil = std::max(m_blindUntil, time); }

    /// True if the sensor has no reading at `time`. False: perhaps.
    [[nodiscard]] bool isFresh(std::uint32_t sensor, std::int64_t time) const {
        if (time <= m_blindUntil)
            return false;
        if (sensor >= m_marks.size())
            return true;
        const auto& mark = m_marks[sensor];
        return time > mark.newest || time < mark.oldest || (time > mark.gapBegin && time < mark.gapEnd);
    }

    /// A reading that is now there.
    void take(std::uint32_t sensor, std::int64_t time) {
        auto& mark = at(sensor);
        if (mark.newest == none) {
            mark.newest = mark.oldest = time;
        } else if (time > mark.newest) {
            mark.offerGap(mark.newest, time);
            mark.newest = time;
        } else if (time < mark.oldest) {
            mark.offerGap(time, mark.oldest);
            mark.oldest = time;
        } else if (time > mark.gapBegin && time < mark.gapEnd) {
            mark.gapBegin = time;
        }
    }

    /// For a file that is opened: its sensor's newest two readings (`second` absent: there is but one).
    void restore(std::uint32_t sensor, std::int64_t newest, std::int64_t second, bool hasSecond) {
        auto& mark = at(sensor);
        mark.newest = newest;
        mark.oldest = hasSecond ? none : newest;
        mark.gapBegin = mark.gapEnd = none;
        if (hasSecond)
            mark.offerGap(second, newest);
    }

  private:
    static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();

    struct Mark {
        std::int64_t oldest{none};
        std::int64_t newest{none};
        std::int64_t gapBegin{none};
        std::int64_t gapEnd{none};

        void offerGap(std::int64_t begin, std::int64_t end) {
            // All within a month: no difference overflows.
            if (gapEnd == none || end - begin > gapEnd - gapBegin) {
                gapBegin = begin;
                gapEnd = end;
            }
        }
    };

    [[nodiscard]] Mark& at(std::uint32_t sensor) {
        if (sensor >= m_marks.size())
            m_marks.resize(static_cast<std::size_t>(sensor) + 1 + sensor / 8);
        return m_marks[sensor];
    }

    std::vector<Mark> m_marks;
    std::int64_t m_blindUntil{none};
};

} // namespace tocsin::store
