#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {
constexpr double cell = 8;  ///< pixels of the screen for one of the picture
constexpr int radius = 9;   ///< cells that a report is spread over to each side
constexpr double mostAlpha = 115;
} // namespace

HeatLayer::HeatLayer(const ReportLayer& reports)
    : SymbolLayer(QStringLiteral("heat"), QStringLiteral("report")), m_reports(reports) {}

QString HeatLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Density of reports");
}

QColor HeatLayer::shade(const Theme& theme, double strength) const {
    QColor colour = theme.colours().text;
    colour.setAlphaF(static_cast<float>(std::clamp(strength, 0.0, 1.0) * mostAlpha / 255));
    return colour;
}

void HeatLayer::layOut(LayerContext& context) {
    m_picture = {};
    m_all = m_reports.all();
    m_shown = 0;
    const QRectF area = context.area.adjusted(-cell * radius, -cell * radius, cell * radius, cell * radius);
    const int width = static_cast<int>(area.width() / cell) + 1;
    const int height = static_cast<int>(area.height() / cell) + 1;
    const map::WorldPoint low = context.view.toWorld(area.topLeft());
    const map::WorldPoint high = context.view.toWorld(area.bottomRight());
    std::vector<ClusterTree::Group> groups;
    m_reports.groupsIn({low.x, low.y, high.x, high.y}, cell / context.view.worldPixels(), groups);
    if (groups.empty())
        return;
    // A quartic kernel, as density maps use it: smooth, and nothing beyond its radius.
    std::vector<float> sum(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
    float most = 0;
    for (const ClusterTree::Group& group : groups) {
        const QPointF at = context.view.toScreen(map::WorldPoint{group.x, group.y}) - area.topLeft();
        m_shown += static_cast<int>(group.count);
        const int cx = static_cast<int>(at.x() / cell);
        const int cy = static_cast<int>(at.y() / cell);
        for (int y = std::max(0, cy - radius); y <= std::min(height - 1, cy + radius); ++y)
            for (int x = std::max(0, cx - radius); x <= std::min(width - 1, cx + radius); ++x) {
                const double dx = (x + 0.5 - at.x() / cell) / radius;
                const double dy = (y + 0.5 - at.y() / cell) / radius;
                const double d = 1 - dx * dx - dy * dy;
                if (d <= 0)
                    continue;
                float& here = sum[static_cast<std::size_t>(y * width + x)];
                here += static_cast<float>(d * d * group.count);
                most = std::max(most, here);
            }
    }
    // A single report alone is a breath of shade; where they lie thick the shade is full.
    const float full = std::max(most, 3.0F);
    QImage picture(width, height, QImage::Format_ARGB32);
    const QColor ink = context.theme().colours().text;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const float part = sum[static_cast<std::size_t>(y * width + x)] / full;
            picture.setPixel(x, y,
                             qRgba(ink.red(), ink.green(), ink.blue(), static_cast<int>(part * mostAlpha)));
        }
    m_picture = picture.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    m_place = QRectF(area.topLeft(), QSizeF(width * cell, height * cell));
}

void HeatLayer::paintGround(QPainter& painter, const Theme&) {
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(m_place, m_picture);
    painter.restore();
}

} // namespace tocsin::gui
