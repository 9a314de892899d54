#include "ingest/decode_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::string warning(const std::string& area, const std::string& head = "") {
    return R"({"identifier":"mow.1","sender":"DE-1","sent":"2026-11-20T08:00:00+01:00","status":"Actual",)" + head +
           R"("msgType":"Update","scope":"Public","references":"DE-1,mow.0,2026-11-20T07:00:00+01:00 mow.x",)" +
           "\n\"info\":[{\"language\":\"DE\",\"category\":[\"Met\"],\"event\":\"Hochwasser\",\"urgency\":\"Immediate\","
           R"("severity":"severe","certainty":"Observed","headline":"Bitte &quot;gehen&quot;","area":[)" + area + "]}]}";
}

TEST(DecodeMowas, CapInJson) {
    const Decoded out = decoded(warning(R"({"areaDesc":"Mitte","polygon":["9.7,53.5 9.8,53.6 9.9,53.5 9.7,53.5"],
        "geocode":[{"valueName":"AGS","value":"02"}]})"));
    EXPECT_EQ(out.format, Format::mowas);
    const auto& taken = std::get<model::Warning>(out.messages.at(0));
    EXPECT_EQ(taken.msgType, "Update");
    ASSERT_EQ(taken.references.size(), 2U);
    EXPECT_EQ(taken.references[0], (model::WarningReference{"DE-1", "mow.0", "2026-11-20T07:00:00+01:00"}));
    EXPECT_EQ(taken.references[1].identifier, "mow.x");
    EXPECT_EQ(taken.infos.at(0).severity, "Severe");
    EXPECT_EQ(taken.infos.at(0).headline, "Bitte \"gehen\"");
    EXPECT_EQ(taken.colour, model::Grade::II);
    EXPECT_EQ(taken.infos[0].areas.at(0).polygons.at(0).at(0), model::Position::trusted(53.5, 9.7));
    EXPECT_THAT(out.deviations, Contains(HasSubstr("longitude before latitude")));
    EXPECT_THAT(out.deviations, Contains(HasSubstr("line 1, ")));
}

TEST(DecodeMowas, TheOverviewLeadsToTheWarnings) {
    const Decoded out = decoded(R"([{"id":"mow.1","version":2,"startDate":"2026-11-20T08:00:00+01:00","severity":"Minor",
        "type":"Update","i18nTitle":{"de":"x"}},{"id":"../../x","startDate":"2026-11-20T08:00:00+01:00"}])");
    EXPECT_EQ(out.format, Format::mowas);
    ASSERT_EQ(out.links.size(), 1U);
    EXPECT_EQ(out.links[0].url, "../warnings/mow.1.json");
    EXPECT_EQ(out.links[0].id, "mow.1/2");
    ASSERT_EQ(out.faults.size(), 1U);
    EXPECT_EQ(out.faults[0].error.place.line, 2U);
    EXPECT_EQ(decoded("[]", Format::mowas).messages.size(), 0U);
}

TEST(DecodeMowas, WhatIsBrokenIsRefusedWithItsPlace) {
    EXPECT_THAT(refused(warning(R"({"circle":"91,0 1"})")).message, HasSubstr("latitude 91"));
    EXPECT_EQ(refused(warning(R"({"circle":"91,0 1"})")).place.line, 2U);
    EXPECT_THAT(refused(R"({"identifier":"a","sender":"b","msgType":"Alert","info":[]})").message,
                HasSubstr("without \"sent\""));
    EXPECT_THAT(refused(R"({"identifier":"a","sent":"2026-11-20T08:00:00Z","msgType":"Alert","info":[]})").message,
                HasSubstr("without a sender"));
    EXPECT_THAT(refused("{", Format::mowas).message, testing::Not(testing::IsEmpty()));
}

TEST(DecodeMowas, ARealAllClear) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const Decoded out = decoded(readFile(*root / "cap_other_json/kde-mow.DE-HE-KS-SE106-20250313-106-001.json"));
    const auto& clear = std::get<model::Warning>(out.messages.at(0));
    EXPECT_EQ(clear.identifier, "mow.DE-HE-KS-SE106-20250313-106-001");
    EXPECT_EQ(clear.msgType, "Cancel");
    EXPECT_EQ(clear.references.at(0).identifier, "mow.DE-HE-KS-SE106-20250313-106-000");
    EXPECT_EQ(clear.infos.at(0).headline, "Entwarnung: Probealarm - Land Hessen");
    EXPECT_THAT(clear.infos[0].instruction, HasSubstr("Lokalradio.\nEs besteht keine Gefahr."));
    EXPECT_EQ(base::formatTime(clear.expires.value()), "2025-03-13T15:50:25.000000Z");
}

} // namespace
} // namespace tocsin::ingest::test
