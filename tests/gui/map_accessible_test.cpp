#include "gui/map_support.hpp"

#include <QAccessible>
#include <QPointer>

namespace tocsin::gui {
namespace {

using test::id;

/// What was announced since the last time somebody looked.
QStringList& announced() {
    static QStringList names;
    return names;
}

class MapAccessibility : public test::MapFixture {
  protected:
    MapAccessibility() {
        QAccessible::setActive(true);
        announced().clear();
        m_before = QAccessible::installUpdateHandler([](QAccessibleEvent* event) {
            if (event->type() == QAccessible::Focus)
                if (const QAccessibleInterface* reached = event->accessibleInterface())
                    announced() << reached->text(QAccessible::Name);
        });
    }
    ~MapAccessibility() override {
        QAccessible::installUpdateHandler(m_before);
        QAccessible::setActive(false);
    }
    [[nodiscard]] QAccessibleInterface* map() { return QAccessible::queryAccessibleInterface(&view); }
    [[nodiscard]] QAccessibleInterface* named(const QString& part) {
        for (int i = 0; i < map()->childCount(); ++i)
            if (QAccessibleInterface* each = map()->child(i); each->text(QAccessible::Name).contains(part))
                return each;
        return nullptr;
    }
    [[nodiscard]] QString titleOf(unsigned incident) const {
        return QString::fromStdString(desk.state().incidents.at(id<model::IncidentId>(incident)).title.text);
    }

  private:
    QAccessible::UpdateHandler m_before{nullptr};
};

TEST_F(MapAccessibility, SymbolsInViewAreChildrenWithWordsAndAPlace) {
    ASSERT_NE(map(), nullptr);
    EXPECT_EQ(map()->text(QAccessible::Name), QStringLiteral("Situation map"));
    QAccessibleInterface* incident = named(titleOf(2));
    ASSERT_NE(incident, nullptr);
    EXPECT_TRUE(incident->isValid());
    EXPECT_EQ(incident->role(), QAccessible::Button);
    EXPECT_FALSE(incident->text(QAccessible::Description).isEmpty());
    EXPECT_FALSE(incident->text(QAccessible::Name).contains(QLatin1Char('\n')));
    EXPECT_TRUE(incident->rect().contains(view.mapToGlobal(incidentAt(2)).toPoint()));
    EXPECT_EQ(incident->parent(), map());
    EXPECT_EQ(map()->child(map()->indexOfChild(incident)), incident);
    const QPoint at = incident->rect().center();
    EXPECT_EQ(map()->childAt(at.x(), at.y()), incident);
    EXPECT_EQ(named(titleOf(3)), nullptr); // lies to the north, out of view
    // The buttons over the map are there, too.
    EXPECT_TRUE(map()->child(0)->object()->isWidgetType());
}

TEST_F(MapAccessibility, PressingASymbolChoosesIt) {
    QAccessibleInterface* incident = named(titleOf(2));
    ASSERT_NE(incident, nullptr);
    QAccessibleActionInterface* action = incident->actionInterface();
    ASSERT_NE(action, nullptr);
    ASSERT_TRUE(action->actionNames().contains(QAccessibleActionInterface::pressAction()));
    EXPECT_FALSE(incident->state().selected);
    action->doAction(QAccessibleActionInterface::pressAction());
    ASSERT_NE(selection.as<model::IncidentId>(), nullptr);
    EXPECT_EQ(*selection.as<model::IncidentId>(), id<model::IncidentId>(2));
    settle();
    EXPECT_TRUE(named(titleOf(2))->state().selected);
}

TEST_F(MapAccessibility, ASymbolStaysTheSameWhileItIsOnTheMap) {
    QAccessibleInterface* incident = named(titleOf(2));
    ASSERT_NE(incident, nullptr);
    const QRect before = incident->rect();
    drag({500, 350}, {560, 350});
    settle();
    EXPECT_EQ(named(titleOf(2)), incident);
    EXPECT_EQ(incident->rect().center().x(), before.center().x() + 60);
    desk.scene().state.incidents.at(id<model::IncidentId>(2)).state = model::IncidentState::closed;
    told();
    EXPECT_FALSE(incident->isValid()); // nobody has asked since, so it is still there to say so
    EXPECT_EQ(named(titleOf(2)), nullptr);
}

TEST_F(MapAccessibility, TabAnnouncesTheSymbolItReaches) {
    view.setFocus();
    if (!view.hasFocus())
        GTEST_SKIP() << "the platform gives no focus";
    announced().clear();
    QKeyEvent tab(QEvent::KeyPress, Qt::Key_Tab, Qt::NoModifier);
    QApplication::sendEvent(&view, &tab);
    QAccessibleInterface* first = map()->focusChild();
    ASSERT_NE(first, nullptr);
    EXPECT_TRUE(first->state().focused);
    if (QAccessible::isActive()) { // a platform without readers cannot be made to have one
        ASSERT_FALSE(announced().isEmpty());
        EXPECT_EQ(first->text(QAccessible::Name), announced().last());
    }
    QApplication::sendEvent(&view, &tab);
    EXPECT_NE(map()->focusChild(), first);
    EXPECT_FALSE(first->state().focused);
}

TEST(MapAccessibilityOfAnEmptyMap, GoesAwayWithItsMap) {
    test::FakeBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{QStringLiteral("en")};
    QAccessible::Id number = 0;
    {
        MapView view(UiContext{desk, theme, selection, language}, nullptr);
        view.resize(800, 600);
        view.setView(model::Position::trusted(47.1265, 9.5180), 13.5);
        QAccessibleInterface* map = QAccessible::queryAccessibleInterface(&view);
        ASSERT_NE(map, nullptr);
        ASSERT_GT(map->childCount(), 1);
        number = QAccessible::uniqueId(map->child(map->childCount() - 1));
        EXPECT_NE(QAccessible::accessibleInterface(number), nullptr);
    }
    EXPECT_EQ(QAccessible::accessibleInterface(number), nullptr);
}

} // namespace
} // namespace tocsin::gui
