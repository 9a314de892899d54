#pragma once

#include "tocsin/gui/theme.hpp"
#include "tocsin/model/alarm.hpp"
#include "tocsin/model/grade.hpp"
#include "tocsin/model/report.hpp"
#include "tocsin/model/resource.hpp"
#include "tocsin/model/sensor.hpp"

#include <QColor>
#include <QIcon>
#include <QPainter>
#include <QPixmap>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <string>

namespace tocsin::gui {

/// The one symbol family of the window: SVG glyphs on a 20-px grid in one colour, and the shapes that mean severity.
/// Holds no state of its own: pixmaps are kept in Qt's QPixmapCache. GUI thread. Sizes are device-independent pixels.
///
/// Names, all in resources/icons:
///   hazards    flood fire landslide earthquake storm accident health security hazard
///   resources  team vehicle boat warehouse shelter hospital expert helicopter drone pump station facility
///   sensors    river-level rain soil-movement seismic smoke weather sensor
///   things     report report-verified alarm alarm-outline incident warning closure route chevron-team
///   protected  school dam bridge fuel power
///   interface  logo bell bell-off search plus minus locate layers fullscreen fullscreen-exit mute sound sun moon
///              language keyboard close check chevron-up chevron-down chevron-left chevron-right play pause stop
///              skip pin clock list log phone person people link edit filter menu more undo undock download
///              trend-up trend-down trend-flat info shield send refresh coordinates home
class Symbols {
  public:
    Symbols() = delete;

    /// The glyph in one colour, sharp at `dpr`. An unknown name gives an empty square, never a null pixmap.
    [[nodiscard]] static QPixmap glyph(const QString& name, int px, const QColor& colour, qreal dpr = 1.0);
    /// For buttons and menus; `disabled` is the colour while disabled (default: the same at 40 %).
    [[nodiscard]] static QIcon icon(const QString& name, const QColor& colour, int px = 20,
                                    const QColor& disabled = QColor());
    /// Paints the glyph into `rect` (square; centred if it is not), sharp on the painter's device; as lines on a PDF or
    /// an SVG.
    static void paintGlyph(QPainter& painter, const QRectF& rect, const QString& name, const QColor& colour);

    /// I octagon, II triangle, III diamond, IV circle, each with its numeral: never colour alone. `filled` false draws
    /// the outline (acknowledged, returned). Reads well from 14 px.
    static void paintSeverity(QPainter& painter, const QRectF& rect, model::Grade grade, const Theme& theme,
                              bool filled = true);
    [[nodiscard]] static QPixmap severity(model::Grade grade, int px, const Theme& theme, qreal dpr = 1.0,
                                          bool filled = true);

    /// An incident: a diamond in the grade's colour with its hazard's glyph.
    static void paintIncident(QPainter& painter, const QRectF& rect, model::Grade grade, const QString& glyph,
                              const Theme& theme);
    /// A speech bubble: dashed with ? while unverified, solid with a tick once verified.
    static void paintReport(QPainter& painter, const QRectF& rect, bool verified, const QColor& line,
                            const QColor& fill);

    /// Stripes of the exercise colour, used for nothing else.
    [[nodiscard]] static QBrush exerciseBrush(const Theme& theme);

    [[nodiscard]] static QString forHazard(const std::string& hazard, model::HazardClass hazardClass);
    [[nodiscard]] static QString forResource(const model::Resource& resource);
    [[nodiscard]] static QString forResourceKind(model::ResourceKind kind);
    [[nodiscard]] static QString forSensor(model::SensorKind kind);

    [[nodiscard]] static bool has(const QString& name);
    [[nodiscard]] static QStringList names();
};

} // namespace tocsin::gui
