#include "map/http_fetcher.hpp"
#include "map/picture_file.hpp"
#include "map/tile_image.hpp"
#include "tocsin/map/raster_tiles.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <utility>

namespace tocsin::map {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr milliseconds longestPause{300'000};
constexpr milliseconds absentFor{600'000}; ///< what is not there is asked for again after this
constexpr std::int64_t leastKeptSeconds = 7 * 86'400;
constexpr std::size_t mostRemembered = 20'000;

/// The address of a picture; nothing when the template has a name that we do not know, or no place.
base::Result<std::string> addressOf(const OnlineOptions& options, const TileKey& key) {
    const std::string& text = options.url;
    if (!text.starts_with("http://") && !text.starts_with("https://"))
        return base::fail(base::Code::malformed, options.name + ": the address must begin with http:// or https://");
    std::string out;
    std::set<std::string> seen;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = std::min(text.find('{', at), text.size());
        out += text.substr(at, open - at);
        if (open == text.size())
            break;
        const std::size_t close = text.find('}', open);
        if (close == std::string::npos)
            return base::fail(base::Code::malformed, options.name + ": a { of the address is not closed");
        const std::string name = text.substr(open + 1, close - open - 1);
        seen.insert(name);
        if (name == "z")
            out += std::to_string(key.zoom);
        else if (name == "x")
            out += std::to_string(key.x);
        else if (name == "y")
            out += std::to_string(key.y);
        else if (name == "-y")
            out += std::to_string((1 << key.zoom) - 1 - key.y);
        else if (name == "s" && !options.hosts.empty())
            out += options.hosts[static_cast<std::size_t>(key.x + key.y) % options.hosts.size()];
        else if (name == "key")
            out += options.key;
        else
            return base::fail(base::Code::malformed,
                              options.name + ": the address has {" + name + "}, for which nothing is given");
        at = close + 1;
    }
    if (!seen.contains("z") || !seen.contains("x") || (!seen.contains("y") && !seen.contains("-y")))
        return base::fail(base::Code::malformed, options.name + ": the address needs {z}, {x} and {y}");
    return out;
}

std::string sentenceFor(long status) {
    const std::string answers = "answers " + std::to_string(status);
    if (status == 401 || status == 403 || status == 418)
        return answers + ": the key may be wrong";
    if (status == 404 || status == 410)
        return answers + ": it has nothing here, or its address is wrong";
    if (status == 429)
        return answers + ": it asks for fewer requests";
    if (status >= 500)
        return answers + ": it is out of order";
    return answers + " instead of a picture";
}

class Online;

class OnlineMaker final : public TileMaker {
  public:
    explicit OnlineMaker(Online& online) : m_online(online) {}
    TileOutcome make(const TileJob& job, const std::optional<WorldBox>&) override;

  private:
    Online& m_online;
};

class Online final : public TileSource {
  public:
    explicit Online(OnlineOptions options)
        : m_options(std::move(options)), m_scheme{std::clamp(m_options.lowestZoom, 0, 22),
                                                  std::clamp(m_options.highestZoom, 0, 22),
                                                  std::clamp(m_options.tilePixels, 64, 1024), m_options.datum},
          m_cache(m_options.cache, m_options.cacheBytes, m_options.name, m_options.url) {
        m_scheme.highestZoom = std::max(m_scheme.highestZoom, m_scheme.lowestZoom);
        const auto address = addressOf(m_options, {1, 0, 0});
        m_works.setStatus(address ? MapStatus{MapStatus::Kind::ready, {}}
                                  : MapStatus{MapStatus::Kind::broken, address.error().message});
        m_fetcher = std::make_unique<HttpFetcher>(HttpFetcher::Options{m_options.userAgent, m_options.timeout},
                                                  [this](HttpFetcher::Answer answer) { take(std::move(answer)); });
        m_works.start(
            {.threads = 2, .groupOf = alone, .makeMaker = [this] { return std::make_unique<OnlineMaker>(*this); }});
    }
    ~Online() override {
        m_works.stop();
        m_fetcher.reset();
    }

    std::unique_ptr<TileClient> connect(TileReady ready, StatusChanged status) override {
        return m_works.connect(std::move(ready), std::move(status));
    }
    MapStatus status() const override { return m_works.status(); }
    std::optional<geo::Box> bounds() const override { return std::nullopt; }
    void reload() override {
        {
            const std::lock_guard lock(m_mutex);
            m_notBefore.clear();
            m_quietUntil = {};
            m_failures = 0;
        }
        if (addressOf(m_options, {1, 0, 0}))
            m_works.restart({MapStatus::Kind::ready, {}});
    }

    TileOutcome make(const TileJob& job) {
        TileOutcome outcome;
        std::map<TileKey, Piece> pieces;
        bool flying = false;
        std::optional<SteadyClock::time_point> next;
        bool stale = false;
        for (const TileKey& key : piecesOf(job, m_scheme)) {
            const Found found = find(key);
            if (found.piece.image)
                pieces.emplace(key, found.piece);
            if (found.real && !found.stale)
                continue;
            stale = stale || found.real;
            const std::lock_guard lock(m_mutex);
            const auto now = SteadyClock::now();
            auto until = m_quietUntil;
            if (const auto held = m_notBefore.find(key); held != m_notBefore.end()) {
                if (held->second.absent && held->second.until > now)
                    continue; // there is none: what is found must do
                until = std::max(until, held->second.until);
            }
            if (until > now && !m_flying.contains(key)) {
                next = next ? std::min(*next, until) : until;
                outcome.standIn = true;
                continue;
            }
            // It may have come since we looked: what comes is kept before it ceases to be on its way.
            if (!m_flying.contains(key)) {
                if (auto come = freshlyKept(key)) {
                    pieces.insert_or_assign(key, std::move(*come));
                    continue;
                }
            }
            auto& waiting = m_flying[key];
            if (waiting.empty())
                if (auto url = addressOf(m_options, key))
                    m_fetcher->get(key, std::move(*url));
            waiting.insert(alone(job));
            flying = true;
            outcome.standIn = true;
        }
        outcome.wait = flying;
        if (next && !flying)
            outcome.againIn = std::chrono::duration_cast<milliseconds>(*next - SteadyClock::now()) + milliseconds(1);
        // While something is on its way the view's own stand-in does; stale pictures are better than that.
        if ((flying && !stale) || (outcome.standIn && pieces.empty()))
            return outcome;
        outcome.tiles.emplace_back(job.key, std::make_shared<const TileImage>(compose(job, m_scheme, pieces)));
        return outcome;
    }

  private:
    struct Found {
        Piece piece;
        bool real{false};
        bool stale{false};
    };
    struct Held {
        SteadyClock::time_point until;
        bool absent{false};
        int failures{0};
    };

    std::int64_t nowSeconds() const {
        const base::Time now = m_options.clock != nullptr ? m_options.clock->now() : m_systemClock.now();
        return std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    }

    /// The kept picture, or the nearest wider one.
    Found find(const TileKey& key) {
        for (int up = 0; up <= mostZoomsUp && key.zoom - up >= m_scheme.lowestZoom; ++up) {
            std::optional<PictureCache::Kept> kept;
            {
                const std::lock_guard lock(m_cacheMutex);
                kept = m_cache.get({key.zoom - up, key.x >> up, key.y >> up});
            }
            if (!kept)
                continue;
            if (auto image = decodePicture(kept->bytes))
                return {
                    {std::make_shared<const TileImage>(std::move(*image)), up}, up == 0, kept->expires <= nowSeconds()};
        }
        return {};
    }

    std::optional<Piece> freshlyKept(const TileKey& key) {
        const std::lock_guard lock(m_cacheMutex);
        const auto kept = m_cache.get(key);
        if (!kept || kept->expires <= nowSeconds())
            return std::nullopt;
        auto image = decodePicture(kept->bytes);
        return image ? std::optional(Piece{std::make_shared<const TileImage>(std::move(*image)), 0}) : std::nullopt;
    }

    /// On the fetcher's thread.
    void take(HttpFetcher::Answer answer) {
        std::set<TileGroup> waiting;
        std::optional<std::string> trouble; // absent: says nothing about the service
        if (answer.kind == HttpFetcher::Answer::Kind::dropped) {
            waiting = takeFlying(answer.key);
        } else if (answer.kind == HttpFetcher::Answer::Kind::failed) {
            trouble = m_options.name + " " + answer.error;
            waiting = fail(answer.key, true);
        } else if (answer.status == 404 || answer.status == 410 || answer.status == 204) {
            // One that lacks is no trouble; a service that has nothing at all is.
            ++m_missesInRow;
            if (!m_everCame && m_missesInRow >= 4 && answer.status != 204)
                trouble = m_options.name + " " + sentenceFor(answer.status);
            waiting = holdAbsent(answer.key);
        } else if (answer.status != 200) {
            trouble = m_options.name + " " + sentenceFor(answer.status);
            waiting = fail(answer.key, true);
        } else if (const auto image = decodePicture(answer.body); !image) {
            const bool page = image.error().message.starts_with("a web page");
            trouble = m_options.name + " sends " + image.error().message +
                      (page ? ": the address or the key may be wrong" : "");
            waiting = fail(answer.key, page);
        } else {
            const std::int64_t now = nowSeconds();
            {
                const std::lock_guard lock(m_cacheMutex);
                m_cache.put(answer.key, answer.body, now,
                            now + std::max<std::int64_t>(leastKeptSeconds, answer.maxAge.count()));
            }
            m_everCame = true;
            trouble = "";
            const std::lock_guard lock(m_mutex);
            m_failures = 0;
            m_quietUntil = {};
            m_notBefore.erase(answer.key);
            waiting = takeFlyingLocked(answer.key);
        }
        if (trouble)
            m_works.setTrouble(*trouble);
        for (const TileGroup& group : waiting)
            m_works.release(group);
    }

    std::set<TileGroup> takeFlyingLocked(const TileKey& key) {
        const auto found = m_flying.find(key);
        if (found == m_flying.end())
            return {};
        std::set<TileGroup> groups = std::move(found->second);
        m_flying.erase(found);
        return groups;
    }
    std::set<TileGroup> takeFlying(const TileKey& key) {
        const std::lock_guard lock(m_mutex);
        return takeFlyingLocked(key);
    }

    milliseconds pauseAfter(int failures) const {
        return std::min(longestPause, m_options.firstPause * (1 << std::min(failures, 12)));
    }

    /// The picture is asked for again after a pause; if it is the service that fails, so is everything else.
    std::set<TileGroup> fail(const TileKey& key, bool wholeService) {
        const std::lock_guard lock(m_mutex);
        const auto now = SteadyClock::now();
        if (m_notBefore.size() > mostRemembered)
            m_notBefore.clear();
        Held& held = m_notBefore[key];
        held.absent = false;
        held.until = now + pauseAfter(held.failures++);
        if (wholeService && m_quietUntil <= now) { // those that were under way together count once
            m_quietUntil = now + pauseAfter(m_failures++);
            held.until = m_quietUntil;
        }
        return takeFlyingLocked(key);
    }
    std::set<TileGroup> holdAbsent(const TileKey& key) {
        const std::lock_guard lock(m_mutex);
        if (m_notBefore.size() > mostRemembered)
            m_notBefore.clear();
        m_notBefore[key] = {SteadyClock::now() + absentFor, true, 0};
        return takeFlyingLocked(key);
    }

    const OnlineOptions m_options;
    const base::SystemClock m_systemClock{};
    PictureScheme m_scheme;
    std::mutex m_cacheMutex;
    PictureCache m_cache;
    std::mutex m_mutex;
    std::map<TileKey, std::set<TileGroup>> m_flying; ///< asked for, and who waits
    std::map<TileKey, Held> m_notBefore;
    SteadyClock::time_point m_quietUntil{};
    int m_failures{0}; ///< of the service, in a row
    // On the fetcher's thread alone:
    int m_missesInRow{0};
    bool m_everCame{false};
    std::unique_ptr<HttpFetcher> m_fetcher;
    TileWorks m_works;
};

TileOutcome OnlineMaker::make(const TileJob& job, const std::optional<WorldBox>&) {
    return m_online.make(job);
}

} // namespace

std::unique_ptr<TileSource> makeOnlineTiles(OnlineOptions options) {
    return std::make_unique<Online>(std::move(options));
}

} // namespace tocsin::map
