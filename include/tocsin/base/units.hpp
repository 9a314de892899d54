#pragma once

#include <compare>

namespace tocsin::base {

/// A number with its unit in the type: metres do not add to seconds.
template <typename Tag>
struct Quantity {
    double value{0};

    constexpr Quantity() = default;
    constexpr explicit Quantity(double v) : value(v) {}
    friend constexpr auto operator<=>(const Quantity&, const Quantity&) = default;
    constexpr Quantity operator+(Quantity o) const { return Quantity(value + o.value); }
    constexpr Quantity operator-(Quantity o) const { return Quantity(value - o.value); }
    constexpr Quantity operator*(double f) const { return Quantity(value * f); }
    constexpr Quantity operator/(double f) const { return Quantity(value / f); }
    constexpr double operator/(Quantity o) const { return value / o.value; }
    constexpr Quantity& operator+=(Quantity o) {
        value += o.value;
        return *this;
    }
};

using Metres = Quantity<struct MetresTag>;
using Seconds = Quantity<struct SecondsTag>;
using Degrees = Quantity<struct DegreesTag>;
using SquareMetres = Quantity<struct SquareMetresTag>;
using KilometresPerHour = Quantity<struct KilometresPerHourTag>;

} // namespace tocsin::base
