#include "gui/fake_bridge.hpp"
#include "gui/shell/seat_dialog.hpp"
#include "tocsin/gui/seat_place.hpp"

#include <QAction>
#include <QComboBox>
#include <QMessageBox>
#include <QPushButton>
#include <QWidget>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

class Place : public testing::Test {
  protected:
    Place() {
        QObject::connect(place, &SeatPlace::said, &window, [this](const QString& sentence) { said.push_back(sentence); });
    }
    [[nodiscard]] SeatDialog* dialog() const { return window.findChild<SeatDialog*>(); }

    test::FakeBridge desk;
    QString code{"en"};
    Theme theme{Theme::Look::dark};
    Selection selection;
    UiContext ui{desk, theme, selection, code};
    std::vector<QString> sat;
    std::vector<QString> said;
    QWidget window;
    SeatPlace* place{new SeatPlace(ui, {"M. Keller", "A. Frick"}, [this](const QString& person) { sat.push_back(person); }, &window)};
};

TEST_F(Place, asksWhoSitsHereAndOffersWhoIsNotOnDuty) {
    desk.isReady = false;
    place->ask();
    EXPECT_EQ(dialog(), nullptr) << "who is on duty is not known yet";
    desk.isReady = true;
    desk.tellAll();
    ASSERT_NE(dialog(), nullptr);
    EXPECT_EQ(dialog()->person(), "A. Frick") << "M. Keller sits at the desk";
    auto* sit = dialog()->findChild<QPushButton*>("seatSit");
    auto* name = dialog()->findChild<QComboBox*>("seatName");
    EXPECT_FALSE(name->accessibleName().isEmpty());
    for (const auto* nobody : {"", "  ", "feed:http", "desk"}) {
        name->setCurrentText(nobody);
        EXPECT_FALSE(sit->isEnabled()) << nobody;
    }
    name->setCurrentText(" B. Ospelt ");
    EXPECT_EQ(sit->text(), "Sit down as B. Ospelt");
    int told = 0;
    QObject::connect(&desk, &DeskBridge::changed, &window, [&](const Changes& changes) { told += changes.desk ? 1 : 0; });
    sit->click();
    EXPECT_EQ(sat, std::vector<QString>{"B. Ospelt"});
    EXPECT_EQ(told, 1) << "the title and what is one's own are others now";
}

TEST_F(Place, saysOnceThatTheDeskHasEndedAndOnceThatItIsBack) {
    desk.tellAll();
    EXPECT_TRUE(said.empty());
    desk.isReadOnly = true;
    desk.tellAll();
    desk.tellAll();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_TRUE(said.back().startsWith("The desk has ended"));
    desk.isReadOnly = false;
    desk.tellAll();
    EXPECT_EQ(said.size(), 2U);
    ASSERT_EQ(place->actions().size(), 2);
    for (const auto* action : place->actions())
        EXPECT_FALSE(action->text().isEmpty()) << "it stands in the palette";
}

TEST_F(Place, offersToOpenAnewWhereTheDeskGoesByOtherSettings) {
    int wanted = 0;
    QObject::connect(place, &SeatPlace::reopenWanted, &window, [&] { ++wanted; });
    const auto boxes = [this] { return window.findChildren<QMessageBox*>("seatReopenBox"); };
    auto* again = place->actions().back();
    place->takeOthers({}, false);
    EXPECT_TRUE(boxes().empty());
    EXPECT_FALSE(again->isVisible());
    place->takeOthers({"config.toml", "profiles.toml"}, true);
    ASSERT_EQ(boxes().size(), 1);
    EXPECT_TRUE(boxes().front()->text().contains("config.toml, profiles.toml"));
    EXPECT_TRUE(again->isVisible()) << "who says later finds it in the palette";
    place->takeOthers({"config.toml", "profiles.toml"}, true);
    EXPECT_EQ(boxes().size(), 1) << "asked once";
    EXPECT_EQ(wanted, 0) << "nothing is done by itself";
    for (auto* button : boxes().front()->buttons()) {
        if (boxes().front()->buttonRole(button) == QMessageBox::AcceptRole) {
            button->click();
            break;
        }
    }
    EXPECT_EQ(wanted, 1);
    place->takeOthers({}, false);
    EXPECT_FALSE(again->isVisible());
}

TEST_F(Place, saysThatTheDeskGoesByWhatStoodInTheFilesBefore) {
    place->takeOthers({"config.toml"}, false);
    ASSERT_EQ(said.size(), 1U);
    EXPECT_TRUE(said.back().contains("config.toml was changed after it was started"));
    EXPECT_EQ(window.findChild<QMessageBox*>("seatReopenBox"), nullptr);
    place->takeOthers({"config.toml"}, false);
    EXPECT_EQ(said.size(), 1U);
}

TEST_F(Place, saysByWhomItWasEndedAndWhatWasNotConfirmed) {
    desk.endedSeat = "M. Keller has ended this seat at the desk's own window";
    desk.isReadOnly = true;
    desk.tellAll();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_TRUE(said.back().startsWith("M. Keller has ended"));
    const std::vector<std::pair<std::string, base::Error>> commands(20, {"WriteNote", {base::Code::unavailable, "no answer came", {}}});
    const QString told = SeatPlace::unconfirmed(commands);
    EXPECT_TRUE(told.contains("WriteNote: no answer came"));
    EXPECT_TRUE(told.contains("8 more"));
}

} // namespace
} // namespace tocsin::gui
