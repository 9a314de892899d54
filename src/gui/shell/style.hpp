#pragma once

#include "tocsin/gui/theme.hpp"

#include <QProxyStyle>
#include <QString>

namespace tocsin::gui {

/// What a style sheet cannot say: check marks, arrows, dock separators that look 1 px wide but can be grabbed, and that a wheel over a
/// choice or a number scrolls what it stands in: whoever scrolls past must change nothing.
class TocsinStyle : public QProxyStyle {
    Q_OBJECT
  public:
    explicit TocsinStyle(const Palette& palette);
    void setColours(const Palette& palette) { m_palette = palette; }

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    using QProxyStyle::polish;
    using QProxyStyle::unpolish;
    void polish(QWidget* widget) override;
    void unpolish(QWidget* widget) override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    Palette m_palette;
};

/// The application's style sheet in these colours.
[[nodiscard]] QString styleSheetFor(const Palette& palette);

} // namespace tocsin::gui
