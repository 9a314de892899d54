#include "tocsin/ingest/feed.hpp"

#include "ingest/mqtt_link.hpp"
#include "ingest/mqtt_memory.hpp"
#include "ingest/mqtt_pipeline.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>

namespace tocsin::ingest {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using base::Code;

namespace {

using std::chrono::milliseconds;

constexpr milliseconds firstPause{250};
constexpr milliseconds longestPause{30'000};
constexpr milliseconds personPause{60'000}; ///< where only a person can mend it
constexpr std::uint32_t sessionSeconds = 7 * 24 * 3600;
/// Enough for a commit's time at the speed of a broker; fewer make the broker wait for us.
constexpr std::uint16_t underWayMost = 16'384;
constexpr std::uint16_t subscribeId = 1;
constexpr std::uint16_t unsubscribeId = 2;

std::string hex(std::uint64_t value) {
    std::array<char, 20> out{};
    std::snprintf(out.data(), out.size(), "%016llx", static_cast<unsigned long long>(value));
    return out.data();
}

/// The same whenever this county's feed of this name starts, for its session is kept by it. 23 characters: as many as
/// every broker takes.
std::string clientIdOf(const FeedConfig& config, const fs::path& folder) {
    if (!config.clientId.empty())
        return config.clientId;
    std::error_code error;
    const auto whole = fs::weakly_canonical(folder, error);
    return "tocsin-" + hex(mqttDigest(config.name, mqttDigest((error ? folder : whole).string() + "\n")));
}

base::Result<std::shared_ptr<asio::ssl::context>> tlsContext(const TlsFiles& files, const fs::path& folder) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    boost::system::error_code error;
    const auto failed = [&](const std::string& file) {
        return base::fail(Code::notFound, "Cannot use '" + file + "' for TLS: " + error.message());
    };
    context->set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1, error);
    if (files.ca.empty())
        context->set_default_verify_paths(error);
    else
        context->load_verify_file((folder / files.ca).string(), error);
    if (error)
        return failed(files.ca.empty() ? "the system's certificates" : files.ca);
    if (!files.certificate.empty()) {
        context->use_certificate_chain_file((folder / files.certificate).string(), error);
        if (error)
            return failed(files.certificate);
        const std::string& key = files.key.empty() ? files.certificate : files.key;
        context->use_private_key_file((folder / key).string(), asio::ssl::context::pem, error);
        if (error)
            return failed(key);
    }
    return context;
}

class MqttFeed : public Feed, public std::enable_shared_from_this<MqttFeed> {
  public:
    MqttFeed(const FeedConfig& config, const FeedParts& parts)
        : m_config(config), m_parts(parts), m_strand(asio::make_strand(parts.io)),
          m_counters(parts.board.feed(config.name)), m_clientId(clientIdOf(config, parts.folder)),
          m_memory(parts.folder / "feeds" / ("mqtt-" + hex(mqttDigest(m_clientId)) + ".txt"), parts.workers),
          m_timer(m_strand), m_version(config.mqttVersion == mqtt311 ? mqtt311 : mqtt5) {}

    base::Result<void> start() override;
    void stop() override {
        asio::post(m_strand, [self = shared_from_this()] { self->halt(); });
    }

  private:
    using Error = boost::system::error_code;

    void connect();
    void up(const MqttPacket& connack);
    void subscribed(const MqttPacket& suback);
    void packet(const MqttPacket& packet);
    void down(const MqttDown& down);
    void undone(const base::Error& why);
    void halt();
    void progress();
    milliseconds nextPause(bool needsPerson);

    const FeedConfig m_config;
    const FeedParts m_parts;
    const Strand m_strand;
    FeedCounters& m_counters;
    const std::string m_clientId;
    MqttMemory m_memory;
    asio::steady_timer m_timer;
    int m_version;
    MqttAddress m_address;
    std::shared_ptr<asio::ssl::context> m_tls;
    std::shared_ptr<MqttPipeline> m_pipeline;
    std::shared_ptr<MqttLink> m_link;
    bool m_isUp{false};
    bool m_isSubscribed{false}; ///< in this life of the program, at the session that the broker has
    bool m_stopping{false};
    std::string m_fault;        ///< why the link that ends was given up, where we know better than it
    milliseconds m_pause{0};
    std::minstd_rand m_random{std::random_device{}()};
};

base::Result<void> MqttFeed::start() {
    auto address = parseMqttAddress(m_config.address, !m_config.tls.empty());
    if (!address)
        return tl::unexpected(std::move(address.error()));
    m_address = std::move(*address);
    if (m_config.topics.empty())
        return base::fail(Code::malformed, "The feed '" + m_config.name + "' names no topics");
    for (const auto& topic : m_config.topics)
        if (auto fine = checkMqttFilter(topic); !fine)
            return fine;
    if (m_config.qos < 0 || m_config.qos > 2)
        return base::fail(Code::outOfRange, "MQTT's quality of service is 0, 1 or 2");
    if (m_address.tls) {
        auto tls = tlsContext(m_config.tls, m_parts.folder);
        if (!tls)
            return tl::unexpected(std::move(tls.error()));
        m_tls = std::move(*tls);
    }
    m_counters.setState(FeedState::connecting);
    asio::post(m_strand, [self = shared_from_this()] {
        self->m_memory.load();
        self->m_pipeline = std::make_shared<MqttPipeline>(self->m_strand, self->m_config, self->m_parts,
                                                          self->m_counters, self->m_memory);
        self->m_pipeline->setEvents({[self](std::string acks) {
                                         if (self->m_link && self->m_isUp)
                                             self->m_link->send(std::move(acks));
                                     },
                                     [self](const base::Error& why) { self->undone(why); },
                                     [self] { self->progress(); }});
        self->connect();
    });
    return {};
}

void MqttFeed::connect() {
    if (m_stopping)
        return;
    if (m_counters.status().state != FeedState::waiting && m_counters.status().state != FeedState::failed)
        m_counters.setState(FeedState::connecting);
    MqttLinkOptions options;
    options.address = m_address;
    options.tls = m_tls;
    options.verify = m_config.tls.verify;
    options.mostMessageBytes = maxMessageBytes;
    options.connect.version = m_version;
    options.connect.clientId = m_clientId;
    if (!m_config.user.empty()) {
        options.connect.user = m_config.user;
        options.connect.password = m_config.password;
    }
    // At most once nothing waits at the broker for us: no session need be kept there.
    options.connect.cleanStart = m_config.qos == 0;
    options.connect.sessionExpirySeconds = m_config.qos == 0 ? 0 : sessionSeconds;
    options.connect.receiveMaximum = underWayMost;
    m_link = std::make_shared<MqttLink>(
        m_strand, std::move(options),
        MqttLink::Events{[self = shared_from_this()](const MqttPacket& connack) { self->up(connack); },
                         [self = shared_from_this()](const MqttPacket& got) { self->packet(got); },
                         [self = shared_from_this()] {
                             if (self->m_pipeline)
                                 self->m_pipeline->flush();
                         },
                         [self = shared_from_this()](const MqttDown& why) { self->down(why); }});
    m_link->start();
}

void MqttFeed::up(const MqttPacket& connack) {
    if (!m_link || !m_pipeline)
        return;
    m_isUp = true;
    m_counters.connectionOpened();
    m_counters.heard();
    if (!connack.sessionPresent) {
        m_pipeline->forget();
        m_isSubscribed = false;
    }
    std::vector<std::string> gone;
    if (connack.sessionPresent)
        for (const auto& topic : m_memory.topics())
            if (std::find(m_config.topics.begin(), m_config.topics.end(), topic) == m_config.topics.end())
                gone.push_back(topic);
    if (!gone.empty())
        m_link->send(mqttUnsubscribe(m_version, unsubscribeId, gone));
    if (m_isSubscribed)
        m_counters.setState(FeedState::up);
    else
        m_link->send(mqttSubscribe(m_version, subscribeId, m_config.topics, m_config.qos));
}

void MqttFeed::subscribed(const MqttPacket& suback) {
    std::string refused;
    std::size_t count = 0;
    for (std::size_t i = 0; i < suback.reasons.size() && i < m_config.topics.size(); ++i) {
        if (suback.reasons[i] < 0x80)
            continue;
        ++count;
        if (refused.empty())
            refused = "The broker refuses the topic '" + m_config.topics[i] +
                      "': " + mqttReason(m_version, suback.type, suback.reasons[i]);
    }
    if (count == m_config.topics.size()) {
        m_link->fail(refused, true);
        return;
    }
    m_isSubscribed = true;
    m_memory.setTopics(m_config.topics);
    m_memory.save();
    m_counters.setState(FeedState::up, refused);
}

void MqttFeed::packet(const MqttPacket& packet) {
    if (!m_link || !m_pipeline) // of a link that was given up
        return;
    switch (packet.type) {
    case MqttType::publish:
        m_pause = {};
        m_pipeline->take(packet);
        if (m_pipeline->full())
            m_link->pause();
        break;
    case MqttType::pubrel:
        m_pipeline->released(packet.id);
        break;
    case MqttType::suback:
        subscribed(packet);
        break;
    default:
        break;
    }
}

/// A lot was committed, or a large message decoded: there may be room again.
void MqttFeed::progress() {
    if (m_stopping) {
        halt();
        return;
    }
    if (m_link && m_link->paused() && !m_pipeline->full())
        m_link->resume();
}

/// Not committed, so not acknowledged: the broker shows it again to the next connection.
void MqttFeed::undone(const base::Error& why) {
    if (m_stopping || !m_link)
        return;
    m_fault = "The desk cannot store what comes: " + why.message;
    m_pause = std::max(m_pause, milliseconds(1000));
    m_link->fail(m_fault);
}

milliseconds MqttFeed::nextPause(bool needsPerson) {
    m_pause = m_pause.count() == 0 ? firstPause : std::min(m_pause * 2, longestPause);
    const milliseconds middle = needsPerson ? personPause : m_pause;
    std::uniform_real_distribution<double> spread(0.5, 1.5);
    return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(middle.count()) * spread(m_random)));
}

void MqttFeed::down(const MqttDown& down) {
    if (m_isUp)
        m_counters.connectionClosed();
    m_isUp = false;
    m_link.reset();
    if (m_pipeline) // none once the feed has ended: the link's last word may come after that
        m_pipeline->lost();
    if (m_stopping)
        return;
    if (down.wrongVersion && m_version == mqtt5) {
        m_version = mqtt311; // most brokers of ten years ago
        connect();
        return;
    }
    m_counters.setState(down.needsPerson ? FeedState::failed : FeedState::waiting,
                        m_fault.empty() ? down.why : m_fault);
    m_fault.clear();
    m_timer.expires_after(nextPause(down.needsPerson));
    m_timer.async_wait([self = shared_from_this()](const Error& error) {
        if (!error)
            self->connect();
    });
}

/// Called again as lots end, until none is under way.
void MqttFeed::halt() {
    if (!m_stopping) {
        m_stopping = true;
        m_timer.cancel();
        if (m_link)
            m_link->pause();
        if (m_pipeline) {
            m_pipeline->flush();
            m_pipeline->close();
        }
    }
    if (m_pipeline && !m_pipeline->idle())
        return;
    if (m_link) {
        if (m_isUp)
            m_counters.connectionClosed();
        m_link->close();
        m_link.reset();
        m_isUp = false;
    }
    m_counters.setState(FeedState::off);
    if (m_pipeline) {
        // The pipeline's events hold this feed; not from within one of them.
        asio::post(m_strand, [pipeline = std::move(m_pipeline)] { pipeline->setEvents({}); });
    }
}

/// The feed that is given out: it may be let go before the last of its operations has ended.
class MqttFeedHandle final : public Feed {
  public:
    MqttFeedHandle(const FeedConfig& config, const FeedParts& parts) : m_feed(std::make_shared<MqttFeed>(config, parts)) {}
    base::Result<void> start() override { return m_feed->start(); }
    void stop() override { m_feed->stop(); }

  private:
    std::shared_ptr<MqttFeed> m_feed;
};

} // namespace

std::unique_ptr<Feed> makeMqttFeed(const FeedConfig& config, const FeedParts& parts) {
    return std::make_unique<MqttFeedHandle>(config, parts);
}

} // namespace tocsin::ingest
