#include "tocsin/ingest/feed.hpp"

#include <array>
#include <mutex>
#include <utility>

namespace tocsin::ingest {

namespace {

constexpr std::array<std::pair<Transport, std::string_view>, 11> transports{{{Transport::tcpLines, "tcp-lines"},
                                                                             {Transport::udpLines, "udp-lines"},
                                                                             {Transport::httpPush, "http-push"},
                                                                             {Transport::mqtt, "mqtt"},
                                                                             {Transport::poll, "poll"},
                                                                             {Transport::folder, "folder"},
                                                                             {Transport::cotTcp, "cot-tcp"},
                                                                             {Transport::cotConnect, "cot-connect"},
                                                                             {Transport::cotUdp, "cot-udp"},
                                                                             {Transport::nmeaTcp, "nmea-tcp"},
                                                                             {Transport::nmeaUdp, "nmea-udp"}}};

} // namespace

std::string_view toString(Transport transport) {
    for (const auto& [value, name] : transports)
        if (value == transport)
            return name;
    return "poll";
}

std::optional<Transport> transportFrom(std::string_view text) {
    for (const auto& [value, name] : transports)
        if (name == text)
            return value;
    return std::nullopt;
}

Handed firstThat(std::size_t answers, Handed done) {
    if (answers == 0) {
        done(false);
        return [](bool) {};
    }
    struct Asked {
        std::mutex mutex;
        std::size_t left;
        Handed done; ///< empty once it was told
    };
    auto asked = std::make_shared<Asked>();
    asked->left = answers;
    asked->done = std::move(done);
    return [asked](bool handed) {
        Handed tell;
        {
            const std::lock_guard lock(asked->mutex);
            if (asked->left > 0)
                --asked->left;
            if (handed || asked->left == 0)
                tell = std::exchange(asked->done, {});
        }
        if (tell)
            tell(handed);
    };
}

std::unique_ptr<Feed> makeFeed(const FeedConfig& config, const FeedParts& parts) {
    parts.board.feed(config.name).describe(toString(config.transport), config.address);
    switch (config.transport) {
    case Transport::tcpLines:
        return makeTcpLinesFeed(config, parts);
    case Transport::udpLines:
        return makeUdpLinesFeed(config, parts);
    case Transport::mqtt:
        return makeMqttFeed(config, parts);
    case Transport::poll:
        return makePollFeed(config, parts);
    case Transport::folder:
        return makeFolderFeed(config, parts);
    case Transport::cotTcp:
    case Transport::cotConnect:
    case Transport::cotUdp:
        return makeCotFeed(config, parts);
    case Transport::nmeaTcp:
    case Transport::nmeaUdp:
        return makeNmeaFeed(config, parts);
    case Transport::httpPush:
        break;
    }
    return nullptr;
}

} // namespace tocsin::ingest
