#include "gui/shell/focus_heir.hpp"

#include <QCoreApplication>
#include <QDialog>
#include <QEvent>
#include <QTest>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

TEST(FocusHeir, IsTheWindowThatTheClosedOneBelongsTo) {
    QWidget main;
    main.show();
    auto* panel = new QWidget(&main);
    QDialog dialog(panel);
    dialog.show();
    EXPECT_EQ(focusHeir(dialog), nullptr) << "it is still there: another window or program has the keys";
    dialog.hide();
    EXPECT_EQ(focusHeir(dialog), &main);
    panel->hide();
    EXPECT_EQ(focusHeir(*panel), nullptr) << "no window of its own";
    EXPECT_EQ(focusHeir(main), nullptr) << "belongs to nobody";
    main.hide();
    EXPECT_EQ(focusHeir(dialog), nullptr) << "nobody is given the keys that is not seen";
}

TEST(FocusHeir, GetsTheKeysOnceTheOtherHasLostThem) {
    QWidget main;
    main.show();
    QDialog dialog(&main);
    QDialog other(&main);
    dialog.show();
    dialog.hide();
    other.show();
    other.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&other));
    const FocusHeir heirs(nullptr);
    QEvent lost(QEvent::WindowDeactivate);
    QCoreApplication::sendEvent(&dialog, &lost);
    EXPECT_TRUE(QTest::qWaitForWindowActive(&main));
}

} // namespace
} // namespace tocsin::gui
