#include "ingest/decode_csv_readings.hpp"
#include "ingest/decode_support.hpp"

#include <cstdio>
#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> rows(std::string_view bytes, const Source& source = {}, std::optional<Format> format = std::nullopt) {
    const auto out = decode(bytes, format, source);
    EXPECT_TRUE(out) << (out ? "" : out.error().describe());
    std::vector<std::string> all;
    if (!out)
        return all;
    EXPECT_EQ(out->format, Format::readingsCsv);
    for (const auto& message : out->messages)
        if (const auto* reading = std::get_if<model::Reading>(&message)) {
            char value[32];
            std::snprintf(value, sizeof value, "%g", reading->value);
            all.push_back(reading->sensor.value + " " + value + reading->unit + " " +
                          base::formatTime(reading->time).substr(0, 16));
        }
    return all;
}

TEST(DecodeReadingsCsv, OneReadingARow) {
    EXPECT_THAT(rows("sensor,time,value,unit\na,2026-11-20T08:00:00Z,1.5,m\n\"b, c\",2026-11-20T08:01:00Z,\"-2\",mm\n"),
                ElementsAre("a 1.5m 2026-11-20T08:00", "b, c -2mm 2026-11-20T08:01"));
    Source source;
    source.timeZone = "Europe/Zurich";
    source.sensorPrefix = "p:";
    EXPECT_THAT(rows("\xEF\xBB\xBF# of the office\r\nStation ID;Datum;Uhrzeit;Wert\r\nA1;20.11.2026;8:00;1,5\r\n", source),
                ElementsAre("p:A1 1.5 2026-11-20T07:00"));
    EXPECT_THAT(rows("Station\tTimestamp\tLevel [m]\nA\t1763625600\t+3\n"), ElementsAre("A 3m 2025-11-20T08:00"));
    EXPECT_THAT(rows("g1,2026-11-20T08:00:00Z,1.5\ng2,2026-11-20T08:00:00Z,2.5,m\n"),
                ElementsAre("g1 1.5 2026-11-20T08:00", "g2 2.5 2026-11-20T08:00"));
    EXPECT_THAT(rows("测站,时间,数值,单位\n莱茵,2026/11/20 08:00,2,m\n"), ElementsAre("莱茵 2m 2026-11-20T08:00"));
}

TEST(DecodeReadingsCsv, AColumnASensor) {
    EXPECT_THAT(rows("time,Rhine [m],Ill (m),note\n2026-11-20 08:00,1.5,,fine\n2026-11-20 08:15,1.6,0.4,-\n"),
                ElementsAre("Rhine 1.5m 2026-11-20T08:00", "Rhine 1.6m 2026-11-20T08:15", "Ill 0.4m 2026-11-20T08:15"));
    EXPECT_THAT(rows("station,time,level,rain\nA,2026-11-20T08:00Z,1.5,3\n", {}, Format::readingsCsv),
                ElementsAre("A 1.5 2026-11-20T08:00"));
    EXPECT_THAT(rows("station,time,stage,rain\nA,2026-11-20T08:00Z,1.5,3\n"),
                ElementsAre("A-stage 1.5 2026-11-20T08:00", "A-rain 3 2026-11-20T08:00"));
}

TEST(DecodeReadingsCsv, PositionsDescribeTheSensorOnce) {
    const auto out = decoded("sensor,time,value,lat,lon\na,2026-11-20T08:00Z,1,47.1,9.5\na,2026-11-20T08:01Z,2,47.1,9.5\n");
    ASSERT_THAT(out.messages, SizeIs(3));
    EXPECT_DOUBLE_EQ(std::get<model::Sensor>(out.messages[0]).position.latitude(), 47.1);
}

TEST(DecodeReadingsCsv, ABadRowIsAFaultOfItsOwn) {
    struct Case {
        std::string row;
        std::size_t column;
    };
    const Case cases[] = {{"a,noon,1", 3},          {"a,2026-11-20T08:00Z,much", 21}, {",2026-11-20T08:00Z,1", 1},
                          {"a,2026-11-20T08:00Z", 3}, {"a,2026-11-20T08:00Z,", 21},     {"a,03/04/2026 08:00,1", 3},
                          {"a,,1", 3}};
    for (const auto& [row, column] : cases) {
        const auto out = decoded("sensor,time,value\n" + row + "\nb,2026-11-20T08:00Z,2\n", Format::readingsCsv);
        EXPECT_THAT(out.messages, SizeIs(1)) << row;
        ASSERT_THAT(out.faults, SizeIs(1)) << row;
        EXPECT_EQ(out.faults[0].bytes, row);
        EXPECT_EQ(out.faults[0].error.place.line, 2U) << row;
        EXPECT_EQ(out.faults[0].error.place.column, column) << row << out.faults[0].error.describe();
    }
    const auto quotes = decoded("sensor,time,value\n\"a,2026-11-20T08:00Z,1\nb,2026-11-20T08:00Z,2\n", Format::readingsCsv);
    EXPECT_THAT(quotes.messages, SizeIs(1));
    EXPECT_THAT(quotes.faults, SizeIs(1));
}

TEST(DecodeReadingsCsv, OtherTablesAreNotTaken) {
    for (const char* other : {"id,time,category,text\n1,2026-11-20T08:00Z,flood,wet\n", "County,Min,Max\nAnderson,413,680\n",
                              "a,b\n1,2\n", "time,latitude,longitude,depth,mag\n2026-11-20T08:00Z,1,2,3,4\n",
                              "callsign,time,lat,lon\nx,2026-11-20T08:00Z,47,9\n"})
        EXPECT_NE(sniff(other), Format::readingsCsv) << other;
    EXPECT_EQ(refused("a,b\n1,2\n", Format::readingsCsv).place.line, 1U);
    EXPECT_EQ(refused("", Format::readingsCsv).place.line, 1U);
    EXPECT_EQ(refused("sensor,time,value\n\xFF", Format::readingsCsv).place.byte, 18U);
}

TEST(DecodeReadingsCsv, WhatPeopleToldIsNoReadingThoughNumbersStandBesideIt) {
    for (const std::string table : {
             "Datum;Meldung;Ort;Telefon;Anzahl Personen\n2026-11-20 08:00;Drei eingeschlossen;Vaduz;+423 1234567;3\n",
             "日期,内容,地址,电话\n2026-11-20 08:00,三人被困,瓦杜兹,13912345678\n",
             "编号,时间,类别,描述,地点,人数\n1,2026-11-20 08:00,水灾,三人被困,瓦杜兹,3\n",
             "Datum;Meldung;Anzahl Personen\n2026-11-20 08:00;Keller voll;3\n",
             "Datum;Beschreibung;Ort;PLZ\n2026-11-20 08:00;Keller voll;Vaduz;9490\n",
             "id;Datum;Meldung;Ort;Personen\n1;2026-11-20 08:00;Keller voll;Vaduz;3\n",
             "Datum;Kategorie;Meldung;Stockwerk\n2026-11-20 08:00;Wasser;Keller voll;1\n",
             "date,what happened,where,floor\n2026-11-20 08:00,cellar full,Vaduz,1\n",
             "日期,情况,手机,被困人数\n2026-11-20 08:00,进水,13912345678,2\n",
             "Datum;Meldung;Handy\n2026-11-20 08:00;Keller voll;0791234567\n",
         }) {
        EXPECT_EQ(sniff(table), Format::reportCsv) << table;
        const auto heading = table.substr(0, table.find('\n'));
        EXPECT_FALSE(isReadingsHeading(heading)) << heading;
        const auto out = decoded(table);
        ASSERT_THAT(out.messages, SizeIs(1)) << table;
        EXPECT_NE(std::get_if<model::Report>(&out.messages[0]), nullptr) << table;
    }
    EXPECT_EQ(sniff("Datum;Telefon;Ort\n2026-11-20 08:00;0791234567;Vaduz\n"), Format::unknown);
}

TEST(DecodeReadingsCsv, ARemarkBesideMeasuredValuesLeavesThemReadings) {
    for (const char* table : {
             "Zeit;Pegel Vaduz;Meldung\n2026-11-20 08:00;1,5;ok\n",
             "time,Rhine,Ill,comment\n2026-11-20 08:00,1.5,0.4,fine\n",
             "Zeit;Ort;Niederschlag [mm];Meldung\n2026-11-20 08:00;Vaduz;1,5;ok\n",
             "time,contact,door\n2026-11-20 08:00,1,0\n",
             "station,time,stage,text_id\nA,2026-11-20T08:00Z,1.5,3\n",
             "Messstelle;Datum;Wert;Adresse\nA;2026-11-20 08:00;1,5;Vaduz\n",
         })
        EXPECT_EQ(sniff(table), Format::readingsCsv) << table;
}

} // namespace
} // namespace tocsin::ingest::test
