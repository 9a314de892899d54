#include "gui/feeds_support.hpp"

#include <QTreeWidget>
#include <algorithm>
#include <chrono>
#include <utility>

namespace tocsin::gui::test {

namespace {

class FakeListening final : public FeedsDesk::SampleListening {
  public:
    explicit FakeListening(FakeFeeds& feeds) : m_feeds(feeds) { ++m_feeds.listening; }
    ~FakeListening() override { --m_feeds.listening; }
    FakeListening(const FakeListening&) = delete;
    FakeListening& operator=(const FakeListening&) = delete;
    void enough() override { m_feeds.enough = true; }

  private:
    FakeFeeds& m_feeds;
};

} // namespace

std::vector<ingest::FeedStatus> FakeFeeds::status() const {
    return lamps;
}

std::vector<ingest::FeedConfig> FakeFeeds::configs() const {
    return all;
}

void FakeFeeds::save(std::vector<ingest::FeedConfig> feeds, QObject*, std::function<void(base::Result<void>)> answer) {
    if (refuse) {
        answer(tl::unexpected(*refuse));
        return;
    }
    all = std::move(feeds);
    answer({});
}

std::vector<desk::Watch> FakeFeeds::watches() const {
    return watched;
}

void FakeFeeds::saveWatches(std::vector<desk::Watch> watches, QObject*,
                            std::function<void(base::Result<void>)> answer) {
    if (refuse) {
        answer(tl::unexpected(*refuse));
        return;
    }
    watched = std::move(watches);
    answer({});
}

void FakeFeeds::saveDoors(Doors doors, QObject*, std::function<void(base::Result<void>)> answer) {
    if (refuse) {
        answer(tl::unexpected(*refuse));
        return;
    }
    door = std::move(doors);
    answer({});
}

void FakeFeeds::sample(const ingest::FeedConfig&, QObject*, std::function<void(base::Result<std::string>)> answer) {
    answer(bytes);
}

void FakeFeeds::follow(const ingest::FeedConfig&, const std::string&, QObject*,
                       std::function<void(base::Result<std::string>)> answer) {
    answer(base::fail(base::Code::notFound, "nothing is there"));
}

FeedsDesk::Equip FakeFeeds::equipment() const {
    return [](ingest::FeedConfig&) { return base::Result<void>(); };
}

std::unique_ptr<FeedsDesk::SampleListening>
FakeFeeds::listen(const ingest::FeedConfig&, QObject*, std::function<void(const SampleProgress&)> tell,
                  std::function<void(base::Result<ingest::FeedSample>)> answer) {
    progress = std::move(tell);
    sampled = std::move(answer);
    return std::make_unique<FakeListening>(*this);
}

void FakeFeeds::takeAgain(std::int64_t item, QObject*, std::function<void(base::Result<ingest::Delivered>)> answer) {
    taken = item;
    ingest::Delivered done;
    done.stored = 1;
    answer(done);
}

std::stop_source FakeFeeds::takeAgainAlike(std::int64_t item, QObject*, std::function<void(const TakenAgain&)> tell) {
    alikeOf = item;
    retaken = std::move(tell);
    retaking = std::stop_source();
    return retaking;
}

void QuarantineBridge::quarantined(const store::QuarantineQuery& query, QObject*,
                                   std::function<void(base::Result<store::QuarantinePage>)> answer) {
    ++asked;
    store::QuarantinePage page;
    for (auto item : items) {
        if (item.state != query.state || (!query.feed.empty() && item.feed != query.feed))
            continue;
        item.bytes.clear();
        if (++page.all <= static_cast<std::int64_t>(query.most))
            page.items.push_back(std::move(item));
    }
    answer(std::move(page));
}

void QuarantineBridge::quarantineItem(std::int64_t id, std::size_t mostBytes, QObject*,
                                      std::function<void(base::Result<store::QuarantineItem>)> answer) {
    bytesAsked.push_back(id);
    for (auto item : items) {
        if (item.id != id)
            continue;
        item.bytes.resize(std::min(item.bytes.size(), mostBytes));
        answer(std::move(item));
        return;
    }
    answer(base::fail(base::Code::notFound, "not there"));
}

void Feeds::SetUp() {
    lamp("cap", ingest::FeedState::up, "poll");
    lamp("gauges", ingest::FeedState::waiting, "mqtt", "the broker does not answer");
    lamp("phones", ingest::FeedState::failed, "cot-tcp", "port 8087 is taken");
    ingest::FeedConfig config;
    config.name = "gauges";
    config.transport = ingest::Transport::mqtt;
    config.address = "mqtt://127.0.0.1:1883";
    config.topics = {"sensors/#"};
    config.silentAfter = std::chrono::minutes(30);
    feeds.all.push_back(config);
    window = std::make_unique<FeedsWindow>(ui, feeds);
    window->show();
}

void Feeds::lamp(const char* name, ingest::FeedState state, const char* transport, const char* why) {
    ingest::FeedStatus status;
    status.name = name;
    status.state = state;
    status.transport = transport;
    status.stateReason = why;
    feeds.lamps.push_back(status);
}

QString Feeds::row(int index) {
    return find<QTreeWidget>("feedList")->topLevelItem(index)->data(0, Qt::UserRole).toString();
}

} // namespace tocsin::gui::test
