#include "gui/map/town_names.hpp"

#include <QFont>
#include <QFontMetricsF>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace tocsin::gui {
namespace {

// As in the style: from which zoom on a rank is written, and how large.
constexpr int smallestRank = 4; ///< what is less than a part of a town is not kept clear: they are too many
constexpr double fromZoom[] = {6, 6, 6, 7, 9.5};
using Sizes = std::array<std::pair<double, double>, 4>; ///< zoom and pixels
constexpr Sizes big{{{8, 12}, {12, 17}, {15, 20}, {15, 20}}};
constexpr Sizes middle{{{8, 10.5}, {11, 12}, {14, 15}, {16, 17}}};
constexpr double wrapWidth = 90;
constexpr double halo = 2;

double sizeAt(const Sizes& sizes, double zoom) {
    if (zoom <= sizes.front().first)
        return sizes.front().second;
    for (std::size_t i = 1; i < sizes.size(); ++i)
        if (zoom <= sizes[i].first) {
            const auto& [z0, p0] = sizes[i - 1];
            const auto& [z1, p1] = sizes[i];
            return z1 > z0 ? p0 + (p1 - p0) * (zoom - z0) / (z1 - z0) : p1;
        }
    return sizes.back().second;
}

} // namespace

void TownNames::set(std::vector<TownName> names) {
    m_names = std::move(names);
    m_widths.clear();
}

void TownNames::measure(const QString& language) {
    constexpr int pixels = 100;
    QFont font(QStringLiteral("Noto Sans"));
    font.setPixelSize(pixels);
    font.setBold(true);
    const QFontMetricsF metrics(font);
    m_widths.clear();
    for (const TownName& town : m_names)
        m_widths.push_back(metrics.horizontalAdvance(QString::fromStdString(town.name.in(language.toStdString()))) / pixels);
    m_language = language;
}

std::vector<QRectF> TownNames::boxes(const Viewport& view, const QRectF& area, const QString& language) {
    if (m_widths.size() != m_names.size() || language != m_language)
        measure(language);
    std::vector<QRectF> out;
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        const TownName& town = m_names[i];
        if (town.rank < 1 || town.rank > smallestRank || view.zoom < fromZoom[town.rank])
            continue;
        const QPointF at = view.toScreen(town.position);
        if (!area.contains(at))
            continue;
        const double size = sizeAt(town.rank <= 2 ? big : middle, view.zoom);
        const double whole = m_widths[i] * size;
        // Names of several words stand in several lines.
        const bool wraps = whole > wrapWidth && town.name.in(language.toStdString()).find(' ') != std::string::npos;
        const double lines = wraps ? std::ceil(whole / wrapWidth) : 1;
        const QSizeF box(whole / lines + 2 * halo, size * 1.2 * lines + 2 * halo);
        out.emplace_back(at - QPointF(box.width() / 2, box.height() / 2), box);
    }
    return out;
}

} // namespace tocsin::gui
