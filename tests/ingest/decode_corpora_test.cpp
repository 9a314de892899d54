#include "ingest/decode_support.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <random>
#include <set>
#include <sstream>

namespace tocsin::ingest::test {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> filesUnder(const fs::path& root) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file())
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

constexpr const char* noMessages[] = {"/osm/", "/dem/", "/schema/cot/", "/schema/edxl-rm/", "/county_polygons/", "/facts/"};

bool isMessage(const fs::path& path) {
    const std::string folder = path.parent_path().filename().string();
    const std::string name = path.filename().string();
    return folder.starts_with("cap") || folder == "edxl" ||
           (folder == "quake" && name.starts_with("usgs-") && name.find("json") != name.npos);
}

/// What no feed sends: maps, schemas of others, heights, registers.
bool isNoMessage(const fs::path& path) {
    const std::string whole = path.string();
    return std::any_of(std::begin(noMessages), std::end(noMessages),
                       [&](const char* folder) { return whole.find(folder) != std::string::npos; });
}

struct Row {
    std::map<std::string, std::string> cells;
    [[nodiscard]] int number(const std::string& key) const { return std::stoi(cells.at(key)); }
};

std::map<std::string, Row> capIndex(const fs::path& root) {
    std::istringstream in(readFile(root / "cap_index.csv"));
    const auto cut = [](const std::string& line) {
        std::vector<std::string> out(1);
        bool quotedCell = false;
        for (const char c : line) {
            if (c == '"')
                quotedCell = !quotedCell;
            else if (c == ',' && !quotedCell)
                out.emplace_back();
            else if (c != '\r')
                out.back() += c;
        }
        return out;
    };
    std::string line;
    std::getline(in, line);
    const auto keys = cut(line);
    std::map<std::string, Row> rows;
    while (std::getline(in, line)) {
        const auto cells = cut(line);
        Row row;
        for (std::size_t i = 0; i < keys.size() && i < cells.size(); ++i)
            row.cells[keys[i]] = cells[i];
        rows[cells[0]] = row;
    }
    return rows;
}

/// Files of which the schema and the decoder do not say the same, and why.
const std::map<std::string, std::string> strays{
    {"cap/kde-TMD25680225051318_2.xml",
     "valid by the schema, but years of the Buddhist era and longitude before latitude"},
    {"cap/kde-gdacs-cap_1023542.xml", "valid by the schema, but a polygon holds \"8.72977)\""},
    {"cap/kde-test_cap_data_1.xml", "valid by the schema, but a polygon's last point is not its first"},
    {"cap/zamg-2.49.0.20.0.AT.151005121527.91.cap", "valid by the schema, but circles of four numbers"},
};
const std::map<std::string, std::string> rejected{
    {"cap/zamg-2.49.0.20.0.AT.150929155632.6.cap", "no sender"},
    {"cap/zamg-2.49.0.20.0.AT.150929155739.8.cap", "no sender"},
    {"cap/zamg-2.49.0.20.0.AT.150930163751.22.cap", "no sender"},
    {"cap/zamg-2.49.0.20.0.AT.151005103257.91.cap", "no sender"},
    {"cap/zamg-template.cap", "no identifier, sender and sent"},
};

TEST(DecodeCorpora, CapFilesAreWhatTheirIndexSays) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    for (const auto& [name, row] : capIndex(*root)) {
        SCOPED_TRACE(name);
        const std::string bytes = readFile(*root / name);
        const auto out = decode(bytes);
        const std::string& xsd = row.cells.at("xsd");
        if (xsd.starts_with("UNPARSED") || rejected.contains(name)) {
            ASSERT_FALSE(out);
            expectPlace(out.error(), bytes.size());
            continue;
        }
        ASSERT_TRUE(out) << out.error().describe();
        EXPECT_EQ(out->format, Format::cap);
        ASSERT_EQ(out->messages.size(), 1U);
        EXPECT_TRUE(out->faults.empty());
        const auto& warning = std::get<model::Warning>(out->messages.front());
        EXPECT_EQ(warning.identifier, row.cells.at("identifier"));
        EXPECT_EQ(warning.sender, row.cells.at("sender"));
        EXPECT_EQ(warning.capStatus, row.cells.at("status"));
        EXPECT_EQ(warning.msgType, row.cells.at("msgType"));
        EXPECT_EQ(warning.scope, row.cells.at("scope"));
        EXPECT_EQ(warning.signature != model::Signature::none, row.cells.at("signed") == "yes");
        EXPECT_EQ(static_cast<int>(warning.infos.size()), row.number("infos"));
        EXPECT_EQ(static_cast<int>(warning.references.size()), row.number("refs"));

        int areas = 0;
        int polygons = 0;
        int circles = 0;
        int geocodes = 0;
        std::set<std::string> languages;
        for (const auto& info : warning.infos) {
            languages.insert(info.language);
            for (const auto& area : info.areas) {
                ++areas;
                polygons += static_cast<int>(area.polygons.size());
                circles += static_cast<int>(area.circles.size());
                geocodes += static_cast<int>(area.geocodes.size());
                for (const auto& ring : area.polygons) {
                    EXPECT_GE(ring.size(), 4U);
                    EXPECT_EQ(ring.front(), ring.back());
                }
            }
        }
        std::istringstream indexed(row.cells.at("langs"));
        for (std::string language; indexed >> language;)
            EXPECT_TRUE(languages.contains(language)) << language;
        EXPECT_EQ(areas, row.number("areas"));
        EXPECT_EQ(geocodes, row.number("geocodes"));
        if (!strays.contains(name)) { // the index counts empty shapes, too
            EXPECT_LE(polygons, row.number("polygons"));
            EXPECT_LE(circles, row.number("circles"));
            const bool empties =
                bytes.find("polygon></") != std::string::npos || bytes.find("<polygon/>") != std::string::npos ||
                bytes.find("<polygon />") != std::string::npos || bytes.find("circle></") != std::string::npos ||
                bytes.find("circle/>") != std::string::npos || bytes.find("circle />") != std::string::npos;
            if (!empties) {
                EXPECT_EQ(polygons, row.number("polygons"));
                EXPECT_EQ(circles, row.number("circles"));
            }
        }
        if (xsd == "valid" && !strays.contains(name)) {
            EXPECT_THAT(out->deviations, testing::IsEmpty());
        } else {
            EXPECT_FALSE(out->deviations.empty());
        }
    }
}

TEST(DecodeCorpora, EveryFileEndsWholeOrWithAPlacedFault) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    std::size_t usgs = 0;
    for (const auto& path : filesUnder(*root)) {
        SCOPED_TRACE(path.string());
        const std::string bytes = readFile(path);
        expectWhole(bytes);
        const Format told = sniff(bytes);
        usgs += told == Format::usgsGeoJson ? 1 : 0;
        if (isNoMessage(path)) {
            const auto out = decode(bytes);
            EXPECT_FALSE(out) << "taken for " << (out ? toString(out->format) : "");
        }
        if (bytes.size() > 200'000) // forcing a wrong format on large files shows nothing new
            continue;
        for (const Format format : allFormats())
            expectWhole(bytes, format);
    }
    EXPECT_EQ(usgs, 6U);
}

TEST(DecodeCorpora, DamagedMessagesEndWholeOrWithAPlacedFault) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    std::mt19937 random(20261120); // NOLINT(cert-msc51-cpp): the same damage at every run
    for (const auto& path : filesUnder(*root)) {
        if (!isMessage(path))
            continue;
        SCOPED_TRACE(path.string());
        const std::string bytes = readFile(path);
        if (bytes.empty())
            continue;
        const Format format = sniff(bytes);
        const int rounds = bytes.size() > 100'000 ? 4 : bytes.size() > 10'000 ? 15 : 60;
        std::uniform_int_distribution<std::size_t> where(0, bytes.size() - 1);
        for (int i = 0; i < rounds; ++i) {
            const std::size_t cut = where(random);
            const std::string_view part = std::string_view(bytes).substr(0, cut);
            expectWhole(part);
            if (format == Format::cap || format == Format::usgsGeoJson) {
                // What is cut off is never taken, unless only blanks are missing.
                if (bytes.find_last_not_of(" \t\r\n") >= cut) {
                    EXPECT_FALSE(decode(part, format)) << cut;
                }
            }
            std::string flipped = bytes;
            flipped[where(random)] ^= static_cast<char>(1U << (random() % 8));
            flipped[where(random)] = static_cast<char>(random());
            expectWhole(flipped, format == Format::unknown ? std::nullopt : std::optional(format));
        }
        if (format == Format::cap || format == Format::usgsGeoJson) {
            const auto twice = decode(bytes + bytes, format);
            EXPECT_FALSE(twice);
        }
    }
}

} // namespace
} // namespace tocsin::ingest::test
