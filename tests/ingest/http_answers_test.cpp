#include "http_support.hpp"

#include <algorithm>
#include <cstdio>

namespace tocsin::ingest {
namespace {

using namespace std::chrono_literals;
using namespace test;

TEST_F(Http, aReportIsAnsweredAfterItsCommit) {
    sink.hold(true);
    Peer peer(serve());
    peer.send(request("POST", "/reports", report, "Content-Type: application/json\r\n"));
    sink.awaitHeld(1);
    EXPECT_EQ(board.feed("http").status().taken, 0U);
    sink.release();
    const auto response = readResponse(peer);
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.parsed()["outcome"], "stored");
    EXPECT_EQ(response.parsed()["ids"], json::array({"id-1"}));
    const auto messages = sink.messages();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].first, "http");
    const auto& got = std::get<model::Report>(messages[0].second);
    EXPECT_EQ(got.sourceId, "r-1");
    EXPECT_EQ(got.feed, "http");
    EXPECT_EQ(got.text, "Water in the cellar");
    EXPECT_EQ(board.feed("http").status().taken, 1U);
}

TEST_F(Http, aKnownReportIsADuplicateWithItsId) {
    sink.answerMessages([](const std::string&, const Message&) { return Receipt{Outcome::duplicate, {"id-7"}, {}}; });
    const auto response = ask(serve(), request("POST", "/reports", report));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.parsed()["outcome"], "duplicate");
    EXPECT_EQ(response.parsed()["ids"], json::array({"id-7"}));
}

TEST_F(Http, anIdempotencyKeyServesWhereTheReportHasNoId) {
    const auto endpoint = serve();
    ask(endpoint, request("POST", "/reports", R"({"category":"fire","text":"Smoke"})", "Idempotency-Key: k-9\r\n"));
    ask(endpoint, request("POST", "/reports", report, "Idempotency-Key: k-9\r\n"));
    const auto messages = sink.messages();
    EXPECT_EQ(std::get<model::Report>(messages.at(0).second).sourceId, "k-9");
    EXPECT_EQ(std::get<model::Report>(messages.at(1).second).sourceId, "r-1");
}

TEST_F(Http, whatCannotBeReadIsQuarantinedWithItsPlace) {
    const std::string bad = "{\"category\":\"flood\",\n\"text\":oops}";
    const auto response = ask(serve(), request("POST", "/reports", bad));
    EXPECT_EQ(response.status, 422);
    const auto body = response.parsed();
    EXPECT_EQ(body["outcome"], "quarantined");
    EXPECT_EQ(body["line"], 2);
    EXPECT_TRUE(body["column"].is_number());
    EXPECT_TRUE(body["byte"].is_number());
    EXPECT_FALSE(body["reason"].get<std::string>().empty());
    ASSERT_EQ(sink.quarantined().size(), 1U);
    EXPECT_EQ(sink.quarantined()[0].bytes, bad);
    EXPECT_EQ(sink.quarantined()[0].format, Format::reportJson);
    EXPECT_EQ(board.feed("http").status().quarantined, 1U);
}

TEST_F(Http, aBusyDeskSaysWhenToComeAgain) {
    sink.answerMessages([](const std::string&, const Message&) { return Receipt{Outcome::busy, {}, "full"}; });
    const auto response = ask(serve(), request("POST", "/reports", report));
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.headers.at("retry-after"), "2");
    EXPECT_EQ(response.parsed()["outcome"], "busy");
}

TEST_F(Http, aDeskThatDoesNotAnswerInTimeIsBusy) {
    sink.hold(true);
    HttpOptions options;
    options.receiptTimeout = 10ms;
    const auto response = ask(serve(std::move(options)), request("POST", "/reports", report));
    EXPECT_EQ(response.status, 503);
    sink.release(); // too late, and harmless
}

TEST_F(Http, aDeskThatDropsTheQuestionIsBusy) {
    sink.hold(true);
    Peer peer(serve());
    peer.send(request("POST", "/reports", report));
    sink.awaitHeld(1);
    sink.drop();
    EXPECT_EQ(readResponse(peer).status, 503);
}

TEST_F(Http, messagesAreToldByTheirContent) {
    const auto endpoint = serve();
    EXPECT_EQ(ask(endpoint, request("POST", "/messages", cap("a-1"))).status, 201);
    EXPECT_EQ(ask(endpoint, request("POST", "/messages", report)).status, 201);
    const auto readings = ask(endpoint, request("POST", "/messages", readingLine(1) + readingLine(2)));
    EXPECT_EQ(readings.status, 201);
    EXPECT_EQ(readings.parsed()["counts"]["stored"], 2);
    const auto messages = sink.messages();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].first, "cap");
    EXPECT_EQ(std::get<model::Warning>(messages[0].second).identifier, "a-1");
    EXPECT_TRUE(std::holds_alternative<model::Report>(messages[1].second));
    const auto nonsense = ask(endpoint, request("POST", "/messages", "what is this?"));
    EXPECT_EQ(nonsense.status, 422);
    EXPECT_EQ(sink.quarantined().size(), 1U);
}

TEST_F(Http, badLinesOfReadingsAreNamedAndTheRestStored) {
    const auto response =
        ask(serve(), request("POST", "/readings",
                             readingLine(1) + "\nnonsense\n" + readingLine(2).substr(0, readingLine(2).size() - 1)));
    EXPECT_EQ(response.status, 422);
    const auto body = response.parsed();
    EXPECT_EQ(body["line"], 3);
    EXPECT_EQ(body["counts"], (json{{"stored", 2}, {"duplicates", 0}, {"quarantined", 1}}));
}

TEST_F(Http, manyReadingsGoInBoundedBatches) {
    HttpOptions options;
    options.batchLines = 100;
    std::string body;
    for (int i = 0; i < 950; ++i)
        body += readingLine(i);
    const auto response = ask(serve(std::move(options)), request("POST", "/readings", body));
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.parsed()["counts"]["stored"], 950);
    EXPECT_EQ(sink.batches().size(), 10U);
}

TEST_F(Http, thePageSpeaksTheReadersLanguage) {
    const auto endpoint = serve();
    const auto english = ask(endpoint, request("GET", "/"));
    EXPECT_EQ(english.status, 200);
    EXPECT_EQ(english.headers.at("content-type"), "text/html; charset=utf-8");
    EXPECT_NE(english.body.find("Send report"), std::string::npos);
    EXPECT_NE(english.body.find("Liechtenstein &lt;county&gt;"), std::string::npos);
    EXPECT_EQ(english.body.find("{{"), std::string::npos);
    const auto chinese = ask(endpoint, request("GET", "/", {}, "Accept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\n"));
    EXPECT_NE(chinese.body.find("发送报告"), std::string::npos);
    EXPECT_NE(chinese.body.find("列支敦士登"), std::string::npos);
    EXPECT_EQ(chinese.body.find("{{"), std::string::npos);
    const auto switched = ask(endpoint, request("GET", "/?lang=zh", {}, "Accept-Language: en\r\n"));
    EXPECT_NE(switched.body.find("发送报告"), std::string::npos);
    EXPECT_NE(ask(endpoint, request("GET", "/?lang=en", {}, "Accept-Language: zh\r\n")).body.find("Send report"),
              std::string::npos);
}

TEST_F(Http, thePageNeedsNothingFromElsewhereAndSaysSo) {
    const auto endpoint = serve();
    const auto page = ask(endpoint, request("GET", "/"));
    EXPECT_EQ(page.body.find("http://"), std::string::npos);
    EXPECT_EQ(page.body.find("https://"), std::string::npos);
    EXPECT_NE(page.headers.at("content-security-policy").find("default-src 'self'"), std::string::npos);
    EXPECT_EQ(page.headers.at("x-content-type-options"), "nosniff");
    EXPECT_FALSE(page.headers.contains("access-control-allow-origin"));
    for (const auto* file : {"/style.css", "/page.js", "/icon.svg"}) {
        const auto response = ask(endpoint, request("GET", file));
        EXPECT_EQ(response.status, 200) << file;
        EXPECT_GT(response.body.size(), 100U) << file;
    }
}

TEST_F(Http, thePageSaysThatItIsADrill) {
    std::atomic<bool> drilling{false};
    HttpOptions options;
    options.exercise = [&] { return drilling.load(); };
    const auto endpoint = serve(std::move(options));
    EXPECT_NE(ask(endpoint, request("GET", "/")).body.find("class=\"exercise hidden\""), std::string::npos);
    drilling = true;
    EXPECT_EQ(ask(endpoint, request("GET", "/")).body.find("class=\"exercise hidden\""), std::string::npos);
    EXPECT_EQ(ask(endpoint, request("GET", "/health")).parsed()["exercise"], true);
    server.reset();
}

TEST_F(Http, readingsMayComeAsAnArray) {
    const std::string one = R"({"sensor":"a","time":"2026-11-20T07:00:00Z","value":1})";
    const auto endpoint = serve();
    for (const auto* path : {"/readings", "/messages"}) {
        const auto response = ask(endpoint, request("POST", path, "[" + one + ",\n" + one + "]"));
        EXPECT_EQ(response.status, 201) << path;
        EXPECT_EQ(response.parsed()["counts"]["stored"], 2) << path;
    }
    EXPECT_EQ(sink.messages().size(), 4U);
    EXPECT_EQ(sink.messages()[0].first, "readings");
}

TEST_F(Http, theFormWorksWithoutScript) {
    const std::string form =
        "id=t-1&lang=zh-CN&category=flood&text=%E6%B0%B4%0D%0Aup+%26+up&place=Vaduz&latitude=47.14&"
        "longitude=9.52&accuracy=12&name=&phone=";
    const auto response = ask(serve(), request("POST", "/reports", form,
                                               "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
                                               "Accept: text/html,*/*\r\nSec-Fetch-Site: same-origin\r\n"));
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.headers.at("content-type"), "text/html; charset=utf-8");
    EXPECT_NE(response.body.find("已收到您的报告"), std::string::npos);
    EXPECT_NE(response.body.find("ID1"), std::string::npos);
    const auto messages = sink.messages();
    ASSERT_EQ(messages.size(), 1U);
    const auto& got = std::get<model::Report>(messages[0].second);
    EXPECT_EQ(got.feed, "phone page");
    EXPECT_EQ(got.sourceId, "t-1");
    EXPECT_EQ(got.text, "水\nup & up");
    ASSERT_TRUE(got.position);
    EXPECT_DOUBLE_EQ(got.position->latitude(), 47.14);
    EXPECT_EQ(got.accuracyMetres, 12.0);
}

TEST_F(Http, eachFormCarriesAnIdOfItsOwn) {
    const auto endpoint = serve();
    EXPECT_NE(ask(endpoint, request("GET", "/")).body, ask(endpoint, request("GET", "/")).body);
}

TEST_F(Http, aFormWithABadNumberIsRefusedWithItsReason) {
    const auto response = ask(serve(), request("POST", "/reports", "category=fire&text=x&latitude=north&longitude=9",
                                               "Content-Type: application/x-www-form-urlencoded\r\n"));
    EXPECT_EQ(response.status, 422);
    EXPECT_NE(response.parsed()["reason"].get<std::string>().find("latitude"), std::string::npos);
}

TEST_F(Http, pagesOfOtherSitesMayNotReport) {
    const auto response = ask(serve(), request("POST", "/reports", report, "Sec-Fetch-Site: cross-site\r\n"));
    EXPECT_EQ(response.status, 403);
    EXPECT_TRUE(sink.messages().empty());
}

TEST_F(Http, healthTellsWhatTheFeedsDo) {
    const auto endpoint = serve();
    ask(endpoint, request("POST", "/reports", report));
    const auto response = ask(endpoint, request("GET", "/health"));
    EXPECT_EQ(response.status, 200);
    const auto body = response.parsed();
    EXPECT_EQ(body["status"], "ok");
    const auto http =
        std::find_if(body["feeds"].begin(), body["feeds"].end(), [](const json& f) { return f["name"] == "http"; });
    ASSERT_NE(http, body["feeds"].end());
    EXPECT_EQ((*http)["taken"], 1);
    EXPECT_EQ((*http)["lastGood"], base::formatTime(clock.now()));
}

TEST_F(Http, unknownAddressesAndMethodsAreRefused) {
    const auto endpoint = serve();
    EXPECT_EQ(ask(endpoint, request("GET", "/../etc/passwd")).status, 404);
    EXPECT_EQ(ask(endpoint, request("GET", "/%2e%2e/")).status, 404);
    EXPECT_EQ(ask(endpoint, request("POST", "/nothing", "x")).status, 404);
    const auto wrong = ask(endpoint, request("GET", "/reports"));
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.headers.at("allow"), "POST");
    EXPECT_EQ(ask(endpoint, request("DELETE", "/")).status, 405);
    EXPECT_EQ(ask(endpoint, request("POST", "/reports")).status, 400);
    EXPECT_EQ(
        ask(endpoint, request("POST", "/reports", "x", "Content-Type: multipart/mixed; boundary=x\r\n")).status, 415);
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", "x", "Content-Encoding: br\r\n")).status, 415);
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", "x", "Content-Encoding: gzip\r\n")).status, 400);
    EXPECT_TRUE(sink.messages().empty());
    EXPECT_TRUE(sink.quarantined().empty());
}

TEST_F(Http, headHasNoBody) {
    Peer peer(serve());
    peer.send(request("HEAD", "/") + request("GET", "/health"));
    const auto head = readResponse(peer, false);
    EXPECT_EQ(head.status, 200);
    EXPECT_GT(std::stoi(head.headers.at("content-length")), 1000);
    EXPECT_EQ(readResponse(peer).parsed()["status"], "ok");
}

TEST_F(Http, pipelinedRequestsAreAnsweredInOrder) {
    Peer peer(serve());
    peer.send(request("POST", "/reports", report) + request("GET", "/health") +
              request("POST", "/messages", cap("a-1")) + request("GET", "/nothing") + request("GET", "/style.css"));
    EXPECT_EQ(readResponse(peer).status, 201);
    EXPECT_EQ(readResponse(peer).parsed()["status"], "ok");
    EXPECT_EQ(readResponse(peer).status, 201);
    EXPECT_EQ(readResponse(peer).status, 404);
    EXPECT_EQ(readResponse(peer).headers.at("content-type"), "text/css; charset=utf-8");
}

TEST_F(Http, anOldClientIsClosedAfterItsAnswer) {
    Peer peer(serve());
    peer.send("GET /health HTTP/1.0\r\n\r\n");
    EXPECT_EQ(readResponse(peer).status, 200);
    EXPECT_EQ(peer.rest(), "");
}

TEST_F(Http, chunkedBodiesAreTaken) {
    Peer peer(serve());
    peer.send("POST /reports HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (std::size_t at = 0; at < report.size(); at += 40) {
        const auto part = report.substr(at, 40);
        char size[16];
        std::snprintf(size, sizeof size, "%zx\r\n", part.size());
        peer.send(size + part + "\r\n");
    }
    peer.send("0\r\n\r\n");
    EXPECT_EQ(readResponse(peer).status, 201);
    peer.send(request("GET", "/health"));
    EXPECT_EQ(readResponse(peer).status, 200);
}

TEST_F(Http, expectContinueIsAnswered) {
    Peer peer(serve());
    peer.send("POST /reports HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " +
              std::to_string(report.size()) + "\r\n\r\n");
    EXPECT_EQ(readResponse(peer).status, 100);
    peer.send(report);
    EXPECT_EQ(readResponse(peer).status, 201);
}

} // namespace
} // namespace tocsin::ingest
