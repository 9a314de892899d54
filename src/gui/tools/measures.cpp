#include "gui/tools/measures.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <array>
#include <cmath>

namespace tocsin::gui {
namespace {

/// Three figures that count, and no point that nobody needs.
QString three(double value) {
    return Words::number(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

} // namespace

QString Measures::distance(base::Metres metres) {
    if (!std::isfinite(metres.value))
        return QStringLiteral("—");
    if (metres.value < 999.5)
        return tr("%1 m", "metres").arg(Words::number(metres.value, metres.value < 9.95 ? 1 : 0));
    return tr("%1 km", "kilometres").arg(three(metres.value / 1000));
}

QString Measures::area(base::SquareMetres square) {
    if (!std::isfinite(square.value))
        return QStringLiteral("—");
    if (square.value < 9'999.5)
        return tr("%1 m²", "square metres").arg(Words::number(square.value, 0));
    if (square.value < 999'500)
        return tr("%1 ha", "hectares").arg(three(square.value / 10'000));
    return tr("%1 km²", "square kilometres").arg(three(square.value / 1'000'000));
}

QString Measures::bearing(base::Degrees degrees) {
    if (!std::isfinite(degrees.value))
        return QStringLiteral("—");
    const int whole = (static_cast<int>(std::lround(degrees.value)) % 360 + 360) % 360;
    static constexpr std::array names{
        QT_TR_NOOP("N"), QT_TR_NOOP("NE"), QT_TR_NOOP("E"), QT_TR_NOOP("SE"),
        QT_TR_NOOP("S"), QT_TR_NOOP("SW"), QT_TR_NOOP("W"), QT_TR_NOOP("NW"),
    };
    const auto eighth = static_cast<std::size_t>(((whole + 22) / 45) % 8);
    return QStringLiteral("%1° %2").arg(whole, 3, 10, QLatin1Char('0')).arg(tr(names.at(eighth)));
}

} // namespace tocsin::gui
