#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/new_incident_dialog.hpp"

#include <QAbstractButton>
#include <QComboBox>
#include <QLineEdit>
#include <memory>
#include <vector>

namespace tocsin::gui {
namespace {

using test::id;

class NewIncidentTest : public test::PanelTest {};

TEST_F(NewIncidentTest, startsFromTheSelectedAlarmAndSelectsWhatCameOfIt) {
    selection.select(id<model::AlarmId>(2));
    const std::unique_ptr<NewIncidentDialog> dialog(NewIncidentDialog::fromSelection(ui, nullptr));
    auto* open = dialog->findChild<QAbstractButton*>(QStringLiteral("openButton"));
    EXPECT_EQ(dialog->findChild<QLineEdit*>(QStringLiteral("title"))->text(), QStringLiteral("Rain over 25 mm/h, Triesenberg"));
    ASSERT_TRUE(open->isEnabled());
    open->click();
    const auto* sent = desk.lastSent<desk::OpenIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->alarms, std::vector{id<model::AlarmId>(2)});
    EXPECT_EQ(sent->grade, model::Grade::II);
    EXPECT_NE(selection.as<model::IncidentId>(), nullptr);
}

TEST_F(NewIncidentTest, wantsATitleAndAPlaceOnEarth) {
    const std::unique_ptr<NewIncidentDialog> dialog(
        NewIncidentDialog::at(ui, model::Position::trusted(47.1, 9.5), nullptr));
    auto* open = dialog->findChild<QAbstractButton*>(QStringLiteral("openButton"));
    auto* title = dialog->findChild<QLineEdit*>(QStringLiteral("title"));
    auto* position = dialog->findChild<QLineEdit*>(QStringLiteral("position"));
    EXPECT_FALSE(open->isEnabled());
    title->setText(QStringLiteral("Tree on the road"));
    EXPECT_TRUE(open->isEnabled());
    for (const char* wrong : {"", "47.1", "97.1, 9.5", "north, east", "47.1, 9.5, 3", "nan, nan"}) {
        position->setText(QString::fromLatin1(wrong));
        EXPECT_FALSE(open->isEnabled()) << wrong;
    }
    position->setText(QStringLiteral("47.12345 9.54321"));
    dialog->findChild<QComboBox*>(QStringLiteral("grade"))->setCurrentIndex(2);
    open->click();
    const auto* sent = desk.lastSent<desk::OpenIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_DOUBLE_EQ(sent->position.latitude(), 47.12345);
    EXPECT_EQ(sent->grade, model::Grade::III);
    EXPECT_EQ(sent->title.text, "Tree on the road");
}

} // namespace
} // namespace tocsin::gui
