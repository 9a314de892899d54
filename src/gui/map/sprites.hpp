#pragma once

#include "tocsin/gui/symbols.hpp"

#include <QHash>
#include <QPixmap>
#include <QString>

namespace tocsin::gui {

/// All that a symbol's picture depends on.
struct SymbolLook {
    enum class Form : std::uint8_t { incident, alarm, report, sensor, resource, team, earthquake, object, pin, closure, unit };
    Form form{Form::incident};
    std::uint8_t grade{0}; ///< 1…4; 0: none
    std::uint8_t state{0}; ///< the form's own, see below
    std::uint8_t edge{24}; ///< pixels
    std::uint8_t turn{0};  ///< heading in steps of 5 degrees, clockwise from north
    bool selected{false};
    bool stacked{false}; ///< there are more behind it
    QString glyph;
    friend bool operator==(const SymbolLook&, const SymbolLook&) = default;

    enum AlarmLook : std::uint8_t { wanting = 0, acknowledged = 1, returned = 2, setAside = 3 };
    enum SensorLook : std::uint8_t { fresh = 0, stale = 1 };
    enum TeamLook : std::uint8_t { driving = 0, flying = 1 };
    enum UnitLook : std::uint8_t { heading = 1, old = 2, calling = 4, ours = 8 }; ///< together
    // report: 0 pending, 1 verified; resource: model::ResourceStatus
};
[[nodiscard]] std::size_t qHash(const SymbolLook& look, std::size_t seed = 0);

/// Paints the symbol about the origin. On paper (a PDF, an SVG) as vectors.
void paintSymbol(QPainter& painter, const SymbolLook& look, const Theme& theme);
/// How far from its middle a symbol may reach, pixels.
[[nodiscard]] double reachOf(const SymbolLook& look);

/// Symbols and the figures of counts as pixmaps, made once for each look, theme and pixel density. GUI thread.
class Sprites {
  public:
    explicit Sprites(const Theme& theme) : m_theme(theme) {}
    void forget();
    void use(double ratio); ///< device pixels a pixel
    void draw(QPainter& painter, const QPointF& at, const SymbolLook& look);
    /// A count in a pill whose middle is at `at`: 7, 128, 12k.
    void drawCount(QPainter& painter, const QPointF& at, std::uint32_t count);
    [[nodiscard]] const Theme& theme() const { return m_theme; }

  private:
    const Theme& m_theme;
    double m_ratio{1};
    QHash<SymbolLook, QPixmap> m_symbols;
    QHash<int, QPixmap> m_pills;      ///< by the number of figures
    QHash<char16_t, QPixmap> m_signs; ///< figures and what stands behind them
    double m_figure{7};
};

/// "7", "128", "1.2k", "12k"
[[nodiscard]] QString countText(std::uint32_t count);
/// True for a device that keeps lines and text as such.
[[nodiscard]] bool isPaper(const QPainter& painter);

} // namespace tocsin::gui
