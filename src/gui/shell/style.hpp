#pragma once

#include "tocsin/gui/theme.hpp"

#include <QProxyStyle>
#include <QString>

namespace tocsin::gui {

/// What a style sheet cannot say: check marks, arrows, and dock separators that look 1 px wide but can be grabbed.
class TocsinStyle : public QProxyStyle {
    Q_OBJECT
  public:
    explicit TocsinStyle(const Palette& palette);
    void setColours(const Palette& palette) { m_palette = palette; }

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;

  private:
    Palette m_palette;
};

/// The application's style sheet in these colours.
[[nodiscard]] QString styleSheetFor(const Palette& palette);

} // namespace tocsin::gui
