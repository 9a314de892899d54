#pragma once

#include "store/month_file.hpp"

#include <filesystem>
#include <memory>
#include <vector>

namespace tocsin::store {

/// The files of a readings folder, of which few are open at a time.
class ReadingMonths {
  public:
    ReadingMonths(std::filesystem::path folder, Access access) : m_folder(std::move(folder)), m_access(access) {}

  protected:
    /// Files kept open between calls.
    static constexpr std::size_t mostOpen = 3;

    /// The file, from those that are open or opened now; most recently used last.
    [[nodiscard]] base::Result<MonthFile*> opened(Month month, Access access) const;
    [[nodiscard]] base::Result<MonthFile*> writable(Month month) { return opened(month, Access::readWrite); }
    /// Closes those that were used longest ago.
    void trim(std::size_t most) const;
    /// The newest first.
    [[nodiscard]] std::vector<Month> monthsOnDisk() const;

    /// Calls `use` with each month that `wanted` wants, the newest first, until it returns false.
    template <typename Use, typename Wanted>
    base::Result<void> newestFirst(const Use& use, const Wanted& wanted) const {
        for (const auto month : monthsOnDisk()) {
            if (!wanted(month))
                continue;
            std::unique_ptr<MonthFile> passing;
            const auto file = readable(month, passing);
            if (!file)
                return tl::unexpected(file.error());
            auto more = guarded((*file)->path(), [&]() -> base::Result<bool> { return use(**file); });
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                break;
        }
        return {};
    }
    template <typename Use>
    base::Result<void> newestFirst(const Use& use) const {
        return newestFirst(use, [](Month) { return true; });
    }

    std::filesystem::path m_folder;
    Access m_access;
    mutable std::vector<std::unique_ptr<MonthFile>> m_open;

  private:
    /// A writer's open files are for writing: it looks into other months without keeping them.
    [[nodiscard]] base::Result<MonthFile*> readable(Month month, std::unique_ptr<MonthFile>& passing) const;
};

} // namespace tocsin::store
