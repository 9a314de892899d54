#include "tocsin/gui/sensors_window.hpp"

#include "gui/fake_bridge.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

class SensorsWindowTest : public ::testing::Test {
  protected:
    test::FakeBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{QStringLiteral("en")};
    UiContext ui{desk, theme, selection, language};
    std::unique_ptr<SensorsWindow> window;

    void SetUp() override { open(nullptr); }
    void open(MapView* map) {
        window = std::make_unique<SensorsWindow>(ui, map);
        window->show();
    }
    template <typename T>
    T* find(const char* name) {
        auto* found = window->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    int rows() { return find<QTableView>("sensorTable")->model()->rowCount(); }
    void type(const char* name, const QString& text) {
        auto* line = find<QLineEdit>(name);
        line->selectAll();
        if (text.isEmpty())
            QTest::keyClick(line, Qt::Key_Delete);
        else
            line->insert(text); // as an input method does: keys have no Chinese
    }
    QString fault(const char* name) {
        auto* label = find<QLabel>(name);
        return label->isHidden() ? QString() : label->text();
    }
    QString said() { return find<QLabel>("sensorsSaid")->text(); }
    void save() { find<QPushButton>("saveSensor")->click(); }
    model::Sensor known(const char* id) { return desk.state().sensors.at(model::SensorId(id)); }
};

TEST_F(SensorsWindowTest, ListsTheRegisterAndFindsByAnyWordOfASensor) {
    EXPECT_EQ(rows(), static_cast<int>(desk.state().sensors.size()));
    type("sensorSearch", QStringLiteral("RAIN malbun"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return rows() == 1; }, 5000));
    type("sensorSearch", QStringLiteral("马尔本"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return rows() == 1; }, 5000));
    type("sensorSearch", QStringLiteral("nothing such"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return rows() == 0; }, 5000));
    EXPECT_TRUE(find<QLabel>("sensorsEmpty")->isVisible());
    QTest::keyClick(find<QLineEdit>("sensorSearch"), Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([this] { return rows() > 1; }, 5000)) << "Esc empties the search first";
    EXPECT_TRUE(window->isVisible());
}

TEST_F(SensorsWindowTest, AClockThatIsAheadOrBehindStandsInTheList) {
    model::Alarm alarm;
    alarm.id = test::id<model::AlarmId>(81);
    alarm.rule = "clock-ahead";
    alarm.sensor = model::SensorId("rhine-vaduz");
    alarm.source = "sensor:rhine-vaduz";
    alarm.value = 2;
    alarm.unit = "h";
    alarm.raisedAt = desk.time;
    const auto tell = [&] {
        desk.scene().state.alarms[alarm.id] = alarm;
        Changes changes;
        changes.alarms = {alarm.id};
        emit desk.changed(changes);
    };
    tell();
    const auto cell = [&] {
        const auto* table = find<QTableView>("sensorTable")->model();
        const auto at = [&](int row, int column) { return table->index(row, column).data().toString(); };
        for (int row = 0; row < table->rowCount(); ++row) {
            if (at(row, 1) == QLatin1String("rhine-vaduz"))
                return at(row, table->columnCount() - 1);
        }
        return QStringLiteral("no such row");
    };
    EXPECT_EQ(cell(), QStringLiteral("its clock is %1 ahead").arg(Words::span(std::chrono::hours(2))));
    alarm.holds = false;
    alarm.state = model::AlarmState::returnedUnacknowledged;
    tell();
    EXPECT_TRUE(cell().isEmpty());
    alarm.id = test::id<model::AlarmId>(82);
    alarm.rule = "clock-behind";
    alarm.holds = true;
    alarm.state = model::AlarmState::unacknowledged;
    alarm.value = 3;
    tell();
    EXPECT_EQ(cell(), QStringLiteral("its clock is %1 behind, or it is told late").arg(Words::span(std::chrono::hours(3))));
    alarm.holds = false;
    tell();
    EXPECT_TRUE(cell().isEmpty());
}

TEST_F(SensorsWindowTest, AFieldIsChangedAndTheRestStaysAsItWas) {
    const auto before = known("rhine-vaduz");
    window->select(before.id);
    EXPECT_TRUE(find<QLineEdit>("sensor-id")->isReadOnly()) << "readings would name another";
    EXPECT_FALSE(find<QPushButton>("saveSensor")->isEnabled());
    type("sensor-silent", QStringLiteral("30min"));
    type("sensor-highest", QStringLiteral("12.5"));
    save();
    const auto* sent = desk.lastSent<desk::RegisterSensors>();
    ASSERT_NE(sent, nullptr);
    auto expected = before;
    expected.silentAfter = std::chrono::minutes(30);
    expected.highest = 12.5;
    EXPECT_EQ(sent->sensors, std::vector{expected}) << "nothing else is touched";
    ASSERT_TRUE(sent->seen);
    EXPECT_EQ(*sent->seen, std::vector{before});
    EXPECT_FALSE(sent->anyUnit);
    EXPECT_FALSE(window->isDirty());
    EXPECT_EQ(find<QLineEdit>("sensor-silent")->text(), QStringLiteral("30min"));
    // And a limit is taken away again.
    type("sensor-silent", {});
    save();
    EXPECT_FALSE(desk.lastSent<desk::RegisterSensors>()->sensors.at(0).silentAfter);
}

TEST_F(SensorsWindowTest, WhatCannotBeTakenIsSaidBesideItsFieldAndNotSent) {
    window->select(model::SensorId("rhine-vaduz"));
    type("sensor-silent", QStringLiteral("soon"));
    type("sensor-lowest", QStringLiteral("abc"));
    type("sensor-coordinates", QStringLiteral("somewhere"));
    save();
    EXPECT_TRUE(desk.sent.empty());
    EXPECT_FALSE(fault("fault-silent").isEmpty());
    EXPECT_FALSE(fault("fault-lowest").isEmpty());
    EXPECT_FALSE(fault("fault-coordinates").isEmpty());
    EXPECT_TRUE(fault("fault-name").isEmpty());
    EXPECT_EQ(find<QLineEdit>("sensor-silent")->accessibleDescription(), fault("fault-silent"));
    type("sensor-silent", QStringLiteral("1s"));
    EXPECT_TRUE(fault("fault-silent").isEmpty()) << "what is typed anew is not yet wrong";
    type("sensor-coordinates", QStringLiteral("47.2, 9.5"));
    type("sensor-lowest", QStringLiteral("5"));
    type("sensor-highest", QStringLiteral("4"));
    save();
    EXPECT_FALSE(fault("fault-silent").isEmpty()) << "a second is no limit";
    type("sensor-silent", QStringLiteral("6h"));
    save();
    EXPECT_TRUE(fault("fault-lowest").contains(QLatin1String("below the highest")));
    EXPECT_TRUE(desk.sent.empty());
    type("sensor-highest", QStringLiteral("14"));
    desk.refuseNext = base::Error{base::Code::conflict, "somebody else was faster", {}};
    save();
    EXPECT_TRUE(said().contains(QLatin1String("somebody else was faster")));
    EXPECT_TRUE(window->isDirty()) << "what was typed is not lost";
    save();
    const auto* sent = desk.lastSent<desk::RegisterSensors>();
    ASSERT_NE(sent, nullptr);
    EXPECT_NEAR(sent->sensors.at(0).position.latitude(), 47.2, 1e-9);
    EXPECT_EQ(sent->sensors.at(0).lowest, 5);
}

TEST_F(SensorsWindowTest, ANewSensorIsRegisteredWithItsIdAndAKnownOneIsNotOverwritten) {
    find<QPushButton>("newSensor")->click();
    EXPECT_FALSE(find<QLineEdit>("sensor-id")->isReadOnly());
    type("sensor-id", QStringLiteral("rhine-vaduz"));
    save();
    EXPECT_TRUE(fault("fault-id").contains(QLatin1String("in the register already")));
    EXPECT_FALSE(fault("fault-coordinates").isEmpty()) << "it is somewhere";
    type("sensor-id", QStringLiteral("well-1"));
    type("sensor-name", QStringLiteral("Well"));
    type("sensor-nameZh", QStringLiteral("水井"));
    type("sensor-unit", QStringLiteral("m"));
    type("sensor-coordinates", QStringLiteral("47.105, 9.505"));
    auto* kind = find<QComboBox>("sensorKind");
    kind->setCurrentIndex(kind->findData(static_cast<int>(model::SensorKind::riverLevel)));
    save();
    const auto* sent = desk.lastSent<desk::RegisterSensors>();
    ASSERT_NE(sent, nullptr);
    const auto& sensor = sent->sensors.at(0);
    EXPECT_EQ(sensor.id.value, "well-1");
    EXPECT_EQ(sensor.name.in("zh_CN"), "水井");
    EXPECT_EQ(sensor.kind, model::SensorKind::riverLevel);
    EXPECT_EQ(sensor.unit, "m");
    ASSERT_TRUE(sent->seen);
    EXPECT_TRUE(sent->seen->empty());
    EXPECT_TRUE(said().contains(QLatin1String("Take it again")));
    EXPECT_FALSE(window->isDirty());
    EXPECT_TRUE(find<QLineEdit>("sensor-id")->isReadOnly()) << "from now on it is known by it";
}

TEST_F(SensorsWindowTest, AUnitThatNobodyKnowsIsAskedForBesideItsField) {
    model::Sensor offered;
    offered.id = model::SensorId("turbid");
    offered.unit = "NTU";
    window->offer(offered);
    EXPECT_EQ(find<QLineEdit>("sensor-id")->text(), QStringLiteral("turbid"));
    EXPECT_EQ(find<QLineEdit>("sensor-unit")->text(), QStringLiteral("NTU"));
    type("sensor-coordinates", QStringLiteral("47.105, 9.505"));
    EXPECT_TRUE(find<QCheckBox>("sensorAnyUnit")->isHidden());
    desk.refuseNext = base::Error{base::Code::notFound, "nobody knows the unit 'NTU'", {}};
    save();
    EXPECT_TRUE(fault("fault-unit").contains(QLatin1String("NTU")));
    ASSERT_FALSE(find<QCheckBox>("sensorAnyUnit")->isHidden());
    find<QCheckBox>("sensorAnyUnit")->click();
    save();
    const auto* sent = desk.lastSent<desk::RegisterSensors>();
    ASSERT_NE(sent, nullptr);
    EXPECT_TRUE(sent->anyUnit);
    EXPECT_TRUE(desk.state().sensors.contains(offered.id));
    // Offered again it is chosen, not registered anew.
    window->offer(offered);
    EXPECT_TRUE(find<QLineEdit>("sensor-id")->isReadOnly());
}

TEST_F(SensorsWindowTest, WhatIsNotSavedIsNotLostByChoosingAnotherOrByClosing) {
    window->select(model::SensorId("rhine-vaduz"));
    type("sensor-name", QStringLiteral("Old bridge"));
    window->select(model::SensorId("rain-malbun"));
    EXPECT_EQ(find<QLineEdit>("sensor-name")->text(), QStringLiteral("Old bridge"));
    EXPECT_TRUE(said().contains(QLatin1String("not saved")));
    window->close();
    EXPECT_NE(window->findChild<QMessageBox*>(QStringLiteral("sensorUnsaved")), nullptr);
    EXPECT_TRUE(window->isVisible());
    find<QPushButton>("discardSensor")->click();
    EXPECT_EQ(find<QLineEdit>("sensor-id")->text(), QStringLiteral("rain-malbun"));
    EXPECT_FALSE(window->isDirty());
}

TEST_F(SensorsWindowTest, EscapeInTheQuestionGoesOnEditingAndOnlyItsOwnButtonDiscards) {
    window->select(model::SensorId("rhine-vaduz"));
    type("sensor-name", QStringLiteral("Old bridge"));
    QTest::keyClick(window.get(), Qt::Key_Escape);
    auto* ask = find<QMessageBox>("sensorUnsaved");
    ASSERT_NE(ask, nullptr);
    ASSERT_NE(ask->defaultButton(), nullptr);
    EXPECT_EQ(ask->defaultButton()->text(), QStringLiteral("Go on editing"));
    EXPECT_EQ(ask->escapeButton(), ask->defaultButton());
    window->close();
    EXPECT_EQ(window->findChildren<QMessageBox*>().size(), 1) << "it is asked once";
    QTest::keyClick(ask, Qt::Key_Escape);
    EXPECT_TRUE(window->isVisible());
    EXPECT_TRUE(window->isDirty());
    EXPECT_EQ(find<QLineEdit>("sensor-name")->text(), QStringLiteral("Old bridge"));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    window->close();
    ask = find<QMessageBox>("sensorUnsaved");
    ASSERT_NE(ask, nullptr);
    for (auto* button : ask->buttons()) {
        if (ask->buttonRole(button) == QMessageBox::DestructiveRole) {
            button->click();
            break;
        }
    }
    EXPECT_FALSE(window->isVisible());
    EXPECT_FALSE(window->isDirty());
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(SensorsWindowTest, SeveralAreRetiredByDeleteWithAWordWhyAndBroughtBackByUndo) {
    auto* view = find<QTableView>("sensorTable");
    const int all = rows();
    ASSERT_GT(all, 2);
    EXPECT_FALSE(find<QPushButton>("bringBackSensors")->isEnabled());
    view->setFocus();
    view->selectionModel()->select(QItemSelection(view->model()->index(0, 0), view->model()->index(1, view->model()->columnCount() - 1)),
                                   QItemSelectionModel::ClearAndSelect);
    EXPECT_TRUE(find<QPushButton>("retireSensors")->isEnabled());
    QTest::keyClick(view, Qt::Key_Delete);
    auto* why = find<QDialog>("retireReason");
    ASSERT_NE(why, nullptr);
    EXPECT_TRUE(desk.sent.empty()) << "a word why is wanted first";
    EXPECT_TRUE(why->findChild<QLabel*>(QStringLiteral("explanation"))->text().startsWith(QStringLiteral("No alarm comes of them")));
    auto* act = why->findChild<QPushButton*>(QStringLiteral("actButton"));
    EXPECT_FALSE(act->isEnabled());
    why->findChild<QLineEdit*>(QStringLiteral("reason"))->setText(QStringLiteral("dismantled"));
    act->click();
    const auto* sent = desk.lastSent<desk::RetireSensors>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->sensors.size(), 2U);
    EXPECT_TRUE(sent->retired);
    EXPECT_EQ(sent->reason, "dismantled");
    const auto gone = sent->sensors;
    EXPECT_TRUE(said().contains(QLatin1String("Bring back")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows() == all - 2; }, 5000)) << "out of the list";
    auto* shown = find<QComboBox>("sensorsShown");
    shown->setCurrentIndex(1);
    EXPECT_EQ(rows(), 2);
    shown->setCurrentIndex(2);
    EXPECT_EQ(rows(), all);
    window->select(gone.front());
    EXPECT_TRUE(find<QLabel>("sensorNote")->text().contains(QLatin1String("dismantled")));
    shown->setCurrentIndex(0);
    EXPECT_EQ(rows(), all - 2);
    view->clearSelection();
    EXPECT_TRUE(find<QPushButton>("bringBackSensors")->isEnabled()) << "those that were retired last";
    QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
    sent = desk.lastSent<desk::RetireSensors>();
    EXPECT_FALSE(sent->retired);
    EXPECT_EQ(sent->sensors, gone);
    ASSERT_TRUE(QTest::qWaitFor([&] { return rows() == all; }, 5000));
    EXPECT_FALSE(find<QPushButton>("bringBackSensors")->isEnabled());
}

TEST_F(SensorsWindowTest, ARetiredOneIsFoundWhereItIsAskedForAndSaysWhereItIs) {
    desk.scene().state.sensors.at(model::SensorId("rain-malbun")).retired = "washed away";
    Changes changes;
    changes.sensors.insert(model::SensorId("rain-malbun"));
    desk.tell(changes);
    type("sensorSearch", QStringLiteral("RAIN malbun"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return rows() == 0; }, 5000));
    EXPECT_TRUE(find<QLabel>("sensorsEmpty")->text().contains(QLatin1String("choose All")));
    window->select(model::SensorId("rain-malbun"));
    EXPECT_EQ(find<QComboBox>("sensorsShown")->currentIndex(), 2);
    EXPECT_EQ(find<QLineEdit>("sensor-id")->text(), QStringLiteral("rain-malbun"));
    emit find<QTableView>("sensorTable")->activated(find<QTableView>("sensorTable")->currentIndex());
    ASSERT_NE(selection.as<model::SensorId>(), nullptr) << "its readings stand in the details";
    EXPECT_EQ(selection.as<model::SensorId>()->value, "rain-malbun");
}

TEST_F(SensorsWindowTest, SomebodyElsesChangeIsShownAndAReadOnlyDeskOnlyShows) {
    window->select(model::SensorId("rhine-vaduz"));
    auto& sensor = desk.scene().state.sensors.at(model::SensorId("rhine-vaduz"));
    sensor.outOfService = "new batteries";
    sensor.outOfServiceBy = "M. Keller";
    sensor.feed = "ea";
    Changes changes;
    changes.sensors.insert(sensor.id);
    desk.tell(changes);
    EXPECT_TRUE(find<QLabel>("sensorNote")->text().contains(QLatin1String("new batteries")));
    EXPECT_TRUE(find<QLabel>("sensorNote")->text().contains(QLatin1String("county's own")));
    desk.isReadOnly = true;
    open(nullptr);
    window->select(model::SensorId("rhine-vaduz"));
    EXPECT_FALSE(find<QPushButton>("newSensor")->isEnabled());
    EXPECT_TRUE(find<QLineEdit>("sensor-name")->isReadOnly());
    window->offer({});
    EXPECT_FALSE(window->isDirty());
}

TEST_F(SensorsWindowTest, ThePlaceIsPointedAtOnTheMap) {
    QWidget desktop;
    auto* map = new MapView(ui, nullptr, &desktop);
    desktop.resize(800, 600);
    map->resize(800, 600);
    desktop.show();
    map->setView(model::Position::trusted(47.1265, 9.5180), 13.5);
    open(map);
    window->select(model::SensorId("rhine-vaduz"));
    find<QPushButton>("sensorOnMap")->click();
    EXPECT_FALSE(window->isVisible()) << "what is pointed at may lie below it";
    ASSERT_NE(map->tool(), nullptr);
    QTest::keyClick(map, Qt::Key_Return);
    EXPECT_TRUE(window->isVisible());
    save();
    const auto* sent = desk.lastSent<desk::RegisterSensors>();
    ASSERT_NE(sent, nullptr);
    EXPECT_NEAR(sent->sensors.at(0).position.latitude(), 47.1265, 1e-4);
    EXPECT_NEAR(sent->sensors.at(0).position.longitude(), 9.5180, 1e-4);
    window.reset(); // before the map that it points on
}

} // namespace
} // namespace tocsin::gui
