#include "http_support.hpp"
#include "page_map_support.hpp"

namespace tocsin::ingest {
namespace {

using namespace test;

class HttpMap : public Http {
  protected:
    Endpoint withMap(HttpOptions options = {}) {
        options.map = map;
        return serve(std::move(options));
    }
    int statusOf(const Endpoint& endpoint, const std::string& path) { return ask(endpoint, request("GET", path)).status; }

    std::shared_ptr<FakePageMap> map = std::make_shared<FakePageMap>();
};

TEST_F(HttpMap, saysWhatItShowsAndGivesTiles) {
    const auto endpoint = withMap();
    const auto said = ask(endpoint, request("GET", "/map.json"));
    EXPECT_EQ(said.status, 200);
    EXPECT_EQ(said.parsed()["lowestZoom"], 10);
    EXPECT_EQ(said.parsed()["attribution"], "© the county");
    EXPECT_NEAR(said.parsed()["latitude"].get<double>(), 47.14, 1e-9);
    const auto tile = ask(endpoint, request("GET", "/map/light/zh_CN/14/8624/5742@2x.png?1"));
    EXPECT_EQ(tile.status, 200);
    EXPECT_EQ(tile.body, "a picture");
    EXPECT_EQ(tile.headers.at("content-type"), "image/png");
    EXPECT_NE(tile.headers.at("cache-control").find("max-age"), std::string::npos);
    ASSERT_EQ(map->asked().size(), 1U);
    const auto asked = map->asked().front();
    EXPECT_TRUE(asked.light);
    EXPECT_TRUE(asked.fine);
    EXPECT_EQ(asked.language, "zh_CN");
    EXPECT_EQ(asked.zoom, 14);
    EXPECT_EQ(asked.x, 8624);
    EXPECT_EQ(asked.y, 5742);
    EXPECT_EQ(statusOf(endpoint, "/map/dark/en/10/539/358.png"), 200);
}

TEST_F(HttpMap, whatThereIsNotIsNotAskedFor) {
    const auto endpoint = withMap();
    for (const char* path :
         {"/map/", "/map/light/en/14/8624.png", "/map/light/en/14/8624/5742", "/map/light/en/14/8624/5742.jpg",
          "/map/grey/en/14/8624/5742.png", "/map/light/fr/14/8624/5742.png", "/map/light/en/9/1/1.png",
          "/map/light/en/19/1/1.png", "/map/light/en/14/-1/5.png", "/map/light/en/14/16384/5.png",
          "/map/light/en/14/5/99999999999.png", "/map/light/en/14/5/5/5.png", "/map/light/en/../../../etc/passwd.png",
          "/map/light/en/0x0e/5/5.png"})
        EXPECT_EQ(statusOf(endpoint, path), 404) << path;
    EXPECT_TRUE(map->asked().empty());
    EXPECT_EQ(statusOf(endpoint, "/map/light/en/14/0/5.png"), 404) << "by the map itself";
    EXPECT_EQ(ask(endpoint, request("POST", "/map.json", "x")).status, 405);
    map->none = true;
    EXPECT_EQ(statusOf(endpoint, "/map.json"), 404);
    EXPECT_EQ(statusOf(endpoint, "/map/light/en/14/8624/5742.png"), 404);
}

TEST_F(HttpMap, aDeskWithoutAMapHasNone) {
    const auto endpoint = serve();
    EXPECT_EQ(statusOf(endpoint, "/map.json"), 404);
    EXPECT_EQ(statusOf(endpoint, "/map/light/en/14/8624/5742.png"), 404);
}

TEST_F(HttpMap, aBusyMapSaysSoAndAFloodIsHeldBack) {
    HttpOptions options;
    options.mapTilesPerSecond = 1;
    const auto endpoint = withMap(std::move(options));
    map->beBusy(1);
    const auto busy = ask(endpoint, request("GET", "/map/light/en/14/8624/5742.png"));
    EXPECT_EQ(busy.status, 503);
    EXPECT_TRUE(busy.headers.contains("retry-after"));
    EXPECT_EQ(statusOf(endpoint, "/map/light/en/14/8624/5742.png"), 200);
    int held = 0;
    for (int i = 0; i < 20; ++i)
        held += statusOf(endpoint, "/map/light/en/14/8624/5742.png") == 503 ? 1 : 0;
    EXPECT_GE(held, 15);
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", report)).status, 201) << "a report is never held back by it";
}

TEST_F(HttpMap, aMapThatDoesNotAnswerHoldsUpNobody) {
    HttpOptions options;
    options.receiptTimeout = std::chrono::milliseconds(200);
    map->silent = true;
    const auto endpoint = withMap(std::move(options));
    Peer waiting(endpoint);
    waiting.send(request("GET", "/map/light/en/14/8624/5742.png"));
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", report)).status, 201);
    EXPECT_EQ(readResponse(waiting).status, 503);
}

TEST_F(HttpMap, thePinAndTheSenderAreTwoPlaces) {
    const auto endpoint = serve();
    const std::string form = "category=flood&text=x&latitude=47.1&longitude=9.5&accuracy=12"
                             "&sender_latitude=47.2&sender_longitude=9.6";
    const std::string type = "Content-Type: application/x-www-form-urlencoded\r\n";
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", form, type)).status, 201);
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", form.substr(0, form.find("&sender")), type)).status, 201);
    const auto both = std::get<model::Report>(sink.messages().at(0).second);
    EXPECT_EQ(both.position, model::Position::trusted(47.1, 9.5));
    EXPECT_EQ(both.senderPosition, model::Position::trusted(47.2, 9.6));
    EXPECT_EQ(both.accuracyMetres, 12);
    EXPECT_FALSE(std::get<model::Report>(sink.messages().at(1).second).senderPosition);
    const auto half = ask(endpoint, request("POST", "/reports", "category=flood&text=x&sender_latitude=47.2", type));
    EXPECT_EQ(half.status, 422);
    EXPECT_NE(half.parsed()["reason"].get<std::string>().find("senderLongitude"), std::string::npos);
}

TEST_F(HttpMap, offersThePlacesOfTheMapThatIsThereNow) {
    const auto endpoint = withMap();
    const auto page = [&] { return ask(endpoint, request("GET", "/")).body; };
    EXPECT_EQ(page().find("<option"), std::string::npos) << "no names yet";
    map->nameThese({"Vaduz", "<Balzers>"});
    EXPECT_NE(page().find("<option value=\"Vaduz\">"), std::string::npos);
    EXPECT_EQ(page().find("<Balzers>"), std::string::npos) << "a name is never markup";
    map->nameThese({"Schaan"});
    EXPECT_NE(page().find("<option value=\"Schaan\">"), std::string::npos);
    EXPECT_EQ(page().find("Vaduz"), std::string::npos);
    map->nameThese(std::vector<std::string>(501, "Ruggell"));
    const auto many = page();
    std::size_t offered = 0;
    for (auto at = many.find("\"Ruggell\""); at != std::string::npos; at = many.find("\"Ruggell\"", at + 1))
        ++offered;
    EXPECT_EQ(offered, 500U);
}

} // namespace
} // namespace tocsin::ingest
