#include "browser_support.hpp"
#include "http_support.hpp"
#include "photo_support.hpp"

#include <cstdlib>
#include <fstream>

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
    options.places = {"Vaduz", "Balzers \"Süd\""};
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

INSTANTIATE_TEST_SUITE_P(Languages, HttpPage, testing::Values("en", "zh"));

} // namespace
} // namespace tocsin::ingest
