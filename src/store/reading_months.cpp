#include "store/reading_months.hpp"

#include <algorithm>

namespace tocsin::store {

namespace fs = std::filesystem;

base::Result<MonthFile*> ReadingMonths::opened(Month month, Access access) const {
    const auto found =
        std::find_if(m_open.begin(), m_open.end(), [month](const auto& file) { return file->month() == month; });
    if (found != m_open.end()) {
        std::rotate(found, found + 1, m_open.end());
        return m_open.back().get();
    }
    auto file = MonthFile::open(m_folder, month, access);
    if (!file)
        return tl::unexpected(file.error());
    m_open.push_back(std::move(*file));
    return m_open.back().get();
}

base::Result<MonthFile*> ReadingMonths::readable(Month month, std::unique_ptr<MonthFile>& passing) const {
    const bool isOpen =
        std::any_of(m_open.begin(), m_open.end(), [month](const auto& file) { return file->month() == month; });
    if (isOpen || m_access == Access::readOnly) {
        auto kept = opened(month, m_access);
        trim(mostOpen);
        return kept;
    }
    auto once = MonthFile::open(m_folder, month, Access::readOnly);
    if (!once)
        return tl::unexpected(once.error());
    passing = std::move(*once);
    return passing.get();
}

void ReadingMonths::trim(std::size_t most) const {
    if (m_open.size() > most)
        m_open.erase(m_open.begin(), m_open.end() - static_cast<std::ptrdiff_t>(most));
}

std::vector<Month> ReadingMonths::monthsOnDisk() const {
    std::vector<Month> months;
    std::error_code ec;
    for (auto it = fs::directory_iterator(m_folder, ec); !ec && it != fs::directory_iterator(); it.increment(ec)) {
        if (const auto month = Month::fromFileName(it->path().filename().string()))
            months.push_back(*month);
    }
    std::sort(months.begin(), months.end(), std::greater<>());
    return months;
}

} // namespace tocsin::store
