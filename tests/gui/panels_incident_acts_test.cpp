// Where an incident lies, which plan it has, and what it needs, as a person changes them.
#include "gui/calls/place_field.hpp"
#include "gui/panels/move_incident_dialog.hpp"
#include "gui/panels/needs_editor.hpp"
#include "gui/panels/plan_dialog.hpp"
#include "gui/panels/row_list.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"
#include "tocsin/gui/panels/detail_panel.hpp"
#include "tocsin/gui/panels/incident_panel.hpp"
#include "tocsin/gui/panels/new_incident_dialog.hpp"
#include "tocsin/gui/panels/report_panel.hpp"
#include "tocsin/gui/place_desk.hpp"

#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {
namespace {

using test::id;

const model::Position steg = model::Position::trusted(47.11, 9.57);

class IncidentActsTest : public test::PanelTest {
  protected:
    IncidentActsTest()
        : places(theme,
                 [](const QString& text, std::optional<model::Position>, std::size_t) {
                     return text == QStringLiteral("Steg")
                                ? std::vector<FoundPlace>{{QStringLiteral("Steg"), QStringLiteral("village"), steg, 10}}
                                : std::vector<FoundPlace>{};
                 },
                 {}) {
        column = new QVBoxLayout(&window);
        map = new MapView(ui, nullptr, &window);
        column->addWidget(map);
        window.resize(1'366, 768);
        window.show();
        map->setView(model::Position::trusted(47.1265, 9.5180), 13.5);
        places.setMap(map);
        ui.places = &places;
    }
    ~IncidentActsTest() override { places.setMap(nullptr); }

    template <typename Dialog>
    Dialog& opened(QWidget& owner) {
        auto* dialog = owner.findChild<Dialog*>();
        EXPECT_NE(dialog, nullptr);
        QApplication::setActiveWindow(dialog);
        QCoreApplication::processEvents();
        return *dialog;
    }
    template <typename Widget>
    static Widget& part(QWidget& of, const char* name) {
        auto* found = of.findChild<Widget*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return *found;
    }
    /// Types a name into the line and takes what the gazetteer offers.
    static void choose(QWidget& dialog, QLineEdit& line, const QString& name) {
        line.selectAll();
        QTest::keyClicks(&line, name);
        auto& field = *dialog.findChild<PlaceField*>();
        ASSERT_TRUE(QTest::qWaitFor([&] { return field.offered() == 1; }));
        QTest::keyClick(&line, Qt::Key_Return);
    }

    const model::IncidentId dyke = id<model::IncidentId>(1);
    PlaceDesk places;
    QWidget window;
    QVBoxLayout* column{nullptr};
    MapView* map{nullptr};
};

TEST_F(IncidentActsTest, AReportWithoutAPlaceOpensNoIncidentAtAMadeUpOne) {
    auto& report = desk.scene().state.reports.at(id<model::ReportId>(1));
    report.position.reset();
    report.place = "by the mill";
    ReportPanel panel(ui);
    panel.show();
    selection.select(id<model::ReportId>(1));
    QTest::keyClick(&panel.list(), Qt::Key_I);
    EXPECT_EQ(desk.lastSent<desk::OpenIncident>(), nullptr);
    auto& dialog = opened<NewIncidentDialog>(panel);
    auto& open = part<QPushButton>(dialog, "openButton");
    EXPECT_FALSE(open.isEnabled());
    EXPECT_TRUE(part<QLineEdit>(dialog, "position").text().isEmpty());
    EXPECT_TRUE(part<QLabel>(dialog, "trouble").text().startsWith(QStringLiteral("Where is it?")));
    auto& line = part<QLineEdit>(dialog, "place");
    EXPECT_EQ(line.text(), QStringLiteral("by the mill"));
    EXPECT_TRUE(line.hasFocus());
    choose(dialog, line, QStringLiteral("Steg"));
    ASSERT_TRUE(open.isEnabled());
    open.click();
    const auto* sent = desk.lastSent<desk::OpenIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->position, steg);
    EXPECT_EQ(sent->place.text, "Steg");
    EXPECT_EQ(sent->reports, std::vector{id<model::ReportId>(1)});
}

TEST_F(IncidentActsTest, AnAlarmOfAWarningThatOnlyACodePlacesAsksWhereToo) {
    auto& alarm = desk.scene().state.alarms.at(id<model::AlarmId>(2));
    alarm.position = {};
    AlarmPanel panel(ui);
    panel.show();
    selection.select(id<model::AlarmId>(2));
    QTest::keyClick(&panel.list(), Qt::Key_I);
    EXPECT_EQ(desk.lastSent<desk::OpenIncident>(), nullptr);
    auto& dialog = opened<NewIncidentDialog>(panel);
    QTest::keyClick(&part<QLineEdit>(dialog, "place"), Qt::Key_P, Qt::AltModifier);
    QCoreApplication::processEvents();
    EXPECT_FALSE(dialog.isVisible()) << "it does not lie over what is pointed at";
    ASSERT_NE(map->tool(), nullptr);
    QTest::keyClick(map, Qt::Key_Space);
    ASSERT_TRUE(dialog.isVisible());
    part<QPushButton>(dialog, "openButton").click();
    const auto* sent = desk.lastSent<desk::OpenIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_NEAR(sent->position.latitude(), 47.1265, 1e-5);
    EXPECT_EQ(sent->alarms, std::vector{id<model::AlarmId>(2)});
}

TEST_F(IncidentActsTest, NWithNothingSelectedAsksWhere) {
    const std::unique_ptr<NewIncidentDialog> dialog(NewIncidentDialog::fromSelection(ui, nullptr));
    part<QLineEdit>(*dialog, "title").setText(QStringLiteral("Tree on the road"));
    EXPECT_FALSE(part<QPushButton>(*dialog, "openButton").isEnabled());
    part<QLineEdit>(*dialog, "position").setText(QStringLiteral("47.1, 9.5"));
    EXPECT_TRUE(part<QPushButton>(*dialog, "openButton").isEnabled());
}

TEST_F(IncidentActsTest, ThePlanOfTheAlarmsRuleIsSentAndNamed) {
    auto other = desk.scene().plans.front();
    other.id = "dam-break";
    other.hazard = "dam";
    other.title = "Dam break";
    desk.scene().plans.push_back(other);
    auto& alarm = desk.scene().state.alarms.at(id<model::AlarmId>(2));
    alarm.plan = "dam-break";
    {
        AlarmPanel panel(ui);
        selection.select(id<model::AlarmId>(2));
        desk.effects = false;
        QTest::keyClick(&panel.list(), Qt::Key_I);
        ASSERT_NE(desk.lastSent<desk::OpenIncident>(), nullptr);
        EXPECT_EQ(desk.lastSent<desk::OpenIncident>()->plan, "dam-break");
    }
    const std::unique_ptr<NewIncidentDialog> dialog(NewIncidentDialog::fromSelection(ui, nullptr));
    EXPECT_TRUE(part<QLabel>(*dialog, "hint").text().contains(QString::fromUtf8("“Dam break”")));
    part<QComboBox>(*dialog, "grade").setCurrentIndex(3);
    EXPECT_TRUE(part<QLabel>(*dialog, "hint").text().contains(QString::fromUtf8("“Flood, grade II”"))) << "another grade than the rule's";
    part<QPushButton>(*dialog, "openButton").click();
    EXPECT_TRUE(desk.lastSent<desk::OpenIncident>()->plan.empty());
}

TEST_F(IncidentActsTest, AnIncidentIsMovedByKeyboardAndWhoIsComingIsNamed) {
    IncidentPanel panel(ui);
    panel.show();
    selection.select(dyke);
    QTest::keyClick(&panel.list(), Qt::Key_P);
    auto& dialog = opened<MoveIncidentDialog>(panel);
    EXPECT_TRUE(part<QLabel>(dialog, "moveTell").text().contains(QStringLiteral("Vaduz fire brigade 1")));
    auto& act = part<QPushButton>(dialog, "actButton");
    EXPECT_FALSE(act.isEnabled());
    choose(dialog, part<QLineEdit>(dialog, "callPlace"), QStringLiteral("Steg"));
    EXPECT_FALSE(act.isEnabled()) << "why?";
    EXPECT_TRUE(part<QLabel>(dialog, "moveFar").text().contains(QStringLiteral("km")));
    part<QLineEdit>(dialog, "reason").setText(QStringLiteral("the caller meant Steg"));
    ASSERT_TRUE(act.isEnabled());
    act.click();
    const auto* sent = desk.lastSent<desk::MoveIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->incident, dyke);
    EXPECT_EQ(sent->position, steg);
    EXPECT_EQ(sent->place.text, "Steg");
    EXPECT_EQ(sent->reason, "the caller meant Steg");
}

TEST_F(IncidentActsTest, AnotherGradeHasAKeyThatTheWindowDoesNotUse) {
    IncidentPanel panel(ui);
    panel.show();
    selection.select(dyke);
    QTest::keyClick(&panel.list(), Qt::Key_G);
    EXPECT_EQ(panel.findChild<PlanDialog*>(), nullptr) << "the window's: follow the gravest";
    QTest::keyClick(&panel.list(), Qt::Key_E);
    EXPECT_TRUE(part<QComboBox>(opened<PlanDialog>(panel), "grade").isEnabled());
}

TEST_F(IncidentActsTest, TheMapAndTheContextMenuMoveItToo) {
    DetailPanel panel(ui);
    panel.resize(416, 1'000);
    panel.show();
    selection.select(dyke);
    auto& button = part<QPushButton>(panel, "moveIncidentButton");
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {5, 5}, button.mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(button.parentWidget(), &event);
    auto* menu = panel.findChild<QMenu*>(QStringLiteral("incidentMenu"));
    ASSERT_NE(menu, nullptr);
    ASSERT_EQ(menu->actions().size(), 4);
    EXPECT_TRUE(menu->actions().front()->text().startsWith(QString::fromUtf8("Move…")));
    menu->actions().front()->trigger();
    menu->close();
    auto& dialog = opened<MoveIncidentDialog>(panel);
    QTest::keyClick(&part<QLineEdit>(dialog, "callPlace"), Qt::Key_P, Qt::AltModifier);
    QCoreApplication::processEvents();
    ASSERT_NE(map->tool(), nullptr);
    QTest::keyClick(map, Qt::Key_Space);
    part<QLineEdit>(dialog, "reason").setText(QStringLiteral("seen from the air"));
    part<QPushButton>(dialog, "actButton").click();
    const auto* sent = desk.lastSent<desk::MoveIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_NEAR(sent->position.latitude(), 47.1265, 1e-5);
    desk.isReadOnly = true;
    desk.tellAll();
    EXPECT_FALSE(button.isEnabled());
}

TEST_F(IncidentActsTest, WhoWasNotToldStandsInItsLineUntilItIs) {
    auto& state = desk.scene().state;
    for (auto& [key, one] : state.assignments)
        one.word = one.incident == dyke && one.state < model::AssignmentState::onScene ? model::TeamWord::moved : model::TeamWord::none;
    for (auto& [key, one] : state.resources)
        one.flies = true; // no other way, only the word
    DetailPanel panel(ui);
    panel.resize(416, 1'000);
    panel.show();
    selection.select(dyke);
    const auto rows = panel.findChildren<QPushButton*>(QStringLiteral("anotherWayButton"));
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto* each) { return each->isVisibleTo(&panel); });
    ASSERT_NE(found, rows.end());
    EXPECT_EQ((*found)->text(), QStringLiteral("Told"));
    EXPECT_TRUE((*found)->accessibleDescription().startsWith(QStringLiteral("The incident was moved")));
    (*found)->click();
    const auto* sent = desk.lastSent<desk::RecordTold>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->assignments.size(), 1U);
    EXPECT_EQ(sent->reached, model::Reached::voice);
    EXPECT_FALSE((*found)->isVisibleTo(&panel));
}

TEST_F(IncidentActsTest, AGraverGradeOffersWhatItsPlanWantsMoreAndShowsIt) {
    auto great = desk.scene().plans.front();
    great.id = "flood-I";
    great.grade = model::Grade::I;
    great.title = "Great flood";
    great.needs = {{"dyke-defence", 2, 5}};
    desk.scene().plans.push_back(great);
    PlanDialog dialog(ui, dyke, PlanDialog::Asks::grade, nullptr);
    auto& act = part<QPushButton>(dialog, "actButton");
    part<QLineEdit>(dialog, "reason").setText(QStringLiteral("it slides"));
    EXPECT_FALSE(act.isEnabled()) << "the same grade";
    part<QComboBox>(dialog, "grade").setCurrentIndex(0);
    EXPECT_TRUE(part<QRadioButton>(dialog, "planAdd").isChecked()) << "nobody is forgotten";
    EXPECT_EQ(part<QComboBox>(dialog, "plan").currentText(), QStringLiteral("Great flood"));
    auto& after = part<QLabel>(dialog, "needsAfter");
    EXPECT_TRUE(after.text().contains(QString::fromUtf8("L2 × 5"))) << after.text().toStdString();
    EXPECT_TRUE(after.text().contains(QString::fromUtf8("L1 × 1"))) << "pumping stays";
    part<QRadioButton>(dialog, "planReplace").click();
    const QString replaced = after.text();
    part<QRadioButton>(dialog, "planKeep").click();
    EXPECT_EQ(after.text(), QStringLiteral("Needed then: the same"));
    part<QRadioButton>(dialog, "planReplace").click();
    EXPECT_EQ(after.text(), replaced);
    ASSERT_TRUE(act.isEnabled());
    act.click();
    const auto* sent = desk.lastSent<desk::GradeIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->grade, model::Grade::I);
    EXPECT_EQ(sent->reason, "it slides");
    ASSERT_TRUE(sent->plan);
    EXPECT_EQ(sent->plan->plan, "flood-I");
    EXPECT_EQ(sent->plan->needs, desk::PlanMerge::replace);
    EXPECT_EQ(desk.state().incidents.at(dyke).plan, "flood-I");
}

TEST_F(IncidentActsTest, KeepingWithAnotherGradeKeepsThePlanToo) {
    PlanDialog dialog(ui, dyke, PlanDialog::Asks::grade, nullptr);
    part<QComboBox>(dialog, "grade").setCurrentIndex(2);
    EXPECT_TRUE(part<QRadioButton>(dialog, "planKeep").isChecked()) << "nobody is taken away unasked";
    part<QLineEdit>(dialog, "reason").setText(QStringLiteral("water falls"));
    part<QPushButton>(dialog, "actButton").click();
    const auto* sent = desk.lastSent<desk::GradeIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_FALSE(sent->plan);
}

TEST_F(IncidentActsTest, APlanIsGivenWithoutAnotherGrade) {
    auto dam = desk.scene().plans.front();
    dam.id = "dam-break";
    dam.title = "Dam break";
    dam.needs = {{"air-rescue", 3, 1}};
    desk.scene().plans.push_back(dam);
    DetailPanel panel(ui);
    panel.resize(416, 1'000);
    panel.show();
    selection.select(dyke);
    part<QPushButton>(panel, "changePlanButton").click();
    auto& dialog = opened<PlanDialog>(panel);
    auto& act = part<QPushButton>(dialog, "actButton");
    EXPECT_FALSE(part<QComboBox>(dialog, "grade").isVisibleTo(&dialog));
    EXPECT_FALSE(act.isEnabled()) << "that plan's needs stand already";
    part<QComboBox>(dialog, "plan").setCurrentIndex(1);
    ASSERT_TRUE(act.isEnabled());
    desk.refuseNext = base::Error{base::Code::notFound, "there is no plan 'dam-break'", {}};
    act.click();
    EXPECT_TRUE(part<QLabel>(dialog, "trouble").text().contains(QStringLiteral("dam-break")));
    ASSERT_TRUE(act.isEnabled()) << "it can be tried again";
    act.click();
    const auto* sent = desk.lastSent<desk::SetPlan>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->change.plan, "dam-break");
    EXPECT_EQ(sent->change.needs, desk::PlanMerge::add);
}

TEST_F(IncidentActsTest, WhatNobodyTouchedIsSentExactlyAsItWas) {
    auto& incident = desk.scene().state.incidents.at(dyke);
    model::Need tonnes;
    tonnes.kind = model::NeedKind::supply;
    tonnes.quantity = 0;
    tonnes.supply = "3010101";
    tonnes.unit = "t";
    tonnes.amount = 0.5;
    auto fine = tonnes;
    fine.unit = "kg";
    fine.amount = 0.12345;
    fine.within = base::Seconds(95);
    incident.needs = {{"dyke-defence", 2, 2}, tonnes, fine, {"dyke-defence", 2, 2}};
    NeedsEditor editor(ui, incident, nullptr);
    EXPECT_EQ(editor.needs(), incident.needs);
    auto boxes = editor.findChildren<QDoubleSpinBox*>();
    ASSERT_EQ(boxes.size(), 4);
    EXPECT_EQ(boxes[0]->decimals(), 0) << "teams are whole";
    EXPECT_EQ(boxes[1]->value(), 0.5);
    EXPECT_TRUE(boxes[1]->text().contains(QStringLiteral("0.5 ")) || boxes[1]->text().contains(QStringLiteral("0,5 ")))
        << boxes[1]->text().toStdString();
    boxes[0]->setValue(3);
    auto needs = editor.needs();
    EXPECT_EQ(needs[0].quantity, 3);
    EXPECT_EQ(needs[1], tonnes);
    EXPECT_EQ(needs[2], fine);
    boxes[1]->setValue(0.125);
    EXPECT_EQ(editor.needs()[1].amount, 0.125);
    EXPECT_EQ(editor.needs()[1].quantity, 0);
}

} // namespace
} // namespace tocsin::gui
