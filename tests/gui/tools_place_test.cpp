#include "gui/tools/place_card.hpp"
#include "gui/tools_support.hpp"
#include "tocsin/geo/coordinates.hpp"

#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSemaphore>

namespace tocsin::gui {
namespace {

class ToolsPlace : public test::ToolsTest {
  protected:
    [[nodiscard]] PlaceCard* card() const { return find<PlaceCard>("placeCard"); }
    [[nodiscard]] QString words() const {
        QStringList all;
        for (auto* label : card()->findChildren<QLabel*>())
            if (!label->isHidden())
                all << label->text();
        return all.join(QLatin1Char('\n'));
    }
    static PlaceKnowledge knowing() {
        PlaceKnowledge knowledge;
        knowledge.address = [](const model::Position&) { return test::both("Städtle, Vaduz", "瓦杜兹 城中街"); };
        knowledge.height = [](const model::Position&) { return std::optional(459.6); };
        knowledge.population = [](const model::Line& ring) {
            return ring.size() > 8 && ring.front() == ring.back() ? std::optional(1240.0) : std::nullopt;
        };
        return knowledge;
    }
    model::Position here{model::Position::trusted(47.1300, 9.5180)};
};

TEST_F(ToolsPlace, SaysWhatIsKnownAsTheAnswersCome) {
    open(knowing());
    tools->setProtectedObjects(
        {{QStringLiteral("Primary school"), QStringLiteral("school"), model::Position::trusted(47.1310, 9.5190)},
         {QStringLiteral("Far dam"), QStringLiteral("dam"), model::Position::trusted(47.3, 9.7)}});
    selection.select(test::id<model::IncidentId>(1));
    tools->whatIsHere(here);
    ASSERT_NE(card(), nullptr);
    EXPECT_TRUE(words().contains(QStringLiteral("Asking …")));
    ASSERT_TRUE(until([&] { return !card()->isWaiting(); }));
    EXPECT_TRUE(words().contains(QStringLiteral("Städtle, Vaduz"))) << words().toStdString();
    EXPECT_TRUE(words().contains(QStringLiteral("460 m above the sea")));
    EXPECT_TRUE(words().contains(QStringLiteral("1,240 people")));
    EXPECT_TRUE(words().contains(QStringLiteral("Seepage at the Rhine dyke")));
    EXPECT_TRUE(words().contains(QStringLiteral("Primary school")));
    EXPECT_FALSE(words().contains(QStringLiteral("Far dam")));
    EXPECT_EQ(card()->findChildren<QAbstractButton*>(QStringLiteral("nearResource")).size(), 5);
    EXPECT_TRUE(view->rect().contains(card()->geometry()));
    speak(QStringLiteral("zh_CN"));
    EXPECT_TRUE(words().contains(QStringLiteral("瓦杜兹 城中街"))) << words().toStdString();
    speak(QStringLiteral("en"));
}

TEST_F(ToolsPlace, ProtectedObjectsWithoutANameAreCalledByTheirKind) {
    open(knowing());
    tools->setProtectedObjects({{{}, QStringLiteral("fuel"), model::Position::trusted(47.1310, 9.5190)},
                                {{}, QStringLiteral("power-plant"), model::Position::trusted(47.1312, 9.5190)}});
    tools->whatIsHere(here);
    ASSERT_TRUE(until([&] { return !card()->isWaiting(); }));
    EXPECT_TRUE(words().contains(QStringLiteral("Fuel · "))) << words().toStdString();
    EXPECT_TRUE(words().contains(QStringLiteral("Power plant · ")));
    speak(QStringLiteral("zh_CN"));
    EXPECT_FALSE(words().contains(QStringLiteral("fuel"), Qt::CaseInsensitive)) << words().toStdString();
    EXPECT_FALSE(words().contains(QStringLiteral("power"), Qt::CaseInsensitive));
    speak(QStringLiteral("en"));
}

TEST_F(ToolsPlace, TheCardKeepsAboveWhatStandsAtTheFootOfTheMap) {
    open(knowing());
    auto* foot = new QWidget(view);
    foot->setFixedHeight(28);
    view->setFootWidget(foot);
    foot->show();
    tools->whatIsHere(view->fromScreen(QPointF(view->width() / 2.0, view->height() - 60.0)));
    ASSERT_TRUE(until([&] { return !card()->isWaiting(); }));
    settle();
    EXPECT_LT(card()->geometry().bottom(), foot->geometry().top());
    foot->setFixedHeight(96);
    view->setFootWidget(foot); // as the bar of time does when it opens
    settle();
    EXPECT_LT(card()->geometry().bottom(), foot->geometry().top());
}

TEST_F(ToolsPlace, AnAnswerAfterTheCardIsGoneIsDropped) {
    auto gate = std::make_shared<QSemaphore>();
    auto asked = std::make_shared<std::atomic<int>>(0);
    PlaceKnowledge knowledge;
    knowledge.address = [gate, asked](const model::Position&) {
        gate->acquire();
        ++*asked;
        return base::LocalText("late");
    };
    open(knowledge);
    tools->whatIsHere(here);
    QTest::keyClick(card(), Qt::Key_Escape);
    settle();
    EXPECT_EQ(card(), nullptr);
    gate->release(4);
    EXPECT_TRUE(until([&] { return asked->load() == 1; }));
    settle();
    EXPECT_EQ(card(), nullptr);
}

TEST_F(ToolsPlace, WithoutKnowledgeTheDesksOwnIsShown) {
    open();
    tools->whatIsHere(here);
    EXPECT_TRUE(words().contains(QStringLiteral("This place")));
    EXPECT_FALSE(words().contains(QStringLiteral("Elevation")));
    auto* near = card()->findChild<QAbstractButton*>(QStringLiteral("nearResource"));
    ASSERT_NE(near, nullptr);
    near->click();
    EXPECT_NE(selection.as<model::ResourceId>(), nullptr);
}

TEST_F(ToolsPlace, CoordinatesAreCopied) {
    open();
    tools->whatIsHere(here);
    find<QPushButton>("placeCoordinates")->click();
    EXPECT_EQ(QGuiApplication::clipboard()->text().toStdString(),
              geo::formatCoordinates(here, geo::CoordinateForm::decimal));
    QMenu menu;
    fillCoordinates(menu, here);
    ASSERT_FALSE(menu.isEmpty());
    for (QAction* action : menu.actions()) {
        action->trigger();
        const QString copied = QGuiApplication::clipboard()->text();
        EXPECT_TRUE(action->text().endsWith(copied)) << action->text().toStdString();
    }
}

TEST_F(ToolsPlace, ItsButtonsDoWhatTheySay) {
    open();
    QSignalSpy incidents(view, &MapView::openIncidentRequested);
    tools->whatIsHere(here);
    find<QPushButton>("placeOpen")->click();
    settle();
    ASSERT_EQ(incidents.count(), 1);
    EXPECT_EQ(incidents.front().front().value<model::Position>(), here);
    EXPECT_EQ(card(), nullptr);
    tools->whatIsHere(here);
    find<QPushButton>("placePin")->click();
    settle();
    EXPECT_NE(find("drawForm"), nullptr);
    tools->whatIsHere(here);
    find<QPushButton>("placeMeasure")->click();
    settle();
    EXPECT_NE(find("measureBar"), nullptr);
    tools->whatIsHere(here);
    find<QPushButton>("placeReach")->click();
    settle();
    ASSERT_EQ(desk.reachAsked.size(), 1U);
    EXPECT_EQ(desk.reachAsked.front().places.front(), here);
}

} // namespace
} // namespace tocsin::gui
