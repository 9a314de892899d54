#include "gui/panels/sentences.hpp"

#include "gui/panels_support.hpp"

#include <gtest/gtest.h>

namespace tocsin::gui::test {
namespace {

const Sentences& table() {
    static const Sentences sentences("## a remark\n"
                                     "no such sensor\t没有该传感器\n"
                                     "'{}' is not registered\t“{}”未登记\n"
                                     "'{}' is not registered (the first of {} readings)\t“{}”未登记（{} 条读数中的第一条）\n"
                                     "{} has not so much of {} free\t{1}没有这么多空闲的{2}\n"
                                     "more than {} in {}\t{2}中超过 {1}\n"
                                     "photo {}: {}\t照片 {}：{}\n"
                                     "{}: {}\t-\n"
                                     "first\\nsecond\t第一\\n第二\n"
                                     "a line without a tab\n");
    return sentences;
}

QString said(const char* english) {
    return table().translated(QString::fromUtf8(english));
}

TEST(Sentences, AWholeOneIsFound) {
    EXPECT_EQ(said("no such sensor"), QStringLiteral("没有该传感器"));
    EXPECT_EQ(said("first\nsecond"), QStringLiteral("第一\n第二"));
}

TEST(Sentences, WhatItSpeaksOfStandsInItsGaps) {
    EXPECT_EQ(said("'rhine-1' is not registered"), QStringLiteral("“rhine-1”未登记"));
    EXPECT_EQ(said("Depot 2 has not so much of sandbags free"), QStringLiteral("Depot 2没有这么多空闲的sandbags"));
    EXPECT_EQ(said("more than 50 in rules.toml"), QStringLiteral("rules.toml中超过 50"));
    EXPECT_EQ(said("'' is not registered"), QStringLiteral("“”未登记"));
}

TEST(Sentences, TheOneThatSaysMostIsTaken) {
    EXPECT_EQ(said("'a' is not registered (the first of 2 readings)"), QStringLiteral("“a”未登记（2 条读数中的第一条）"));
}

TEST(Sentences, ASentenceWithinASentenceIsSaidToo) {
    EXPECT_EQ(said("photo 2: no such sensor"), QStringLiteral("照片 2：没有该传感器"));
}

TEST(Sentences, OneThatIsNotKnownStaysAsItIs) {
    EXPECT_EQ(said("something else: entirely"), QStringLiteral("something else: entirely"));
    EXPECT_EQ(said(""), QString());
    EXPECT_EQ(said("a line without a tab"), QStringLiteral("a line without a tab"));
    const QString hostile = QString(100000, QLatin1Char('\''));
    EXPECT_EQ(table().translated(hostile), hostile);
}

class SentencesInTheWindow : public PanelTest {};

TEST_F(SentencesInTheWindow, ARefusalIsInTheWindowsLanguageWithItsPlace) {
    const base::Error error{base::Code::malformed, "no column of the table is called time, datetime, timestamp or the like", {.line = 3, .column = 7}};
    EXPECT_EQ(Words::error(error), QStringLiteral("line 3, column 7: no column of the table is called time, datetime, timestamp or the like"));
    speak(QStringLiteral("zh_CN"));
    EXPECT_TRUE(Words::error(error).startsWith(QStringLiteral("第 3 行第 7 列："))) << Words::error(error).toStdString();
    EXPECT_FALSE(Words::error(error).contains(QStringLiteral("column")));
}

TEST_F(SentencesInTheWindow, ANameInTwoScriptsIsSaidInOne) {
    EXPECT_EQ(Words::either("Leader on duty 带班领导"), QStringLiteral("Leader on duty"));
    EXPECT_EQ(Words::either("带班领导"), QStringLiteral("带班领导"));
    EXPECT_EQ(Words::either("Delia Hemmi"), QStringLiteral("Delia Hemmi"));
    speak(QStringLiteral("zh_CN"));
    EXPECT_EQ(Words::either("Leader on duty 带班领导"), QStringLiteral("带班领导"));
    EXPECT_EQ(Words::either("Delia Hemmi"), QStringLiteral("Delia Hemmi"));
    EXPECT_EQ(Words::either("A组 带班"), QStringLiteral("A组 带班"));
}

} // namespace
} // namespace tocsin::gui::test
