#include "app/capability_keeping.hpp"

#include "desk/desk_fixture.hpp"

#include <fstream>
#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::app;
using base::Code;

namespace {

class CapabilityKeeping : public ::testing::Test {
  protected:
    test::TempFolder root;
    county::CountyFolder folder{root.path()};
    std::mutex saving;
    model::CapabilityTables seen;

    void SetUp() override {
        put("[county]\nname = \"X\"\n# what we can do\n[capabilities]\npumping = \"Pumping\" # ask Keller\ndiving = \"Diving\"\n"
            "[[watch]]\nid = \"v\"\nsensors = [\"s\"]\nsilent_after = \"6h\"\n");
        seen = readCapabilities(folder).value();
    }
    void put(const std::string& text) const { ASSERT_TRUE(county::writeText(folder.config(), text)); }
    std::string text() const { return county::readText(folder.config()).value(); }
};

TEST_F(CapabilityKeeping, PutsTheTablesIntoTheFileAndLeavesTheRest) {
    auto wanted = seen;
    wanted.capabilities.erase(wanted.capabilities.begin() + 1);
    wanted.capabilities.push_back({"medical", {"Medical care"}, {}, "2050000", {}});
    wanted.codes.push_back({"2050000", {"Aid"}, "medical", {}, {}});
    const auto kept = keepCapabilities(folder, saving, seen, wanted, {});
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(readCapabilities(folder).value(), wanted);
    EXPECT_NE(text().find("# what we can do\n[capabilities]\npumping = \"Pumping\" # ask Keller\n"), std::string::npos);
    EXPECT_EQ(county::loadConfig(folder)->watches.size(), 1U);
}

TEST_F(CapabilityKeeping, WhatSomebodyElseHasChangedMeanwhileIsNotOverwritten) {
    auto wanted = seen;
    wanted.capabilities[0].name.text = "Pumps";
    put(text() + "[duty]\nofficers = [\"A\"]\n");
    ASSERT_TRUE(keepCapabilities(folder, saving, seen, wanted, {})) << "another section is no conflict";
    const auto late = keepCapabilities(folder, saving, seen, seen, {});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Code::conflict);
    EXPECT_EQ(readCapabilities(folder).value(), wanted) << "the first one stands";
    EXPECT_EQ(county::loadConfig(folder)->officers.size(), 1U);
}

TEST_F(CapabilityKeeping, WhatIsUsedOrWrongIsRefusedAndTheFileStays) {
    const auto before = text();
    auto wanted = seen;
    wanted.capabilities.erase(wanted.capabilities.begin() + 1);
    model::CapabilityUse use;
    use.records = 3;
    use.examples = {{"Divers of Ruggell"}};
    const auto used = keepCapabilities(folder, saving, seen, wanted, {{"diving", use}});
    ASSERT_FALSE(used);
    EXPECT_EQ(used.error().code, Code::refused);
    for (const char* said : {"diving", "3", "Divers of Ruggell"})
        EXPECT_NE(used.error().message.find(said), std::string::npos) << used.error().message;
    wanted = seen;
    wanted.capabilities[1].gbt = "nonsense";
    const auto wrong = keepCapabilities(folder, saving, seen, wanted, {});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, Code::refused);
    EXPECT_EQ(text(), before);
    put("[county\n");
    EXPECT_FALSE(readCapabilities(folder));
    EXPECT_FALSE(keepCapabilities(folder, saving, seen, seen, {}));
    EXPECT_EQ(text(), "[county\n");
}

} // namespace
