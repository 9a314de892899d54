#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/county/records.hpp"

#include <string>
#include <string_view>

/// Cells of a table from outside as values. What is wrong with a cell is said by what is expected there.
namespace tocsin::county {

template <typename T>
struct Cell {
    std::optional<T> value;
    std::string expected; ///< why there is no value
};

/// A line of a CSV table, with its end; cells are quoted where a reader would take them for something else.
[[nodiscard]] std::string csvLine(const std::vector<std::string>& cells);
/// Full-width digits and signs as ASCII ones, blanks at both ends cut.
[[nodiscard]] std::string plainCell(std::string_view text);
/// "1200", "1,200", "12.5", "１２".
[[nodiscard]] Cell<double> numberCell(std::string_view text, double lowest, double highest);
[[nodiscard]] Cell<int> countCell(std::string_view text, int highest);
/// "2026-12-31", "2026/12/31", "2026年12月31日" (the day's begin in UTC), or a moment as base::parseTime takes it.
[[nodiscard]] Cell<base::Time> momentCell(std::string_view text);
/// "yes", "no", "是", "否", "1", "0".
[[nodiscard]] Cell<bool> yesNoCell(std::string_view text);
[[nodiscard]] Cell<model::ResourceKind> kindCell(std::string_view text);
[[nodiscard]] Cell<model::ResourceStatus> statusCell(std::string_view text);
[[nodiscard]] Cell<model::Datum> datumCell(std::string_view text);
/// "pumping:2 medical:1"; separated by blanks, commas, semicolons; codes or the county's names of them.
[[nodiscard]] Cell<std::vector<model::Capability>> capabilitiesCell(std::string_view text,
                                                                    const std::map<std::string, base::LocalText>& known);
/// "general:120/35 burns:4/1": total and free.
[[nodiscard]] Cell<std::vector<model::Beds>> bedsCell(std::string_view text);
[[nodiscard]] std::vector<std::string> wordsCell(std::string_view text);
/// Coordinates in any accepted form; a plain pair is in `datum`.
[[nodiscard]] Cell<model::Position> coordinatesCell(std::string_view text, model::Datum datum);
/// Empty where it can be kept; else what is expected.
[[nodiscard]] std::string textFault(std::string_view text, std::size_t most);

/// Shortest text that reads back the same.
[[nodiscard]] std::string numberText(double value);
/// A day where the moment is a day's begin.
[[nodiscard]] std::string momentText(base::Time time);

} // namespace tocsin::county
