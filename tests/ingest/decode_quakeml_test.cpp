#include "ingest/water_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using model::Earthquake;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string origin(const std::string& id, const std::string& latitude = "47.14", const std::string& rest = {}) {
    return "<origin publicID=\"" + id + "\"><time><value>2026-11-20T08:00:00.5Z</value></time><latitude><value>" + latitude +
           "</value></latitude><longitude><value>9.52</value></longitude><depth><value>8500</value></depth>" + rest + "</origin>";
}
std::string magnitude(const std::string& id, const std::string& value) {
    return "<magnitude publicID=\"" + id + "\"><mag><value>" + value + "</value></mag><type>ML</type></magnitude>";
}
std::string event(const std::string& inside, const std::string& id = "smi:ch.ethz.sed/event/2026abcdef") {
    return "<event publicID=\"" + id + "\">" + inside + "</event>";
}
std::string quakeMl(const std::string& events, const std::string& scheme = "http") {
    return "<q:quakeml xmlns:q=\"" + scheme + "://quakeml.org/xmlns/quakeml/1.2\" xmlns=\"" + scheme +
           "://quakeml.org/xmlns/bed/1.2\"><eventParameters publicID=\"smi:x/y\">" + events + "</eventParameters></q:quakeml>";
}

TEST(DecodeQuakeMl, ThePreferredOriginAndMagnitude) {
    const auto out = decodedIn(
        quakeMl(event("<description><text>Alps</text><type>region name</type></description><description><text>Vaduz quake</text>"
                      "<type>earthquake name</type></description><preferredOriginID>o1</preferredOriginID><preferredMagnitudeID>m2"
                      "</preferredMagnitudeID><type>earthquake</type><creationInfo><agencyID>SED</agencyID><creationTime>2026-11-20T08:05:00Z"
                      "</creationTime></creationInfo>" +
                      origin("o1", "47.14", "<evaluationMode>manual</evaluationMode>") + origin("o2", "10") + magnitude("m1", "9") +
                      magnitude("m2", "4.2"))),
        {}, Format::quakeMl);
    const auto quakes = allOf<Earthquake>(out);
    ASSERT_THAT(quakes, SizeIs(1));
    const auto& quake = quakes[0];
    EXPECT_EQ(quake.source, "sed");
    EXPECT_EQ(quake.sourceId, "smi:ch.ethz.sed/event/2026abcdef");
    EXPECT_THAT(quake.otherIds, ElementsAre("2026abcdef"));
    EXPECT_EQ(base::formatTime(quake.time), "2026-11-20T08:00:00.500000Z");
    EXPECT_EQ(base::formatTime(quake.updated), "2026-11-20T08:05:00.000000Z");
    EXPECT_DOUBLE_EQ(quake.position.latitude(), 47.14);
    EXPECT_EQ(quake.depthKm, 8.5);
    EXPECT_EQ(quake.magnitude, 4.2);
    EXPECT_EQ(quake.magnitudeType, "ML");
    EXPECT_EQ(quake.place, "Vaduz quake");
    EXPECT_EQ(quake.status, "reviewed");
    EXPECT_THAT(out.deviations, IsEmpty());
}

TEST(DecodeQuakeMl, SeveralEventsOneBadAndOneThatNeverWas) {
    const auto out = decodedIn(quakeMl(event(origin("o")) + "\n" + event(origin("o", "147"), "smi:a/2") +
                                           event("<type>not existing</type>" + origin("o"), "smi:a/3") +
                                           event("<type>quarry blast</type>" + origin("o"), "smi:a/4"),
                                       "https"),
                               {}, Format::quakeMl);
    const auto quakes = allOf<Earthquake>(out);
    ASSERT_THAT(quakes, SizeIs(3));
    EXPECT_EQ(quakes[0].status, "automatic");
    EXPECT_FALSE(quakes[0].magnitude);
    EXPECT_EQ(quakes[1].status, "deleted");
    EXPECT_EQ(quakes[2].place, "(quarry blast)");
    ASSERT_THAT(out.faults, SizeIs(1));
    EXPECT_EQ(out.faults[0].error.place.line, 2U);
    EXPECT_THAT(out.faults[0].bytes, HasSubstr("smi:a/2"));
    EXPECT_THAT(decodedIn(quakeMl(""), {}, Format::quakeMl).messages, IsEmpty()); // nothing happened
}

TEST(DecodeQuakeMl, StraysAreToldAndTaken) {
    const auto out = decodedIn(quakeMl(event("<preferredOriginID>elsewhere</preferredOriginID>" +
                                             origin("o", "47", "<depthType>randomized</depthType><evaluationMode>magic</evaluationMode>"))),
                               {}, Format::quakeMl);
    EXPECT_THAT(out.deviations, ElementsAre(HasSubstr("not in the document"), HasSubstr("\"randomized\" is no depthType"),
                                            HasSubstr("\"magic\" is no evaluationMode")));
    EXPECT_THAT(out.messages, SizeIs(1));
}

TEST(DecodeQuakeMl, BrokenOnesHaveAPlace) {
    expectRefused({{quakeMl("\n" + event("")), "has no origin", 2},
                   {quakeMl(event("\n" + origin("o", "north"))), "is no number", 2},
                   {quakeMl(event("\n" + origin("o", "91"))), "is 91, outside -90 to 90", 2},
                   {quakeMl("\n<event>" + origin("o") + "</event>"), "without \"publicID\"", 2},
                   {quakeMl("\n" + event("<pick publicID=\"p\"/>")), "there are picks", 2},
                   {quakeMl("\n" + event(origin("o"))).substr(0, 400), "well-formed", 2},
                   {"<a><b/></a>", "not QuakeML", 1}},
                  Format::quakeMl);
    for (const auto* other : {"<shakemap_grid/>", "<pager/>", "<FDSNStationXML/>", "<application xmlns=\"http://wadl.dev.java.net/2009/02\"/>"}) {
        const auto error = refused(other);
        EXPECT_THAT(error.message, HasSubstr("not ")) << other;
        EXPECT_EQ(sniff(other), Format::quakeMl);
    }
}

std::string sc3(const std::string& inside, const std::string& version = "0.11") {
    return "<seiscomp xmlns=\"http://geofon.gfz-potsdam.de/ns/seiscomp3-schema/" + version + "\" version=\"" + version +
           "\"><EventParameters>" + inside + "</EventParameters></seiscomp>";
}
std::string sc3Origin(const std::string& id, const std::string& magnitude = {}) {
    return "<origin publicID=\"" + id + "\"><time><value>2026-11-20T08:00:00Z</value></time><latitude><value>47.1</value></latitude>"
           "<longitude><value>9.5</value></longitude><depth><value>8.5</value></depth>" + magnitude + "</origin>";
}

TEST(DecodeSc3Ml, AnEventAndItsOriginsInAnyOrder) {
    const std::string strong = "<magnitude publicID=\"m2\"><magnitude><value>5.1</value></magnitude><type>Mw</type></magnitude>";
    const std::string head = "<event publicID=\"sed2026a\"><preferredOriginID>o2</preferredOriginID><preferredMagnitudeID>m2"
                             "</preferredMagnitudeID><originReference>o1</originReference></event>";
    for (const auto* version : {"0.5", "0.7", "0.11", "0.13"})
        for (const auto& inside : {sc3Origin("o1") + sc3Origin("o2", strong) + head, head + sc3Origin("o2", strong) + sc3Origin("o1")}) {
            const auto quakes = allOf<Earthquake>(decodedIn(sc3(inside, version), {}, Format::sc3Ml));
            ASSERT_THAT(quakes, SizeIs(1));
            EXPECT_EQ(quakes[0].sourceId, "sed2026a");
            EXPECT_EQ(quakes[0].magnitude, 5.1);
            EXPECT_EQ(quakes[0].depthKm, 8.5); // kilometres here
        }
    expectRefused({{sc3("\n" + sc3Origin("o1")), "no earthquake", 1},
                   {sc3("\n<event publicID=\"e\"/>"), "has no origin", 2},
                   {"<seiscomp><Inventory/></seiscomp>", "SC3ML with <Inventory>", 1}},
                  Format::sc3Ml);
}

TEST(DecodeQuakeMl, RealFiles) {
    const auto preferred = corpusFile("quake/quakeml-preferred.xml", Format::quakeMl);
    if (!preferred)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    EXPECT_EQ(base::formatTime(allOf<Earthquake>(*preferred).at(0).time), "2012-12-12T05:46:24.120000Z");
    EXPECT_EQ(allOf<Earthquake>(*preferred)[0].magnitude, 2.0);
    const auto phases = allOf<Earthquake>(*corpusFile("quake/usgs-usc000njrq_phase-data.xml", Format::quakeMl)).at(0);
    EXPECT_EQ(phases.source, "usgs");
    EXPECT_EQ(phases.sourceId, "usc000njrq"); // as its GeoJSON names it
    EXPECT_EQ(phases.magnitude, 6.4);
    EXPECT_NEAR(*phases.depthKm, 21.54, 1e-9);
    const auto wasco = allOf<Earthquake>(*corpusFile("quake/usgs-ci-1456278769730-quakeml.xml", Format::quakeMl)).at(0);
    EXPECT_EQ(wasco.sourceId, "ci37528064");
    EXPECT_EQ(base::formatTime(wasco.updated), "2016-02-24T01:44:46.000000Z");
    EXPECT_THAT(corpusFile("quake/quakeml-invalid_enum.xml", Format::quakeMl)->deviations, SizeIs(1));
    EXPECT_THAT(allOf<Earthquake>(*corpusFile("quake/quakeml-iris_events.xml", Format::quakeMl)), SizeIs(2));
    EXPECT_THAT(allOf<Earthquake>(*corpusFile("quake/seiscomp-iris_events.sc3ml", Format::sc3Ml)), SizeIs(2));
    EXPECT_EQ(allOf<Earthquake>(*corpusFile("quake/seiscomp-qml-example-1.2-RC3.sc3ml", Format::sc3Ml)).at(0).magnitude, 3.662);
    EXPECT_EQ(corpusFile("quake/seiscomp-quakeml_1.2_arrival.xml", Format::quakeMl)->messages.size(), 1U); // QuakeML after all
    expectWholeFolder("quake", "");
}

} // namespace
} // namespace tocsin::ingest::test
