#include "gui/detail_support.hpp"

#include <QDialog>
#include <QLineEdit>
#include <QTest>
#include <nlohmann/json.hpp>

namespace tocsin::gui {
namespace {

using test::id;

class DetailTest : public test::DetailFixture {};

TEST_F(DetailTest, aRunningAssignmentGoesStepByStepAndCanBeReleased) {
    selection.select(id<model::IncidentId>(1));
    ASSERT_NE(find("nextStepButton"), nullptr);
    EXPECT_EQ(find("nextStepButton")->text(), QStringLiteral("Mark on scene"));
    find("nextStepButton")->click();
    const auto* sent = desk.lastSent<desk::AdvanceAssignment>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->to, model::AssignmentState::onScene);
    find("releaseButton")->click();
    EXPECT_EQ(desk.lastSent<desk::AdvanceAssignment>()->to, model::AssignmentState::released);
}

TEST_F(DetailTest, anAlarmOpensItsIncidentWithOneClick) {
    selection.select(id<model::AlarmId>(2));
    EXPECT_TRUE(reads(QStringLiteral("Send an observer"))) << "what to do";
    ASSERT_NE(find("detailOpenIncidentButton"), nullptr);
    find("detailOpenIncidentButton")->click();
    ASSERT_NE(desk.lastSent<desk::OpenIncident>(), nullptr);
    ASSERT_NE(selection.as<model::IncidentId>(), nullptr);
    EXPECT_EQ(panel.panelTitle(), QStringLiteral("Incident"));
}

TEST_F(DetailTest, anIncidentThatTheWindowHasNotSeenYetShowsAsSoonAsItComes) {
    const auto fresh = id<model::IncidentId>(77);
    selection.select(fresh);
    model::Incident incident = desk.state().incidents.at(id<model::IncidentId>(1));
    incident.id = fresh;
    incident.title = "Mudflow at Malbun";
    desk.scene().state.incidents[fresh] = incident;
    Changes changes;
    changes.incidents.insert(fresh);
    desk.tell(changes);
    EXPECT_TRUE(reads(QStringLiteral("Mudflow at Malbun")));
    ASSERT_FALSE(desk.asked.empty());
    EXPECT_EQ(desk.asked.back(), fresh);
}

TEST_F(DetailTest, theTimeLineTakesNewEntriesOfTheIncidentOnly) {
    selection.select(id<model::IncidentId>(1));
    Changes changes;
    for (const unsigned n : {1U, 2U}) {
        model::Entry e;
        e.seq = 900 + n;
        e.type = "note.written";
        e.subject = id<model::IncidentId>(n).toString();
        e.time = desk.time;
        e.data["text"] = "note about " + std::to_string(n);
        desk.scene().log.push_back(e);
        ++changes.entries;
    }
    desk.tell(changes);
    EXPECT_TRUE(reads(QStringLiteral("note about 1")));
    EXPECT_FALSE(reads(QStringLiteral("note about 2")));
}

TEST_F(DetailTest, aNoteIsWrittenAboutTheIncident) {
    selection.select(id<model::IncidentId>(1));
    auto* note = find<QLineEdit>("noteEdit");
    ASSERT_NE(note, nullptr);
    note->setText(QStringLiteral("called the power company"));
    QTest::keyClick(note, Qt::Key_Return);
    const auto* sent = desk.lastSent<desk::WriteNote>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->text, "called the power company");
    EXPECT_EQ(sent->incident, id<model::IncidentId>(1));
    EXPECT_TRUE(note->text().isEmpty());
}

TEST_F(DetailTest, closingAsksWhyAndShowsTheDesksRefusal) {
    selection.select(id<model::IncidentId>(1));
    find("closeIncidentButton")->click();
    auto* dialog = panel.findChild<QDialog*>();
    ASSERT_NE(dialog, nullptr);
    auto* act = dialog->findChild<QAbstractButton*>(QStringLiteral("actButton"));
    EXPECT_EQ(act->text(), QStringLiteral("Close incident 2026-0147"));
    EXPECT_FALSE(dialog->findChild<QAbstractButton*>(QStringLiteral("option"))->isVisible()) << "no aid was asked for";
    EXPECT_FALSE(act->isEnabled()) << "a reason first";
    dialog->findChild<QLineEdit*>(QStringLiteral("reason"))->setText(QStringLiteral("dry"));
    desk.refuseNext = base::Error{base::Code::conflict, "incident 2026-0147 still has 2 teams assigned", {}};
    act->click();
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_TRUE(dialog->findChild<QLabel*>(QStringLiteral("trouble"))->text().contains(QStringLiteral("2 teams assigned")));
    act->click();
    ASSERT_NE(desk.lastSent<desk::CloseIncident>(), nullptr);
    EXPECT_EQ(desk.lastSent<desk::CloseIncident>()->reason, "dry");
}

TEST_F(DetailTest, closingNamesTheAidThatIsStillToComeAndCallsItOff) {
    auto& aid = desk.scene().state.aidRequests;
    model::AidRequest request;
    request.id = id<model::AidRequestId>(1);
    request.number = "2026-0147/A1";
    request.incident = id<model::IncidentId>(1);
    request.state = model::AidState::accepted;
    aid[request.id] = request;
    selection.select(id<model::IncidentId>(1));
    find("closeIncidentButton")->click();
    auto* dialog = panel.findChild<QDialog*>();
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->findChild<QLabel*>(QStringLiteral("explanation"))->text().contains(QStringLiteral("2026-0147/A1")));
    auto* option = dialog->findChild<QAbstractButton*>(QStringLiteral("option"));
    ASSERT_TRUE(option->isVisible());
    EXPECT_TRUE(option->isChecked());
    dialog->findChild<QLineEdit*>(QStringLiteral("reason"))->setText(QStringLiteral("dry"));
    dialog->findChild<QAbstractButton*>(QStringLiteral("actButton"))->click();
    ASSERT_NE(desk.lastSent<desk::CloseIncident>(), nullptr);
    EXPECT_TRUE(desk.lastSent<desk::CloseIncident>()->callOffAid);
}

TEST_F(DetailTest, aProposedGradeIsConfirmedWithOneClick) {
    selection.select(id<model::IncidentId>(1));
    find("confirmGradeButton")->click();
    const auto* sent = desk.lastSent<desk::GradeIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->grade, model::Grade::II);
    EXPECT_EQ(find("confirmGradeButton"), nullptr) << "nothing to confirm any more";
}

TEST_F(DetailTest, everyKindOfThingHasItsFactsInBothLanguages) {
    const std::vector<std::pair<Selected, QString>> things{
        {id<model::ReportId>(1), QStringLiteral("The stream is over the path")},
        {id<model::WarningId>(1), QString::fromUtf8("莱茵河洪水橙色预警")},
        {id<model::EarthquakeId>(1), QStringLiteral("2.4")},
        {id<model::ResourceId>(9), QString::fromUtf8("瓦杜兹应急物资库")},
        {id<model::AssignmentId>(1), QString::fromUtf8("瓦杜兹消防1队")},
        {model::SensorId("rhine-vaduz"), QString::fromUtf8("莱茵河瓦杜兹站")},
        {std::monostate{}, QString::fromUtf8("当前没有选中对象")},
    };
    speak(QStringLiteral("zh_CN"));
    for (const auto& [what, text] : things) {
        selection.select(what);
        EXPECT_TRUE(reads(text)) << text.toStdString();
    }
}

TEST_F(DetailTest, aHeldWarningSaysSoAndIsPutInForceByAPerson) {
    selection.select(id<model::WarningId>(1));
    ASSERT_EQ(find("acceptWarningButton"), nullptr) << "one that is in force needs nobody's word";
    auto& warning = desk.scene().state.warnings.at(id<model::WarningId>(1));
    warning.state = model::WarningState::held;
    warning.signature = model::Signature::invalid;
    warning.trust = model::Trust::unverified;
    desk.tellAll();
    EXPECT_TRUE(reads(QStringLiteral("held back, not in force")));
    EXPECT_TRUE(reads(QStringLiteral("unverified source")));
    ASSERT_NE(find("acceptWarningButton"), nullptr);
    find("acceptWarningButton")->click();
    const auto* sent = desk.lastSent<desk::AcceptWarning>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->warning, id<model::WarningId>(1));
    warning.trust = model::Trust::official;
    desk.tellAll();
    EXPECT_FALSE(reads(QStringLiteral("unverified source")));
}

TEST_F(DetailTest, nothingIsWiderThanTheDock) {
    for (const int width : {416, 320}) {
        panel.resize(width, 1000);
        for (const Selected& what : std::vector<Selected>{
                 id<model::IncidentId>(1), id<model::AlarmId>(1), id<model::ReportId>(1), id<model::WarningId>(1),
                 id<model::ResourceId>(1), id<model::ResourceId>(9), model::SensorId("rhine-vaduz"), std::monostate{}}) {
            selection.select(what);
            QCoreApplication::processEvents();
            for (const auto* child : panel.findChildren<QWidget*>()) {
                if (!child->isVisibleTo(&panel) || child->isWindow())
                    continue;
                EXPECT_LE(child->mapTo(&panel, QPoint(child->width(), 0)).x(), width)
                    << child->metaObject()->className() << " " << child->objectName().toStdString();
            }
        }
    }
}

TEST_F(DetailTest, theTimesOfTheTimeLineStandBesideTheirSentences) {
    selection.select(id<model::IncidentId>(1));
    QCoreApplication::processEvents();
    for (const auto* label : panel.findChildren<QLabel*>()) {
        if (!label->isVisibleTo(&panel) || label->text().isEmpty() || label->wordWrap())
            continue;
        EXPECT_GE(label->width(), label->fontMetrics().horizontalAdvance(label->text())) << label->text().toStdString();
    }
}

TEST_F(DetailTest, aUnitIsWrittenToAndTheViewSaysWhatCameOfIt) {
    model::Unit unit;
    unit.id = model::UnitId("phone-1");
    unit.callSign = "Tanker 2";
    unit.type = "a-f-G-U-C";
    desk.scene().state.units[unit.id] = unit;
    selection.select(unit.id);
    auto* line = find<QLineEdit>("unitLine");
    ASSERT_NE(line, nullptr);
    EXPECT_TRUE(line->isEnabled());
    EXPECT_FALSE(find("unitWriteButton")->isEnabled()) << "nothing is written";
    line->setText(QStringLiteral(" Come back "));
    desk.refuseNext = base::Error{base::Code::unavailable, "the desk is busy", {}};
    QTest::keyClick(line, Qt::Key_Return);
    ASSERT_NE(find<QLabel>("unitWriteRefused"), nullptr);
    EXPECT_EQ(line->text(), QStringLiteral(" Come back ")) << "whoever typed it keeps it";
    QTest::keyClick(line, Qt::Key_Return);
    const auto* sent = desk.lastSent<desk::WriteToUnit>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->text, "Come back");
    EXPECT_TRUE(line->text().isEmpty());
    EXPECT_EQ(find<QLabel>("unitWriteRefused"), nullptr);
    Changes changes;
    changes.entries = 1;
    test::addEntry(desk.scene(), "chat.sent", "M. Keller", "phone-1", {{"message", {{"sourceId", "m-7"}, {"text", "Come back"}}}},
                   std::chrono::seconds(0));
    desk.tell(changes);
    EXPECT_TRUE(reads(QStringLiteral("M. Keller: under way")));
    test::addEntry(desk.scene(), "chat.missed", "desk", "phone-1", {{"message", "m-7"}}, std::chrono::seconds(0));
    desk.tell(changes);
    EXPECT_TRUE(reads(QStringLiteral("M. Keller: not handed over, call by voice")));
    desk.scene().state.units[unit.id].type = "ais";
    desk.tellAll();
    EXPECT_FALSE(line->isEnabled()) << "it only tells where it is";
}

} // namespace
} // namespace tocsin::gui
