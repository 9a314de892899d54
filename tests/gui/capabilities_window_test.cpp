#include "tocsin/gui/capabilities_window.hpp"

#include "gui/fake_bridge.hpp"
#include "gui/resources/typing_model.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <gtest/gtest.h>
#include <string>

namespace tocsin::gui {
namespace {

using model::TypingColumn;
using model::TypingTable;

class FakeCapabilities final : public CapabilitiesDesk {
  public:
    Tables tables{{{"pumping", {"Pumping"}, "Water Pump Team", "2010000", {{"30 m³/h"}, {"300 m³/h"}}}, {"diving", {"Diving"}, {}, {}, {}}},
                  {{"2010000", {"Pumps"}, "pumping", {}, {}}, {"2070000", {"Engines"}, {}, "vehicle", {}}}};
    Tables imported;
    std::map<std::string, model::CapabilityUse> used;
    std::optional<base::Error> refuse;
    std::vector<std::pair<Tables, Tables>> saved;

    void read(QObject*, std::function<void(base::Result<Tables>)> answer) override {
        if (refuse)
            answer(tl::unexpected(*refuse));
        else
            answer(tables);
    }
    std::map<std::string, model::CapabilityUse> uses() const override { return used; }
    void save(Tables seen, Tables wanted, QObject*, std::function<void(base::Result<void>)> answer) override {
        if (refuse) {
            answer(tl::unexpected(*refuse));
            return;
        }
        saved.emplace_back(std::move(seen), wanted);
        tables = std::move(wanted);
        answer({});
    }
    void importFrom(std::filesystem::path, TypingTable, Tables, QObject*, std::function<void(base::Result<Tables>)> answer) override { answer(imported); }
    void exportTo(std::filesystem::path, TypingTable, Tables, QObject*, std::function<void(base::Result<void>)> answer) override { answer({}); }
};

class CapabilitiesWindowTest : public ::testing::Test {
  protected:
    test::FakeBridge bridge;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{QStringLiteral("en")};
    FakeCapabilities desk;
    std::unique_ptr<CapabilitiesWindow> window;

    void SetUp() override { open(); }
    void TearDown() override { Words::useCapabilities({}, {}); }
    void open() {
        window = std::make_unique<CapabilitiesWindow>(UiContext{bridge, theme, selection, language}, desk);
        window->show();
    }
    template <typename T>
    T* find(const char* name) {
        auto* found = window->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    QAbstractItemModel* rows(TypingTable which) {
        return find<QTableView>(which == TypingTable::codes ? "codesTable" : "capabilitiesTable")->model();
    }
    QModelIndex cell(TypingTable which, int row, TypingColumn column) {
        for (auto* model : window->findChildren<TypingModel*>()) {
            if (model->which() == which)
                return rows(which)->index(row, model->sectionOf(column));
        }
        return {};
    }
    void put(TypingTable which, int row, TypingColumn column, const char* text) {
        ASSERT_TRUE(rows(which)->setData(cell(which, row, column), QString::fromUtf8(text)));
    }
    QString wrong(TypingTable which, int row) { return rows(which)->index(row, TypingModel::wrongSection).data().toString(); }
    QString said() { return find<QLabel>("capabilitiesSaid")->text(); }
    void save() { find<QPushButton>("saveCapabilities")->click(); }
    void select(TypingTable which, int row) {
        find<QTabWidget>("capabilityTabs")->setCurrentIndex(which == TypingTable::codes ? 1 : 0);
        find<QTableView>(which == TypingTable::codes ? "codesTable" : "capabilitiesTable")->setCurrentIndex(cell(which, row, TypingColumn::code));
    }
};

TEST_F(CapabilitiesWindowTest, AnEditedCellIsSavedWithTheTablesAsSeenAndTheRestStays) {
    const auto seen = desk.tables;
    EXPECT_FALSE(find<QPushButton>("saveCapabilities")->isEnabled());
    put(TypingTable::capabilities, 0, TypingColumn::level3, "1,500 m³/h");
    put(TypingTable::codes, 1, TypingColumn::nameZh, "消防车");
    EXPECT_TRUE(window->isDirty());
    save();
    ASSERT_EQ(desk.saved.size(), 1U);
    EXPECT_EQ(desk.saved[0].first, seen);
    auto expected = seen;
    expected.capabilities[0].levels.push_back({"1,500 m³/h"});
    expected.codes[1].name.translations["zh_CN"] = "消防车";
    EXPECT_EQ(desk.saved[0].second, expected);
    EXPECT_FALSE(window->isDirty());
}

TEST_F(CapabilitiesWindowTest, AFaultStandsInWordsBesideItsCellAndNothingIsSaved) {
    auto* view = find<QTableView>("capabilitiesTable");
    EXPECT_TRUE(view->isColumnHidden(TypingModel::wrongSection)) << "while nothing is wrong";
    put(TypingTable::capabilities, 1, TypingColumn::gbt, "2999999");
    put(TypingTable::codes, 1, TypingColumn::capability, "pumping");
    EXPECT_FALSE(view->isColumnHidden(TypingModel::wrongSection));
    EXPECT_EQ(wrong(TypingTable::capabilities, 0), QString());
    EXPECT_EQ(wrong(TypingTable::capabilities, 1), QStringLiteral("GB/T 38565: 2999999 is not in the table of codes"));
    EXPECT_TRUE(wrong(TypingTable::codes, 1).startsWith(QLatin1String("for the kind: "))) << wrong(TypingTable::codes, 1).toStdString();
    EXPECT_TRUE(cell(TypingTable::capabilities, 1, TypingColumn::gbt).data(Qt::ToolTipRole).toString().contains(QLatin1String("2999999")));
    EXPECT_FALSE(cell(TypingTable::capabilities, 1, TypingColumn::gbt).data(Qt::DecorationRole).isNull()) << "a mark, not a colour";
    save();
    EXPECT_TRUE(desk.saved.empty());
    EXPECT_EQ(view->currentIndex(), cell(TypingTable::capabilities, 1, TypingColumn::gbt)) << "it shows the first one";
    QTest::keyClick(window.get(), Qt::Key_J, Qt::ControlModifier);
    EXPECT_EQ(find<QTabWidget>("capabilityTabs")->currentIndex(), 1) << "then the next one";
    EXPECT_EQ(find<QTableView>("codesTable")->currentIndex(), cell(TypingTable::codes, 1, TypingColumn::kind));
}

TEST_F(CapabilitiesWindowTest, WhatIsUsedCanNeitherBeRemovedNorRenamed) {
    model::CapabilityUse use;
    use.records = 2;
    use.plans = 1;
    use.examples = {{"Flood"}, {"Divers of Ruggell"}};
    desk.used["diving"] = use;
    select(TypingTable::capabilities, 1);
    find<QPushButton>("capabilitiesRemove")->click();
    EXPECT_EQ(rows(TypingTable::capabilities)->rowCount(), 2);
    for (const char* word : {"diving", "2 record", "1 plan", "Divers of Ruggell"})
        EXPECT_TRUE(said().contains(QLatin1String(word))) << said().toStdString();
    put(TypingTable::capabilities, 1, TypingColumn::code, "scuba");
    EXPECT_TRUE(wrong(TypingTable::capabilities, 1).contains(QLatin1String("2 record"))) << wrong(TypingTable::capabilities, 1).toStdString();
    save();
    EXPECT_TRUE(desk.saved.empty());
    put(TypingTable::capabilities, 1, TypingColumn::code, "diving");
    EXPECT_EQ(wrong(TypingTable::capabilities, 1), QString());
    desk.used.clear();
    select(TypingTable::capabilities, 1); // its row may have been put elsewhere
    find<QPushButton>("capabilitiesRemove")->click();
    EXPECT_EQ(rows(TypingTable::capabilities)->rowCount(), 1) << "nobody uses it any more";
    save();
    ASSERT_EQ(desk.saved.size(), 1U);
    EXPECT_EQ(desk.saved[0].second.capabilities.size(), 1U);
}

TEST_F(CapabilitiesWindowTest, RowsAreAddedAndFiltered) {
    QAbstractItemModelTester tester(rows(TypingTable::codes), QAbstractItemModelTester::FailureReportingMode::Fatal);
    select(TypingTable::codes, 0);
    auto* filter = find<QLineEdit>("codesFilter");
    filter->setText(QStringLiteral("eng"));
    EXPECT_EQ(rows(TypingTable::codes)->rowCount(), 1);
    filter->setText(QStringLiteral("nothing such"));
    EXPECT_EQ(rows(TypingTable::codes)->rowCount(), 0);
    find<QPushButton>("codesAdd")->click();
    EXPECT_TRUE(filter->text().isEmpty()) << "a new row is seen";
    ASSERT_EQ(rows(TypingTable::codes)->rowCount(), 3);
    EXPECT_TRUE(wrong(TypingTable::codes, 2).contains(QLatin1String("must not be empty")));
    put(TypingTable::codes, 2, TypingColumn::code, "2080000");
    put(TypingTable::codes, 2, TypingColumn::name, "Shelters");
    put(TypingTable::codes, 2, TypingColumn::kind, Words::resourceKind(model::ResourceKind::shelter).toUtf8().constData());
    EXPECT_EQ(wrong(TypingTable::codes, 2), QString());
    save();
    ASSERT_EQ(desk.saved.size(), 1U);
    EXPECT_EQ(desk.saved[0].second.codes[2].kind, "shelter") << "the word of the language is taken as the key";
}

TEST_F(CapabilitiesWindowTest, ThousandsOfRowsWithFaultsAreFilteredAndPutRight) {
    constexpr int many = 4'000;
    desk.tables.capabilities.clear();
    desk.tables.codes[0].capability.clear();
    for (int n = 1'000; n < 1'000 + many; ++n) {
        model::CapabilityWord word;
        word.code = "c" + std::to_string(n);
        word.name = {"Équipe " + std::to_string(n)};
        word.gbt = "2999999";
        word.levels = {{"the same"}, {"the same"}};
        desk.tables.capabilities.push_back(std::move(word));
    }
    open();
    auto* filter = find<QLineEdit>("capabilitiesFilter");
    const auto shown = [&] { return rows(TypingTable::capabilities)->rowCount(); };
    const auto typed = QStringLiteral("équipe 1234");
    for (int letters = 1; letters <= typed.size(); ++letters)
        filter->setText(typed.left(letters));
    EXPECT_EQ(shown(), 1);
    EXPECT_EQ(cell(TypingTable::capabilities, 0, TypingColumn::code).data().toString(), QStringLiteral("c1234"));
    EXPECT_TRUE(wrong(TypingTable::capabilities, 0).contains(QLatin1String("2999999"))) << wrong(TypingTable::capabilities, 0).toStdString();
    filter->setText(QStringLiteral("EQUIPE 12"));
    EXPECT_EQ(shown(), 100) << "neither case nor accents are looked at";
    filter->setText(QStringLiteral("1234 2999999"));
    EXPECT_EQ(shown(), 0) << "the letters stand in one cell";
    filter->setText(QStringLiteral("équipe 1234"));
    put(TypingTable::capabilities, 0, TypingColumn::gbt, "2070000");
    EXPECT_EQ(shown(), 1) << "a row does not leave while it is typed into";
    EXPECT_FALSE(wrong(TypingTable::capabilities, 0).contains(QLatin1String("2999999")));
    EXPECT_TRUE(find<QLabel>("capabilityFaults")->text().startsWith(QString::number(2 * many - 1)));
    filter->setText(QStringLiteral("2999999"));
    EXPECT_EQ(shown(), many - 1) << "what was edited is looked for as it is now";
    filter->clear();
    EXPECT_EQ(shown(), many);
    save();
    EXPECT_TRUE(desk.saved.empty());
}

TEST_F(CapabilitiesWindowTest, ManyRowsAreRemovedAtOnceAndTheOthersStay) {
    desk.tables.capabilities.clear();
    desk.tables.codes[0].capability.clear();
    for (int n = 0; n < 6; ++n)
        desk.tables.capabilities.push_back({"c" + std::to_string(n), {"Team"}, {}, {}, {}});
    open();
    auto* view = find<QTableView>("capabilitiesTable");
    for (const int row : {0, 2, 3, 5})
        view->selectionModel()->select(cell(TypingTable::capabilities, row, TypingColumn::code), QItemSelectionModel::Select);
    find<QPushButton>("capabilitiesRemove")->click();
    save();
    ASSERT_EQ(desk.saved.size(), 1U);
    ASSERT_EQ(desk.saved[0].second.capabilities.size(), 2U);
    EXPECT_EQ(desk.saved[0].second.capabilities[0].code, "c1");
    EXPECT_EQ(desk.saved[0].second.capabilities[1].code, "c4");
}

TEST_F(CapabilitiesWindowTest, WhatSomebodyElseHasChangedIsSaidAndCanBeReadAgain) {
    put(TypingTable::capabilities, 0, TypingColumn::name, "Pumps");
    desk.refuse = base::Error{base::Code::conflict, "changed", {}};
    save();
    EXPECT_TRUE(said().contains(QLatin1String("Somebody else"))) << said().toStdString();
    EXPECT_TRUE(window->isDirty()) << "what was typed is still there";
    desk.refuse.reset();
    desk.tables.capabilities[0].name.text = "Theirs";
    find<QPushButton>("readCapabilities")->click();
    auto* ask = window->findChild<QMessageBox*>();
    ASSERT_NE(ask, nullptr) << "not without asking";
    for (auto* button : ask->buttons()) {
        if (ask->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    EXPECT_FALSE(window->isDirty());
    EXPECT_EQ(cell(TypingTable::capabilities, 0, TypingColumn::name).data().toString(), QStringLiteral("Theirs"));
}

TEST_F(CapabilitiesWindowTest, AReadOnlyDeskShowsAndChangesNothing) {
    bridge.isReadOnly = true;
    open();
    EXPECT_FALSE(rows(TypingTable::capabilities)->flags(cell(TypingTable::capabilities, 0, TypingColumn::name)).testFlag(Qt::ItemIsEditable));
    for (const char* button : {"capabilitiesAdd", "capabilitiesRemove", "capabilitiesImport", "saveCapabilities"})
        EXPECT_FALSE(find<QPushButton>(button)->isEnabled()) << button;
    EXPECT_TRUE(find<QPushButton>("capabilitiesExport")->isEnabled());
}

TEST_F(CapabilitiesWindowTest, AFileThatCannotBeReadIsSaid) {
    desk.refuse = base::Error{base::Code::malformed, "a quotation mark is open", {.line = 7}};
    open();
    EXPECT_TRUE(said().contains(QLatin1String("line 7"))) << said().toStdString();
    EXPECT_FALSE(find<QPushButton>("capabilitiesAdd")->isEnabled()) << "nothing is put over what cannot be read";
}

TEST_F(CapabilitiesWindowTest, TheCountysNamesAreUsedInTexts) {
    EXPECT_EQ(Words::capability("pumping"), QStringLiteral("pumping"));
    base::LocalText diving("Diving");
    diving.translations["zh_CN"] = "潜水救援";
    Words::useCapabilities({{"pumping", base::LocalText("Pumping")}, {"diving", diving}, {"medical", base::LocalText("First aid")}}, QStringLiteral("en"));
    EXPECT_EQ(Words::capability("pumping"), QStringLiteral("pumping")) << "the same name, as within a sentence";
    EXPECT_EQ(Words::capability("diving"), QStringLiteral("Diving"));
    EXPECT_EQ(Words::capability("medical"), QStringLiteral("First aid"));
    EXPECT_EQ(Words::capability("dyke-defence"), QStringLiteral("dyke defence"));
    EXPECT_EQ(Words::countyCapability("diving", QStringLiteral("zh_CN")), QStringLiteral("潜水救援")) << "whatever the window speaks";
    EXPECT_TRUE(Words::countyCapability("dyke-defence", QStringLiteral("zh_CN")).isEmpty());
}

} // namespace
} // namespace tocsin::gui
