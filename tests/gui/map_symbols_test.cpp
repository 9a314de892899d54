#include "tocsin/gui/symbols.hpp"

#include <gtest/gtest.h>
#include <set>

namespace tocsin::gui {
namespace {

bool isBlank(const QPixmap& pixmap) {
    const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (qAlpha(image.pixel(x, y)) > 0)
                return false;
    return true;
}

TEST(Symbols, EveryGlyphDrawsSomethingInTheColourAsked) {
    ASSERT_GT(Symbols::names().size(), 70);
    for (const QString& name : Symbols::names()) {
        EXPECT_FALSE(isBlank(Symbols::glyph(name, 20, Qt::red))) << name.toStdString();
        EXPECT_EQ(Symbols::glyph(name, 20, Qt::red, 2.0).width(), 40);
    }
}

TEST(Symbols, AnUnknownNameIsAnEmptySquare) {
    const QPixmap none = Symbols::glyph(QStringLiteral("no-such-thing"), 20, Qt::red);
    EXPECT_EQ(none.size(), QSize(20, 20));
    EXPECT_TRUE(isBlank(none));
    EXPECT_FALSE(Symbols::has(QStringLiteral("no-such-thing")));
}

TEST(Symbols, EveryKindOfThingHasItsGlyph) {
    for (int kind = 0; kind <= static_cast<int>(model::ResourceKind::station); ++kind)
        EXPECT_TRUE(Symbols::has(Symbols::forResourceKind(static_cast<model::ResourceKind>(kind))));
    for (int kind = 0; kind <= static_cast<int>(model::SensorKind::other); ++kind)
        EXPECT_TRUE(Symbols::has(Symbols::forSensor(static_cast<model::SensorKind>(kind))));
    for (int hazard = 0; hazard <= static_cast<int>(model::HazardClass::socialSecurity); ++hazard)
        EXPECT_TRUE(Symbols::has(Symbols::forHazard("", static_cast<model::HazardClass>(hazard))));
    EXPECT_EQ(Symbols::forHazard("flood", model::HazardClass::naturalDisaster), QStringLiteral("flood"));
}

TEST(Symbols, SeverityIsToldByShapeAlone) {
    const Theme theme(Theme::Look::dark);
    std::set<QString> shapes;
    for (int grade = 1; grade <= 4; ++grade) {
        const QImage image = Symbols::severity(static_cast<model::Grade>(grade), 32, theme).toImage();
        QString outline;
        for (int y = 0; y < 32; ++y)
            for (int x = 0; x < 32; ++x)
                outline += qAlpha(image.pixel(x, y)) > 127 ? QLatin1Char('#') : QLatin1Char('.');
        shapes.insert(outline);
    }
    EXPECT_EQ(shapes.size(), 4U);
}

} // namespace
} // namespace tocsin::gui
