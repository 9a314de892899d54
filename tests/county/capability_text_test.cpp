#include "county/support.hpp"
#include "tocsin/county/capability_files.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/county/records.hpp"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::county {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string before = R"([county]
name = "X" # the name
# what we can do
[capabilities]
# the pumps of the brook
pumping = { text = "Pumping", zh_CN = "排涝", de = "Pumpen", gbt = "2010000", levels = ["30 m³/h", { text = "300 m³/h", zh_CN = "三百" }] } # 泵: ask Keller
# nobody yet
diving = "Diving"

# physicians
medical = { text = "Medical", nims = "Task Force" }   # by night too
# kinds of emergency
[hazards]
flood = { text = "Flood", class = "naturalDisaster" }
# the end
)";

model::CapabilityTables tablesIn(const std::string& text) {
    const auto config = parseConfig(text);
    EXPECT_TRUE(config) << config.error().describe();
    return config ? model::CapabilityTables{config->capabilities, config->codes} : model::CapabilityTables{};
}

TEST(CapabilityText, ChangesRowsAndLeavesEverythingElseWithItsComments) {
    auto tables = tablesIn(before);
    ASSERT_EQ(tables.capabilities.size(), 3U);
    EXPECT_EQ(withCapabilities(before, tables).value(), before) << "what is the same stays as it stands";
    tables.capabilities.erase(tables.capabilities.begin() + 1);
    tables.capabilities[1].name.text = "Medical \"care\"";
    tables.capabilities.push_back({"新能力", {"New"}, {}, {}, {{"one"}}});
    tables.codes = {{"2010000", {"Pumps"}, "pumping", {}, {}}, {"2070000", {"Engines"}, {}, "vehicle", {}}};
    const auto after = withCapabilities(before, tables);
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(tablesIn(*after), tables);
    EXPECT_THAT(*after, HasSubstr("# the pumps of the brook\npumping = { text = \"Pumping\", zh_CN = \"排涝\", de = \"Pumpen\", gbt"));
    EXPECT_THAT(*after, HasSubstr("# 泵: ask Keller\n")) << "a row that is not changed keeps its line";
    EXPECT_THAT(*after, HasSubstr("# nobody yet\n\n# physicians\nmedical = ")) << "comments of a row that is gone stay";
    EXPECT_THAT(*after, HasSubstr("Task Force\" }   # by night too\n")) << "so does one behind a row that is changed";
    EXPECT_THAT(*after, HasSubstr("# kinds of emergency\n[hazards]\nflood = { text"));
    EXPECT_THAT(*after, HasSubstr("# the end\n"));
    EXPECT_THAT(*after, Not(HasSubstr("Diving")));
    tables.codes.pop_back();
    std::reverse(tables.capabilities.begin(), tables.capabilities.end());
    const auto turned = withCapabilities(*after, tables);
    ASSERT_TRUE(turned) << turned.error().message;
    EXPECT_EQ(tablesIn(*turned), tables) << "in their new order";
    EXPECT_EQ(tablesIn(withCapabilities(*turned, {}).value()), model::CapabilityTables{});
}

TEST(CapabilityText, MakesTheTablesWhereThereAreNone) {
    model::CapabilityTables tables{{{"pumping", {"Pumping"}, "Pump Team", "2010000", {{"a"}, {"b"}, {"c"}}}}, {{"2010000", {"Pumps"}, {}, {}, "pump"}}};
    for (const auto* head : {"[county]\nname = \"X\"", "[county]\nname = \"X\"\n[capabilities]\n[gbt]", "[county]\r\nname = \"X\"\r\n[capabilities]\r\n"}) {
        const auto after = withCapabilities(head, tables);
        ASSERT_TRUE(after) << head << after.error().message;
        EXPECT_EQ(tablesIn(*after), tables) << *after;
    }
}

TEST(CapabilityText, TakesRowsOfSeveralLinesAndLeavesOtherWaysOfWritingToTheirOwner) {
    const std::string tall = "[county]\nname = \"X\"\n[capabilities]\npumping = { text = \"Pumping\", levels = [\n  \"a\", # first\n  \"b\",\n] } # pumps\n"
                             "medical = \"Medical\"\n";
    auto tables = tablesIn(tall);
    tables.capabilities[1].gbt = "2050000";
    EXPECT_THAT(withCapabilities(tall, tables).value(), HasSubstr("  \"a\", # first\n"));
    tables.capabilities[0].gbt = "2010000";
    EXPECT_EQ(tablesIn(withCapabilities(tall, tables).value()), tables);
    for (const auto* text : {"[county]\nname = \"X\"\n[capabilities.pumping]\ntext = \"Pumping\"\n", "capabilities = { pumping = \"Pumping\" }\n[county]\nname = \"X\"\n",
                             "[county]\nname = \"X\"\n[capabilities]\npumping.text = \"Pumping\"\npumping.gbt = \"2010000\"\n"}) {
        auto odd = tablesIn(text);
        odd.capabilities.push_back({"more", {"More"}, {}, {}, {}});
        const auto refused = withCapabilities(text, odd);
        if (refused) // where a line for each row can be made of it, nothing may be lost
            EXPECT_EQ(tablesIn(*refused), odd) << text;
        else
            EXPECT_EQ(refused.error().code, base::Code::refused) << text;
    }
    auto twice = tablesIn(before);
    twice.capabilities.push_back(twice.capabilities.front());
    EXPECT_FALSE(withCapabilities(before, twice));
    EXPECT_FALSE(withCapabilities("[county\n", {}));
}

TEST(CapabilityText, NamesTheLineOfAFaultInTheCodes) {
    const auto config = parseConfig("[county]\nname = \"X\"\n[gbt]\n2010000 = { text = \"Pumps\", kind = \"submarine\" }\n");
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().place.line, 4U);
    EXPECT_THAT(config.error().message, HasSubstr("kind"));
    EXPECT_FALSE(parseConfig("[county]\nname = \"X\"\n[gbt]\n2010000 = { capability = \"pumping\" }\n")) << "it has no name";
    EXPECT_FALSE(parseConfig("[county]\nname = \"X\"\ngbt = 3\n"));
}

TEST(CapabilityText, TheTablesThatComeWithTheProgramAreGood) {
    const auto text = readText(std::filesystem::path(TOCSIN_SOURCE_DIR) / "resources" / "capabilities" / "default.toml");
    ASSERT_TRUE(text);
    const auto tables = tablesIn("[county]\nname = \"X\"\n" + *text);
    EXPECT_GE(tables.capabilities.size(), 10U);
    EXPECT_GE(tables.codes.size(), 14U);
    EXPECT_TRUE(model::checkTyping(tables).empty());
    EXPECT_THAT(*text, HasSubstr("GB/T 38565-2020")) << "its source is named";
    // Each supply of the demo county stands in a group that has a name.
    const auto supplies = readSupplies(std::filesystem::path(TOCSIN_SOURCE_DIR) / "resources" / "demo" / "supplies.csv");
    ASSERT_TRUE(supplies);
    for (const auto& [code, word] : *supplies)
        EXPECT_TRUE(std::any_of(tables.codes.begin(), tables.codes.end(), [&](const auto& one) { return one.code == code.substr(0, 3) + "0000"; })) << code;
}

TEST(CapabilityFiles, WhatIsExportedIsReadAgain) {
    testing::Scratch folder;
    auto tables = tablesIn(before);
    tables.codes = {{"2010000", {"Pumps, \"big\""}, "pumping", {}, {}}, {"2070000", {"Engines"}, {}, "vehicle", {}}};
    tables.codes[0].name.translations["zh_CN"] = "水泵";
    for (const auto which : {model::TypingTable::capabilities, model::TypingTable::codes}) {
        const auto file = folder / "table.csv";
        ASSERT_TRUE(writeText(file, typingCsv(tables, which)));
        const auto read = readTyping(file, which);
        ASSERT_TRUE(read) << read.error().describe();
        EXPECT_EQ(mergedTyping(tables, *read), tables) << "nothing is changed by it, German names among it";
        EXPECT_EQ(read->codes.empty(), which == model::TypingTable::capabilities);
    }
}

TEST(CapabilityFiles, RowsOfAFileTakeThePlaceOfThoseWithTheirCode) {
    testing::Scratch folder;
    const auto file = folder / "codes.csv";
    ASSERT_TRUE(writeText(file, "编码;名称;类别\n２０７００００;消防装备（大型）;vehicle\n2090000;其他;\n2090000;又一个;\n"));
    const auto read = readTyping(file, model::TypingTable::codes);
    ASSERT_TRUE(read) << read.error().describe();
    ASSERT_EQ(read->codes.size(), 3U);
    EXPECT_EQ(read->codes[0].name.text, "消防装备（大型）") << "a list in Chinese alone has a name";
    const model::CapabilityTables present{{}, {{"1010000", {"Water"}, {}, {}, {}}, {"2070000", {"Engines"}, "fire", {}, {}}}};
    const auto merged = mergedTyping(present, *read);
    ASSERT_EQ(merged.codes.size(), 4U);
    EXPECT_EQ(merged.codes[0].name.text, "Water") << "rows that a file does not have stay";
    EXPECT_EQ(merged.codes[1].kind, "vehicle");
    EXPECT_EQ(merged.codes[1].capability, "");
    const auto faults = model::checkTyping(merged);
    ASSERT_EQ(faults.size(), 1U) << "the second of two is told of, not lost";
    EXPECT_EQ(faults[0].flaw, model::TypingFlaw::twice);
    for (const char* bad : {"code,colour\n2070000,red\n", "name\nEngines\n", "code,name,code\n1,2,3\n", ""}) {
        ASSERT_TRUE(writeText(file, bad));
        EXPECT_FALSE(readTyping(file, model::TypingTable::codes)) << bad;
    }
    EXPECT_FALSE(readTyping(folder / "nothing.csv", model::TypingTable::codes));
}

} // namespace
} // namespace tocsin::county
