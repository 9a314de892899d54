#pragma once

#include "gui/fake_bridge.hpp"
#include "tocsin/gui/feeds_window.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <cstdint>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace tocsin::gui::test {

/// The feeds of a desk without a desk.
class FakeFeeds final : public FeedsDesk {
  public:
    std::vector<ingest::FeedStatus> lamps;
    std::vector<ingest::FeedConfig> all;
    std::optional<base::Error> refuse;
    std::int64_t taken{0};
    base::Result<std::string> bytes{std::string("{\"sensor\":\"a\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":1.5}\n")};

    std::vector<ingest::FeedStatus> status() const override;
    std::vector<ingest::FeedConfig> configs() const override;
    void save(std::vector<ingest::FeedConfig> feeds, QObject*, std::function<void(base::Result<void>)> answer) override;
    std::vector<desk::Watch> watched;
    std::vector<desk::Watch> watches() const override;
    void saveWatches(std::vector<desk::Watch> watches, QObject*, std::function<void(base::Result<void>)> answer) override;
    Doors door{"127.0.0.1:7701", "127.0.0.1:7780", {}, {}, {}, {}, {"open311"}, {}, true};
    Doors doors() const override { return door; }
    void saveDoors(Doors doors, QObject*, std::function<void(base::Result<void>)> answer) override;
    void sample(const ingest::FeedConfig&, QObject*, std::function<void(base::Result<std::string>)> answer) override;
    void follow(const ingest::FeedConfig&, const std::string&, QObject*,
                std::function<void(base::Result<std::string>)> answer) override;
    Equip equipment() const override;
    std::unique_ptr<SampleListening> listen(const ingest::FeedConfig&, QObject*,
                                            std::function<void(const SampleProgress&)> tell,
                                            std::function<void(base::Result<ingest::FeedSample>)> answer) override;
    int listening{0};
    bool enough{false};
    std::function<void(const SampleProgress&)> progress;
    std::function<void(base::Result<ingest::FeedSample>)> sampled;
    void takeAgain(std::int64_t item, QObject*, std::function<void(base::Result<ingest::Delivered>)> answer) override;
    std::stop_source takeAgainAlike(std::int64_t item, QObject*, std::function<void(const TakenAgain&)> tell) override;
    std::int64_t alikeOf{0};
    std::function<void(const TakenAgain&)> retaken;
    std::stop_source retaking{std::nostopstate};
};

/// A stand-in desk with a quarantine.
class QuarantineBridge : public test::FakeBridge {
  public:
    std::vector<store::QuarantineItem> items; ///< newest first
    int asked{0};
    std::vector<std::int64_t> bytesAsked;
    void quarantined(const store::QuarantineQuery& query, QObject*,
                     std::function<void(base::Result<store::QuarantinePage>)> answer) override;
    void quarantineItem(std::int64_t id, std::size_t mostBytes, QObject*,
                        std::function<void(base::Result<store::QuarantineItem>)> answer) override;
};

/// The feeds' window over three feeds, of which one waits and one has failed.
class Feeds : public ::testing::Test {
  protected:
    void SetUp() override;
    void lamp(const char* name, ingest::FeedState state, const char* transport, const char* why = "");
    template <typename T>
    T* find(const char* name) {
        auto* found = window->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    QString row(int index);

    QuarantineBridge bridge;
    FakeFeeds feeds;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{QStringLiteral("en")};
    UiContext ui{bridge, theme, selection, language};
    std::unique_ptr<FeedsWindow> window;
};

} // namespace tocsin::gui::test
