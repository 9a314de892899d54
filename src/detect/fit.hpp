#pragma once

#include <optional>
#include <span>

namespace tocsin::detect {

/// Values over time, for a fit: seconds from any origin, ascending.
struct FitPoint {
    double seconds{0};
    double value{0};
};

/// When a fitted curve reaches a threshold, in seconds after `at`, and half the width of the 95 % interval about it.
struct FitCrossing {
    double seconds{0};
    double plusMinus{0};
};

/// A straight line by least squares: reaches at x₀ = (threshold − a)/b. The interval is that of the inverse prediction
/// of one further observation, s/|b| · √(1 + 1/n + (x₀ − x̄)²/Sxx) · 1.96 (Draper & Smith, Applied Regression Analysis,
/// 3rd ed. 1998, section 3.2). Absent where the slope leads away, or is under three of its standard errors, or the
/// last quarter of the time plainly leads the other way, or what it leads to has been passed at `at`. At least four
/// points.
[[nodiscard]] std::optional<FitCrossing> crossStraight(std::span<const FitPoint> points, double threshold, bool above,
                                                       double at);

/// An exponential towards a base level, v = base + A·e^(−kt), as a river falls when rain has ended (Barnes, EOS Trans.
/// AGU 20 (1939) 721–725) and as its rise levels off. The three parameters come from the means of three equal parts of
/// the time (partial totals: Cornell, Biometrics 18 (1962) 104–113); the interval from the errors of those means
/// through the derivatives. A straight line where no bend towards a base is plain. Absent where the base lies short of
/// the threshold, and as crossStraight().
[[nodiscard]] std::optional<FitCrossing> crossRecession(std::span<const FitPoint> points, double threshold, bool above,
                                                        double at);

} // namespace tocsin::detect
