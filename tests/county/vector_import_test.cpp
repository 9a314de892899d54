#include "geo_support.hpp"
#include "tocsin/county/vector_import.hpp"
#include "tocsin/geo/datum.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

namespace tocsin::county {
namespace {

using namespace testing;
using ::testing::HasSubstr;

const geo::Box linxia{.south = 35.2, .west = 102.7, .north = 35.9, .east = 103.6};

std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}
std::string square(const std::string& properties, double west, double south) {
    const auto at = [](double x, double y) { return "[" + std::to_string(x) + "," + std::to_string(y) + "]"; };
    return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":{"type":"Polygon","coordinates":[[)" +
           at(west, south) + "," + at(west + 0.1, south) + "," + at(west + 0.1, south + 0.1) + "," +
           at(west, south + 0.1) + "," + at(west, south) + "]]}}";
}

VectorImportOptions boundaries() {
    VectorImportOptions options;
    options.boundary = BoundaryLevel::township;
    options.made = base::fromUnixMillis(1'795'161'600'000);
    return options;
}

struct VectorImport : ::testing::Test {
    Scratch scratch;
    CountyFolder folder = emptyCounty(scratch, linxia);
    std::vector<std::string> before = filesOf(folder.root);

    std::filesystem::path file(const std::string& name, const std::string& bytes) const {
        write(scratch / name, bytes);
        return scratch / name;
    }
    [[nodiscard]] std::string overlay(const std::string& sql) const { return ask(folder.overlays(), sql); }
};

TEST_F(VectorImport, saysWhenNothingLiesInTheCounty) {
    const auto far =
        importVector(folder, file("far.geojson", collection(square(R"({"name":"far"})", 15, 48))), boundaries());
    ASSERT_TRUE(far) << far.error().describe();
    EXPECT_TRUE(far->elsewhere);
    const auto near =
        importVector(folder, file("near.geojson", collection(square("{}", 15, 48) + "," + square("{}", 103.55, 35.5))),
                     boundaries());
    ASSERT_TRUE(near) << near.error().describe();
    EXPECT_FALSE(near->elsewhere);
}

TEST_F(VectorImport, takesBoundariesWithNamesAndCodes) {
    const auto done = importVector(
        folder, file("towns.geojson", collection(square(R"({"名称":"大河家镇","code":"622927101"})", 103, 35.5))),
        boundaries());
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_EQ(done->taken, 1U);
    ASSERT_EQ(done->layers.size(), 1U);
    EXPECT_EQ(done->layers[0].name, "township_towns");
    EXPECT_EQ(overlay("SELECT level || ',' || name || ',' || code FROM township_towns"), "township,大河家镇,622927101");
    EXPECT_EQ(overlay("SELECT name || ',' || kind || ',' || geometry || ',' || datum || ',' || source FROM overlay"),
              "township_towns,boundary,polygon,wgs84,towns.geojson");
    EXPECT_EQ(overlay("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = 'township_towns'"), "3857");
    // An R-tree rounds outwards to single precision.
    EXPECT_NEAR(std::stod(overlay("SELECT minx FROM rtree_township_towns_geom")), 11465907.55, 2);
    EXPECT_EQ(filesOf(folder.root).size(), before.size() + 1) << "one file and nothing beside it";

    const auto again = importVector(folder,
                                    file("towns.geojson", collection(square(R"({"name":"B"})", 103, 35.5) + "," +
                                                                     square(R"({"name":"C"})", 103.2, 35.5))),
                                    boundaries());
    ASSERT_TRUE(again) << again.error().describe();
    EXPECT_TRUE(again->replaced);
    EXPECT_EQ(listOverlays(folder).value().size(), 1U);
    EXPECT_EQ(listOverlays(folder).value().at(0).features, 2);
}

TEST_F(VectorImport, undoesADeclaredDatumAtEachVertex) {
    const auto shifted = geo::gcj02FromWgs84({.longitude = 103, .latitude = 35.5});
    auto options = boundaries();
    options.datum = model::Datum::gcj02;
    const auto done =
        importVector(folder,
                     file("a.geojson", collection(R"({"type":"Feature","properties":{},"geometry":{"type":"Point",)"
                                                  R"("coordinates":[)" +
                                                  std::to_string(shifted.longitude) + "," +
                                                  std::to_string(shifted.latitude) + "]}}")),
                     [&] {
                         options.boundary.reset();
                         return options;
                     }());
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_NEAR(std::stod(overlay("SELECT minx FROM rtree_a_geom")), 11465907.55, 2);
    EXPECT_EQ(done->layers[0].datum, "gcj02");
}

TEST_F(VectorImport, repairsAreasThatCrossThemselvesAndNamesWhatCannotBe) {
    const std::string bowTie = R"({"type":"Feature","properties":{"name":"tie"},"geometry":{"type":"Polygon",)"
                               R"("coordinates":[[[103,35],[103.1,35.1],[103.1,35],[103,35.1],[103,35]]]}})";
    const std::string offEarth = R"({"type":"Feature","properties":{"name":"off"},"geometry":{"type":"Polygon",)"
                                 R"("coordinates":[[[103,35],[103,95],[104,95],[103,35]]]}})";
    const std::string empty = R"({"type":"Feature","properties":{"name":"none"},"geometry":null})";
    const auto input = file("x.geojson", collection(bowTie + "," + offEarth + "," + empty));
    const auto done = importVector(folder, input, boundaries());
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_EQ(done->taken, 1U);
    EXPECT_EQ(done->repaired, 1U);
    ASSERT_EQ(done->leftOutCount, 2U);
    EXPECT_EQ(done->leftOut[0].feature, 1);
    EXPECT_THAT(done->leftOut[0].why, HasSubstr("not on earth"));
    EXPECT_THAT(done->leftOut[1].why, HasSubstr("no shape"));

    const std::string kept = bytesOf(folder.overlays());
    auto strict = boundaries();
    strict.strict = true;
    const auto refused = importVector(folder, input, strict);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("feature 1"));
    EXPECT_EQ(bytesOf(folder.overlays()), kept);
    EXPECT_EQ(filesOf(folder.root).size(), before.size() + 1);
}

TEST_F(VectorImport, mixedShapesBecomeALayerEach) {
    VectorImportOptions options;
    const std::string line = R"({"type":"Feature","properties":{"fid":7,"geom":"g","Name":"road"},"geometry":)"
                             R"({"type":"LineString","coordinates":[[103,35],[103.1,35.1]]}})";
    const auto done =
        importVector(folder, file("m.json", collection(line + "," + square(R"({"lanes":2})", 103, 35.5))), options);
    ASSERT_TRUE(done) << done.error().describe();
    ASSERT_EQ(done->layers.size(), 2U);
    EXPECT_EQ(overlay("SELECT name || ',' || fid_2 || ',' || geom_2 FROM m_line"), "road,7,g");
    EXPECT_EQ(overlay("SELECT lanes FROM m_polygon"), "2");
    ASSERT_TRUE(removeOverlay(folder, "m"));
    EXPECT_TRUE(listOverlays(folder).value().empty());
    EXPECT_EQ(removeOverlay(folder, "m").error().code, base::Code::notFound);
}

/// A Shapefile, with or without its reference, its texts as bytes.
void writeShapes(const std::filesystem::path& file, int epsgCode, double x, double y, const char* text) {
    GDALAllRegister();
    auto* driver = GetGDALDriverManager()->GetDriverByName("ESRI Shapefile");
    GDALDataset* set = driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
    OGRSpatialReference reference;
    if (epsgCode != 0)
        reference.importFromEPSG(epsgCode);
    const char* options[] = {"ENCODING=", nullptr};
    auto* layer = set->CreateLayer("s", epsgCode != 0 ? &reference : nullptr, wkbPoint, const_cast<char**>(options));
    OGRFieldDefn name("NAME", OFTString);
    layer->CreateField(&name);
    const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
    feature->SetField(0, text);
    OGRPoint p(x, y);
    feature->SetGeometry(&p);
    ASSERT_EQ(layer->CreateFeature(feature.get()), OGRERR_NONE);
    GDALClose(set);
    auto page = file;
    std::filesystem::remove(page.replace_extension(".cpg"));
}

TEST_F(VectorImport, needsAReferenceAndFindsOutTheEncoding) {
    writeShapes(scratch / "s.shp", 0, 103.0, 35.5, "\xc1\xd9\xcf\xc4"); // 临夏 in GBK
    const auto without = importVector(folder, scratch / "s.shp", {});
    ASSERT_FALSE(without);
    EXPECT_THAT(without.error().message, HasSubstr("--crs"));
    VectorImportOptions options;
    options.datum = model::Datum::wgs84;
    const auto declared = importVector(folder, scratch / "s.shp", options);
    ASSERT_TRUE(declared) << declared.error().describe();
    EXPECT_EQ(declared->recoded, 1U);
    EXPECT_EQ(overlay("SELECT name FROM s"), "临夏");

    writeShapes(scratch / "u.shp", 0, 500000, 3928000, "Z\xfcrich");
    options.crs = "";
    EXPECT_EQ(importVector(folder, scratch / "u.shp", options).error().code, base::Code::outOfRange);
    options.crs = "EPSG:4544"; // CGCS2000, 3-degree zone about 105° E
    const auto projected = importVector(folder, scratch / "u.shp", options);
    ASSERT_TRUE(projected) << projected.error().describe();
    EXPECT_EQ(overlay("SELECT name FROM u"), "Zürich");
    EXPECT_NEAR(std::stod(overlay("SELECT minx FROM rtree_u_geom")), 105.0 / 180 * 20037508.34, 5);
    options.crs = "/etc/passwd";
    EXPECT_EQ(importVector(folder, scratch / "u.shp", options).error().code, base::Code::malformed);
}

TEST_F(VectorImport, refusesWhatIsCutOffOrNoShapesAndLeavesNothing) {
    const std::string good = collection(square(R"({"name":"A"})", 103, 35.5));
    writeShapes(scratch / "s.shp", 4326, 103.0, 35.5, "x");
    std::filesystem::copy(scratch / "s.shx", scratch / "cut.shx");
    const auto packed = scratch / "p.geojson.gz";
    {
        const gzFile out = ::gzopen(packed.c_str(), "wb");
        ::gzwrite(out, good.data(), static_cast<unsigned>(good.size()));
        ::gzclose(out);
    }
    const std::filesystem::path bad[] = {
        cutOff(file("a.geojson", good), scratch / "cut.geojson", 0.6),
        cutOff(scratch / "s.shp", scratch / "cut.shp", 0.9),
        cutOff(packed, scratch / "cut.geojson.gz", 0.8),
        file("empty.geojson", ""),
        file("html.geojson", "<html>404</html>"),
        file("t.pmtiles", "PMTiles\x03" + std::string(200, '\0')),
        file("list.json", "[1,2,3]"),
        file("none.geojson", collection("")),
        scratch / "absent.geojson",
        scratch / "county",
    };
    for (const auto& input : bad) {
        const auto done = importVector(folder, input, boundaries());
        EXPECT_FALSE(done) << input;
        EXPECT_EQ(filesOf(folder.root), before) << input;
    }
    ASSERT_TRUE(importVector(folder, packed, boundaries()));
    EXPECT_EQ(importVector({scratch / "nowhere"}, packed, boundaries()).error().code, base::Code::notFound);
}

TEST_F(VectorImport, cancelLeavesWhatWasThere) {
    std::stop_source stop;
    stop.request_stop();
    const auto done = importVector(folder, file("a.geojson", collection(square("{}", 103, 35.5))), boundaries(), {},
                                   stop.get_token());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, base::Code::cancelled);
    EXPECT_EQ(filesOf(folder.root), before);
}

TEST_F(VectorImport, takesRealFiles) {
    const auto real = corpora();
    if (!real)
        GTEST_SKIP() << "no corpora";
    const auto county = importVector(folder, *real / "cn/county_polygons/622927000000.geojson", [] {
        auto options = boundaries();
        options.boundary = BoundaryLevel::county;
        return options;
    }());
    ASSERT_TRUE(county) << county.error().describe();
    EXPECT_EQ(overlay("SELECT code FROM county_622927000000"), "622927");
    const auto roads = importVector(folder, *real / "osm/haiti_roads/PortAuPrince_Roads.shp", {});
    ASSERT_TRUE(roads) << roads.error().describe();
    EXPECT_EQ(roads->taken + roads->leftOutCount, 1583U);
    const auto before2 = filesOf(folder.root);
    for (const char* name : {"osm/haiti_roads/PortAuPrince_Roads.shp", "osm/inasafe-jakarta_building.gpkg",
                             "osm/npm-gothenburg-roads.geojson.gz", "cn/county_polygons/622927000000.geojson"}) {
        const auto cut = cutOff(*real / name, scratch / std::filesystem::path(name).filename(), 0.7);
        EXPECT_FALSE(importVector(folder, cut, {})) << name;
        EXPECT_EQ(filesOf(folder.root), before2);
    }
}

} // namespace
} // namespace tocsin::county
