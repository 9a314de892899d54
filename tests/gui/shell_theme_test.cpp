#include "gui/fake_bridge.hpp"
#include "tocsin/gui/theme.hpp"

#include <QApplication>
#include <QComboBox>
#include <QFontInfo>
#include <QFontMetrics>
#include <QScrollArea>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <cmath>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

double luminance(const QColor& c) {
    const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(c.redF()) + 0.7152 * part(c.greenF()) + 0.0722 * part(c.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

class ThemeLook : public testing::TestWithParam<Theme::Look> {};

TEST_P(ThemeLook, textCanBeReadOnEverySurface) {
    const Theme theme(GetParam());
    const Palette& p = theme.colours();
    for (const QColor& ground : {p.panel, p.raised, p.selectedRow}) {
        EXPECT_GE(contrast(p.text, ground), 7.0) << ground.name().toStdString();
    }
    for (const QColor& ground : {p.panel, p.raised}) {
        EXPECT_GE(contrast(p.dim, ground), 7.0) << ground.name().toStdString();
    }
}

TEST_P(ThemeLook, severitiesAreFourDifferentColours) {
    const Theme theme(GetParam());
    std::set<QString> seen;
    for (const auto grade : {model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV}) {
        seen.insert(theme.grade(grade).name());
        EXPECT_GE(contrast(theme.onGrade(grade), theme.grade(grade)), 3.9);
    }
    EXPECT_EQ(seen.size(), 4U);
    EXPECT_FALSE(seen.contains(theme.colours().exercise.name()));
}

INSTANTIATE_TEST_SUITE_P(Both, ThemeLook, testing::Values(Theme::Look::dark, Theme::Look::light));

TEST(Theme, whoScrollsPastAChoiceOrANumberChangesNothing) {
    const Theme theme(Theme::Look::light);
    QScrollArea area;
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    auto* choice = new QComboBox(page);
    choice->addItems({QStringLiteral("WGS-84"), QStringLiteral("GCJ-02"), QStringLiteral("BD-09")});
    auto* number = new QSpinBox(page);
    number->setValue(3);
    auto* slider = new QSlider(Qt::Horizontal, page);
    slider->setValue(50);
    for (QWidget* one : {static_cast<QWidget*>(choice), static_cast<QWidget*>(number), static_cast<QWidget*>(slider)})
        column->addWidget(one);
    column->addStretch();
    area.setWidgetResizable(true);
    area.setWidget(page);
    area.resize(300, 200);
    area.show();
    QCoreApplication::processEvents();
    for (QWidget* one : {static_cast<QWidget*>(choice), static_cast<QWidget*>(number), static_cast<QWidget*>(slider)}) {
        one->setFocus();
        const QPointF at(one->rect().center());
        QWheelEvent wheel(at, one->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(one, &wheel);
        EXPECT_FALSE(wheel.isAccepted()) << one->metaObject()->className() << ": it goes on to the page";
    }
    EXPECT_EQ(choice->currentIndex(), 0);
    EXPECT_EQ(number->value(), 3);
    EXPECT_EQ(slider->value(), 50);
}

TEST(Theme, paperIsLightAndLeavesTheWindowAsItIs) {
    const Theme light(Theme::Look::light);
    const Theme worn(Theme::Look::dark);
    const auto before = QApplication::palette();
    const Theme paper(Theme::Paper{});
    EXPECT_EQ(paper.colours().panel, light.colours().panel);
    EXPECT_EQ(QApplication::palette(), before);
}

TEST(Theme, figuresStandInColumns) {
    const Theme theme(Theme::Look::dark);
    for (const auto kind : {Theme::Text::clock, Theme::Text::row, Theme::Text::rowBold, Theme::Text::second}) {
        const QFontMetricsF metrics(theme.font(kind));
        for (const char digit : {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'})
            EXPECT_DOUBLE_EQ(metrics.horizontalAdvance(QLatin1Char(digit)),
                             metrics.horizontalAdvance(QLatin1Char('8')));
    }
}

TEST(Theme, saysWhenTheLookChangesAndOnlyThen) {
    Theme theme(Theme::Look::dark);
    int changes = 0;
    QObject::connect(&theme, &Theme::changed, [&] { ++changes; });
    theme.setLook(Theme::Look::dark);
    EXPECT_EQ(changes, 0);
    theme.setLook(Theme::Look::light);
    EXPECT_EQ(changes, 1);
    EXPECT_EQ(theme.colours().panel, QColor(0xfbfbfa));
}

TEST(FakeBridge, showsTheSceneOfTheDrawing) {
    const test::FakeBridge desk;
    EXPECT_EQ(desk.state().alarms.size(), 5U);
    EXPECT_EQ(desk.state().incidents.size(), 3U);
    EXPECT_EQ(desk.log().back().type, "assignment.en-route");
    EXPECT_TRUE(desk.state().desk.exercise);
}

} // namespace
} // namespace tocsin::gui
