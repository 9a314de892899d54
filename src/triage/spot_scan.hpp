#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace tocsin::triage {

/// How many windows of time are looked at together, all ending now, shortest first.
constexpr std::size_t scanWindows = 3;

/// What is usual in each cell of a grid, row by row.
struct ScanGrid {
    int columns{0};
    int rows{0};
    std::vector<double> past;  ///< reports that were counted there
    std::vector<double> prior; ///< what is expected there before that is known, in the same measure; over 0
    double strength{1};        ///< of the prior: the shape of a gamma distribution
    std::vector<double> share; ///< of all reports, in the mean; sums to 1

    /// Cells of the past smoothed towards their neighbours and the grid's mean (empirical Bayes with a gamma prior, its
    /// shape by moments: Clayton & Kaldor 1987, Biometrics 43(3)). Rates of empty cells stay above nothing.
    void smooth();
    [[nodiscard]] std::size_t at(int column, int row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
    }
};

/// A circle of whole cells about a cell.
struct ScanShape {
    double radius{0};      ///< in cells, between centres
    int reach{0};          ///< rows up and down
    std::vector<int> half; ///< columns to the left and right, by row from −reach on
    std::size_t cells{0};
};
[[nodiscard]] std::vector<ScanShape> scanShapes(double mostRadiusCells);

/// Reports of each cell in each window; a longer window holds the shorter one's.
using ScanCounts = std::array<std::uint32_t, scanWindows>;

/// A circle about a cell, and a window.
struct ScanFind {
    int column{0};
    int row{0};
    std::size_t shape{0};
    std::size_t window{0};
    double count{0};
    double share{0}; ///< of all that is usual
    double strength{0};
};

/// Log likelihood ratio of Kulldorff's Poisson model (1997, Communications in Statistics 26(6), formula for one zone):
/// of `total` reports `count` fell where `expected` were; 0 where it is no more than expected.
[[nodiscard]] double likelihoodRatio(double count, double expected, double total);

/// The same where what is expected is known and does not depend on the total (Neill 2009, International Journal of
/// Forecasting 25(3)).
[[nodiscard]] double likelihoodRatioAlone(double count, double expected);

/// What each window is held against.
struct ScanAgainst {
    std::array<double, scanWindows> totals{}; ///< as many as came in it, or as usually come if that is more
    std::array<bool, scanWindows> alone{};    ///< more came than that: circles are held against what is expected alone
    double whole{1};                          ///< the share of what is not taken out
};

/// The strongest circle about any cell that has reports. `allowed`: how many of the shapes each cell may be given.
[[nodiscard]] std::optional<ScanFind> scan(const ScanGrid& grid, const std::vector<ScanCounts>& counts,
                                           const ScanAgainst& against, const std::vector<ScanShape>& shapes,
                                           const std::vector<std::uint8_t>& allowed, double leastCount);
[[nodiscard]] std::vector<std::size_t> cellsOf(const ScanGrid& grid, const ScanFind& find, const ScanShape& shape);
/// From now on no circle may reach into the one that is found.
void keepApart(const ScanGrid& grid, const ScanFind& find, const std::vector<ScanShape>& shapes,
               std::vector<std::uint8_t>& allowed);

/// How high the strongest circle comes by chance: a Gumbel distribution (Abrams, Kulldorff & Kleinman 2010,
/// International Journal of Health Geographics 9:61), fitted by moments on replicas that are drawn with what is not
/// known of the baseline in them. The same for the same grid and totals.
struct ScanChance {
    double location{0};
    double scale{1};
    [[nodiscard]] double of(double strength) const;
};
[[nodiscard]] ScanChance chanceOf(const ScanGrid& grid, const std::array<double, scanWindows>& totals,
                                  const std::vector<ScanShape>& shapes, double leastCount);

} // namespace tocsin::triage
