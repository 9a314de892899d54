#include "tocsin/store/tracks.hpp"

#include "store/files.hpp"
#include "store/track_file.hpp"

#include <algorithm>

namespace tocsin::store {

namespace fs = std::filesystem;
using base::Code;

namespace {

/// Files kept open between calls.
constexpr std::size_t mostOpen = 3;
/// Files that one group of transactions may span.
constexpr std::size_t mostTogether = 8;
constexpr std::size_t mostNameBytes = 120;

using Rows = std::vector<std::uint32_t>;
using Months = std::map<Month, Rows>;

class MonthlyTracks final : public TrackStore {
  public:
    MonthlyTracks(fs::path folder, Access access) : m_folder(std::move(folder)), m_access(access) {}

    [[nodiscard]] base::Result<std::vector<ReadingOutcome>>
    append(std::span<const model::UnitPosition> positions) override {
        if (m_access == Access::readOnly)
            return base::fail(Code::refused, m_folder.string() + " is open for reading only");
        const auto months = byMonth(positions);
        if (!months)
            return tl::unexpected(months.error());
        std::vector<ReadingOutcome> outcomes(positions.size(), ReadingOutcome::stored);
        for (auto next = months->begin(); next != months->end();) {
            const auto first = next;
            for (std::size_t n = 0; n < mostTogether && next != months->end(); ++n)
                ++next;
            auto done = appendTogether(positions, first, next, outcomes);
            trim(mostOpen);
            if (!done)
                return tl::unexpected(done.error());
        }
        return outcomes;
    }

    [[nodiscard]] base::Result<std::map<model::UnitId, model::UnitPosition>> latest() const override {
        return latestBetween(base::Time::min(), base::Time::max());
    }

    [[nodiscard]] base::Result<std::map<model::UnitId, model::UnitPosition>>
    latestBetween(base::Time from, base::Time to) const override {
        std::map<model::UnitId, model::UnitPosition> positions;
        auto read = newestFirst(from, to, [&](TrackFile& file) {
            file.latestBetween(from, to, positions);
            return true;
        });
        if (!read)
            return tl::unexpected(read.error());
        return positions;
    }

    [[nodiscard]] base::Result<std::vector<model::UnitPosition>>
    range(const model::UnitId& unit, base::Time from, base::Time to, std::size_t most) const override {
        std::vector<model::UnitPosition> positions;
        auto read = newestFirst(from, to, [&](TrackFile& file) {
            file.range(unit, from, to, most - positions.size(), positions);
            return positions.size() < most;
        });
        if (!read)
            return tl::unexpected(read.error());
        std::reverse(positions.begin(), positions.end());
        return positions;
    }

  private:
    static base::Result<Months> byMonth(std::span<const model::UnitPosition> positions) {
        Months months;
        for (std::size_t i = 0; i < positions.size(); ++i) {
            const auto size = positions[i].unit.value.size();
            if (size == 0 || size > mostNameBytes)
                return base::fail(Code::malformed, "position " + std::to_string(i + 1) + " has no unit's name");
            const auto month = Month::of(positions[i].time);
            if (!month)
                return base::fail(Code::outOfRange, "position " + std::to_string(i + 1) + " of " +
                                                        positions[i].unit.value + " has a year outside 1900 to 2200");
            months[*month].push_back(static_cast<std::uint32_t>(i));
        }
        return months;
    }

    /// Inserts into all files before the first is committed.
    base::Result<void> appendTogether(std::span<const model::UnitPosition> positions, Months::const_iterator first,
                                      Months::const_iterator last, std::vector<ReadingOutcome>& outcomes) {
        fs::path at = m_folder;
        auto done = guarded(m_folder, [&]() -> base::Result<void> {
            try {
                for (auto it = first; it != last; ++it) {
                    auto file = opened(it->first, Access::readWrite);
                    if (!file)
                        return tl::unexpected(file.error());
                    at = (*file)->path();
                    (*file)->begin();
                    (*file)->insert(positions, it->second, outcomes);
                }
                for (auto it = first; it != last; ++it) {
                    auto file = opened(it->first, Access::readWrite);
                    if (!file)
                        return tl::unexpected(file.error());
                    at = (*file)->path();
                    (*file)->commit();
                }
            } catch (const SQLite::Exception& e) {
                return tl::unexpected(errorOf(e, at));
            }
            return {};
        });
        if (!done) {
            for (const auto& file : m_open)
                file->rollback();
        }
        return done;
    }

    /// The file, from those that are open or opened now; most recently used last.
    base::Result<TrackFile*> opened(Month month, Access access) const {
        const auto found =
            std::find_if(m_open.begin(), m_open.end(), [month](const auto& file) { return file->month() == month; });
        if (found != m_open.end()) {
            std::rotate(found, found + 1, m_open.end());
            return m_open.back().get();
        }
        auto file = TrackFile::open(m_folder, month, access);
        if (!file)
            return tl::unexpected(file.error());
        m_open.push_back(std::move(*file));
        return m_open.back().get();
    }

    void trim(std::size_t most) const {
        if (m_open.size() > most)
            m_open.erase(m_open.begin(), m_open.end() - static_cast<std::ptrdiff_t>(most));
    }

    [[nodiscard]] std::vector<Month> monthsOnDisk() const {
        std::vector<Month> months;
        std::error_code ec;
        for (auto it = fs::directory_iterator(m_folder, ec); !ec && it != fs::directory_iterator(); it.increment(ec)) {
            if (const auto month = Month::fromFileName(it->path().filename().string()))
                months.push_back(*month);
        }
        std::sort(months.begin(), months.end(), std::greater<>());
        return months;
    }

    /// Calls `use` with each month of that time, the newest first, until it returns false.
    template <typename Use>
    base::Result<void> newestFirst(base::Time from, base::Time to, const Use& use) const {
        for (const auto month : monthsOnDisk()) {
            if (month.begin() > to || month.end() <= from)
                continue;
            const bool isOpen =
                std::any_of(m_open.begin(), m_open.end(), [month](const auto& file) { return file->month() == month; });
            // A writer's open files are for writing: it looks into other months without keeping them.
            std::unique_ptr<TrackFile> passing;
            TrackFile* file = nullptr;
            if (isOpen || m_access == Access::readOnly) {
                auto kept = opened(month, m_access);
                if (!kept)
                    return tl::unexpected(kept.error());
                file = *kept;
                trim(mostOpen);
            } else {
                auto once = TrackFile::open(m_folder, month, Access::readOnly);
                if (!once)
                    return tl::unexpected(once.error());
                passing = std::move(*once);
                file = passing.get();
            }
            auto more = guarded(file->path(), [&]() -> base::Result<bool> { return use(*file); });
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                break;
        }
        return {};
    }

    fs::path m_folder;
    Access m_access;
    mutable std::vector<std::unique_ptr<TrackFile>> m_open;
};

} // namespace

base::Result<std::unique_ptr<TrackStore>> TrackStore::open(const fs::path& folder, Access access) {
    if (access == Access::readWrite) {
        if (auto made = makeFolder(folder); !made)
            return tl::unexpected(made.error());
    }
    return std::make_unique<MonthlyTracks>(folder, access);
}

} // namespace tocsin::store
