#include "tocsin/gui/resources_window.hpp"

#include "gui/dispatch/call_lists.hpp"
#include "gui/fake_bridge.hpp"
#include "gui/resources/import_wizard.hpp"
#include "gui/resources/inventory_print.hpp"
#include "gui/resources/resource_words.hpp"
#include "gui/resources/stock_voucher.hpp"
#include "tocsin/gui/roster_window.hpp"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using test::id;

class FakeResources final : public ResourcesDesk {
  public:
    std::vector<model::ResourceId> finds;
    QString asked;
    std::optional<base::Error> refuse;
    std::vector<QStringList> mapped;
    int taken{0};

    void search(const QString& text, std::optional<model::ResourceKind>, QObject*, std::function<void(Found)> answer) override {
        asked = text;
        answer({finds, false});
    }
    model::CapabilityTables tables{{{"pumping", {"Pumping"}, "Water Pump Team", "2010000", {{"30 m³/h"}, {"300 m³/h"}}}},
                                   {{"2010000", {"Pumps and hoses"}, "pumping", {}, {}}}};
    const model::CapabilityTables& typing() const override { return tables; }
    Limits staleAfter(model::ResourceKind) const override { return {}; }
    Tables opened{Tables::resources};
    std::vector<std::pair<std::string, Tables>> exported;
    void open(std::filesystem::path, Tables what, const QString&, QObject*, std::function<void(base::Result<Opened>)> answer) override {
        opened = what;
        if (refuse) {
            answer(tl::unexpected(*refuse));
            return;
        }
        Opened file;
        file.encoding = QStringLiteral("GB18030");
        Table table;
        table.name = QStringLiteral("teams.csv");
        table.header = {QStringLiteral("名称"), QStringLiteral("other")};
        table.fields = {QStringLiteral("name"), QStringLiteral("phone")};
        table.mapping = {QStringLiteral("name"), QString()};
        table.sample = {{QStringLiteral("队伍一"), QStringLiteral("139")}};
        table.rows = 2;
        file.tables.push_back(table);
        answer(file);
    }
    void tryOut(std::vector<QStringList> mapping, model::Datum, std::optional<model::ResourceKind>, std::stop_token, QObject*,
                std::function<void(double)> progress, std::function<void(base::Result<Trial>)> answer) override {
        mapped = std::move(mapping);
        progress(0.5);
        answer(Trial{2, 1, 0, 0, 1, {{QStringLiteral("teams.csv"), 3, QStringLiteral("phone"), QStringLiteral("abc"), QStringLiteral("a number")}}});
    }
    void take(std::stop_token, QObject*, std::function<void(double)>, std::function<void(base::Result<Taken>)> answer) override {
        ++taken;
        answer(Taken{1, {}, false, QStringLiteral("/x/bad-rows.csv")});
    }
    void exportTo(std::filesystem::path, std::vector<model::ResourceId>, QObject*, std::function<void(base::Result<QStringList>)> answer) override {
        answer(QStringList{});
    }
    void exportTables(std::filesystem::path file, Tables what, QObject*, std::function<void(base::Result<QStringList>)> answer) override {
        exported.emplace_back(file.string(), what);
        answer(QStringList{QString::fromStdString(file.string())});
    }
};

class ResourcesWindowTest : public ::testing::Test {
  protected:
    test::FakeBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{QStringLiteral("en")};
    FakeResources resources;
    std::unique_ptr<ResourcesWindow> window;

    void SetUp() override {
        window = std::make_unique<ResourcesWindow>(UiContext{desk, theme, selection, language}, resources);
        window->show();
    }
    template <typename T>
    T* find(const char* name) {
        auto* found = window->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    int rows() { return find<QTableView>("resourceTable")->model()->rowCount(); }
    void type(const char* name, const QString& text) {
        auto* line = find<QLineEdit>(name);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
};

TEST_F(ResourcesWindowTest, ListsAllFiltersByKindAndSearchesAsOneTypes) {
    EXPECT_EQ(rows(), static_cast<int>(desk.state().resources.size()));
    resources.finds = {id<model::ResourceId>(1)};
    type("resourceSearch", QStringLiteral("vaduz"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return rows() == 1; }, 5000));
    EXPECT_EQ(resources.asked, QStringLiteral("vaduz"));
    EXPECT_TRUE(find<QLabel>("resourceNothing")->isVisible()) << "what to do";
    QTest::keyClick(find<QLineEdit>("resourceSearch"), Qt::Key_Down);
    EXPECT_FALSE(find<QLabel>("resourceNothing")->isVisible()) << "the first that was found is shown";
    resources.finds.clear();
    find<QLineEdit>("resourceSearch")->setFocus();
    type("resourceSearch", QStringLiteral("nothing such"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return rows() == 0; }, 5000));
    EXPECT_TRUE(find<QLabel>("resourcesEmpty")->isVisible());
    QTest::keyClick(find<QLineEdit>("resourceSearch"), Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([this] { return rows() > 1; }, 5000)) << "Esc empties the search first";
    EXPECT_TRUE(window->isVisible());
}

TEST_F(ResourcesWindowTest, AStatusThatShouldHaveEndedIsCountedAndFiltered) {
    auto& one = desk.scene().state.resources.at(id<model::ResourceId>(1));
    one.status = model::ResourceStatus::maintenance;
    one.statusUntil = desk.now() + std::chrono::minutes(5);
    desk.tellAll();
    EXPECT_FALSE(find<QLabel>("resourcesCount")->text().contains(QStringLiteral("overdue")));
    desk.time += std::chrono::minutes(6);
    Changes told;
    told.alarms.insert(id<model::AlarmId>(1));
    desk.tell(told);
    EXPECT_TRUE(find<QLabel>("resourcesCount")->text().endsWith(QStringLiteral("statuses overdue: 1"))) << find<QLabel>("resourcesCount")->text().toStdString();
    EXPECT_EQ(ResourceWords::attention(attentionOf(one, desk.now(), {})), QStringLiteral("status overdue"));
    EXPECT_TRUE(ResourceWords::status(one, desk.now(), language).endsWith(QStringLiteral(", overdue")));
    auto* only = find<QComboBox>("resourceAttention");
    only->setCurrentIndex(only->count() - 1);
    EXPECT_EQ(only->currentText(), QStringLiteral("Status overdue"));
    EXPECT_EQ(rows(), 1);
    one.statusUntil = desk.now() + std::chrono::hours(1);
    EXPECT_TRUE(ResourceWords::status(one, desk.now(), language).contains(QStringLiteral(" until ")));
    EXPECT_FALSE(ResourceWords::status(one, desk.now(), language).contains(QStringLiteral("overdue")));
}

TEST_F(ResourcesWindowTest, AnEditedFieldIsSentWithTheRecordAsSeenAndTheRestStays) {
    window->select(id<model::ResourceId>(1));
    EXPECT_FALSE(find<QPushButton>("saveResource")->isEnabled());
    const auto before = desk.state().resources.at(id<model::ResourceId>(1));
    type("field-phone", QStringLiteral("+423 1"));
    EXPECT_TRUE(window->isDirty());
    find<QPushButton>("saveResource")->click();
    const auto* sent = desk.lastSent<desk::PutResources>();
    ASSERT_NE(sent, nullptr);
    auto expected = before;
    expected.phone = "+423 1";
    EXPECT_EQ(sent->resources.at(0), expected) << "nothing else is touched";
    EXPECT_EQ(sent->seen.at(0), before);
    EXPECT_FALSE(window->isDirty());
}

TEST_F(ResourcesWindowTest, TheCodeAndTheLevelsMeaningStandBesideEachCapability) {
    window->select(id<model::ResourceId>(1));
    type("field-capabilities", QStringLiteral("pumping:2 juggling:1"));
    const auto* meaning = find<QLabel>("capabilityMeaning");
    EXPECT_TRUE(meaning->isVisibleTo(window.get()));
    const auto lines = meaning->text().split(QLatin1Char('\n'));
    ASSERT_EQ(lines.size(), 2);
    EXPECT_EQ(lines[0], QStringLiteral("pumping L2: 300 m³/h · GB/T 38565 2010000 Pumps and hoses · like Water Pump Team"));
    EXPECT_TRUE(lines[1].contains(QLatin1String("not in the county's table"))) << lines[1].toStdString();
    type("field-capabilities", QStringLiteral("pumping:9"));
    EXPECT_FALSE(meaning->isVisibleTo(window.get())) << "what cannot be read is said beside Save";
}

TEST_F(ResourcesWindowTest, WhatCannotBeReadIsSaidAndNotSent) {
    window->select(id<model::ResourceId>(1));
    type("field-people", QStringLiteral("abc"));
    find<QPushButton>("saveResource")->click();
    EXPECT_EQ(desk.lastSent<desk::PutResources>(), nullptr);
    EXPECT_TRUE(find<QLabel>("resourcesSaid")->text().contains(QLatin1String("whole number")));
    type("field-people", QStringLiteral("7"));
    desk.refuseNext = base::Error{base::Code::conflict, "somebody else was faster", {}};
    find<QPushButton>("saveResource")->click();
    EXPECT_TRUE(find<QLabel>("resourcesSaid")->text().contains(QLatin1String("somebody else was faster")));
    EXPECT_TRUE(window->isDirty()) << "what was typed is not lost";
}

TEST_F(ResourcesWindowTest, AnEmptyDatabaseSaysWhatToDo) {
    desk.scene().state.resources.clear();
    window = std::make_unique<ResourcesWindow>(UiContext{desk, theme, selection, language}, resources);
    window->show();
    EXPECT_TRUE(find<QLabel>("resourcesEmpty")->isVisible());
    EXPECT_TRUE(find<QLabel>("resourcesEmpty")->text().contains(QLatin1String("Import")));
}

TEST_F(ResourcesWindowTest, TheWizardShowsColumnsFaultsAndTakesTheGoodRows) {
    auto* wizard = new ImportWizard(UiContext{desk, theme, selection, language}, resources, window.get());
    wizard->show();
    auto* next = wizard->findChild<QPushButton*>(QStringLiteral("importNext"));
    wizard->openFile(QStringLiteral("/x/teams.csv"));
    next->click();
    ASSERT_EQ(resources.mapped.size(), 1U);
    EXPECT_EQ(resources.mapped[0].at(0), QStringLiteral("name"));
    auto* faults = wizard->findChild<QTableWidget*>(QStringLiteral("importFaults"));
    ASSERT_EQ(faults->rowCount(), 1);
    bool told = false;
    QObject::connect(next, &QObject::destroyed, [&told] { told = true; });
    EXPECT_EQ(faults->item(0, 4)->text(), QStringLiteral("a number"));
    next->click();
    EXPECT_EQ(resources.taken, 1);
    EXPECT_TRUE(wizard->findChild<QLabel*>(QStringLiteral("importOutcome"))->text().contains(QLatin1String("bad-rows.csv")));
    next->click();
    EXPECT_FALSE(wizard->isVisible());
    delete wizard;
    EXPECT_TRUE(told) << "the style sheet that listens so too would look at a button that is gone";
}

TEST_F(ResourcesWindowTest, RostersAndCallListsAreTakenByTheSameWizard) {
    UiContext ui{desk, theme, selection, language};
    RosterWindow without(ui);
    EXPECT_TRUE(without.findChild<QPushButton*>(QStringLiteral("rosterImport"))->isHidden()) << "nobody reads a table here";
    ui.tables = &resources;
    RosterWindow rosters(ui);
    rosters.show();
    rosters.findChild<QPushButton*>(QStringLiteral("rosterImport"))->click();
    auto* wizard = rosters.findChild<ImportWizard*>();
    ASSERT_NE(wizard, nullptr);
    EXPECT_EQ(wizard->windowTitle(), QStringLiteral("Import duty rosters"));
    wizard->openFile(QStringLiteral("/x/shifts.csv"));
    EXPECT_EQ(resources.opened, ResourcesDesk::Tables::rosters);
    for (const auto* label : wizard->findChildren<QLabel*>())
        EXPECT_FALSE(label->text().contains(QLatin1String("Coordinates"))) << "a shift has none";

    CallListsDialog lists(ui, [](model::CallListId) {}, nullptr);
    lists.show();
    EXPECT_FALSE(lists.findChild<QPushButton*>(QStringLiteral("callListsExport"))->isEnabled()) << "none is kept";
    lists.findChild<QPushButton*>(QStringLiteral("callListsImport"))->click();
    auto* other = lists.findChild<ImportWizard*>();
    ASSERT_NE(other, nullptr);
    EXPECT_EQ(other->windowTitle(), QStringLiteral("Import call-down lists"));
    other->openFile(QStringLiteral("/x/lists.xlsx"));
    EXPECT_EQ(resources.opened, ResourcesDesk::Tables::callLists);
}

TEST_F(ResourcesWindowTest, TheInventoryHasEachRecordAndNoMarkupOfItsTexts) {
    auto& r = desk.scene().state.resources[id<model::ResourceId>(1)];
    r.name = {"<b>Team</b>"};
    const auto html = inventoryHtml(UiContext{desk, theme, selection, language}, {r.id});
    EXPECT_TRUE(html.contains(QLatin1String("&lt;b&gt;Team")));
    desk.scene().state.desk.exercise = false;
    EXPECT_FALSE(inventoryHtml(UiContext{desk, theme, selection, language}, {r.id}).contains(QLatin1String("EXERCISE")));
    desk.scene().state.desk.exercise = true;
    EXPECT_TRUE(inventoryHtml(UiContext{desk, theme, selection, language}, {r.id}).contains(QLatin1String("EXERCISE")));
}

TEST_F(ResourcesWindowTest, AMovementOfStockHasAVoucherThatItsHistoryPrintsAgain) {
    model::Entry entry;
    entry.type = "stock.moved";
    entry.subject = "stock";
    entry.actor = "M. Keller";
    entry.time = desk.now();
    entry.data = {{"document",
                   {{"number", "S2026-0007"}, {"act", "transfer"}, {"code", "3010100"}, {"name", "Sandbags"}, {"quantity", 450.0}, {"unit", "pcs"},
                    {"before", 1550.0}, {"from", id<model::ResourceId>(9).toString()}, {"to", id<model::ResourceId>(1).toString()},
                    {"reason", "<i>dyke</i>"}, {"by", "M. Keller"}}}};
    const auto html = voucherHtml(entry, desk.state(), language);
    for (const char* part : {"S2026-0007", "450", "Sandbags", "Civil protection store Vaduz", "M. Keller", "&lt;i&gt;dyke", "Received by"})
        EXPECT_TRUE(html.contains(QString::fromUtf8(part))) << part << " in\n" << html.toStdString();
    auto other = entry;
    other.type = "resource.changed";
    EXPECT_TRUE(voucherHtml(other, desk.state(), language).isEmpty());
    desk.scene().log = {other, entry};
    window->select(id<model::ResourceId>(9));
    auto* list = find<QListWidget>("resourceHistory");
    for (auto* tabs : window->findChildren<QTabWidget*>()) {
        if (tabs->isAncestorOf(list))
            tabs->setCurrentIndex(1);
    }
    ASSERT_EQ(list->count(), 2);
    list->setCurrentRow(0); // the newest
    EXPECT_TRUE(find<QPushButton>("printVoucher")->isEnabled());
    list->setCurrentRow(1);
    EXPECT_FALSE(find<QPushButton>("printVoucher")->isEnabled());
}

} // namespace
} // namespace tocsin::gui
