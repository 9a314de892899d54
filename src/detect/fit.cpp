#include "detect/fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tocsin::detect {
namespace {

constexpr std::size_t fewestPoints = 4;
constexpr double halfWidth95 = 1.96;
constexpr double plainSlope = 3; // standard errors
constexpr double farthest = 400 * 86400.0;

struct Line {
    double meanSeconds{0};
    double meanValue{0};
    double slope{0};
    double spread{0}; ///< Sxx
    double error{0};  ///< s, of the residuals
};

std::optional<Line> straight(std::span<const FitPoint> points) {
    const auto n = static_cast<double>(points.size());
    Line line;
    for (const FitPoint& point : points) {
        line.meanSeconds += point.seconds / n;
        line.meanValue += point.value / n;
    }
    double sxy = 0;
    double syy = 0;
    for (const FitPoint& point : points) {
        const double x = point.seconds - line.meanSeconds;
        const double y = point.value - line.meanValue;
        line.spread += x * x;
        sxy += x * y;
        syy += y * y;
    }
    if (line.spread <= 0)
        return std::nullopt;
    line.slope = sxy / line.spread;
    line.error = std::sqrt(std::max(0.0, syy - line.slope * sxy) / (n - 2));
    return line;
}

/// Means of three equal parts of the time, and of how many points each is.
struct Thirds {
    std::array<double, 3> mean{};
    std::array<double, 3> count{};
    double begin{0};
    double width{0}; ///< seconds of a part
};

std::optional<Thirds> thirdsOf(std::span<const FitPoint> points) {
    Thirds thirds;
    thirds.begin = points.front().seconds;
    thirds.width = (points.back().seconds - thirds.begin) / 3;
    if (thirds.width <= 0)
        return std::nullopt;
    // The area under the line through the points, so that it does not matter how they lie in the parts.
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const FitPoint& a = points[i];
        const FitPoint& b = points[i + 1];
        if (b.seconds <= a.seconds)
            continue;
        for (std::size_t part = 0; part < 3; ++part) {
            const double from = std::max(a.seconds, thirds.begin + static_cast<double>(part) * thirds.width);
            const double to = std::min(b.seconds, thirds.begin + static_cast<double>(part + 1) * thirds.width);
            if (to <= from)
                continue;
            const double middle = (from + to) / 2 - a.seconds;
            const double value = a.value + (b.value - a.value) * middle / (b.seconds - a.seconds);
            thirds.mean[part] += value * (to - from) / thirds.width;
        }
        const auto part = static_cast<std::size_t>((a.seconds - thirds.begin) / thirds.width);
        thirds.count[std::min<std::size_t>(2, part)] += 1;
    }
    if (*std::min_element(thirds.count.begin(), thirds.count.end()) < 2)
        return std::nullopt;
    return thirds;
}

struct Recession {
    double base{0};
    double rate{0};  ///< k, a second
    double level{0}; ///< above the base at `at`
};

std::optional<Recession> recessionOf(const std::array<double, 3>& mean, const Thirds& thirds, double at) {
    const double first = mean[0] - mean[1];
    const double second = mean[1] - mean[2];
    if (first == 0 || second == 0)
        return std::nullopt;
    const double ratio = second / first;
    if (ratio <= 0.01 || ratio >= 0.99)
        return std::nullopt;
    Recession fit;
    fit.rate = -std::log(ratio) / thirds.width;
    fit.base = mean[2] - second * ratio / (1 - ratio);
    // The mean of A·e^(−kt) over the last part is A·e^(−kt₂)·(1 − ratio)/(k·width): gives A at the part's begin t₂.
    const double atLast = (mean[2] - fit.base) * fit.rate * thirds.width / (1 - ratio);
    fit.level = atLast * std::exp(-fit.rate * (at - thirds.begin - 2 * thirds.width));
    return fit;
}

std::optional<double> reaches(const Recession& fit, double threshold) {
    const double left = threshold - fit.base;
    if (left == 0 || fit.level == 0 || left / fit.level <= 0 || left / fit.level > 1)
        return std::nullopt;
    return std::log(fit.level / left) / fit.rate;
}

double valueAt(const Recession& fit, double secondsFrom) {
    return fit.base + fit.level * std::exp(-fit.rate * secondsFrom);
}

/// Whether the last quarter of the time plainly leads the other way: a flood that has passed its top still rises over
/// the whole window.
bool hasTurned(std::span<const FitPoint> points, bool above) {
    const double from = points.back().seconds - (points.back().seconds - points.front().seconds) / 4;
    const auto first = std::find_if(points.begin(), points.end(), [&](const FitPoint& p) { return p.seconds >= from; });
    const auto lately = points.subspan(static_cast<std::size_t>(first - points.begin()));
    if (lately.size() < fewestPoints)
        return false;
    const auto line = straight(lately);
    return line && line->slope != 0 && (line->slope > 0) != above &&
           std::abs(line->slope) * std::sqrt(line->spread) >= plainSlope * line->error;
}

} // namespace

std::optional<FitCrossing> crossStraight(std::span<const FitPoint> points, double threshold, bool above, double at) {
    if (points.size() < fewestPoints)
        return std::nullopt;
    const auto line = straight(points);
    if (!line || line->slope == 0 || (line->slope > 0) != above)
        return std::nullopt;
    if (std::abs(line->slope) * std::sqrt(line->spread) < plainSlope * line->error || hasTurned(points, above))
        return std::nullopt;
    const double from = line->meanSeconds + (threshold - line->meanValue) / line->slope;
    if (!std::isfinite(from) || from < at || from - at > farthest)
        return std::nullopt;
    const double x = from - line->meanSeconds;
    const double variance = 1 + 1 / static_cast<double>(points.size()) + x * x / line->spread;
    return FitCrossing{from - at, halfWidth95 * line->error / std::abs(line->slope) * std::sqrt(variance)};
}

std::optional<FitCrossing> crossRecession(std::span<const FitPoint> points, double threshold, bool above, double at) {
    if (points.size() < fewestPoints)
        return std::nullopt;
    const auto thirds = thirdsOf(points);
    const auto fit = thirds ? recessionOf(thirds->mean, *thirds, at) : std::nullopt;
    if (!fit)
        return crossStraight(points, threshold, above, at);
    double squares = 0;
    for (const FitPoint& point : points) {
        const double off = point.value - valueAt(*fit, point.seconds - at);
        squares += off * off;
    }
    const double error = std::sqrt(squares / static_cast<double>(std::max<std::size_t>(points.size(), 4) - 3));
    // Is the bend more than chance? Its error is that of m₁ − 2m₂ + m₃.
    const auto& n = thirds->count;
    const double bend = std::abs(thirds->mean[0] - 2 * thirds->mean[1] + thirds->mean[2]);
    if (bend < plainSlope * error * std::sqrt(1 / n[0] + 4 / n[1] + 1 / n[2]))
        return crossStraight(points, threshold, above, at);
    if ((fit->level < 0) != above || hasTurned(points, above)) // it leads the other way
        return std::nullopt;
    const auto seconds = reaches(*fit, threshold);
    if (!seconds || *seconds > farthest)
        return std::nullopt;
    // The errors of the three means, by differences; and that of one further observation where it crosses.
    const double slope = std::abs(fit->rate * (threshold - fit->base));
    double variance = std::pow(error / slope, 2);
    for (std::size_t i = 0; i < 3; ++i) {
        const double step = std::max(error / std::sqrt(n[i]), 1e-9 * std::max(1.0, std::abs(thirds->mean[i])));
        auto moved = thirds->mean;
        moved[i] += step;
        const auto other = recessionOf(moved, *thirds, at);
        const auto then = other ? reaches(*other, threshold) : std::nullopt;
        variance += std::pow(then ? *then - *seconds : *seconds, 2); // not at all, then: as wide as it is far
    }
    return FitCrossing{*seconds, halfWidth95 * std::sqrt(variance)};
}

} // namespace tocsin::detect
