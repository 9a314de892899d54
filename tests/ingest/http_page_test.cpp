#include "browser_support.hpp"
#include "http_support.hpp"
#include "page_map_support.hpp"
#include "photo_support.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace tocsin::ingest {
namespace {

using namespace test;

class HttpPage : public Http, public testing::WithParamInterface<const char*> {};

/// Waits in the page until an element shows.
std::string shown(const std::string& id) {
    return "new Promise(function(ok){var n=0;(function look(){if(!document.getElementById('" + id +
           "').hidden||++n>600)ok(!document.getElementById('" + id + "').hidden);else setTimeout(look,50);})();})";
}

TEST_P(HttpPage, aPersonFillsTheFormInAndGetsAReceipt) {
    const auto program = Browser::installed();
    if (!program)
        GTEST_SKIP() << "no Chromium here";
    const std::string language = GetParam();
    const auto folder = std::filesystem::temp_directory_path() / ("tocsin-page-" + std::to_string(::getpid()) + language);
    std::filesystem::create_directories(folder);
    const auto photo = folder / "seen.jpg";
    std::ofstream(photo, std::ios::binary) << withExif(paint("jpeg", 640, 480), exifWith(1));
    HttpOptions options;
    options.photos = PhotoStore::open(folder / "photos").value();
    const auto map = std::make_shared<FakePageMap>();
    map->none = true; // nothing to set a pin on
    map->nameThese({"Vaduz", "Balzers \"Süd\""});
    options.map = map;
    const auto endpoint = serve(std::move(options));
    {
        Browser browser(*program, folder / "profile");
        ASSERT_TRUE(browser.open("http://" + endpoint.toString() + "/?lang=" + language, 360, 740));
        EXPECT_EQ(browser.evaluate("document.getElementById('places').options[1].value"), "Balzers \"Süd\"");
        EXPECT_LE(browser.evaluate("document.documentElement.scrollWidth").get<int>(), 360) << "something is clipped";
        browser.evaluate("document.querySelector('input[value=landslide]').click();"
                         "document.getElementById('text').value='Rocks on the road 滑坡';"
                         "document.getElementById('place').value='Triesenberg';"
                         "document.getElementById('phone').value='+423 1';");
        browser.chooseFile("document.getElementById('photo')", photo);
        if (const char* to = std::getenv("TOCSIN_PAGE_PICTURES"))
            std::ofstream(std::filesystem::path(to) / ("page_" + language + ".b64")) << browser.picture();
        browser.evaluate("document.getElementById('send').click()");
        EXPECT_EQ(browser.evaluate(shown("done")), true);
        EXPECT_EQ(browser.evaluate("document.getElementById('receipt-short').textContent"), "ID1");
        EXPECT_EQ(browser.evaluate("document.getElementById('report').hidden"), true);
        if (const char* to = std::getenv("TOCSIN_PAGE_PICTURES"))
            std::ofstream(std::filesystem::path(to) / ("done_" + language + ".b64")) << browser.picture();
    }
    const auto messages = sink.messages();
    ASSERT_EQ(messages.size(), 1U);
    const auto& got = std::get<model::Report>(messages[0].second);
    EXPECT_EQ(got.category, "landslide");
    EXPECT_EQ(got.text, "Rocks on the road 滑坡");
    EXPECT_EQ(got.place, "Triesenberg");
    EXPECT_EQ(got.contact.phone, "+423 1");
    EXPECT_EQ(got.photos.size(), 1U);
    EXPECT_TRUE(got.position) << "the photo knew where it was taken";
    EXPECT_EQ(got.sourceId.size(), 36U);
    std::filesystem::remove_all(folder);
}

/// A promise: true once the expression is, false after half a minute.
std::string becomes(const std::string& expression) {
    return "new Promise(function(ok){var n=0;(function look(){if((" + expression + ")||++n>600)ok(!!(" + expression +
           "));else setTimeout(look,50);})();})";
}

class HttpPageMap : public HttpPage {
  protected:
    void SetUp() override {
        program = Browser::installed();
        if (!program)
            GTEST_SKIP() << "no Chromium here";
        folder = std::filesystem::temp_directory_path() /
                 ("tocsin-map-page-" + std::to_string(::getpid()) + std::string(GetParam()));
        map->picture = paint("png", 64, 64);
        HttpOptions options;
        options.map = map;
        endpoint = serve(std::move(options));
        origin = "http://" + endpoint.toString();
        browser = std::make_unique<Browser>(*program, folder);
    }
    void TearDown() override {
        browser.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    bool open() { return browser->open(origin + "/?lang=" + std::string(GetParam()), 390, 844); }
    void openMap() {
        ASSERT_TRUE(open());
        ASSERT_EQ(browser->evaluate(becomes("!document.getElementById('show-map').hidden")), true);
        browser->evaluate("document.getElementById('show-map').click();document.getElementById('map').scrollIntoView()");
        ASSERT_EQ(browser->evaluate(becomes("document.querySelectorAll('.tiles img').length>0&&"
                                            "Array.prototype.every.call(document.querySelectorAll('.tiles img'),"
                                            "function(i){return i.style.visibility==='visible'})")),
                  true);
    }
    std::string field(const std::string& name) {
        return browser->evaluate("document.getElementById('report').elements['" + name + "'].value").get<std::string>();
    }
    /// The middle of the map in the view, and so far beside it.
    std::pair<double, double> onMap(double dx, double dy) {
        const auto box = browser->evaluate("(function(){var r=document.getElementById('map').getBoundingClientRect();"
                                           "return [r.left+r.width/2,r.top+r.height/2]})()");
        return {box[0].get<double>() + dx, box[1].get<double>() + dy};
    }
    void tap(double dx, double dy) {
        browser->touch("touchStart", {onMap(dx, dy)});
        browser->touch("touchEnd", {});
    }
    void fillIn() {
        browser->evaluate("document.querySelector('input[value=flood]').click();"
                          "document.getElementById('text').value='Water in the street';"
                          "document.getElementById('report').dispatchEvent(new Event('change'))");
    }
    model::Report sent() {
        browser->evaluate("document.getElementById('send').click()");
        EXPECT_EQ(browser->evaluate(shown("done")), true);
        const auto messages = sink.messages();
        return messages.empty() ? model::Report{} : std::get<model::Report>(messages.back().second);
    }

    std::optional<std::filesystem::path> program;
    std::filesystem::path folder;
    std::shared_ptr<FakePageMap> map = std::make_shared<FakePageMap>();
    Endpoint endpoint;
    std::string origin;
    std::unique_ptr<Browser> browser;
};

TEST_P(HttpPageMap, aTapSetsThePinAFingerMovesTheMapAndTwoZoomIt) {
    map->beBusy(2); // the first tiles have to be asked for again
    openMap();
    EXPECT_EQ(field("latitude"), "");
    tap(0, 0);
    EXPECT_NEAR(std::stod(field("latitude")), 47.14, 0.01);
    EXPECT_NEAR(std::stod(field("longitude")), 9.52, 0.01);
    const double atFirst = std::stod(field("longitude"));
    const double roughly = std::stod(field("accuracy"));
    // 80 pixels to the left: what was east of the middle is in it now.
    browser->touch("touchStart", {onMap(40, 0)});
    browser->touch("touchMove", {onMap(0, 0)});
    browser->touch("touchMove", {onMap(-40, 0)});
    browser->touch("touchEnd", {});
    EXPECT_EQ(std::stod(field("longitude")), atFirst) << "the pin stays where it was set";
    tap(0, 0);
    EXPECT_GT(std::stod(field("longitude")), atFirst + 0.001);
    browser->touch("touchStart", {onMap(-30, 0), onMap(30, 0)});
    for (const double apart : {40.0, 80.0, 120.0}) // the second finger may count from the first move on
        browser->touch("touchMove", {onMap(-apart, 0), onMap(apart, 0)});
    browser->touch("touchEnd", {});
    tap(0, 0);
    EXPECT_LT(std::stod(field("accuracy")), roughly / 2) << "closer, and so more exactly meant";
    for (const auto& tile : map->asked())
        EXPECT_EQ(tile.language, std::string(GetParam()) == "en" ? "en" : "zh_CN");
    fillIn();
    const auto report = sent();
    ASSERT_TRUE(report.position);
    EXPECT_NEAR(report.position->latitude(), 47.14, 0.01);
    EXPECT_FALSE(report.senderPosition);
    EXPECT_TRUE(report.accuracyMetres);
}

TEST_P(HttpPageMap, aKeyboardDoesIt) {
    openMap();
    EXPECT_EQ(browser->evaluate("document.activeElement.id"), "map");
    EXPECT_NE(browser->evaluate("document.getElementById('map').getAttribute('aria-label')").get<std::string>(), "");
    browser->key("Enter");
    const double before = std::stod(field("latitude"));
    const double roughly = std::stod(field("accuracy"));
    for (int i = 0; i < 3; ++i)
        browser->key("+");
    browser->key("ArrowUp");
    browser->key("Enter");
    EXPECT_GT(std::stod(field("latitude")), before);
    EXPECT_LT(std::stod(field("accuracy")), roughly / 4);
    EXPECT_NE(browser->evaluate("document.getElementById('pinned').textContent").get<std::string>().find("47."),
              std::string::npos);
    browser->evaluate("document.getElementById('pin-remove').click()");
    EXPECT_EQ(field("latitude"), "");
    EXPECT_EQ(browser->evaluate("document.getElementById('pin-remove').hidden"), true);
}

TEST_P(HttpPageMap, thePinAndThePhonesPositionGoTogetherOnlyIfBothAreWanted) {
    ASSERT_TRUE(open());
    browser->standAt(origin, 47.21, 9.51, 25);
    browser->evaluate("document.getElementById('locate').click()");
    ASSERT_EQ(browser->evaluate(becomes("document.getElementById('report').elements.latitude.value!==''")), true);
    EXPECT_NEAR(std::stod(field("latitude")), 47.21, 1e-9) << "alone it is the place";
    EXPECT_EQ(field("sender_latitude"), "");
    browser->evaluate("document.getElementById('show-map').click()");
    browser->key("ArrowRight");
    browser->key("Enter");
    EXPECT_GT(std::stod(field("longitude")), 9.51);
    EXPECT_NEAR(std::stod(field("sender_longitude")), 9.51, 1e-9);
    browser->evaluate("document.getElementById('locate').click()"); // rather not
    EXPECT_EQ(field("sender_longitude"), "");
    EXPECT_NE(field("longitude"), "");
    browser->evaluate("document.getElementById('locate').click()");
    ASSERT_EQ(browser->evaluate(becomes("document.getElementById('report').elements.sender_latitude.value!==''")), true);
    fillIn();
    const auto report = sent();
    ASSERT_TRUE(report.position && report.senderPosition);
    EXPECT_NEAR(report.senderPosition->latitude(), 47.21, 1e-9);
    EXPECT_GT(report.position->longitude(), 9.51);
}

TEST_P(HttpPageMap, aDraftKeepsItsPinAndTheLookIsThePhones) {
    openMap();
    browser->prefer("light");
    tap(30, 20);
    fillIn();
    const auto latitude = field("latitude");
    ASSERT_EQ(browser->evaluate(becomes("document.querySelector('.tiles img').src.indexOf('/light/')>0")), true);
    ASSERT_TRUE(browser->reload());
    EXPECT_EQ(field("latitude"), latitude);
    ASSERT_EQ(browser->evaluate(becomes("!document.getElementById('show-map').hidden")), true);
    browser->evaluate("document.getElementById('show-map').click()");
    EXPECT_EQ(browser->evaluate("document.querySelector('.pin').hidden"), false);
}

TEST_P(HttpPageMap, withoutAMapThePageIsAsItWas) {
    map->none = true;
    ASSERT_TRUE(open());
    EXPECT_EQ(browser->evaluate("fetch('/map.json').then(function(r){return r.status})"), 404); // as the page was told
    EXPECT_EQ(browser->evaluate("document.getElementById('show-map').hidden"), true);
    fillIn();
    EXPECT_EQ(sent().text, "Water in the street");
}

INSTANTIATE_TEST_SUITE_P(Languages, HttpPageMap, testing::Values("en", "zh"));
INSTANTIATE_TEST_SUITE_P(Languages, HttpPage, testing::Values("en", "zh"));

} // namespace
} // namespace tocsin::ingest
