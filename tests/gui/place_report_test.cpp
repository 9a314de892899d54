#include "gui/calls/place_report_dialog.hpp"
#include "gui/panels/row_list.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/report_panel.hpp"
#include "tocsin/gui/report_placer.hpp"
#include "tocsin/gui/report_triage.hpp"
#include "tocsin/model/json.hpp"

#include <QAbstractItemModel>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

using test::id;

class PlaceReportTest : public test::PanelTest {
  protected:
    PlaceReportTest() {
        auto* column = new QVBoxLayout(&window);
        map = new MapView(ui, nullptr, &window);
        column->addWidget(map);
        window.resize(1'366, 768);
        window.show();
        map->setView(model::Position::trusted(47.1265, 9.5180), 13.5);
        ui.reports = &finds;
        placer = std::make_unique<ReportPlacer>(ReportPlacer::Parts{ui, [](const QString& text, std::optional<model::Position>, std::size_t) {
                          return text == QStringLiteral("Steg")
                                     ? std::vector<FoundPlace>{{QStringLiteral("Steg"), QStringLiteral("village"),
                                                                model::Position::trusted(47.11, 9.57), 10}}
                                     : std::vector<FoundPlace>{};
                      },
                      {}, map, &window});
        auto& report = desk.scene().state.reports.at(reportId);
        report.position = model::Position::trusted(47.14, 9.52);
        report.accuracyMetres = 30;
        report.place = "by the mill";
    }
    ~PlaceReportTest() override { placer.reset(); }
    PlaceReportDialog& open() {
        placer->open(reportId);
        auto* dialog = window.findChild<PlaceReportDialog*>();
        EXPECT_NE(dialog, nullptr);
        QApplication::setActiveWindow(dialog);
        QCoreApplication::processEvents();
        return *dialog;
    }
    static QPushButton& act(QWidget& dialog) { return *dialog.findChild<QPushButton*>(QStringLiteral("placeAct")); }
    static QCheckBox& over(QWidget& dialog) { return *dialog.findChild<QCheckBox*>(QStringLiteral("placeOver")); }
    static QString said(QWidget& dialog) {
        QStringList texts;
        for (const auto* label : dialog.findChildren<QLabel*>())
            texts << label->text();
        return texts.join(QLatin1Char('\n'));
    }

    const model::ReportId reportId = id<model::ReportId>(1);
    QWidget window;
    MapView* map;
    ReportTriage finds;
    std::unique_ptr<ReportPlacer> placer;
};

TEST_F(PlaceReportTest, AnAddressIsFoundAndNothingIsOverwrittenUnasked) {
    PlaceReportDialog& dialog = open();
    EXPECT_TRUE(said(dialog).contains(QStringLiteral("by the mill"))) << "what the sender said";
    EXPECT_TRUE(said(dialog).contains(QStringLiteral("± 30 m"))) << said(dialog).toStdString();
    EXPECT_FALSE(act(dialog).isEnabled());
    auto* line = dialog.findChild<QLineEdit*>(QStringLiteral("callPlace"));
    ASSERT_TRUE(line->hasFocus());
    QTest::keyClicks(line, QStringLiteral("Steg")); // goes over the selected words
    EXPECT_EQ(line->text(), QStringLiteral("Steg"));
    auto& field = *dialog.findChild<PlaceField*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return field.offered() == 1; }));
    QTest::keyClick(line, Qt::Key_Return);
    ASSERT_TRUE(over(dialog).isVisible());
    EXPECT_TRUE(over(dialog).text().contains(QStringLiteral("5.0 km"))) << over(dialog).text().toStdString();
    EXPECT_FALSE(act(dialog).isEnabled()) << "asked first";
    QTest::keyClick(line, Qt::Key_Return);
    EXPECT_EQ(desk.lastSent<desk::PlaceReport>(), nullptr);
    over(dialog).click();
    ASSERT_TRUE(act(dialog).isEnabled());
    act(dialog).click();
    const auto* sent = desk.lastSent<desk::PlaceReport>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->report, reportId);
    EXPECT_EQ(sent->position, model::Position::trusted(47.11, 9.57));
    EXPECT_EQ(sent->how, "address");
    EXPECT_FALSE(dialog.isVisible());
}

TEST_F(PlaceReportTest, APickOnTheMapByKeyboardIsAPlace) {
    desk.scene().state.reports.at(reportId).position.reset();
    PlaceReportDialog& dialog = open();
    QTest::keyClick(dialog.focusWidget(), Qt::Key_P, Qt::AltModifier);
    QCoreApplication::processEvents();
    EXPECT_FALSE(dialog.isVisible()) << "it does not lie over what is pointed at";
    ASSERT_NE(map->tool(), nullptr);
    QTest::keyClick(map, Qt::Key_Space);
    EXPECT_TRUE(dialog.isVisible());
    EXPECT_EQ(map->tool(), nullptr);
    EXPECT_FALSE(over(dialog).isVisible()) << "nothing stands there yet";
    ASSERT_TRUE(act(dialog).isEnabled());
    QTest::keyClick(&dialog, Qt::Key_Return);
    const auto* sent = desk.lastSent<desk::PlaceReport>();
    ASSERT_NE(sent, nullptr);
    EXPECT_NEAR(sent->position.latitude(), 47.1265, 1e-6);
    EXPECT_EQ(sent->how, "map");
}

TEST_F(PlaceReportTest, WhatWasAgreedToIsAskedAnewWhenAnotherMovesIt) {
    PlaceReportDialog& dialog = open();
    dialog.pointedAt(model::Position::trusted(47.13, 9.53));
    over(dialog).click();
    ASSERT_TRUE(act(dialog).isEnabled());
    desk.scene().state.reports.at(reportId).position = model::Position::trusted(47.2, 9.5);
    Changes changes;
    changes.reports.insert(reportId);
    desk.tell(changes);
    EXPECT_FALSE(over(dialog).isChecked());
    EXPECT_FALSE(act(dialog).isEnabled());
    over(dialog).click();
    EXPECT_TRUE(act(dialog).isEnabled());
    dialog.pointedAt(model::Position::trusted(47.131, 9.531)); // and when the place is another
    EXPECT_FALSE(act(dialog).isEnabled());
}

TEST_F(PlaceReportTest, SaysWhatTheSenderGaveAfterAPersonHasPlacedIt) {
    test::addEntry(desk.scene(), "report.placed", "Beck", reportId.toString().c_str(),
                   nlohmann::json{{"before", model::Position::trusted(47.0, 9.4)}, {"how", "map"}}, base::Duration{0});
    PlaceReportDialog& dialog = open();
    EXPECT_TRUE(said(dialog).contains(Words::position(model::Position::trusted(47.0, 9.4)))) << said(dialog).toStdString();
    EXPECT_TRUE(said(dialog).contains(QStringLiteral("Beck"))) << said(dialog).toStdString();
    EXPECT_TRUE(said(dialog).contains(QStringLiteral("Position now")));
}

TEST_F(PlaceReportTest, ARefusalIsShownAndNothingIsClosed) {
    desk.scene().state.reports.at(reportId).position.reset();
    PlaceReportDialog& dialog = open();
    dialog.pointedAt(model::Position::trusted(47.13, 9.53));
    desk.refuseNext = base::Error{base::Code::unavailable, "the disk is full", {}};
    act(dialog).click();
    EXPECT_TRUE(dialog.isVisible());
    EXPECT_TRUE(act(dialog).isEnabled());
}

TEST_F(PlaceReportTest, PInTheListOpensItAndSpeaksChinese) {
    ReportPanel panel(ui);
    selection.select(reportId);
    QTest::keyClick(&panel.list(), Qt::Key_P);
    auto* dialog = window.findChild<PlaceReportDialog*>();
    ASSERT_NE(dialog, nullptr);
    speak(QStringLiteral("zh_CN"));
    EXPECT_FALSE(act(*dialog).text().contains(QStringLiteral("Put")));
    desk.isReadOnly = true;
    dialog->pointedAt(model::Position::trusted(47.13, 9.53));
    over(*dialog).click();
    EXPECT_FALSE(act(*dialog).isEnabled());
}

} // namespace
} // namespace tocsin::gui
