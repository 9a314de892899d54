#include "gui/tools/draw_tool.hpp"
#include "gui/tools/float_card.hpp"
#include "gui/tools_support.hpp"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using model::DrawingKind;

class ToolsDraw : public test::ToolsTest {
  protected:
    ToolsDraw() { open(); }
    void begin(const char* action) { tools->action(QString::fromLatin1(action))->trigger(); }
    [[nodiscard]] const model::Drawing* put() const {
        const auto* sent = desk.lastSent<desk::PutDrawing>();
        return sent == nullptr ? nullptr : &sent->drawing;
    }
    void press(const char* name) {
        QPushButton* button = nullptr; // of the form that is seen: the one before may not be deleted yet
        for (auto* each : window.findChildren<QPushButton*>(QString::fromLatin1(name)))
            if (each->isVisible())
                button = each;
        ASSERT_NE(button, nullptr) << name;
        button->click();
        settle();
    }
    model::DrawingId existing(DrawingKind kind, model::Line line) {
        model::Drawing drawing;
        drawing.id = test::id<model::DrawingId>(7);
        drawing.kind = kind;
        drawing.name = test::both("Old bridge", "老桥");
        drawing.note = "since the flood";
        drawing.line = std::move(line);
        desk.scene().state.drawings[drawing.id] = drawing;
        desk.tellAll();
        return drawing.id;
    }
    QMenu* menuAt(const QPointF& point) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, point.toPoint(), view->mapToGlobal(point.toPoint()));
        QApplication::sendEvent(view, &event);
        return view->findChild<QMenu*>(QString(), Qt::FindDirectChildrenOnly);
    }
    static QAction* line(QMenu* menu, const char* name) {
        return menu == nullptr ? nullptr : menu->findChild<QAction*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString notice() const {
        auto* bar = find<FootBar>("drawNotice");
        return bar == nullptr ? QString() : bar->words();
    }
};

TEST_F(ToolsDraw, AnAreaIsDrawnNamedAndSent) {
    begin("Draw an area");
    click({300, 300});
    click({450, 300});
    EXPECT_EQ(find("drawForm"), nullptr);
    click({450, 420});
    key(Qt::Key_Return);
    ASSERT_NE(find("drawForm"), nullptr);
    find<QLineEdit>("drawName")->setText(QStringLiteral("Gathering place"));
    find<QPlainTextEdit>("drawNote")->setPlainText(QStringLiteral("by the church"));
    auto* until = find<QComboBox>("drawUntil");
    until->setCurrentIndex(until->findData(4));
    EXPECT_EQ(find<QPushButton>("drawKeep")->text(), QStringLiteral("Keep this area"));
    press("drawKeep");
    ASSERT_NE(put(), nullptr);
    EXPECT_TRUE(put()->id.isNull());
    EXPECT_EQ(put()->kind, DrawingKind::area);
    EXPECT_EQ(put()->name.text, "Gathering place");
    EXPECT_EQ(put()->note, "by the church");
    ASSERT_TRUE(put()->until);
    EXPECT_EQ(*put()->until, desk.time + 4h);
    EXPECT_EQ(put()->line.size(), 4U);
    EXPECT_TRUE(model::isRing(put()->line));
    EXPECT_EQ(find("drawForm"), nullptr);
    EXPECT_EQ(view->tool(), nullptr);
    ASSERT_NE(selection.as<model::DrawingId>(), nullptr);
}

TEST_F(ToolsDraw, AClickOnARoadClosesItAndSaysThatRoutesAvoidIt) {
    begin("Close a road");
    doubleClick({420, 330});
    ASSERT_NE(find("drawForm"), nullptr);
    EXPECT_EQ(find<QPushButton>("drawKeep")->text(), QStringLiteral("Close this road"));
    QTest::keyClicks(find<QLineEdit>("drawName"), QStringLiteral("Rhine bridge"));
    QTest::keyClick(find<QLineEdit>("drawName"), Qt::Key_Return);
    settle();
    ASSERT_NE(put(), nullptr);
    EXPECT_EQ(put()->kind, DrawingKind::closure);
    ASSERT_EQ(put()->line.size(), 1U);
    EXPECT_FALSE(put()->until);
    EXPECT_EQ(notice().toStdString(), "“Rhine bridge” is closed: routes now avoid it.");
    press("undoDrawing");
    EXPECT_NE(desk.lastSent<desk::RemoveDrawing>(), nullptr);
}

TEST_F(ToolsDraw, AClosureMayBeALineOrARing) {
    begin("Close a road");
    click({300, 300});
    click({400, 320});
    click({420, 400});
    key(Qt::Key_Return);
    press("drawKeep");
    ASSERT_NE(put(), nullptr);
    EXPECT_EQ(put()->line.size(), 3U);
    EXPECT_FALSE(model::isRing(put()->line));
    EXPECT_EQ(put()->name.text, "Road closed"); // nobody gave it a name

    begin("Close a road");
    click({300, 300});
    click({400, 320});
    click({420, 400});
    click({301, 301}); // the first point again
    press("drawKeep");
    EXPECT_EQ(put()->line.size(), 4U);
    EXPECT_TRUE(model::isRing(put()->line));
}

TEST_F(ToolsDraw, APinNeedsOneClick) {
    begin("Drop a pin");
    click({350, 350});
    ASSERT_NE(find("drawForm"), nullptr);
    EXPECT_EQ(find<QPushButton>("drawKeep")->text(), QStringLiteral("Drop pin"));
    drag({350, 350}, {380, 360}); // it can still be moved
    press("drawKeep");
    ASSERT_NE(put(), nullptr);
    ASSERT_EQ(put()->line.size(), 1U);
    EXPECT_EQ(put()->line.front(), at(380, 360));
}

TEST_F(ToolsDraw, EscapeGivesUpAndNothingIsSent) {
    begin("Draw an area");
    click({300, 300});
    key(Qt::Key_Escape);
    settle();
    EXPECT_EQ(view->tool(), nullptr);
    begin("Drop a pin");
    click({350, 350});
    QTest::keyClick(find<QLineEdit>("drawName"), Qt::Key_Escape);
    settle();
    EXPECT_EQ(find("drawForm"), nullptr);
    EXPECT_EQ(view->tool(), nullptr);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(ToolsDraw, WhatTheDeskRefusesIsSaidInTheFormWhichStays) {
    begin("Drop a pin");
    click({350, 350});
    desk.refuseNext = base::Error{base::Code::refused, "the drawing has no point"};
    press("drawKeep");
    ASSERT_NE(find("drawForm"), nullptr);
    QString error;
    for (auto* label : find("drawForm")->findChildren<QLabel*>())
        if (label->property("role") == QLatin1String("error") && !label->isHidden())
            error = label->text();
    EXPECT_TRUE(error.contains(QStringLiteral("the drawing has no point"))) << error.toStdString();
    press("drawKeep");
    EXPECT_EQ(find("drawForm"), nullptr);
}

TEST_F(ToolsDraw, AnAreaThatIsThereIsChangedFromTheMenu) {
    existing(DrawingKind::area, {at(300, 300), at(500, 300), at(500, 450), at(300, 300)});
    QMenu* menu = menuAt({450, 330});
    QAction* change = line(menu, "changeDrawing");
    ASSERT_NE(change, nullptr);
    EXPECT_TRUE(change->text().contains(QStringLiteral("Old bridge")));
    change->trigger();
    settle();
    ASSERT_NE(find("drawForm"), nullptr);
    EXPECT_EQ(find<QLineEdit>("drawName")->text(), QStringLiteral("Old bridge"));
    drag({500, 450}, {520, 480});
    press("drawKeep");
    ASSERT_NE(put(), nullptr);
    EXPECT_EQ(put()->id, test::id<model::DrawingId>(7));
    EXPECT_EQ(put()->name.translations.at("zh_CN"), "老桥"); // untouched it keeps its other language
    EXPECT_EQ(put()->note, "since the flood");
    ASSERT_EQ(put()->line.size(), 4U);
    EXPECT_EQ(put()->line[2], at(520, 480));
    EXPECT_EQ(put()->line.front(), put()->line.back());
}

TEST_F(ToolsDraw, PointsAreMovedByKeysToo) {
    existing(DrawingKind::area, {at(300, 300), at(500, 300), at(500, 450), at(300, 300)});
    selection.select(test::id<model::DrawingId>(7));
    begin("Change the selected drawing");
    ASSERT_NE(find("drawForm"), nullptr);
    key(Qt::Key_PageDown);
    key(Qt::Key_PageDown);
    key(Qt::Key_Right, Qt::ControlModifier);
    key(Qt::Key_Insert);
    press("drawKeep");
    ASSERT_NE(put(), nullptr);
    ASSERT_EQ(put()->line.size(), 5U);
    EXPECT_NEAR(put()->line[1].longitude(), at(508, 300).longitude(), 1e-9);
}

TEST_F(ToolsDraw, AClosureIsOpenedAgainAndThatCanBeUndone) {
    existing(DrawingKind::closure, {at(300, 300), at(500, 300)});
    QAction* remove = line(menuAt({400, 303}), "removeDrawing");
    ASSERT_NE(remove, nullptr);
    EXPECT_EQ(remove->text(), QStringLiteral("Open “Old bridge” again"));
    remove->trigger();
    settle();
    ASSERT_NE(desk.lastSent<desk::RemoveDrawing>(), nullptr);
    EXPECT_EQ(notice().toStdString(), "“Old bridge” is open again: routes may use it.");
    press("undoDrawing");
    ASSERT_NE(put(), nullptr);
    EXPECT_EQ(put()->id, test::id<model::DrawingId>(7));
    EXPECT_FALSE(put()->removedAt);
}

TEST_F(ToolsDraw, NothingIsDrawnWhereTheDeskCannotWrite) {
    desk.isReadOnly = true;
    QSignalSpy said(tools.get(), &MapDesk::said);
    begin("Close a road");
    EXPECT_EQ(view->tool(), nullptr);
    EXPECT_EQ(said.count(), 1);
    QAction* close = line(menuAt({400, 300}), "closeRoadHere");
    ASSERT_NE(close, nullptr);
    EXPECT_FALSE(close->isEnabled());
}

} // namespace
} // namespace tocsin::gui
