#include "http_support.hpp"
#include "ingest/http_door.hpp"
#include "photo_support.hpp"

#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <zlib.h>

namespace tocsin::ingest {
namespace {

using namespace test;

std::string gzip(const std::string& text) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string in = text;
    std::string out(deflateBound(&stream, static_cast<uLong>(in.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string form(const std::vector<std::pair<std::string, std::string>>& fields, const std::vector<std::string>& photos) {
    std::string out;
    for (const auto& [name, value] : fields)
        out += "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    for (const auto& photo : photos)
        out += "--XX\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n"
               "Content-Type: image/jpeg\r\n\r\n" + photo + "\r\n";
    return out + "--XX--\r\n";
}
const std::string multipart = "Content-Type: multipart/form-data; boundary=XX\r\n";
const std::string urlencoded = "Content-Type: application/x-www-form-urlencoded\r\n";

class HttpDoors : public Http {
  protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() / ("tocsin-doors-" + std::to_string(::getpid()));
        std::filesystem::remove_all(folder);
        options.photos = PhotoStore::open(folder).value();
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    model::Report reportAt(std::size_t index) { return std::get<model::Report>(sink.messages().at(index).second); }
    Endpoint withPush(const std::string& name, Format format = Format::unknown) {
        FeedConfig config;
        config.name = name;
        config.transport = Transport::httpPush;
        config.token = "s3cret";
        config.format = format;
        config.trust = model::Trust::known;
        options.pushFeeds = std::make_shared<PushFeeds>();
        options.pushFeeds->set({{config, config.source()}});
        return serve(std::move(options));
    }

    std::filesystem::path folder;
    HttpOptions options;
};

TEST_F(HttpDoors, readingsAndMessagesAreTakenOnlyOfWhoShowsAKey) {
    const std::string reading = R"({"sensor":"a","time":"2026-11-20T07:00:00Z","value":1})";
    options.pushKeys = {"gauges", "met office"};
    const auto endpoint = serve(std::move(options));
    for (const auto* path : {"/readings", "/messages"}) {
        const auto stranger = ask(endpoint, request("POST", path, reading));
        EXPECT_EQ(stranger.status, 401) << path;
        EXPECT_EQ(stranger.headers.at("www-authenticate"), "Bearer");
        EXPECT_EQ(ask(endpoint, request("POST", path, reading, "Authorization: Bearer gauge\r\n")).status, 401) << path;
        EXPECT_EQ(ask(endpoint, request("POST", path, reading, "Authorization: Bearer \r\n")).status, 401) << path;
    }
    EXPECT_EQ(board.feed("readings").status().turnedAway, 3U);
    EXPECT_LT(ask(endpoint, request("POST", "/readings", reading, "Authorization: Bearer met office\r\n")).status, 300);
    EXPECT_LT(ask(endpoint, request("POST", "/messages", cap("c-1"), "Authorization: Bearer gauges\r\n")).status, 300);
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", report)).status, 201) << "citizens need none";
}

TEST_F(HttpDoors, withoutAKeyOtherMachinesSendNoReadingsAndNoMessages) {
    const auto shared = std::make_shared<HttpShared>(threads.io, sink, board, ids, HttpOptions());
    const HttpDoor door(shared, Strand(threads.io.get_executor()));
    HttpRequest asked;
    asked.method = "POST";
    for (const auto* path : {"/readings", "/messages"}) {
        asked.path = path;
        asked.fromHere = false;
        const auto refused = door.refuseAtOnce(asked);
        ASSERT_TRUE(refused) << path;
        EXPECT_EQ(refused->status, 403U);
        EXPECT_NE(refused->body.find("only with a key"), std::string::npos) << refused->body;
        asked.authorization = "Bearer ";
        EXPECT_TRUE(door.refuseAtOnce(asked)) << "nothing is no key";
        asked.authorization.clear();
        asked.fromHere = true;
        EXPECT_FALSE(door.refuseAtOnce(asked)) << path;
    }
    asked.path = "/reports";
    asked.fromHere = false;
    EXPECT_FALSE(door.refuseAtOnce(asked)) << "citizens need none";
}

TEST_F(HttpDoors, photosOfTheFormAreKeptBeforeTheReportIs) {
    const auto endpoint = serve(std::move(options));
    const auto body = form({{"id", "f-1"}, {"category", "flood"}, {"text", "Wasser"}, {"email", "a@b.ch"}, {"latitude", ""}},
                           {withExif(paint("jpeg", 300, 200), exifWith(1)), "", "this is no photo"});
    const auto response = ask(endpoint, request("POST", "/reports", body, multipart));
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.parsed()["deviations"].size(), 1U);
    const auto got = reportAt(0);
    EXPECT_EQ(got.feed, "phone page");
    EXPECT_EQ(got.contact.email, "a@b.ch");
    ASSERT_EQ(got.photos.size(), 1U);
    EXPECT_TRUE(std::filesystem::exists(folder / (got.photos[0].sha256 + ".jpg")));
    ASSERT_TRUE(got.position);
    EXPECT_NEAR(got.position->latitude(), 47.141, 1e-6);
    // What others may see of it: nothing.
    EXPECT_EQ(ask(endpoint, request("GET", "/photos/" + got.photos[0].sha256)).status, 404);
}

TEST_F(HttpDoors, photosInJsonAreBase64) {
    const auto response =
        ask(serve(std::move(options)),
            request("POST", "/reports",
                    R"({"category":"fire","text":"x","photos":["data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="]})"));
    EXPECT_EQ(response.status, 201);
    ASSERT_EQ(reportAt(0).photos.size(), 1U);
    EXPECT_EQ(reportAt(0).photos[0].width, 1);
}

TEST_F(HttpDoors, theDeskItselfSeesPhotos) {
    options.mayShowPhotos = [](std::string_view who) { return who == "Bearer desk"; };
    const auto endpoint = serve(std::move(options));
    ask(endpoint, request("POST", "/reports", form({{"category", "fire"}, {"text", "x"}}, {paint("png", 9, 9)}), multipart));
    const auto path = "/photos/" + reportAt(0).photos.at(0).sha256;
    EXPECT_EQ(ask(endpoint, request("GET", path)).status, 404);
    const auto seen = ask(endpoint, request("GET", path, {}, "Authorization: Bearer desk\r\n"));
    EXPECT_EQ(seen.status, 200);
    EXPECT_EQ(seen.headers.at("content-type"), "image/jpeg");
    EXPECT_EQ(ask(endpoint, request("GET", "/photos/..%2f..%2fetc", {}, "Authorization: Bearer desk\r\n")).status, 404);
}

TEST_F(HttpDoors, aFormThatIsRefusedIsKeptAsItWasSent) {
    const auto endpoint = serve(std::move(options));
    const std::string trapped = "kind=flood&message=I+am+trapped+in+the+cellar";
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", trapped, urlencoded)).status, 422);
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", form({{"kind", "flood"}, {"message", "the roof"}}, {"a photo"}), multipart)).status,
              422);
    ASSERT_EQ(sink.quarantined().size(), 2U);
    EXPECT_EQ(sink.quarantined()[0].bytes, trapped);
    EXPECT_EQ(sink.quarantined()[1].bytes, R"({"kind":"flood","message":"the roof"})");
}

TEST_F(HttpDoors, aBrokenFormIsQuarantined) {
    const auto response = ask(serve(std::move(options)), request("POST", "/reports", "--XX\r\nnothing", multipart));
    EXPECT_EQ(response.status, 422);
    EXPECT_TRUE(response.parsed()["byte"].is_number());
    EXPECT_EQ(sink.quarantined().size(), 1U);
}

TEST_F(HttpDoors, aFeedThatPushesShowsItsToken) {
    const auto endpoint = withPush("town hall");
    const auto send = [&](const std::string& headers, const std::string& path = "/feeds/town%20hall") {
        return ask(endpoint, request("POST", path, report, headers));
    };
    EXPECT_EQ(send("").status, 401);
    EXPECT_EQ(send("Authorization: Bearer s3cre\r\n").status, 401);
    EXPECT_EQ(send("Authorization: Bearer s3cret\r\n", "/feeds/other").status, 404);
    EXPECT_TRUE(sink.messages().empty());
    EXPECT_EQ(send("Authorization: Bearer s3cret\r\n").status, 201);
    EXPECT_EQ(send("Authorization: Basic eDpzM2NyZXQ=\r\n").status, 201);
    EXPECT_EQ(reportAt(0).feed, "town hall");
    EXPECT_EQ(reportAt(0).trust, model::Trust::known);
    EXPECT_EQ(ask(endpoint, request("GET", "/feeds/town%20hall", {}, "Authorization: Bearer s3cret\r\n")).status, 405);
}

TEST_F(HttpDoors, aPushIsDecodedByItsFeedOrQuarantined) {
    const auto endpoint = withPush("crowd");
    const std::string token = "Authorization: Bearer s3cret\r\n";
    const auto taken = ask(endpoint, request("POST", "/feeds/crowd",
                                             R"({"id":1,"title":"Fire","content":"x","values":{},"url":"u"})", token));
    EXPECT_EQ(taken.status, 201);
    EXPECT_EQ(reportAt(0).sourceId, "1");
    const auto refused = ask(endpoint, request("POST", "/feeds/crowd", "what is this", token));
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(sink.quarantined().at(0).feed, "crowd");
    EXPECT_EQ(ask(endpoint, request("POST", "/feeds/crowd", readingLine(1) + readingLine(2), token)).parsed()["counts"]["stored"], 2);
}

/// Signed by another hand: Python's hmac, over the URL and the body.
TEST_F(HttpDoors, ushahidisSignatureIsLookedAt) {
    FeedConfig config;
    config.name = "crowd";
    config.transport = Transport::httpPush;
    config.secret = "shared";
    FeedConfig behind = config; // a server with TLS before us has another name
    behind.name = "behind";
    behind.address = "https://desk.example/feeds/crowd";
    options.pushFeeds = std::make_shared<PushFeeds>();
    options.pushFeeds->set({{config, config.source()}, {behind, behind.source()}});
    const auto endpoint = serve(std::move(options));
    const std::string body = R"({"id":1,"title":"Fire","content":"x","values":{},"url":"u"})";
    const std::string byName = "vuF5vmM+yUMlNxM+aIjiGt7jDxVYbmGbev841o64XBg=";
    const std::string byUrl = "2nv8T76c4YqRaz9O/xqFGlz7CAFUcX8+hJ0mS/YyFpk=";
    const auto send = [&](const std::string& feed, const std::string& signature, const std::string& what) {
        return ask(endpoint, request("POST", "/feeds/" + feed, what,
                                     signature.empty() ? "" : "X-Ushahidi-Signature: " + signature + "\r\n"));
    };
    EXPECT_EQ(send("crowd", "", body).status, 401);
    EXPECT_EQ(send("crowd", byUrl, body).status, 401);
    EXPECT_EQ(send("crowd", byName, body + " ").status, 401) << "another body";
    EXPECT_EQ(send("behind", byName, body).status, 401);
    EXPECT_EQ(ask(endpoint, request("POST", "/feeds/crowd", body, "Authorization: Bearer shared\r\n")).status, 401);
    EXPECT_TRUE(sink.messages().empty());
    EXPECT_TRUE(sink.quarantined().empty());
    EXPECT_EQ(board.feed("crowd").status().turnedAway, 4U);
    EXPECT_EQ(board.feed("behind").status().turnedAway, 1U);
    EXPECT_EQ(board.feed("behind").status().lastFaultReason, "the feed's signature is wrong");
    EXPECT_EQ(send("crowd", byName, body).status, 201);
    EXPECT_EQ(send("behind", byUrl, body).status, 201);
    EXPECT_EQ(reportAt(0).sourceId, "1");
}

TEST_F(HttpDoors, packedBodiesAreUnpackedWithinBounds) {
    options.bodyBytes = 1U << 20U;
    const auto endpoint = serve(std::move(options));
    const std::string packed = "Content-Encoding: gzip\r\n";
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", gzip(report), packed)).status, 201);
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", gzip(std::string(50U << 20U, ' ')), packed)).status, 413);
    const auto cut = gzip(report);
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", cut.substr(0, cut.size() - 9), packed)).status, 400);
    EXPECT_EQ(sink.messages().size(), 1U);
}

TEST_F(HttpDoors, healthTellsTheTruth) {
    std::atomic<bool> full{false};
    options.trouble = [&] { return full ? std::string("the disk is full") : std::string(); };
    const auto endpoint = serve(std::move(options));
    EXPECT_EQ(ask(endpoint, request("GET", "/health")).parsed()["status"], "ok");
    board.feed("gauges").setState(FeedState::waiting, "connection refused");
    const auto waiting = ask(endpoint, request("GET", "/health"));
    EXPECT_EQ(waiting.status, 200);
    EXPECT_EQ(waiting.parsed()["status"], "degraded");
    board.feed("gauges").setState(FeedState::up);
    full = true;
    const auto stuck = ask(endpoint, request("GET", "/health"));
    EXPECT_EQ(stuck.status, 503);
    EXPECT_EQ(stuck.parsed()["desk"], "the disk is full");
    server.reset();
}

// ---- Open311

TEST_F(HttpDoors, open311TellsItsServices) {
    const auto endpoint = serve(std::move(options));
    const auto json = ask(endpoint, request("GET", "/open311/v2/services.json")).parsed();
    EXPECT_EQ(json.size(), 6U);
    EXPECT_EQ(json[0]["service_code"], "flood");
    EXPECT_EQ(json[0]["metadata"], true);
    const auto xml = ask(endpoint, request("GET", "/open311/v2/services.xml?jurisdiction_id=city.gov"));
    EXPECT_EQ(xml.headers.at("content-type"), "text/xml; charset=utf-8");
    EXPECT_NE(xml.body.find("<services><service><service_code>flood</service_code>"), std::string::npos);
    const auto definition = ask(endpoint, request("GET", "/open311/v2/services/flood.json")).parsed();
    EXPECT_EQ(definition["attributes"][0]["values"].size(), 4U);
    EXPECT_EQ(ask(endpoint, request("GET", "/open311/v2/services/none.xml")).status, 404);
    const auto discovery = ask(endpoint, request("GET", "/open311/discovery.json")).parsed();
    EXPECT_EQ(discovery["endpoints"][0]["url"], "http://desk/open311/v2");
    EXPECT_EQ(ask(endpoint, request("GET", "/open311/v2/nothing.json")).status, 404);
}

TEST_F(HttpDoors, open311TakesARequest) {
    const auto endpoint = serve(std::move(options));
    const auto response = ask(endpoint, request("POST", "/open311/v2/requests.json",
                                                "service_code=flood&lat=47.1&long=9.5&description=Keller+voll&first_name=Ann&"
                                                "phone=12&attribute%5BDEPTH%5D=knee&jurisdiction_id=x&media_url=http%3A%2F%2Fx%2Fa.jpg",
                                                urlencoded));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.parsed()[0]["service_request_id"], "id-1");
    const auto got = reportAt(0);
    EXPECT_EQ(got.feed, "open311");
    EXPECT_EQ(got.category, "flood");
    EXPECT_EQ(got.text, "Keller voll\nHow deep is the water? up to the knee\nhttp://x/a.jpg");
    EXPECT_EQ(got.contact.name, "Ann");
    EXPECT_DOUBLE_EQ(got.position->longitude(), 9.5);
    const auto photo = ask(endpoint, request("POST", "/open311/v2/requests.xml",
                                             form({{"service_code", "fire"}, {"address_string", "Vaduz"}}, {paint("jpeg", 9, 9)}), multipart));
    EXPECT_NE(photo.body.find("<service_request_id>id-2</service_request_id>"), std::string::npos);
    EXPECT_EQ(reportAt(1).photos.size(), 1U);
}

TEST_F(HttpDoors, open311RefusesInItsOwnForm) {
    options.open311.keys = {"k1", "k2"};
    const auto endpoint = serve(std::move(options));
    struct Case {
        const char* body;
        int status;
        const char* words;
    };
    for (const auto& one : {Case{"service_code=flood&lat=1&long=2", 403, "api_key was not provided"},
                            Case{"api_key=k3&service_code=flood&lat=1&long=2", 403, "not valid"},
                            Case{"api_key=k2&lat=1&long=2", 400, "service_code was not provided"},
                            Case{"api_key=k2&service_code=x&lat=1&long=2", 404, "service_code not found"},
                            Case{"api_key=k2&service_code=flood", 400, "a place was not provided"},
                            Case{"api_key=k2&service_code=flood&lat=1", 400, "numbers"},
                            Case{"api_key=k2&service_code=flood&lat=91&long=2", 400, ""},
                            Case{"api_key=k2&service_code=flood&lat=1&long=2&attribute[DEPTH]=deep", 400, "no value"},
                            Case{"api_key=k2&service_code=%zz", 400, "hexadecimal"}}) {
        const auto response = ask(endpoint, request("POST", "/open311/v2/requests.xml", one.body, urlencoded));
        EXPECT_EQ(response.status, one.status) << one.body;
        EXPECT_NE(response.body.find("<errors><error><code>" + std::to_string(one.status) + "</code>"), std::string::npos);
        EXPECT_NE(response.body.find(one.words), std::string::npos) << response.body;
    }
    EXPECT_TRUE(sink.messages().empty());
    EXPECT_EQ(ask(endpoint, request("POST", "/open311/v2/requests.json",
                                    "api_key=k2&service_code=flood&lat=1&long=2", urlencoded)).status, 200);
    EXPECT_EQ(ask(endpoint, request("DELETE", "/open311/v2/requests.json")).status, 405);
}

TEST_F(HttpDoors, open311ShowsWhatIsPublicAndNoMore) {
    model::Report open;
    open.id = ids.make<model::ReportId>();
    open.feed = "open311";
    open.category = "flood";
    open.text = "Water <here>";
    open.contact.phone = "5551234";
    open.receivedAt = clock.now() - std::chrono::hours(1);
    open.position = model::Position::trusted(47.1, 9.5);
    auto closed = open;
    closed.id = ids.make<model::ReportId>();
    closed.status = "closed";
    auto dismissed = open;
    dismissed.id = ids.make<model::ReportId>();
    dismissed.state = model::ReportState::dismissed;
    auto page = open;
    page.id = ids.make<model::ReportId>();
    page.feed = "phone page";
    auto moved = open;
    moved.id = ids.make<model::ReportId>();
    moved.category = "road";
    moved.placed = model::Placed{model::Position::trusted(47.2, 9.6)};
    auto old = open;
    old.id = ids.make<model::ReportId>();
    old.receivedAt = clock.now() - std::chrono::hours(24 * 100);
    auto call = open;
    call.id = ids.make<model::ReportId>();
    call.call = model::CallRecord{};
    const std::vector<model::Report> all{open, closed, old, call, dismissed, page, moved};
    options.open311.reports = [all](const ReportQuery& query) {
        std::vector<model::Report> out;
        for (const auto& one : all)
            if (matches(query, one))
                out.push_back(one);
        return out;
    };
    const auto endpoint = serve(std::move(options));
    const auto list = [&](const std::string& query) {
        return ask(endpoint, request("GET", "/open311/v2/requests.json?" + query)).parsed();
    };
    EXPECT_EQ(list("").size(), 3U);
    EXPECT_EQ(list("status=open").size(), 2U);
    EXPECT_DOUBLE_EQ(list("service_code=road")[0]["lat"].get<double>(), 47.2) << "as the sender gave it, not where the desk put it";
    for (const auto* hidden : {&dismissed, &page})
        EXPECT_EQ(ask(endpoint, request("GET", "/open311/v2/requests/" + hidden->id.toString() + ".json")).status, 404);
    EXPECT_EQ(list("status=closed")[0]["service_request_id"], closed.id.toString());
    EXPECT_EQ(list("service_code=fire").size(), 0U);
    EXPECT_EQ(list("start_date=2026-08-01T00:00:00Z&end_date=2026-08-20T00:00:00%2B02:00").size(), 1U);
    EXPECT_EQ(list("service_request_id=" + old.id.toString() + "," + call.id.toString()).size(), 1U);
    const auto xml = ask(endpoint, request("GET", "/open311/v2/requests/" + open.id.toString() + ".xml"));
    EXPECT_NE(xml.body.find("<description>Water &lt;here&gt;</description>"), std::string::npos);
    EXPECT_EQ(xml.body.find("5551234"), std::string::npos);
    EXPECT_EQ(ask(endpoint, request("GET", "/open311/v2/requests/" + call.id.toString() + ".json")).status, 404);
    EXPECT_EQ(ask(endpoint, request("GET", "/open311/v2/requests.json?start_date=soon")).status, 400);
    EXPECT_EQ(ask(endpoint, request("GET", "/open311/v2/requests.json?status=lost")).status, 400);
    EXPECT_EQ(ask(endpoint, request("GET", "/open311/v2/tokens/abc.json")).parsed()[0]["service_request_id"], "abc");
}

TEST_F(HttpDoors, open311ShowsTheFeedsThatTheCountyNames) {
    model::Report page;
    page.id = ids.make<model::ReportId>();
    page.feed = "phone page";
    page.category = "flood";
    page.receivedAt = clock.now() - std::chrono::hours(1);
    auto own = page;
    own.id = ids.make<model::ReportId>();
    own.feed = "open311";
    options.open311.publish = {"phone page"};
    // A shelf that forgets to ask: the door looks again.
    options.open311.reports = [page, own](const ReportQuery& query) {
        EXPECT_EQ(query.feeds, std::vector<std::string>{"phone page"});
        return std::vector<model::Report>{page, own};
    };
    const auto endpoint = serve(std::move(options));
    const auto list = ask(endpoint, request("GET", "/open311/v2/requests.json")).parsed();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0]["service_request_id"], page.id.toString());
}

} // namespace
} // namespace tocsin::ingest
