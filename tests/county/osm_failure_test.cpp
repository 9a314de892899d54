// What a broken extract, a full disk, a cancellation and a crash leave behind: a clear error and the old map.

#include "county/map_reader.hpp"
#include "osm_art.hpp"

#include <bzlib.h>
#include <csignal>
#include <cstdlib>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <zlib.h>

namespace tocsin::county {
namespace {

using namespace testing;
using ::testing::HasSubstr;

const std::string oldMap = "the old map";

std::string demoExtract() {
    return bytesOf(resources() / "demo" / "liechtenstein.osm.pbf");
}

std::string gzipped(const std::string& text) {
    z_stream stream{};
    ::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(::deflateBound(&stream, text.size()), '\0');
    std::string in = text;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    ::deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    return out;
}

std::string bzipped(std::string text) {
    auto size = static_cast<unsigned>(text.size() + text.size() / 50 + 1000);
    std::string out(size, '\0');
    ::BZ2_bzBuffToBuffCompress(out.data(), &size, text.data(), static_cast<unsigned>(text.size()), 9, 0, 0);
    out.resize(size);
    return out;
}

/// Imports `bytes` over an old map: it must fail, say where when it can, and leave the old map and nothing else.
base::Error refused(const std::string& bytes) {
    const Scratch scratch;
    write(scratch / "in.osm", bytes);
    write(scratch / "map.gpkg", oldMap);
    const auto done = importOsm(scratch / "in.osm", scratch / "map.gpkg", someOptions());
    EXPECT_EQ(bytesOf(scratch / "map.gpkg"), oldMap);
    EXPECT_EQ(scratch.files(), 2U);
    return done ? base::Error{base::Code::internal, "it was taken", {}} : done.error();
}

TEST(BrokenExtract, isRefusedWhereverItIsCutOff) {
    const std::string whole = demoExtract();
    for (std::size_t keep = 1; keep < whole.size(); keep += whole.size() / 23) {
        const auto error = refused(whole.substr(0, keep));
        EXPECT_EQ(error.code, base::Code::malformed) << keep;
        if (keep > 64) {
            ASSERT_TRUE(error.place.byte) << keep << ": " << error.message;
            EXPECT_LE(*error.place.byte, keep);
        }
    }
    EXPECT_EQ(refused(whole.substr(0, whole.size() - 1)).code, base::Code::malformed);
}

TEST(BrokenExtract, isRefusedWhenABitIsFlipped) {
    std::string flipped = demoExtract();
    const std::size_t at = flipped.size() / 3;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x40);
    const auto error = refused(flipped);
    ASSERT_TRUE(error.place.byte) << error.message;
    EXPECT_LT(*error.place.byte, at); // where the damaged block begins
}

TEST(BrokenExtract, isRefusedWhenPackedAndCutOff) {
    const std::string town = bytesOf(data("town.osm"));
    for (const auto& packed : {gzipped(town), bzipped(town)})
        for (const std::size_t part : {1, 5, 9})
            EXPECT_EQ(refused(packed.substr(0, packed.size() * part / 10)).code, base::Code::malformed);
    for (const std::size_t part : {1, 3, 5, 7, 9}) {
        const auto error = refused(town.substr(0, town.size() * part / 10));
        EXPECT_EQ(error.code, base::Code::malformed);
        EXPECT_TRUE(error.place.line) << error.message;
    }
}

TEST(BrokenExtract, isRefusedWhenItIsNoise) {
    std::string noise(5000, '\0');
    unsigned state = 1;
    for (char& byte : noise)
        byte = static_cast<char>((state = state * 1103515245U + 12345U) >> 16U);
    EXPECT_EQ(refused(noise).code, base::Code::malformed);
    EXPECT_EQ(refused(std::string("\0\0\0\x0d\x0a\x09OSMHeader\x18\x7f", 15) + noise).code, base::Code::malformed);
    EXPECT_EQ(refused(std::string(100'000, '<')).code, base::Code::malformed);
}

TEST(PackedExtract, givesTheSameAsThePlainOne) {
    const Scratch scratch;
    const std::string town = bytesOf(data("town.osm"));
    write(scratch / "plain", town);
    write(scratch / "gzip", gzipped(town));
    write(scratch / "bzip2", bzipped(town));
    auto options = someOptions();
    options.source = "the town";
    for (const char* name : {"plain", "gzip", "bzip2"}) { // told apart by their bytes
        const auto done = importOsm(scratch / name, scratch / (std::string(name) + ".gpkg"), options);
        ASSERT_TRUE(done) << name << ": " << done.error().describe();
        EXPECT_EQ(bytesOf(scratch / (std::string(name) + ".gpkg")), bytesOf(scratch / "plain.gpkg")) << name;
    }
}

TEST(CrookedExtract, survivesAreasThatCrossThemselvesAndNodesThatAreMissing) {
    OsmArt osm({"A   B", //
                "     ", //
                "D   C", //
                "E   F"});
    osm.way("ACBDA", {{"natural", "water"}, {"name", "Bow"}})      // crosses itself
        .way("ABCZZDA", {{"landuse", "forest"}, {"name", "Wood"}}) // nodes that the file has not
        .way("AAAA", {{"building", "yes"}})                        // no area at all
        .way("ABA", {{"landuse", "meadow"}})                       // nor this
        .way("E", {{"highway", "primary"}})                        // one node
        .way("ZZ", {{"highway", "primary"}})                       // none
        .way("EFE", {{"highway", "residential"}, {"name", "There and back"}})
        .way("EF", {{"highway", "residential"}, {"name", "Lane"}});
    const auto done = osm.import();
    EXPECT_EQ(ask(osm.map(), "SELECT count(*) FROM road WHERE name = 'Lane'"), "1");
    EXPECT_EQ(ask(osm.map(), "PRAGMA integrity_check"), "ok");
    EXPECT_GE(done.cutWays, 1U);
    ASSERT_TRUE(osm.metres(osm.at('E'), osm.at('F')));
    EXPECT_NEAR(*osm.metres(osm.at('E'), osm.at('F')), 400, 5);
}

TEST(CancelledImport, leavesTheOldMapAtWhicheverStep) {
    std::size_t steps = 100;
    for (std::size_t stopAt = 1; stopAt < steps; ++stopAt) {
        const Scratch scratch;
        write(scratch / "map.gpkg", oldMap);
        std::stop_source stop;
        std::size_t step = 0;
        const auto done = importOsm(
            data("town.osm"), scratch / "map.gpkg", someOptions(),
            [&](const Progress& p) {
                if (++step == stopAt)
                    stop.request_stop();
                if (p.fraction >= 1)
                    steps = step; // it is in its place already
            },
            stop.get_token());
        if (step < stopAt || steps == stopAt)
            break;
        ASSERT_FALSE(done) << stopAt;
        EXPECT_EQ(done.error().code, base::Code::cancelled);
        EXPECT_EQ(bytesOf(scratch / "map.gpkg"), oldMap);
        EXPECT_EQ(scratch.files(), 1U) << stopAt;
    }
}

class ImportInAProcess : public ::testing::Test {
  protected:
    // The child is a process of its own, not a copy of this one in the middle of its threads.
    ImportInAProcess() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

/// In the child: imports under a limit on the size of files, as a full disk would set one. Exits with 0 when all is as
/// it must be.
[[noreturn]] void importWithLittleRoom(rlim_t bytes) {
    const auto say = [](const std::string& text) {
        std::fprintf(stderr, "%s\n", text.c_str());
        std::_Exit(1);
    };
    const Scratch scratch;
    write(scratch / "map.gpkg", oldMap);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto done = importOsm(resources() / "demo" / "liechtenstein.osm.pbf", scratch / "map.gpkg", someOptions());
    if (done)
        say("it fitted");
    if (done.error().code != base::Code::storage || done.error().message.empty())
        say("it says " + done.error().describe());
    if (bytesOf(scratch / "map.gpkg") != oldMap || scratch.files() != 1)
        say("the old map is gone, or something was left behind");
    std::fprintf(stderr, "as it must be: %s\n", done.error().describe().c_str());
    std::filesystem::remove_all(scratch / "");
    std::_Exit(0);
}

TEST_F(ImportInAProcess, onAFullDiskLeavesTheOldMap) {
    // Too little for the first layer, for the layers, for the index of names.
    for (const rlim_t room : {rlim_t{50'000}, rlim_t{900'000}, rlim_t{4'000'000}, rlim_t{5'500'000}})
        EXPECT_EXIT(importWithLittleRoom(room), ::testing::ExitedWithCode(0), "as it must be") << room;
}

TEST_F(ImportInAProcess, thatIsKilledLeavesTheOldMapAndTheNextOneTidiesUp) {
    const Scratch scratch;
    // The child runs this test from its beginning: it learns the folder from the environment.
    if (!std::getenv("TOCSIN_TEST_FOLDER"))
        ::setenv("TOCSIN_TEST_FOLDER", (scratch / "").c_str(), 1);
    const std::filesystem::path folder = std::getenv("TOCSIN_TEST_FOLDER");
    write(folder / "map.gpkg", oldMap);
    EXPECT_EXIT((void)importOsm(resources() / "demo" / "liechtenstein.osm.pbf", folder / "map.gpkg", someOptions(),
                                [](const Progress& p) {
                                    if (p.stage == "Indexing names")
                                        ::kill(::getpid(), SIGKILL);
                                }),
                ::testing::KilledBySignal(SIGKILL), "");
    ::unsetenv("TOCSIN_TEST_FOLDER");
    EXPECT_EQ(bytesOf(folder / "map.gpkg"), oldMap);
    EXPECT_GT(scratch.files(), 1U); // what the dead one had begun
    ASSERT_TRUE(importOsm(data("town.osm"), folder / "map.gpkg", someOptions()));
    EXPECT_EQ(scratch.files(), 1U);
    EXPECT_EQ(ask(folder / "map.gpkg", "SELECT name FROM place"), "Tannau");
}

} // namespace
} // namespace tocsin::county
