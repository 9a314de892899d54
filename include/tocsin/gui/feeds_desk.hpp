#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/ingest/courier.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/ingest/feeds.hpp"

#include <QObject>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace tocsin::gui {

/// Every feed's lamp, now; cheap.
using FeedStatusSource = std::function<std::vector<ingest::FeedStatus>()>;

/// What the window may ask of the feeds. GUI thread only; what takes long runs elsewhere, and `answer` is called on the
/// GUI's thread unless `context` is gone by then.
class FeedsDesk {
  public:
    virtual ~FeedsDesk() = default;

    /// Every feed's lamp, now. Cheap: may be asked each second.
    [[nodiscard]] virtual std::vector<ingest::FeedStatus> status() const = 0;
    /// As config.toml has them.
    [[nodiscard]] virtual std::vector<ingest::FeedConfig> configs() const = 0;
    /// Writes them into config.toml (all else there stays) and brings the running feeds in line: those that are unchanged
    /// run on.
    virtual void save(std::vector<ingest::FeedConfig> feeds, QObject* context,
                      std::function<void(base::Result<void>)> answer) = 0;
    /// Who else ought to speak: the county's own ([[watch]] in config.toml), with their ids as they stand there.
    [[nodiscard]] virtual std::vector<desk::Watch> watches() const = 0;
    /// Writes them into config.toml (all else there stays), and their silence is watched from now on.
    virtual void saveWatches(std::vector<desk::Watch> watches, QObject* context,
                             std::function<void(base::Result<void>)> answer) = 0;
    /// What of the desk itself is open to others, and to whom: [listen], [open311] and [privacy] of config.toml.
    struct Doors {
        std::string readings; ///< HOST:PORT of readings over TCP
        std::string http;     ///< HOST:PORT of the HTTP door
        std::string certificate, key;
        std::vector<std::string> pushKeys; ///< of who may send to /readings and /messages; empty: this machine only
        std::vector<std::string> open311Keys, open311Publish, contactReaders;
        bool mayChange{true}; ///< false at a seat, and where the desk cannot write
        std::vector<std::string> leaders{}; ///< who may lead; not set here
        int connections{1000};          ///< to the HTTP door at once, 10 to 100,000
        int connectionsPerAddress{500}; ///< of them from one address, 1 to all
        std::string publicAddress{};    ///< how phones ask for the HTTP door; empty: as it is bound
    };
    [[nodiscard]] virtual Doors doors() const = 0;
    /// Writes them into config.toml (all else there stays); they hold from the next start of the desk.
    virtual void saveDoors(Doors doors, QObject* context, std::function<void(base::Result<void>)> answer) = 0;
    /// Some bytes as this feed would get them: what its address answers, its newest file. Nothing is delivered.
    virtual void sample(const ingest::FeedConfig& feed, QObject* context,
                        std::function<void(base::Result<std::string>)> answer) = 0;
    /// What an index that this feed fetched names, as the feed would get it: with what lets it in only where that is for
    /// the same service. Nothing is delivered.
    virtual void follow(const ingest::FeedConfig& feed, const std::string& url, QObject* context,
                        std::function<void(base::Result<std::string>)> answer) = 0;
    /// Opens what a feed works with beside its settings, such as the certificates of its signers, so that a preview
    /// judges as the feed does. Reads files: for a worker, and may outlive this.
    using Equip = std::function<base::Result<void>(ingest::FeedConfig&)>;
    [[nodiscard]] virtual Equip equipment() const = 0;
    /// What has come so far while a feed is listened to.
    struct SampleProgress {
        std::size_t bytes{0};
        std::chrono::seconds left{0}; ///< it goes on for so long at most
        std::string trouble;          ///< why nothing can come now (the broker does not answer); empty: nothing known
    };
    /// A feed that is listened to: letting it go ends that, and `answer` is not called any more.
    class SampleListening {
      public:
        virtual ~SampleListening() = default;
        virtual void enough() = 0; ///< what has come is the sample
    };
    /// Waits until a feed that is sent something is sent something: a message, a datagram, a second of a stream; a minute
    /// at most (Code::notFound). A feed that runs as it is configured here goes on as always, and a copy is shown; one
    /// that does not is listened to without acknowledging or keeping anything. `progress` each half second, `answer`
    /// once, neither from within this call.
    [[nodiscard]] virtual std::unique_ptr<SampleListening>
    listen(const ingest::FeedConfig& feed, QObject* context, std::function<void(const SampleProgress&)> progress,
           std::function<void(base::Result<ingest::FeedSample>)> answer) = 0;
    /// Decodes what stands in quarantine anew, as its feed is configured now, and delivers it. What is then stored or
    /// known is judged as taken; else it stays where it is, and the error says why.
    virtual void takeAgain(std::int64_t item, QObject* context,
                           std::function<void(base::Result<ingest::Delivered>)> answer) = 0;
    /// How far the taking again of many has come.
    struct TakenAgain {
        std::size_t all{0};     ///< items that are alike
        std::size_t tried{0};   ///< so far
        std::size_t taken{0};   ///< of them: something of it is stored or known
        std::size_t refused{0}; ///< nothing of it was taken
        std::string reason;     ///< of the first that was not, or not wholly
        std::optional<base::Error> failed{}; ///< why it ended before all were tried
        bool over{false};
    };
    /// The same for all open items of its feed whose reason is alike (store::reasonKind). `progress` on the GUI's thread now
    /// and then and once when it is over; a request to stop leaves the rest where it is.
    [[nodiscard]] virtual std::stop_source takeAgainAlike(std::int64_t item, QObject* context,
                                                          std::function<void(const TakenAgain&)> progress) = 0;
};

} // namespace tocsin::gui
