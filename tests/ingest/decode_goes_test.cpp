#include "ingest/water_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string message(const std::string& data, const std::string& info = "G", const std::string& time = "/Date(1559316497303)/") {
    return R"({"TblDcpDataAddrCorr":"C5149430","TblDcpDataDtMsgCar":")" + time + R"(","TblDcpDataProcessInfo":")" + info +
           R"(","TblDcpDataData":")" + data + "\"}";
}

std::vector<std::string> saidBy(const std::string& text, const Source& source = {}) {
    std::vector<std::string> out;
    for (const auto& reading : readingsOf(decodedIn(text, source, Format::goesText)))
        out.push_back(said(reading));
    return out;
}

TEST(DecodeGoes, NewestFirstAtTheStepThatItSays) {
    // 2019-05-31 15:28:17
    EXPECT_THAT(saidBy("[" + message(":HG 2 #15 12.34 12.33 :BL 12.8 ") + "]", {.units = {{"HG", "ft"}}}),
                ElementsAre("goes-C5149430-HG 2019-05-31T15:26:00.000000Z 12.34 ft", "goes-C5149430-HG 2019-05-31T15:11:00.000000Z 12.33 ft",
                            "goes-C5149430-BL 2019-05-31T15:28:00.000000Z 12.8 V"));
    EXPECT_THAT(saidBy(message("\\\"BV:12.7  Channel:5 Time:43 +298.76 +298.68")),
                ElementsAre("goes-C5149430-BV 2019-05-31T15:28:00.000000Z 12.7 V", "goes-C5149430-5 2019-05-31T14:45:00.000000Z 298.76 ",
                            "goes-C5149430-5 2019-05-31T13:45:00.000000Z 298.68 "));
}

TEST(DecodeGoes, WhatCameDamagedIsCountedAndNotTaken) {
    const auto out = decodedIn("[" + message(":HG 2 #15 12.34 MM 12.33") + "," + message(":HG 2 #15 1", "?") + "]", {}, Format::goesText);
    EXPECT_THAT(readingsOf(out), SizeIs(2));
    EXPECT_THAT(out.deviations, ElementsAre(HasSubstr("2 values are flagged")));
}

TEST(DecodeGoes, BrokenOnesHaveAPlace) {
    expectRefused({{"[\n" + message(":HG 2 #15 1", "G", "today") + "]", "is not a time", 2},
                   {"[\n\n" + message("B1@@Gt@@Gs") + "]", "in no form that is known", 3},
                   {"[\n{\"TblDcpDataData\":\"x\"}]", "address or its time", 2},
                   {"[\n3]", "must be an object", 2}},
                  Format::goesText);
}

TEST(DecodeGoes, RealFiles) {
    const auto one = corpusFile("hydro/ulmo-noaa-goes-C5149430.txt", Format::goesText);
    if (!one)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    ASSERT_THAT(readingsOf(*one), SizeIs(13));
    EXPECT_EQ(said(readingsOf(*one)[0]), "goes-C5149430-Sense01 2019-05-31T14:28:00.000000Z -193.03 ");
    EXPECT_THAT(readingsOf(*corpusFile("hydro/ulmo-noaa-goes-C516C1B8.txt", Format::goesText)), SizeIs(225));
}

} // namespace
} // namespace tocsin::ingest::test
