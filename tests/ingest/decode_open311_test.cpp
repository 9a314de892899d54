#include "decode_support.hpp"

namespace tocsin::ingest {
namespace {

using test::corpora;
using test::decoded;
using test::readFile;
using test::refused;

std::vector<model::Report> reportsOf(const Decoded& decoded) {
    std::vector<model::Report> out;
    for (const auto& message : decoded.messages)
        if (const auto* report = std::get_if<model::Report>(&message))
            out.push_back(*report);
    return out;
}

std::string oneRequest(const std::string& inside) {
    return "<?xml version=\"1.0\"?><service_requests><request>" + inside + "</request></service_requests>";
}

TEST(Open311Client, aRequestBecomesAReport) {
    const auto out = decoded(oneRequest("<service_request_id>42</service_request_id><status>open</status>"
                                     "<service_name>Flooding</service_name><service_code>9</service_code>"
                                     "<description>Keller &amp; Strasse</description><lat>47.1</lat><long>9.5</long>"
                                     "<requested_datetime>2026-11-20T08:00:00+01:00</requested_datetime>"
                                     "<address>Landstrasse 3</address><zipcode>9490</zipcode>"));
    EXPECT_EQ(out.format, Format::open311Xml);
    const auto reports = reportsOf(out);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].sourceId, "42");
    EXPECT_EQ(reports[0].category, "flood");
    EXPECT_EQ(reports[0].text, "Flooding: Keller & Strasse");
    EXPECT_EQ(reports[0].place, "Landstrasse 3, 9490");
    EXPECT_EQ(reports[0].status, "open");
    EXPECT_EQ(base::formatTime(reports[0].happenedAt), "2026-11-20T07:00:00.000000Z");
    ASSERT_TRUE(reports[0].position);
    EXPECT_DOUBLE_EQ(reports[0].position->latitude(), 47.1);
}

TEST(Open311Client, aChangedStatusIsTheSameReport) {
    const auto one = [](const char* status) {
        return reportsOf(decoded(R"([{"service_request_id":638344,"status":")" + std::string(status) +
                                 R"(","service_name":"Pothole","lat":"37.7","long":-122.4}])"))
            .at(0);
    };
    EXPECT_EQ(one("open").sourceId, one("closed").sourceId);
    EXPECT_EQ(one("closed").status, "closed");
    EXPECT_EQ(one("open").category, "road");
    EXPECT_DOUBLE_EQ(one("open").position->longitude(), -122.4);
}

TEST(Open311Client, whatIsNoReportBringsNone) {
    for (const std::string& bytes : std::vector<std::string>
         {oneRequest("<service_request_id>1</service_request_id><token>5</token>"),
          std::string("<services><service><service_code>1</service_code></service></services>"),
          std::string(R"([{"service_code":"1","service_name":"x"}])"),
          std::string(R"({"changeset":"2011","endpoints":[{"url":"x"}]})"), std::string("<service_requests/>")}) {
        const auto out = decoded(bytes);
        EXPECT_TRUE(out.messages.empty()) << bytes;
        EXPECT_FALSE(out.deviations.empty()) << bytes;
    }
}

TEST(Open311Client, theServersErrorIsTold) {
    const auto xml = refused("<errors><error><code>403</code><description>Invalid api_key</description></error></errors>");
    EXPECT_EQ(xml.message, "the server answered with an error 403: Invalid api_key");
    EXPECT_EQ(xml.place.line, 1U);
    const auto json = refused("[\n{\"code\":400,\"description\":\"service_code is missing\"}]");
    EXPECT_EQ(json.message, "the server answered with an error 400: service_code is missing");
    EXPECT_EQ(json.place.line, 2U);
}

TEST(Open311Client, brokenPartsAreToldWithTheirPlace) {
    struct Case {
        std::string bytes;
        std::uint64_t line;
        std::string words;
    };
    const std::string good = "{\"service_request_id\":\"1\",\"status\":\"open\",\"service_name\":\"Fire\"}";
    for (const auto& one : {Case{"[" + good + ",\n{\"service_request_id\":\"\",\"requested_datetime\":\"x\",\"status\":\"open\"}]",
                                 2, "without service_request_id"},
                            Case{"[" + good + ",\n\n7]", 3, "must be a JSON object"}}) {
        const auto out = decoded(one.bytes, Format::open311Json);
        EXPECT_EQ(out.messages.size(), 1U) << one.bytes;
        ASSERT_EQ(out.faults.size(), 1U) << one.bytes;
        EXPECT_EQ(out.faults[0].error.place.line, one.line);
        EXPECT_NE(out.faults[0].error.message.find(one.words), std::string::npos) << out.faults[0].error.message;
    }
    EXPECT_EQ(refused("<service_requests>\n<request></service_requests>").place.line, 2U);
    EXPECT_EQ(refused("<service_requests><request><status>open</status></request></service_requests>").place.column, 19U);
    EXPECT_EQ(refused("[{\"service_request_id\":\n1,]", Format::open311Json).place.line, 2U);
}

TEST(Open311Client, oddPlacesAndTimesAreNotedAndTheReportTaken) {
    const auto out = decoded(R"([{"service_request_id":"1","status":"weird","service_name":"Smoke","lat":91,"long":9,
        "requested_datetime":"yesterday"},{"service_request_id":"2","status":"open","service_name":"x","lat":0,"long":0}])");
    const auto reports = reportsOf(out);
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_FALSE(reports[0].position);
    EXPECT_FALSE(reports[1].position);
    EXPECT_EQ(out.deviations.size(), 4U);
}

TEST(Open311Client, everyAnswerOfTheCorpusIsTakenOrRefusedWithItsPlace) {
    const auto folder = corpora();
    if (!folder)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    std::size_t requests = 0;
    for (const auto& file : std::filesystem::directory_iterator(*folder / "open311")) {
        const auto ending = file.path().extension();
        if (ending != ".xml" && ending != ".json")
            continue;
        const auto bytes = readFile(file.path());
        const auto format = sniff(bytes);
        EXPECT_TRUE(format == Format::open311Xml || format == Format::open311Json) << file.path();
        const auto out = decode(bytes);
        if (!out)
            test::expectPlace(out.error(), bytes.size());
        else
            requests += out->messages.size();
    }
    EXPECT_GT(requests, 10U);
    const auto many = reportsOf(decoded(readFile(*folder / "open311/open311status-requests_many.xml")));
    ASSERT_EQ(many.size(), 2U);
    EXPECT_EQ(many[0].sourceId, "101005420892");
    EXPECT_EQ(many[0].category, "road");
    EXPECT_EQ(many[0].place, "Warden Ave / Freeman St, Scarborough");
    EXPECT_DOUBLE_EQ(many[0].position->longitude(), -79.272306875);
    EXPECT_EQ(base::formatTime(many[0].happenedAt), "2018-07-30T04:01:00.000000Z");
    EXPECT_EQ(refused(readFile(*folder / "open311/spec-12.xml")).message,
              "the server answered with an error 403: Invalid api_key received -- can't proceed with create_request");
}

} // namespace
} // namespace tocsin::ingest
