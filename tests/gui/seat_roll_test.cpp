#include "gui/shell_support.hpp"
#include "gui/shell/seats_dialog.hpp"
#include "tocsin/gui/seat_roll.hpp"

#include <QAbstractButton>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeWidget>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using test::Window;

class Roll : public testing::Test {
  protected:
    [[nodiscard]] SeatsDialog* open(int own, bool mayEnd) {
        roll = new SeatRoll(ui, own, mayEnd ? [this](int seat) { ended.push_back(seat); } : std::function<void(int)>(), &window);
        roll->take({seat(1, "A. Frick"), seat(2, "<b>B</b>\n\xE2\x80\xAEtpelso" + std::string(150, 'x'))});
        roll->open();
        return window.findChild<SeatsDialog*>();
    }
    [[nodiscard]] desk::SeatInfo seat(int number, std::string person) const { return {number, std::move(person), desk.time, {}}; }
    [[nodiscard]] QTreeWidget* list() const { return window.findChild<QTreeWidget*>("seatsList"); }

    test::FakeBridge desk;
    QString code{"en"};
    Theme theme{Theme::Look::dark};
    Selection selection;
    UiContext ui{desk, theme, selection, code};
    std::vector<int> ended;
    QWidget window;
    SeatRoll* roll{nullptr};
};

TEST_F(Roll, listsWhoSitsHereInPlainShortWords) {
    ASSERT_NE(open(0, true), nullptr);
    ASSERT_EQ(list()->topLevelItemCount(), 3) << "the desk itself stands first";
    EXPECT_FALSE(list()->accessibleName().isEmpty());
    EXPECT_EQ(list()->topLevelItem(1)->text(1), "A. Frick");
    EXPECT_FALSE(list()->topLevelItem(1)->text(2).isEmpty());
    const QString odd = list()->topLevelItem(2)->text(1);
    EXPECT_TRUE(odd.startsWith("<b>B</b>")) << "as it was written";
    EXPECT_LE(odd.size(), 42);
    EXPECT_FALSE(odd.contains(QChar(u'\u202E')) || odd.contains('\n'));
    roll->take({});
    EXPECT_EQ(list()->topLevelItemCount(), 1);
    roll->open();
    EXPECT_EQ(window.findChildren<SeatsDialog*>().size(), 1) << "the list that is open comes forward";
    ASSERT_EQ(roll->actions().size(), 1);
    EXPECT_FALSE(roll->actions().front()->text().isEmpty()) << "it stands in the palette";
}

TEST_F(Roll, aSeatIsEndedOnlyAfterItWasAskedOnceMore) {
    auto* dialog = open(0, true);
    ASSERT_NE(dialog, nullptr);
    auto* end = dialog->findChild<QPushButton*>("seatsEnd");
    EXPECT_FALSE(end->isEnabled()) << "the desk itself is no seat";
    list()->setCurrentItem(list()->topLevelItem(1));
    ASSERT_TRUE(end->isEnabled());
    end->click();
    auto* ask = dialog->findChild<QMessageBox*>("seatsEndAsk");
    ASSERT_NE(ask, nullptr);
    EXPECT_TRUE(ended.empty());
    EXPECT_EQ(ask->textFormat(), Qt::PlainText);
    EXPECT_TRUE(ask->text().contains("A. Frick"));
    for (auto* button : ask->buttons())
        if (ask->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    EXPECT_EQ(ended, std::vector<int>{1});
}

TEST_F(Roll, whoHasTakenThePlaceMeanwhileIsNotEnded) {
    auto* dialog = open(0, true);
    ASSERT_NE(dialog, nullptr);
    list()->setCurrentItem(list()->topLevelItem(1));
    dialog->findChild<QPushButton*>("seatsEnd")->click();
    auto* ask = dialog->findChild<QMessageBox*>("seatsEndAsk");
    ASSERT_NE(ask, nullptr);
    auto another = seat(1, "C. Hasler");
    another.since += std::chrono::minutes(1);
    roll->take({another});
    for (auto* button : ask->buttons())
        if (ask->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    EXPECT_TRUE(ended.empty());
}

TEST_F(Roll, aSeatSeesTheListAndEndsNobody) {
    desk.seatOf = "A. Frick";
    auto* dialog = open(1, false);
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->findChild<QPushButton*>("seatsEnd")->isHidden());
    EXPECT_TRUE(list()->topLevelItem(1)->text(0).contains("this window"));
}

TEST_F(Window, theBarCountsTheSeatsWhereThereAreAny) {
    open();
    auto* button = window->findChild<QAbstractButton*>("seatsButton");
    ASSERT_NE(button, nullptr);
    EXPECT_FALSE(button->isVisible());
    window->setSeats(2);
    EXPECT_TRUE(button->isVisible());
    EXPECT_TRUE(button->accessibleName().startsWith("Seats: 2"));
    int wanted = 0;
    QObject::connect(window.get(), &MainWindow::seatsWanted, window.get(), [&] { ++wanted; });
    button->click();
    EXPECT_EQ(wanted, 1);
    window->setSeats(0);
    EXPECT_FALSE(button->isVisible());
}

TEST_F(Window, ofASeatThatWasEndedSaysSo) {
    desk.seatOf = "A. Frick";
    desk.endedSeat = "M. Keller has ended this seat at the desk's own window";
    desk.isReadOnly = true;
    open();
    const auto* banner = window->findChild<QLabel*>("readOnlyBanner");
    EXPECT_TRUE(banner->isVisible());
    EXPECT_TRUE(banner->text().startsWith("This seat was ended"));
    EXPECT_LE(banner->sizeHint().width(), window->width()) << "no word is cut off";
}

} // namespace
} // namespace tocsin::gui
