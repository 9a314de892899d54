#include "app/feed_host.hpp"

#include "tocsin/base/log.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace tocsin::app {

namespace {

std::shared_ptr<ingest::PhotoStore> photoStore(const std::filesystem::path& folder) {
    if (folder.empty())
        return nullptr;
    auto store = ingest::PhotoStore::open(folder);
    if (!store)
        base::log::error("photos cannot be kept: {}", store.error().message);
    return store ? *store : nullptr;
}

std::shared_ptr<ingest::HttpPool> webFor(boost::asio::thread_pool& workers) {
    constexpr std::size_t atOnce = 32; // of many hosts; each still has its own few
    ingest::HttpFetchOptions options;
    options.atOnce = atOnce;
    return std::make_shared<ingest::HttpPool>(workers, options);
}

} // namespace

std::vector<desk::Watch> watchesOf(const std::vector<county::WatchWord>& words, const std::vector<ingest::FeedConfig>& feeds) {
    std::vector<desk::Watch> watches;
    for (const auto& word : words) {
        desk::Watch watch;
        watch.id = "watch:" + word.id;
        watch.name = word.name;
        watch.feeds = word.feeds;
        for (const auto& sensor : word.sensors)
            watch.sensors.emplace_back(sensor);
        for (const auto& unit : word.units)
            watch.units.emplace_back(unit);
        watch.silentAfter = word.silentAfter;
        watch.severity = word.severity;
        watch.position = word.position;
        watches.push_back(std::move(watch));
    }
    for (const auto& feed : feeds) {
        if (!feed.enabled || !feed.silentAfter)
            continue;
        desk::Watch watch;
        watch.id = "feed:" + feed.name;
        watch.name = {feed.name};
        watch.feeds = {feed.name};
        watch.silentAfter = *feed.silentAfter;
        watch.severity = feed.silenceSeverity;
        watches.push_back(std::move(watch));
    }
    return watches;
}

FeedHost::FeedHost(Parts parts)
    : m_config(parts.config), m_folder(std::move(parts.folder)), m_clock(parts.clock), m_ids(parts.ids),
      m_sink(parts.sink), m_board(parts.clock), m_adopt(std::move(parts.adopt)), m_correct(std::move(parts.correct)), m_photos(photoStore(parts.photos)),
      m_web(webFor(m_workers)),
      m_readings(std::make_unique<ingest::TcpReadingsServer>(m_io, m_sink, m_board)),
      m_feeds(std::move(parts.feeds)) {
    ingest::HttpOptions options;
    options.county = m_config.name;
    options.exercise = [exercise = m_config.exercise] { return exercise; };
    options.trouble = std::move(parts.trouble);
    options.photos = m_photos;
    options.maxConnections = static_cast<std::size_t>(m_config.httpConnections);
    options.maxPerAddress = static_cast<std::size_t>(m_config.httpPerAddress);
    options.tls.certificate = m_config.httpCertificate;
    options.tls.key = m_config.httpKey;
    options.tlsFolder = m_folder;
    options.pushFeeds = m_pushFeeds;
    options.map = std::move(parts.map);
    options.teams = std::move(parts.teams);
    options.pushKeys = m_config.pushKeys;
    options.open311.keys = m_config.open311Keys;
    options.open311.publish = m_config.open311Publish;
    options.open311.reports = std::move(parts.reports);
    m_http = std::make_unique<ingest::HttpServer>(m_io, m_sink, m_board, m_ids, std::move(options));
}

FeedHost::~FeedHost() {
    m_readings->stop();
    m_http->stop();
    {
        const std::lock_guard lock(m_mutex);
        m_listening = false;
        for (auto& [name, running] : m_running)
            end(running);
        for (auto& [name, courier] : m_couriers)
            courier->close();
    }
    if (m_thread.joinable())
        m_thread.join();
    m_workers.stop();
    m_workers.join();
}

std::string FeedHost::webAddress() const {
    return (m_config.httpCertificate.empty() ? "http://" : "https://") + m_httpAt.toString();
}

void FeedHost::tell(const std::string& callSign, const std::string& bytes, ingest::Handed done) {
    // Whoever calls may be the desk itself: it never waits for a feed that starts or ends.
    boost::asio::post(m_io, [this, callSign, bytes, done = std::move(done)] {
        ingest::Handed last;
        {
            const std::lock_guard lock(m_mutex);
            last = ingest::firstThat(m_running.size() + 1, done);
            for (const auto& [name, running] : m_running) {
                if (running.feed)
                    running.feed->tell(callSign, bytes, last);
                else
                    last(false);
            }
        }
        last(false); // so that nobody is answered while the feeds are held
    });
}

base::Result<void> FeedHost::listen(const std::string& readings, const std::string& http) {
    const auto asText = [](const county::Endpoint& e) { return ingest::Endpoint{e.host, e.port}.toString(); };
    auto readingsAt = m_readings->listen(readings.empty() ? asText(m_config.readings) : readings);
    auto httpAt = m_http->listen(http.empty() ? asText(m_config.http) : http);
    if (readingsAt)
        m_readingsAt = *readingsAt;
    if (httpAt) {
        m_httpAt = *httpAt;
        m_publicDoor = publicDoorOf(m_config, m_httpAt, ownAddress);
    }
    {
        const std::lock_guard lock(m_mutex);
        m_listening = true;
        for (const auto& feed : m_feeds)
            start(feed);
        tellFeeds();
    }
    m_thread = std::thread([this] {
        // Feeds come and go while it runs; without any it must not end.
        for (;;) {
            try {
                m_io.run();
                return;
            } catch (const std::exception& e) {
                base::log::critical("the feeds' thread met an unexpected error: {}", e.what());
            }
        }
    });
    if (!readingsAt)
        return tl::unexpected(readingsAt.error());
    if (!httpAt)
        return tl::unexpected(httpAt.error());
    return {};
}

void FeedHost::start(const ingest::FeedConfig& config) {
    auto& counters = m_board.feed(config.name);
    auto& running = m_running[config.name];
    running.config = config;
    if (!config.enabled) {
        counters.describe(toString(config.transport), config.address);
        counters.setState(ingest::FeedState::off);
        return;
    }
    if (auto ok = ingest::check(config); !ok) {
        counters.setState(ingest::FeedState::failed, ok.error().message);
        return;
    }
    auto equipped = config;
    if (auto ok = ingest::equip(equipped, m_folder, m_photos); !ok) {
        counters.setState(ingest::FeedState::failed, ok.error().message);
        return;
    }
    running.feed = ingest::makeFeed(equipped, {m_io, m_workers, m_sink, m_board, m_clock, m_ids, m_folder, m_web});
    if (!running.feed)
        return;
    if (auto ok = running.feed->start(); !ok) {
        base::log::error("feed '{}' cannot start: {}", config.name, ok.error().message);
        counters.setState(ingest::FeedState::failed, ok.error().message);
    }
}

void FeedHost::end(Running& running) {
    if (running.feed) {
        running.feed->stop();
        m_ended.push_back(std::move(running.feed));
    }
    m_board.feed(running.config.name).setState(ingest::FeedState::off);
}

std::vector<ingest::FeedConfig> FeedHost::feeds() const {
    const std::lock_guard lock(m_mutex);
    return m_feeds;
}

base::Result<ingest::FeedConfig> FeedHost::equipped(const std::string& feed) const {
    ingest::FeedConfig config;
    config.name = feed;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(m_feeds.begin(), m_feeds.end(), [&](const auto& f) { return f.name == feed; });
        if (found != m_feeds.end())
            config = *found;
    }
    if (auto ok = ingest::equip(config, m_folder, m_photos); !ok)
        return tl::unexpected(ok.error());
    return config;
}

std::string FeedHost::listensAt(const std::string& feed) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_running.find(feed);
    return found == m_running.end() || !found->second.feed ? std::string() : found->second.feed->listensAt();
}

void FeedHost::apply(std::vector<ingest::FeedConfig> feeds) {
    const std::lock_guard lock(m_mutex);
    m_feeds = std::move(feeds);
    if (!m_listening)
        return;
    const auto wanted = [this](const std::string& name) -> const ingest::FeedConfig* {
        const auto found = std::find_if(m_feeds.begin(), m_feeds.end(), [&](const auto& f) { return f.name == name; });
        return found == m_feeds.end() ? nullptr : &*found;
    };
    for (auto at = m_running.begin(); at != m_running.end();) {
        const auto* config = wanted(at->first);
        if (config != nullptr && *config == at->second.config) {
            ++at;
            continue;
        }
        end(at->second);
        at = m_running.erase(at);
    }
    for (const auto& feed : m_feeds) {
        if (!m_running.contains(feed.name))
            start(feed);
    }
    tellFeeds();
}

void FeedHost::tellFeeds() {
    std::set<std::string> adopting;
    std::set<std::string> correcting;
    for (const auto& feed : m_feeds) {
        if (feed.adoptSensors)
            adopting.insert(feed.name);
        if (feed.takeCorrections)
            correcting.insert(feed.name);
    }
    if (m_correct)
        m_correct(std::move(correcting));
    if (m_adopt)
        m_adopt(std::move(adopting));
    std::vector<ingest::PushFeed> feeds;
    for (auto feed : m_feeds) {
        if (feed.transport != ingest::Transport::httpPush || !feed.enabled || !ingest::check(feed) ||
            !ingest::equip(feed, m_folder, m_photos))
            continue; // start() has told why by its lamp
        auto source = feed.source();
        feeds.push_back({std::move(feed), std::move(source)});
    }
    m_pushFeeds->set(std::move(feeds));
}

void FeedHost::deliver(const std::string& feed, ingest::Decoded decoded, ingest::Courier::Done done) {
    const std::lock_guard lock(m_mutex);
    auto& courier = m_couriers[feed];
    if (!courier)
        courier = std::make_unique<ingest::Courier>(m_io, m_sink, m_board.feed(feed));
    courier->deliver(std::move(decoded), feed, std::move(done));
}

} // namespace tocsin::app
