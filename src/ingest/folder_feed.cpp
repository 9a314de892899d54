#include "ingest/folder_feed.hpp"

#include "ingest/decode_sniff.hpp"
#include "ingest/feed_net.hpp"
#include "ingest/folder_files.hpp"
#include "ingest/folder_stream.hpp"
#include "ingest/folder_watch.hpp"
#include "ingest/work_feed.hpp"
#include "tocsin/ingest/courier.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <fstream>
#include <map>
#include <set>

namespace tocsin::ingest {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using base::Code;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

namespace {

std::string wordsOf(std::size_t count, const char* what) {
    return std::to_string(count) + " " + what;
}

/// What stands beside a file of which something could not be taken.
std::string slipFor(const Delivered& delivered) {
    std::string out = base::Error{Code::malformed, delivered.reason, delivered.place}.describe() + "\n";
    if (delivered.stored + delivered.duplicates > 0)
        out += "Taken: " + wordsOf(delivered.stored, "new") + ", " + wordsOf(delivered.duplicates, "known already") + ".\n";
    if (delivered.quarantined > 0)
        out += "In quarantine: " + std::to_string(delivered.quarantined) + ".\n";
    return out;
}

} // namespace

/// Looks, takes what is complete, moves it away once it is committed. Looking, reading and moving is done by workers;
/// all else on one strand.
class FolderWork : public std::enable_shared_from_this<FolderWork> {
  public:
    FolderWork(FeedConfig config, const FeedParts& parts, FolderOptions options)
        : m_config(std::move(config)), m_io(parts.io), m_workers(parts.workers), m_sink(parts.sink), m_clock(parts.clock),
          m_counters(parts.board.feed(m_config.name)), m_options(options), m_strand(asio::make_strand(m_io)),
          m_timer(m_strand), m_courier(m_io, m_sink, m_counters), m_folder(parts.folder / m_config.address),
          m_watch(m_strand) {}

    base::Result<void> start() {
        for (const auto& folder : {m_folder, m_folder / "done", m_folder / "bad"}) {
            std::error_code error;
            fs::create_directories(folder, error);
            if (error || !fs::is_directory(folder, error))
                return base::fail(Code::storage, "cannot make the folder " + folder.string() +
                                                     (error ? ": " + error.message() : std::string()));
        }
        m_work.emplace(asio::make_work_guard(m_io));
        asio::post(m_strand, [self = shared_from_this()] {
            self->m_watch.open(self->m_folder, [weak = std::weak_ptr(self)](const FolderWatch::Event& event) {
                if (const auto work = weak.lock())
                    work->noticed(event);
            });
            self->m_counters.setState(FeedState::up);
            self->look();
        });
        return {};
    }

    void stop() {
        m_stopping = true;
        m_stream.request_stop();
        m_courier.close();
        asio::post(m_strand, [self = shared_from_this()] {
            self->m_timer.cancel();
            self->m_watch.close();
            self->endIfIdle();
        });
    }

  private:
    /// A file that is there and not yet taken.
    struct Waiting {
        FileSeen seen;
        Steady::time_point since;
        bool complete{false}; ///< it was moved in whole
        bool kept{false};     ///< it was taken, but could not be moved away: only a change makes it new
        Steady::time_point notBefore{};
    };

    void endIfIdle() {
        if (m_stopping && m_underWay.empty() && !m_looking) {
            m_counters.setState(FeedState::off);
            m_work.reset();
        }
    }

    void noticed(const FolderWatch::Event& event) {
        if (m_stopping || isUnfinishedName(event.name))
            return;
        if (event.movedIn)
            m_movedIn.insert(event.name);
        lookIn(milliseconds{20}); // several come together
    }

    void lookIn(milliseconds pause) {
        const auto at = Steady::now() + pause;
        if (m_stopping || (m_nextLook && *m_nextLook <= at))
            return;
        m_nextLook = at;
        m_timer.expires_at(at);
        m_timer.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
            if (!error)
                self->look();
        });
    }

    void look() {
        m_nextLook.reset();
        if (m_stopping || m_looking) {
            m_lookAgain = m_looking;
            return;
        }
        m_looking = true;
        asio::post(m_workers, [self = shared_from_this()] {
            auto listed = listFolder(self->m_folder, self->m_options.mostListed);
            asio::post(self->m_strand, [self, listed = std::move(listed)]() mutable { self->looked(std::move(listed)); });
        });
    }

    void looked(base::Result<std::vector<FolderEntry>> listed) {
        m_looking = false;
        if (m_stopping) {
            endIfIdle();
            return;
        }
        if (!listed) {
            m_listFailed = true;
            m_counters.setState(FeedState::waiting, listed.error().message);
            lookIn(m_options.rescan);
            return;
        }
        // That the folder is there is no sign of life of whoever fills it.
        if (std::exchange(m_listFailed, false))
            m_counters.setState(FeedState::up);
        weigh(*listed);
        takeSome();
        const bool soon = std::any_of(m_waiting.begin(), m_waiting.end(), [](const auto& one) { return !one.second.kept; });
        lookIn(std::exchange(m_lookAgain, false) ? milliseconds{20} : soon ? m_options.settle : m_options.rescan);
    }

    /// Brings what is known of the waiting files up to date with what lies there.
    void weigh(const std::vector<FolderEntry>& listed) {
        const auto now = Steady::now();
        std::map<std::string, Waiting> still;
        for (const auto& entry : listed) {
            if (m_underWay.contains(entry.name) || entry.seen.kind == FileSeen::Kind::folder)
                continue;
            auto known = m_waiting.find(entry.name);
            Waiting one = known != m_waiting.end() && known->second.seen == entry.seen ? known->second
                                                                                       : Waiting{entry.seen, now};
            one.complete = one.complete || m_movedIn.contains(entry.name);
            still.emplace(entry.name, one);
        }
        m_movedIn.clear();
        m_waiting.swap(still);
    }

    [[nodiscard]] bool isReady(const Waiting& one, Steady::time_point now) const {
        if (one.kept || now < one.notBefore)
            return false;
        return one.complete || one.seen.kind == FileSeen::Kind::other || now - one.since >= m_options.settle;
    }

    void takeSome() {
        const auto now = Steady::now();
        for (auto one = m_waiting.begin(); one != m_waiting.end();) {
            if (m_underWay.size() >= m_options.filesAtOnce || m_bytesHeld > m_options.bytesAtOnce)
                return;
            if (!isReady(one->second, now)) {
                ++one;
                continue;
            }
            const auto name = one->first;
            const auto seen = one->second.seen;
            one = m_waiting.erase(one);
            m_underWay.insert(name);
            m_bytesHeld += seen.bytes;
            asio::post(m_workers, [self = shared_from_this(), name, seen] { self->take(name, seen); });
        }
    }

    // ---- of one file, on a worker

    void take(const std::string& name, const FileSeen& listed) {
        auto file = OpenFile::open(m_folder / name);
        if (!file && (file.error().code == Code::unavailable || file.error().code == Code::notFound)) {
            later(name, listed);
            return;
        }
        if (!file) {
            Delivered refused;
            refused.quarantined = 1;
            refused.reason = file.error().message;
            m_counters.addQuarantined(1, refused.reason);
            moveAway(name, listed, refused);
            return;
        }
        if (file->seen() != listed) { // it has changed since: look again
            later(name, listed);
            return;
        }
        Source source = m_config.source();
        source.name = name;
        source.receivedAt = m_clock.now();
        auto head = file->read(64U << 10U);
        const auto kind = m_config.format != Format::unknown ? m_config.format : head ? sniff(*head) : Format::unknown;
        const Decoder* decoder = decoderOf(kind);
        const auto most = decoder == nullptr ? maxMessageBytes : decoder->mostBytes;
        if (listed.bytes > most || (kind == Format::readingsNdjson && listed.bytes >= m_options.streamedFrom)) {
            const auto delivered = streamFile(file->path(), kind, source, m_sink, m_counters, m_stream.get_token());
            took(name, listed, delivered);
            return;
        }
        auto bytes = file->read(most + 1);
        if (!bytes) {
            later(name, listed);
            return;
        }
        m_courier.deliver(std::move(*bytes), m_config.format == Format::unknown ? std::nullopt : std::optional(m_config.format),
                          source, [self = shared_from_this(), name, listed](const Delivered& delivered) {
                              asio::post(self->m_workers, [self, name, listed, delivered] { self->took(name, listed, delivered); });
                          });
    }

    void took(const std::string& name, const FileSeen& seen, const Delivered& delivered) {
        if (!delivered.undone) {
            moveAway(name, seen, delivered);
            return;
        }
        asio::post(m_strand, [self = shared_from_this(), name, seen, why = delivered.undone->message] {
            if (!self->m_stopping)
                self->m_counters.setState(FeedState::waiting, why);
            self->m_pause = self->m_pause.count() == 0 ? self->m_options.backOffFirst
                                                       : std::min(self->m_pause * 2, self->m_options.backOffMost);
            Waiting again{seen, Steady::now()};
            again.notBefore = again.since + self->m_pause;
            self->settle(name, seen, again);
        });
    }

    /// It is not complete, or not to be read just now.
    void later(const std::string& name, const FileSeen& seen) {
        asio::post(m_strand, [self = shared_from_this(), name, seen] {
            self->settle(name, seen, Waiting{lookAt(self->m_folder / name).value_or(seen), Steady::now()});
        });
    }

    /// Committed or in quarantine: now, and not before, the file goes.
    void moveAway(const std::string& name, const FileSeen& seen, const Delivered& delivered) {
        const bool bad = delivered.quarantined > 0 && delivered.stored + delivered.duplicates == 0;
        const auto now = lookAt(m_folder / name);
        std::optional<Waiting> again;
        std::string trouble;
        if (now && *now != seen) {
            again = Waiting{*now, Steady::now()}; // another file by that name, or more of it
        } else if (now) {
            const auto moved = moveAside(m_folder / name, m_folder / (bad ? "bad" : "done"));
            if (!moved) {
                trouble = moved.error().message;
                again = Waiting{seen, Steady::now()};
                again->kept = true;
            } else if (delivered.quarantined > 0) {
                std::ofstream(moved->string() + ".txt", std::ios::binary) << slipFor(delivered);
            }
        }
        asio::post(m_strand, [self = shared_from_this(), name, seen, again, trouble] {
            self->m_pause = {};
            if (!self->m_stopping)
                self->m_counters.setState(trouble.empty() ? FeedState::up : FeedState::waiting, trouble);
            self->settle(name, seen, again);
        });
    }

    // ---- on the strand again

    void settle(const std::string& name, const FileSeen& seen, const std::optional<Waiting>& again) {
        m_underWay.erase(name);
        m_bytesHeld -= seen.bytes;
        if (m_stopping) {
            endIfIdle();
            return;
        }
        if (again)
            m_waiting[name] = *again;
        takeSome();
        if (again && !again->kept)
            lookIn(m_options.settle);
    }

    const FeedConfig m_config;
    asio::io_context& m_io;
    asio::thread_pool& m_workers;
    Sink& m_sink;
    const base::Clock& m_clock;
    FeedCounters& m_counters;
    const FolderOptions m_options;
    const Strand m_strand;
    asio::steady_timer m_timer;
    Courier m_courier;
    const fs::path m_folder;
    FolderWatch m_watch;
    std::atomic<bool> m_stopping{false};
    std::stop_source m_stream;
    // On the strand:
    std::map<std::string, Waiting> m_waiting;
    std::set<std::string> m_underWay;
    std::set<std::string> m_movedIn;
    std::uint64_t m_bytesHeld{0};
    bool m_looking{false};
    bool m_lookAgain{false};
    bool m_listFailed{false};
    std::optional<Steady::time_point> m_nextLook;
    milliseconds m_pause{0};
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> m_work;
};

std::unique_ptr<Feed> makeFolderFeed(const FeedConfig& config, const FeedParts& parts, const FolderOptions& options) {
    return std::make_unique<WorkFeed<FolderWork>>(config, parts, options);
}

} // namespace tocsin::ingest
