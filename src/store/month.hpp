#pragma once

#include "tocsin/base/time.hpp"

#include <compare>
#include <optional>
#include <string>

namespace tocsin::store {

/// A month of UTC, counted from January of year 0.
struct Month {
    int number{0};

    /// Absent outside 1900–2200.
    [[nodiscard]] static std::optional<Month> of(base::Time time);
    /// From "2026-11.db"; absent for any other name.
    [[nodiscard]] static std::optional<Month> fromFileName(const std::string& name);
    [[nodiscard]] std::string fileName() const;
    [[nodiscard]] base::Time begin() const;
    [[nodiscard]] base::Time end() const; ///< the next month's begin
    friend auto operator<=>(const Month&, const Month&) = default;
};

} // namespace tocsin::store
