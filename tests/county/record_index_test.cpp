#include "tocsin/base/id.hpp"
#include "tocsin/county/record_index.hpp"

#include <gtest/gtest.h>

namespace tocsin::county {
namespace {

class RecordIndexTest : public ::testing::Test {
  protected:
    base::SeededIdSource ids{*base::parseTime("2026-11-20T08:00:00Z")};
    std::map<std::string, model::Resource> records;
    RecordIndex index{model::CapabilityTables{
        {{"pumping", {"Pumping"}, "Water Pump Team", "2010000", {}}, {"medical", {"Medical"}, {}, {}, {}}},
        {{"2010000", {"Drainage"}, "pumping", {}, {}}, {"2050000", {"Aid post"}, "medical", {}, {}}, {"2070000", {"Rolling stock"}, {}, "vehicle", {}},
         {"3010000", {"Bags"}, {}, {}, "sandbag"}, {"1030101", {"Canvas"}, {}, {}, {}}}}};

    void add(const std::string& name, const std::string& chinese, const std::string& call, const std::string& remarks = {}) {
        model::Resource r;
        r.id = ids.make<model::ResourceId>();
        r.name = {name};
        if (!chinese.empty())
            r.name.translations["zh_CN"] = chinese;
        r.callSign = call;
        r.remarks = remarks;
        records[name] = r;
        index.put(r);
    }
    std::vector<std::string> names(std::string_view text) const {
        std::vector<std::string> out;
        for (const auto& id : index.search(text).ids)
            for (const auto& [name, record] : records)
                if (record.id == id)
                    out.push_back(name);
        return out;
    }
};

TEST_F(RecordIndexTest, FindsChineseAndLatinOfAnyLengthBestFirst) {
    add("Städtle Fire Brigade", "城区消防队", "FL 1007", "near the bridge");
    add("Fire", "消防", "X");
    add("Pump truck", "排涝车", "FL 2001", "carries fire hoses");
    using Names = std::vector<std::string>;
    EXPECT_EQ(names("fire"), (Names{"Fire", "Städtle Fire Brigade", "Pump truck"}));
    EXPECT_EQ(names("消防"), (Names{"Fire", "Städtle Fire Brigade"}));
    EXPECT_EQ(names("涝"), (Names{"Pump truck"}));
    EXPECT_EQ(names("stadtle BRIGADE"), (Names{"Städtle Fire Brigade"}));
    EXPECT_EQ(names("fl 1007"), (Names{"Städtle Fire Brigade"}));
    EXPECT_EQ(names("ＦＬ　２００１"), (Names{"Pump truck"}));
    EXPECT_EQ(names("x"), (Names{"Fire"}));
    EXPECT_TRUE(names("").empty());
    EXPECT_TRUE(names(" ,;").empty());
    EXPECT_TRUE(names("no such thing").empty());
    EXPECT_EQ(names("ri").size(), 2U) << "two letters, anywhere: Brigade, carries";
    EXPECT_EQ(names("消 FL").size(), 1U);
    EXPECT_EQ(index.search("fire", {}, 1).ids.size(), 1U);
    EXPECT_TRUE(index.search("fire", {}, 1).more);
    EXPECT_EQ(index.search("fire", model::ResourceKind::team).ids.size(), 3U);
    EXPECT_EQ(index.search("消", model::ResourceKind::shelter).ids.size(), 0U);
    EXPECT_TRUE(names("\"fire\" OR *").size() <= 3) << "never a syntax of its own";
}

TEST_F(RecordIndexTest, FollowsChanges) {
    add("One", "", "");
    add("Two", "", "");
    auto one = records["One"];
    one.name = {"Three"};
    one.capabilities = {{"pumping", 1}};
    index.put(one);
    EXPECT_TRUE(names("one").empty());
    EXPECT_EQ(names("three").size(), 1U);
    EXPECT_EQ(names("pumping").size(), 1U);
    one.retired = true;
    index.put(one);
    EXPECT_TRUE(names("three").empty());
    EXPECT_EQ(index.size(), 1U);
    add("Four", "四", "");
    EXPECT_EQ(names("four").size(), 1U);
    EXPECT_EQ(index.size(), 2U);
}

TEST_F(RecordIndexTest, FindsRecordsByTheCodesOfWhatTheyCanDoWhatTheyAreAndWhatTheyStock) {
    add("Pumpers", "", "");
    add("Medics", "", "");
    add("Lorry", "", "");
    add("Store", "", "");
    records["Pumpers"].capabilities = {{"pumping", 2}};
    records["Medics"].crew = {{"A", "", {{"medical", 1}}, "", ""}};
    records["Lorry"].kind = model::ResourceKind::vehicle;
    records["Store"].stock = {{"sandbag", {"Sacks"}}, {"1030101", {"Tent"}}};
    for (const auto& [name, record] : records)
        index.put(record);
    using Names = std::vector<std::string>;
    EXPECT_EQ(names("2010000"), Names{"Pumpers"});
    EXPECT_EQ(names("water pump team"), Names{"Pumpers"}) << "by its NIMS-like type";
    EXPECT_EQ(names("drainage"), Names{"Pumpers"}) << "by the code's name";
    EXPECT_EQ(names("2050000"), Names{"Medics"}) << "by what one of its people can do";
    EXPECT_EQ(names("2070000"), Names{"Lorry"});
    EXPECT_EQ(names("3010000"), Names{"Store"}) << "the county's own code of that supply";
    EXPECT_EQ(names("canvas"), Names{"Store"});
    EXPECT_TRUE(names("2019999").empty());
}

} // namespace
} // namespace tocsin::county
