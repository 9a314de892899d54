#include "tocsin/model/capability_tables.hpp"

#include "tocsin/base/id.hpp"
#include "tocsin/model/state.hpp"

#include <gtest/gtest.h>

namespace tocsin::model {
namespace {

using Flaw = TypingFlaw;
using Column = TypingColumn;

CapabilityTables good() {
    CapabilityTables tables;
    tables.capabilities = {{"pumping", {"Pumping"}, "Water Pump Team", "2010000", {{"30 m³/h"}, {"300 m³/h"}}}, {"medical", {"Medical care"}, {}, {}, {}}};
    tables.codes = {{"2010000", {"Pumps"}, "pumping", {}, {}}, {"2070000", {"Engines"}, {}, "vehicle", {}}, {"3010000", {"Bags"}, {}, {}, "sandbag"}};
    return tables;
}

/// The only thing that is wrong.
TypingFault only(const CapabilityTables& tables) {
    const auto faults = checkTyping(tables);
    EXPECT_EQ(faults.size(), 1U);
    return faults.empty() ? TypingFault{} : faults.front();
}

TEST(CapabilityTables, FindEachFaultInItsCell) {
    EXPECT_TRUE(checkTyping(good()).empty());
    EXPECT_TRUE(checkTyping({}).empty());
    auto t = good();
    t.capabilities[1].code = "pumping";
    EXPECT_EQ(only(t), (TypingFault{TypingTable::capabilities, 1, Column::code, Flaw::twice, "pumping"}));
    t = good();
    t.capabilities[1].code = "medical aid";
    EXPECT_EQ(only(t).flaw, Flaw::badCode);
    t = good();
    t.capabilities[1].name = {};
    EXPECT_EQ(only(t), (TypingFault{TypingTable::capabilities, 1, Column::name, Flaw::empty, ""}));
    t = good();
    t.capabilities[1].gbt = "2019999";
    EXPECT_EQ(only(t), (TypingFault{TypingTable::capabilities, 1, Column::gbt, Flaw::unknownCode, "2019999"}));
    t.codes.clear();
    EXPECT_TRUE(checkTyping(t).empty()) << "while there is no table of codes, the form alone counts";
    t.capabilities[1].gbt = "9010000";
    EXPECT_EQ(only(t).flaw, Flaw::badCode);
    t = good();
    t.capabilities[1].gbt = "2010000";
    EXPECT_EQ(only(t), (TypingFault{TypingTable::capabilities, 1, Column::gbt, Flaw::standsForOther, "pumping"}));
    t = good();
    t.capabilities[0].levels[1].text = "30 m³/h";
    EXPECT_EQ(only(t), (TypingFault{TypingTable::capabilities, 0, Column::level2, Flaw::levelTwice, ""}));
    t = good();
    setCell(t.capabilities[1], Column::level2, "ambulance");
    EXPECT_EQ(only(t), (TypingFault{TypingTable::capabilities, 1, Column::level1, Flaw::levelGap, ""}));
    t = good();
    setCell(t.capabilities[0], Column::level3Zh, "1500立方米/小时");
    EXPECT_EQ(only(t), (TypingFault{TypingTable::capabilities, 0, Column::level3, Flaw::empty, ""}));
    t = good();
    t.capabilities[0].nims = std::string(401, 'x');
    EXPECT_EQ(only(t).flaw, Flaw::tooLong);
    for (const char* code : {"201000", "20100000", "201000x", "0010000", "4010000"}) {
        t = good();
        t.codes[1].code = code;
        EXPECT_EQ(only(t), (TypingFault{TypingTable::codes, 1, Column::code, Flaw::badCode, code}));
    }
    t = good();
    t.codes[1].code = "3010000";
    EXPECT_EQ(only(t), (TypingFault{TypingTable::codes, 2, Column::code, Flaw::twice, "3010000"}));
    t = good();
    t.codes[1].kind = "submarine";
    EXPECT_EQ(only(t), (TypingFault{TypingTable::codes, 1, Column::kind, Flaw::unknownKind, "submarine"}));
    t = good();
    t.codes[2].capability = "juggling";
    t.codes[2].supply.clear();
    EXPECT_EQ(only(t), (TypingFault{TypingTable::codes, 2, Column::capability, Flaw::unknownCapability, "juggling"}));
    t = good();
    t.codes[0].kind = "team";
    EXPECT_EQ(only(t), (TypingFault{TypingTable::codes, 0, Column::kind, Flaw::standsForTwo, ""}));
}

TEST(CapabilityTables, CellsAreWhatTheyWereSetToAndKeepOtherLanguages) {
    CapabilityWord word;
    word.name.translations["de"] = "Pumpen";
    for (const auto column : columnsOf(TypingTable::capabilities))
        setCell(word, column, std::string(toString(column)));
    for (const auto column : columnsOf(TypingTable::capabilities))
        EXPECT_EQ(cellOf(word, column), toString(column));
    EXPECT_EQ(word.name.translations.at("de"), "Pumpen");
    EXPECT_EQ(word.levels.size(), 3U);
    setCell(word, Column::level3, "");
    EXPECT_EQ(word.levels.size(), 3U) << "its Chinese still stands";
    setCell(word, Column::level3Zh, "");
    EXPECT_EQ(word.levels.size(), 2U);
    GbtCode code;
    for (const auto column : columnsOf(TypingTable::codes))
        setCell(code, column, std::string(toString(column)));
    for (const auto column : columnsOf(TypingTable::codes))
        EXPECT_EQ(cellOf(code, column), toString(column));
    EXPECT_EQ(cellOf(code, Column::nims), "");
}

TEST(CapabilityTables, CountWhoStillGoesByACapability) {
    base::SeededIdSource ids{*base::parseTime("2026-11-20T08:00:00Z")};
    State state;
    const auto record = [&](const char* name) -> Resource& {
        const auto id = ids.make<ResourceId>();
        auto& made = state.resources[id];
        made.id = id;
        made.name = name;
        return made;
    };
    record("Pumpers").capabilities = {{"pumping", 2}};
    auto& both = record("Both");
    both.capabilities = {{"pumping", 1}};
    both.crew = {{"A", "", {{"pumping", 1}, {"medical", 1}}, "", ""}};
    Offer offer;
    offer.code = "pumping";
    record("Lender").offers = {offer};
    auto& gone = record("Gone");
    gone.capabilities = {{"diving", 1}};
    gone.retired = true;
    Need need;
    need.capability = "pumping";
    for (const auto incidentState : {IncidentState::open, IncidentState::closed}) {
        Incident incident;
        incident.id = ids.make<IncidentId>();
        incident.state = incidentState;
        incident.needs = {need, need};
        state.incidents[incident.id] = incident;
    }
    Plan plan;
    plan.title = "Flood";
    plan.needs = {need};
    const auto uses = capabilityUses(state, {plan});
    EXPECT_FALSE(uses.contains("diving")) << "a retired record holds nothing";
    EXPECT_EQ(uses.at("medical").records, 1U);
    const auto& pumping = uses.at("pumping");
    EXPECT_EQ(pumping.records, 3U) << "a record counts once";
    EXPECT_EQ(pumping.plans, 1U);
    EXPECT_EQ(pumping.incidents, 1U);
    EXPECT_EQ(pumping.requests, 0U);
    EXPECT_EQ(pumping.all(), 5U);
    ASSERT_EQ(pumping.examples.size(), 3U);
    EXPECT_EQ(pumping.examples.front(), base::LocalText("Flood"));
}

} // namespace
} // namespace tocsin::model
