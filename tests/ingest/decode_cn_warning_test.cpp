#include "ingest/decode_support.hpp"

#include "ingest/decode_cn_warning.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using model::Grade;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Pair = std::pair<std::string, std::string>;

model::Warning only(const std::string& bytes) {
    const Decoded out = decoded(bytes);
    EXPECT_EQ(out.format, Format::cnWarningJson);
    return out.messages.size() == 1 ? std::get<model::Warning>(out.messages.front()) : model::Warning{};
}

TEST(DecodeCnWarning, ANationalListByItsIdentifiers) {
    const model::Warning warning =
        only(R"({"msg":"success","code":0,"data":{"page":{"list":[{"alertid":"62292741600000_20230801120000_1",
        "issuetime":"2023/08/01 12:00","title":"甘肃省临夏回族自治州积石山县气象台发布暴雨红色预警信号"}]}}})");
    EXPECT_EQ(warning.identifier, "62292741600000_20230801120000_1");
    EXPECT_EQ(warning.sender, "62292741600000");
    EXPECT_EQ(base::formatTime(warning.sent), "2023-08-01T04:00:00.000000Z");
    EXPECT_EQ(warning.colour, Grade::I);
    EXPECT_EQ(warning.infos.at(0).severity, "Extreme");
    EXPECT_THAT(warning.infos[0].areas.at(0).geocodes, Contains(Pair("CPEAS Geographic Code", "622927000000")));
}

TEST(DecodeCnWarning, NationalCodesAndKinds) {
    const model::Warning warning = only(R"({"identifier":"62292741600000_20230801120000","sender":"积石山县气象局",
        "sendTime":"2023-08-01 12:00:00+08:00","msgType":"Cancel","eventType":"11B03","severity":"Orange",
        "headline":"解除暴雨橙色预警","references":"62292741600000_20230801080000","geocode":"622927100000"})");
    EXPECT_EQ(warning.msgType, "Cancel");
    EXPECT_EQ(warning.colour, Grade::II);
    EXPECT_EQ(warning.infos.at(0).event, "暴雨橙色预警");
    EXPECT_THAT(warning.infos[0].eventCodes, Contains(Pair("GB/T 35965", "11B03")));
    EXPECT_EQ(warning.references.at(0), (model::WarningReference{"积石山县气象局", "62292741600000_20230801080000", ""}));
    EXPECT_THAT(warning.infos[0].areas.at(0).geocodes, Contains(Pair("CPEAS Geographic Code", "622927100000")));
}

TEST(DecodeCnWarning, WordsAndCodes) {
    EXPECT_EQ(cn::gradeIn("Red"), Grade::I);
    EXPECT_EQ(cn::gradeIn("红河州气象台发布暴雨蓝色预警"), Grade::IV); // a place's name is no colour
    EXPECT_EQ(cn::gradeIn("[Ⅲ级/较大]"), Grade::III);
    EXPECT_FALSE(cn::gradeIn("积石山"));
    EXPECT_EQ(cn::eventOf("11B06"), "大风");
    EXPECT_EQ(cn::eventOf("11B77"), "");
    EXPECT_FALSE(cn::identifierFrom("62292741600000_20231301120000_1"));
    EXPECT_FALSE(cn::identifierFrom("abc"));
    EXPECT_EQ(cn::identifierFrom("62292741600000_20230801120000_1")->division, "622927");
}

TEST(DecodeCnWarning, NothingToWarnOfIsFine) {
    EXPECT_THAT(decoded(R"({"code":"200","fxLink":"x","warning":[]})").messages, IsEmpty());
    EXPECT_THAT(decoded(R"({"metadata":{"zeroResult":true},"alerts":[]})").messages, IsEmpty());
}

TEST(DecodeCnWarning, WhatIsBrokenIsRefusedWithItsPlace) {
    EXPECT_THAT(refused(R"({"code":"402"})", Format::cnWarningJson).message, HasSubstr("code \"402\""));
    EXPECT_THAT(refused(R"({"a":1})", Format::cnWarningJson).message, HasSubstr("no list"));
    const base::Error late = refused("{\"warning\":[\n{\"id\":\"1\",\"sender\":\"x\",\"title\":\"y\"}]}", Format::cnWarningJson);
    EXPECT_EQ(late.place.line, 2U);
    EXPECT_THAT(late.message, HasSubstr("time when it was issued"));
    EXPECT_THAT(refused(R"({"warning":[3]})", Format::cnWarningJson).message, HasSubstr("must be an object"));
}

TEST(DecodeCnWarning, RealAnswers) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const model::Warning wind = only(readFile(*root / "cn/qweather-getWarningNow-zh.json"));
    EXPECT_EQ(wind.identifier, "10102010020230403103000500681616");
    EXPECT_EQ(wind.sender, "上海中心气象台");
    EXPECT_EQ(wind.colour, Grade::IV);
    EXPECT_EQ(wind.infos.at(0).event, "大风蓝色预警");
    EXPECT_THAT(wind.infos[0].eventCodes, Contains(Pair("GB/T 35965", "11B06")));
    EXPECT_EQ(base::formatTime(wind.expires.value()), "2023-04-04T02:30:00.000000Z");
    const model::Warning update = only(readFile(*root / "cn/qweather-getWeatherAlertCurrent-zh.json"));
    EXPECT_EQ(update.msgType, "Update");
    EXPECT_EQ(update.references.at(0).identifier, "202510181140100706230391");
    EXPECT_THAT(update.infos.at(0).instruction, HasSubstr("做好防大风工作"));
    for (const char* other : {"getMinutelyPrecipitation-en", "getOceanTide", "getStormList-en", "getStormTrack"})
        EXPECT_NE(sniff(readFile(*root / "cn" / ("qweather-" + std::string(other) + ".json"))), Format::cnWarningJson);
}

} // namespace
} // namespace tocsin::ingest::test
