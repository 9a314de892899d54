#include "tocsin/map/tile_pictures.hpp"

#include "map/small_map.hpp"
#include "tocsin/map/tile_renderer.hpp"

#include <condition_variable>
#include <future>
#include <gtest/gtest.h>
#include <mutex>
#include <set>

namespace tocsin::map {
namespace {

using Bytes = TilePictures::Bytes;

/// A source that makes its tiles when it is told to.
class SlowSource final : public TileSource {
  public:
    struct Client final : TileClient {
        explicit Client(SlowSource& s) : source(s) {}
        void want(const TileVariant& of, std::vector<TileKey> keys, const std::optional<WorldBox>&) override {
            source.wanted = std::move(keys);
            source.variant = of;
        }
        SlowSource& source;
    };
    std::unique_ptr<TileClient> connect(TileReady ready, StatusChanged status) override {
        m_ready = std::move(ready);
        m_status = std::move(status);
        m_status({state, {}});
        ++clients;
        return std::make_unique<Client>(*this);
    }
    MapStatus status() const override { return {state, {}}; }
    std::optional<geo::Box> bounds() const override {
        geo::Box box;
        box.add(model::Position::trusted(47.0, 9.4));
        box.add(model::Position::trusted(47.3, 9.7));
        return box;
    }
    void reload() override {}
    void finish(const TileKey& key) {
        auto image = std::make_shared<TileImage>();
        image->edge = 16;
        image->pixels.assign(256, 0xff336699U);
        m_ready(key, variant, image);
    }
    void breakDown() {
        state = MapStatus::Kind::broken;
        m_status({state, "the style is broken"});
    }

    MapStatus::Kind state{MapStatus::Kind::ready};
    std::vector<TileKey> wanted;
    TileVariant variant;
    int clients{0};

  private:
    TileReady m_ready;
    StatusChanged m_status;
};

constexpr TileKey in{14, 8624, 5742};
constexpr TileKey beside{14, 8625, 5742};
constexpr TileKey far{14, 100, 100};

struct Answers {
    std::vector<base::Result<Bytes>> all;
    TilePictures::Done take() {
        return [this](base::Result<Bytes> one) { all.push_back(std::move(one)); };
    }
};

class Pictures : public ::testing::Test {
  protected:
    std::unique_ptr<TilePictures> over(TilePictures::Limits limits = {}) {
        auto owned = std::make_unique<SlowSource>();
        source = owned.get();
        return std::make_unique<TilePictures>(std::move(owned), limits);
    }
    SlowSource* source{nullptr};
    Answers answers;
    TileVariant dark;
};

TEST_F(Pictures, oneIsMadeOnceForAllWhoAskAndThenKept) {
    const auto pictures = over();
    pictures->get(in, dark, answers.take());
    pictures->get(in, dark, answers.take());
    EXPECT_EQ(source->wanted, std::vector<TileKey>{in});
    EXPECT_TRUE(answers.all.empty());
    source->finish(in);
    ASSERT_EQ(answers.all.size(), 2U);
    ASSERT_TRUE(answers.all[0]);
    EXPECT_TRUE((*answers.all[0])->starts_with("\x89PNG"));
    EXPECT_EQ(*answers.all[0], *answers.all[1]) << "the same bytes";
    source->wanted.clear();
    pictures->get(in, dark, answers.take());
    EXPECT_EQ(answers.all.size(), 3U);
    EXPECT_TRUE(source->wanted.empty());
    EXPECT_EQ(source->clients, 1);
}

TEST_F(Pictures, whatTheMapDoesNotCoverIsNotDrawn) {
    const auto pictures = over();
    pictures->get(far, dark, answers.take());
    pictures->get({99, 0, 0}, dark, answers.take());
    ASSERT_EQ(answers.all.size(), 2U);
    for (const auto& one : answers.all)
        EXPECT_EQ(one.error().code, base::Code::notFound);
    EXPECT_TRUE(source->wanted.empty());
}

TEST_F(Pictures, onlySoManyWait) {
    const auto pictures = over({.waiting = 2, .keptBytes = 1U << 20U, .patience = std::chrono::seconds(60)});
    pictures->get(in, dark, answers.take());
    pictures->get(beside, dark, answers.take());
    pictures->get({14, 8624, 5743}, dark, answers.take());
    ASSERT_EQ(answers.all.size(), 1U);
    EXPECT_EQ(answers.all[0].error().code, base::Code::unavailable);
    EXPECT_EQ(source->wanted, (std::vector<TileKey>{in, beside})) << "in the order in which they were asked for";
}

TEST_F(Pictures, whatDoesNotComeIsGivenUp) {
    const auto pictures = over({.waiting = 1, .keptBytes = 1U << 20U, .patience = std::chrono::milliseconds(0)});
    pictures->get(in, dark, answers.take());
    pictures->get(beside, dark, answers.take());
    ASSERT_EQ(answers.all.size(), 1U);
    EXPECT_EQ(answers.all[0].error().code, base::Code::unavailable);
    EXPECT_EQ(source->wanted, std::vector<TileKey>{beside});
}

TEST_F(Pictures, theOldestAreLetGo) {
    const auto pictures = over({.waiting = 9, .keptBytes = 150, .patience = std::chrono::seconds(60)});
    for (const auto& key : {in, beside}) {
        pictures->get(key, dark, answers.take());
        source->finish(key);
    }
    pictures->get(in, dark, answers.take());
    EXPECT_EQ(answers.all.size(), 2U) << "made anew: two pictures are too much to keep";
    source->finish(in);
    EXPECT_EQ(answers.all.size(), 3U);
}

TEST_F(Pictures, aBrokenMapAndTheEndAnswerWhoeverWaits) {
    auto pictures = over();
    pictures->get(in, dark, answers.take());
    source->breakDown();
    ASSERT_EQ(answers.all.size(), 1U);
    EXPECT_EQ(answers.all[0].error().code, base::Code::notFound);
    pictures->get(in, dark, answers.take());
    EXPECT_EQ(answers.all.size(), 2U);
    pictures = over();
    pictures->get(in, dark, answers.take());
    pictures.reset();
    ASSERT_EQ(answers.all.size(), 3U);
    EXPECT_EQ(answers.all[2].error().code, base::Code::cancelled);
}

/// A source whose map is imported anew when it is told so; what it draws is of that map's colour.
class ImportedSource final : public TileSource {
  public:
    struct Client final : TileClient {
        Client(ImportedSource& s, TileReady r) : source(s), ready(std::move(r)) {
            const std::lock_guard lock(source.mutex);
            source.clients.insert(this);
        }
        ~Client() override {
            const std::lock_guard lock(source.mutex);
            source.clients.erase(this);
        }
        void want(const TileVariant&, std::vector<TileKey> keys, const std::optional<WorldBox>&) override {
            const std::lock_guard lock(source.mutex);
            wanted = std::move(keys);
            source.changed.notify_all();
        }
        ImportedSource& source;
        TileReady ready;
        std::vector<TileKey> wanted;
    };
    std::unique_ptr<TileClient> connect(TileReady ready, StatusChanged) override {
        return std::make_unique<Client>(*this, std::move(ready));
    }
    MapStatus status() const override { return {MapStatus::Kind::ready, {}}; }
    std::optional<geo::Box> bounds() const override { return SlowSource().bounds(); }
    bool isStale() override {
        const std::lock_guard lock(mutex);
        return map != shown;
    }
    void reload() override {
        const std::lock_guard lock(mutex);
        EXPECT_TRUE(clients.empty()) << "a picture of the old map may still come";
        shown = map;
        changed.notify_all();
    }
    /// Waits until this is wanted of the map that is there now, and gives it.
    void finish(const TileKey& key) {
        TileReady ready;
        auto image = std::make_shared<TileImage>();
        {
            std::unique_lock lock(mutex);
            ASSERT_TRUE(changed.wait_for(lock, std::chrono::seconds(60), [&] {
                for (auto* client : clients)
                    if (map == shown && client->wanted == std::vector{key})
                        ready = client->ready;
                return ready != nullptr;
            }));
            image->edge = 16;
            image->pixels.assign(256, 0xff000000U + shown);
        }
        ready(key, {}, image);
    }
    void import(std::uint32_t other) {
        const std::lock_guard lock(mutex);
        map = other;
    }
    void awaitShown() {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(changed.wait_for(lock, std::chrono::seconds(60), [&] { return map == shown; }));
    }

    std::mutex mutex;
    std::condition_variable changed;
    std::set<Client*> clients;
    std::uint32_t map{1};
    std::uint32_t shown{1};
};

TEST(PicturesOfANewMap, areMadeAnewForWhoeverWaitsAndWhoeverAsksNext) {
    auto owned = std::make_unique<ImportedSource>();
    auto& source = *owned;
    std::promise<void> told;
    TilePictures pictures(std::move(owned), {.lookEvery = std::chrono::milliseconds(1)},
                          [&, times = 0]() mutable { ++times == 2 ? told.set_value() : void(); });
    Answers answers;
    pictures.get(in, {}, answers.take());
    source.finish(in);
    pictures.get(in, {}, answers.take());
    ASSERT_EQ(answers.all.size(), 2U);
    EXPECT_EQ(**answers.all[0], **answers.all[1]);
    pictures.get(beside, {}, answers.take());
    source.import(2);
    source.finish(beside); // asked for again of the new map, by nobody but the pictures themselves
    ASSERT_EQ(answers.all.size(), 3U);
    EXPECT_NE(**answers.all[2], **answers.all[0]);
    pictures.get(in, {}, answers.take());
    EXPECT_EQ(answers.all.size(), 3U) << "the old picture is forgotten";
    source.finish(in);
    ASSERT_EQ(answers.all.size(), 4U);
    EXPECT_EQ(**answers.all[3], **answers.all[2]) << "of the new map";
    source.import(3);
    source.awaitShown();
    told.get_future().wait(); // of both maps
}

TEST(PicturesOfAMap, showThatItHasBeenImportedAnew) {
    std::string pattern = (std::filesystem::temp_directory_path() / "tocsin-imported-XXXXXX").string();
    const std::filesystem::path folder = mkdtemp(pattern.data());
    RendererOptions options;
    options.map = folder / "map.gpkg";
    options.threads = 1;
    {
        const auto source = makeTileRenderer(options);
        EXPECT_FALSE(source->bounds());
        EXPECT_FALSE(source->isStale());
        const auto importOne = [&](double metres) {
            test::writeSmallMap(folder / "other.gpkg", metres);
            std::filesystem::rename(folder / "other.gpkg", options.map);
        };
        importOne(3000);
        EXPECT_FALSE(source->isStale()) << "it may still be written";
        EXPECT_TRUE(source->isStale());
        source->reload();
        EXPECT_FALSE(source->isStale());
        EXPECT_TRUE(source->bounds());
        importOne(6000);
        EXPECT_FALSE(source->isStale());
        EXPECT_TRUE(source->isStale());
        source->reload();
        EXPECT_FALSE(source->isStale());
    }
    std::filesystem::remove_all(folder);
}

TEST(PicturesOfAMap, comeFromTheRenderer) {
    std::string pattern = (std::filesystem::temp_directory_path() / "tocsin-pictures-XXXXXX").string();
    const std::filesystem::path folder = mkdtemp(pattern.data());
    test::writeSmallMap(folder / "map.gpkg", 3000);
    RendererOptions options;
    options.map = folder / "map.gpkg";
    options.threads = 1;
    {
        TilePictures pictures(makeTileRenderer(options));
        std::mutex mutex;
        std::condition_variable came;
        std::optional<base::Result<Bytes>> got;
        const auto at = toWorld(pictures.bounds()->centre());
        pictures.get({10, static_cast<int>(at.x * 1024), static_cast<int>(at.y * 1024)}, {}, [&](base::Result<Bytes> one) {
            const std::lock_guard lock(mutex);
            got = std::move(one);
            came.notify_all();
        });
        std::unique_lock lock(mutex);
        ASSERT_TRUE(came.wait_for(lock, std::chrono::seconds(60), [&] { return got.has_value(); }));
        ASSERT_TRUE(*got) << got->error().message;
        EXPECT_TRUE((**got)->starts_with("\x89PNG"));
        EXPECT_LT((**got)->size(), 100'000U);
    }
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace tocsin::map
