#include "app/seat_desk.hpp"

#include "app/frame_wire.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/desk/seat_message.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <sys/un.h>
#include <thread>
#include <utility>

namespace tocsin::app {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostWaiting = 256;     ///< commands without an answer
constexpr std::size_t entriesAtOnce = 500;   ///< in one delta

class SeatThread final : public SeatDesk {
  public:
    explicit SeatThread(Parts parts)
        : m_parts(std::move(parts)), m_person(m_parts.person), m_work(asio::make_work_guard(m_io)), m_welcome(m_io), m_again(m_io),
          m_patience(m_io) {}
    ~SeatThread() override;
    SeatThread(const SeatThread&) = delete;
    SeatThread& operator=(const SeatThread&) = delete;

    base::Result<void> begin();

    using Desk::submit;
    void submit(desk::Command command, Answer answer) override;
    void readings(desk::ReadingsInput, std::function<void(base::Result<desk::ReadingsDone>)> answer) override { answer(notHere()); }
    bool hasRoom(const std::string&) const override { return false; }
    void positions(desk::PositionsInput, std::function<void(base::Result<desk::ReadingsDone>)> answer) override { answer(notHere()); }
    void heard(const std::string&) override {}
    void watch(std::vector<desk::Watch>) override {}
    void quarantine(store::QuarantineItem, std::function<void(base::Result<std::int64_t>)> answer) override { answer(notHere()); }
    base::Subscription subscribe(std::function<void(desk::Snapshot)> first, Listener listener) override;
    desk::Snapshot snapshot() override;
    model::CommandId newCommandId() override { return m_parts.ids.make<model::CommandId>(); }
    const base::Clock& clock() const override { return m_parts.clock; }
    const std::vector<model::Plan>& plans() const override { return m_parts.plans; }
    bool readOnly() const override { return !m_linked; }
    std::size_t backlog() const override { return m_backlog; }
    std::string seated() const override {
        const std::lock_guard lock(m_personMutex);
        return m_person;
    }
    void sit(std::string person) override {
        const std::lock_guard lock(m_personMutex);
        m_person = std::move(person);
    }
    int seat() const override { return m_seat; }

  private:
    struct Waiting {
        model::CommandId id;
        std::string text; ///< as it was sent, and will be again
        Answer answer;
    };

    static tl::unexpected<base::Error> notHere() {
        return fail(Code::refused, "this window is a seat: feeds come to the desk's own program");
    }
    static tl::unexpected<base::Error> lost() {
        return fail(Code::refused, "the desk has ended: this window only shows until one runs again");
    }

    // ---- the link
    void connect();
    void awaitDesk();
    void take(const std::string& text);
    void take(const desk::SeatWelcome& welcome);
    void take(desk::SeatNews news);
    void take(desk::SeatAnswer answer);
    void lose(const base::Error& why);
    void tryLater();
    // ---- commands
    void offer(desk::Command command, const Answer& answer);
    void settle();
    void giveUp();
    void giveUpLater();
    void finish(std::map<std::uint64_t, Waiting>::iterator which, base::Result<desk::Done> done);
    // ---- the picture
    base::Result<void> load();
    base::Result<void> goOn(std::int64_t seq);
    base::Result<void> catchUp(std::int64_t to);
    base::Result<void> note(const model::Entry& entry, desk::Delta& delta);
    [[nodiscard]] base::Result<base::Digest> hashOf(std::int64_t seq) const;
    [[nodiscard]] desk::Snapshot picture() const;
    void publish(const std::shared_ptr<const desk::Delta>& delta);
    void tellLink(bool linked);

    Parts m_parts;
    mutable std::mutex m_personMutex;
    std::string m_person; ///< guarded by m_personMutex
    asio::io_context m_io{1};
    asio::executor_work_guard<asio::io_context::executor_type> m_work;
    asio::steady_timer m_welcome;  ///< for the desk's first words
    asio::steady_timer m_again;    ///< to the next try
    asio::steady_timer m_patience; ///< of commands, while there is no desk
    std::shared_ptr<FrameWire> m_wire;
    std::optional<std::promise<base::Result<void>>> m_begun; ///< until start() is answered
    std::atomic<bool> m_linked{false};
    std::atomic<int> m_seat{0};
    std::atomic<std::size_t> m_backlog{0};
    bool m_welcomed{false};
    bool m_fresh{false}; ///< the next news bring the whole picture
    bool m_loaded{false};
    bool m_ending{false};
    std::string m_said; ///< why it could not be joined again
    std::uint64_t m_number{0};
    std::map<std::uint64_t, Waiting> m_waiting; ///< by number, in the order in which they were sent

    std::unique_ptr<store::Store> m_store; ///< to read
    model::State m_state;
    std::map<model::SensorId, desk::SensorNow> m_sensors;
    std::map<model::UnitId, desk::UnitNow> m_units;
    std::map<std::string, store::QuarantineTally> m_tallies;
    desk::RulesInForce m_rules;
    std::int64_t m_seq{0}; ///< the state is after this entry …
    base::Digest m_hash{}; ///< … whose hash this is
    std::map<int, Listener> m_listeners;
    int m_nextListener{1};
    std::thread m_thread;
};

SeatThread::~SeatThread() {
    asio::post(m_io, [this] {
        m_ending = true;
        m_linked = false;
        if (m_wire)
            m_wire->close();
        m_wire.reset();
        m_welcome.cancel();
        m_again.cancel();
        m_patience.cancel();
        while (!m_waiting.empty())
            finish(m_waiting.begin(), fail(Code::unavailable, "this window is closing"));
        m_work.reset();
    });
    if (m_thread.joinable())
        m_thread.join();
}

base::Result<void> SeatThread::begin() {
    auto begun = m_begun.emplace().get_future();
    m_thread = std::thread([this] { m_io.run(); });
    asio::post(m_io, [this] { connect(); });
    return begun.get();
}

// ---- the link

void SeatThread::connect() {
    m_welcomed = false;
    const auto socket = std::make_shared<stream_protocol::socket>(m_io);
    socket->async_connect(stream_protocol::endpoint(m_parts.socket.string()), [this, socket](boost::system::error_code failed) {
        if (m_ending)
            return;
        if (failed)
            return lose({Code::unavailable, "no desk takes seats on this county", {}});
        m_wire = std::make_shared<FrameWire>(std::move(*socket), desk::mostSeatText);
        m_wire->open({[this](const std::string& text) { take(text); }, [this](const base::Error& why) { lose(why); }, {}});
        m_wire->send(desk::textOf(desk::SeatHello{desk::seatVersion, m_seat}).value());
    });
    awaitDesk();
}

void SeatThread::awaitDesk() {
    m_welcome.expires_after(m_parts.welcomeWithin);
    m_welcome.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled && !m_ending && !m_linked)
            lose({Code::unavailable, "the desk on this county does not answer", {}});
    });
}

void SeatThread::take(const std::string& text) {
    auto message = desk::seatMessageFrom(text);
    if (!message)
        return lose(message.error());
    if (const auto* refusal = std::get_if<desk::SeatRefusal>(&*message))
        return lose(refusal->why);
    if (const auto* welcome = std::get_if<desk::SeatWelcome>(&*message); welcome != nullptr && !m_welcomed)
        return take(*welcome);
    if (auto* news = std::get_if<desk::SeatNews>(&*message); news != nullptr && m_welcomed)
        return take(std::move(*news));
    if (auto* answer = std::get_if<desk::SeatAnswer>(&*message); answer != nullptr && m_welcomed)
        return take(std::move(*answer));
    lose({Code::refused, "the desk says what it should not say now", {}});
}

void SeatThread::take(const desk::SeatWelcome& welcome) {
    if (welcome.version != desk::seatVersion)
        return lose({Code::newer, "the desk and this window are of different versions of Tocsin", {}});
    m_welcomed = m_fresh = true;
    m_seat = welcome.seat;
    m_welcome.cancel(); // reading a large county's state is not the desk's time
    if (auto ok = m_loaded ? goOn(welcome.seq) : load().and_then([&] { return catchUp(welcome.seq); }); !ok)
        return lose(ok.error());
    for (const auto& [number, waiting] : m_waiting)
        m_wire->send(waiting.text);
    awaitDesk();
}

void SeatThread::take(desk::SeatNews news) {
    if (std::exchange(m_fresh, false)) {
        for (const auto& [feed, tally] : m_tallies)
            news.tallies.try_emplace(feed); // not named: nothing of it waits any more
    }
    if (auto ok = catchUp(news.seq); !ok)
        return lose(ok.error());
    auto delta = std::make_shared<desk::Delta>();
    auto names = std::make_shared<desk::NewestReadings::Names>();
    names->reserve(news.sensors.size());
    delta->sensors.begin(names);
    for (const auto& [sensor, now] : news.sensors) {
        (void)delta->sensors.add(static_cast<std::uint32_t>(names->size()), now);
        names->push_back(sensor);
        m_sensors[sensor] = now;
    }
    for (const auto& [unit, now] : news.units)
        m_units[unit] = now;
    for (const auto& [feed, tally] : news.tallies)
        m_tallies[feed] = tally;
    for (const auto& [feed, count] : news.readings)
        delta->readings += count;
    for (const auto& [feed, count] : news.aside)
        delta->quarantined += count;
    const bool any = !news.sensors.empty() || !news.units.empty() || !news.tallies.empty() || delta->readings > 0 || delta->quarantined > 0;
    delta->units = std::move(news.units);
    delta->readingsByFeed = std::move(news.readings);
    delta->quarantinedByFeed = std::move(news.aside);
    delta->quarantine = std::move(news.tallies);
    if (any)
        publish(delta);
    if (!news.whole || m_linked)
        return;
    m_welcome.cancel();
    m_patience.cancel();
    if (m_begun) {
        m_linked = true;
        std::exchange(m_begun, std::nullopt)->set_value(base::Result<void>());
    } else {
        tellLink(true);
    }
}

void SeatThread::take(desk::SeatAnswer answer) {
    const auto waiting = m_waiting.find(answer.number);
    if (waiting == m_waiting.end())
        return; // answered from the journal already
    if (answer.done) {
        // Whoever is told "done" sees what was done. Should the journal not be read, the command goes on waiting for it.
        auto entries = catchUp(answer.seq).and_then([&] { return m_store->entriesOf(waiting->second.id); });
        if (!entries)
            return lose(entries.error());
        answer.done->entries = std::move(*entries);
    }
    finish(waiting, std::move(answer.done));
}

/// No desk, for now: also where it says or does what it should not.
void SeatThread::lose(const base::Error& why) {
    if (m_wire)
        m_wire->close();
    m_wire.reset();
    m_welcome.cancel();
    m_welcomed = false;
    if (m_begun) {
        std::exchange(m_begun, std::nullopt)->set_value(tl::unexpected(why));
        return;
    }
    if (m_linked) {
        base::log::warn("the desk is gone: {}", why.describe());
        settle();
        tellLink(false);
        giveUpLater();
    } else if (why.code != Code::unavailable && why.message != m_said) { // it is tried again all the time
        base::log::warn("the desk cannot be joined again: {}", why.describe());
        m_said = why.message;
    }
    tryLater();
}

void SeatThread::tryLater() {
    m_again.expires_after(m_parts.tryEvery);
    m_again.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled && !m_ending)
            connect();
    });
}

// ---- commands

void SeatThread::submit(desk::Command command, Answer answer) {
    if (!m_linked)
        return answer(lost());
    asio::post(m_io, [this, command = std::move(command), answer = std::move(answer)]() mutable {
        offer(std::move(command), answer);
    });
}

void SeatThread::offer(desk::Command command, const Answer& answer) {
    if (!m_linked)
        return answer(lost());
    if (m_waiting.size() >= mostWaiting)
        return answer(fail(Code::unavailable, "the desk is busy: try again"));
    const auto id = command.id;
    const auto number = ++m_number;
    auto text = desk::textOf(desk::SeatOrder{number, std::move(command)});
    if (!text)
        return answer(tl::unexpected(text.error()));
    m_wire->send(*text);
    m_waiting.emplace(number, Waiting{id, std::move(*text), answer});
    m_backlog = m_waiting.size();
}

void SeatThread::finish(std::map<std::uint64_t, Waiting>::iterator which, base::Result<desk::Done> done) {
    const auto answer = std::move(which->second.answer);
    m_waiting.erase(which);
    m_backlog = m_waiting.size();
    answer(std::move(done));
}

/// Answers what the journal answers: it was done, and the desk ended before it could say so.
void SeatThread::settle() {
    if (auto ok = catchUp(m_store->lastSeq()); !ok)
        base::log::warn("the journal could not be read to its end: {}", ok.error().message);
    for (auto each = m_waiting.begin(); each != m_waiting.end();) {
        const auto which = each++;
        auto entries = m_store->entriesOf(which->second.id);
        if (!entries || entries->empty())
            continue;
        desk::Done done{std::move(*entries), {}, true, {}};
        for (const auto& entry : done.entries)
            done.ids.push_back(entry.subject);
        finish(which, std::move(done));
    }
}

void SeatThread::giveUpLater() {
    m_patience.expires_after(m_parts.patience);
    m_patience.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled && !m_ending)
            giveUp();
    });
}

void SeatThread::giveUp() {
    if (m_welcomed) // a desk is there and has them again: it will answer
        return giveUpLater();
    settle();
    while (!m_waiting.empty()) {
        const bool known = m_store->entriesOf(m_waiting.begin()->second.id).has_value();
        finish(m_waiting.begin(), known ? fail(Code::cancelled, "the desk ended before it took this, and the journal has nothing of it: do it again "
                                                                "when a desk runs")
                                        : fail(Code::storage, "whether the desk did this is not known, for its journal cannot be read: look in the "
                                                              "log before you do it again"));
    }
}

// ---- the picture

base::Result<base::Digest> SeatThread::hashOf(std::int64_t seq) const {
    std::optional<base::Digest> hash;
    if (seq == 0)
        return base::Digest{};
    auto read = m_store->read(seq, [&](const model::Entry& entry) {
        if (entry.seq == seq)
            hash = entry.hash;
        return false;
    });
    if (!read)
        return tl::unexpected(read.error());
    if (!hash)
        return fail(Code::storage, "the journal has no entry " + std::to_string(seq));
    return *hash;
}

base::Result<void> SeatThread::load() {
    auto store = store::Store::open(m_parts.database, store::Access::readOnly);
    if (!store)
        return tl::unexpected(store.error());
    m_store = std::move(*store);
    // What is committed while the state is read is applied once more: an after-image is the whole of a thing.
    m_seq = m_store->lastSeq();
    auto hash = hashOf(m_seq);
    if (!hash)
        return tl::unexpected(hash.error());
    m_hash = *hash;
    auto state = m_store->loadState();
    if (!state)
        return tl::unexpected(state.error());
    m_state = std::move(*state);
    auto rules = m_parts.rules(*m_store);
    if (!rules)
        return tl::unexpected(rules.error());
    m_rules = std::make_shared<const std::vector<detect::Rule>>(std::move(*rules));
    m_parts.rules = {}; // from here on they follow the journal
    m_loaded = true;
    return catchUp(m_store->lastSeq());
}

/// The journal from where this seat stands: if it is still the same.
base::Result<void> SeatThread::goOn(std::int64_t seq) {
    auto store = store::Store::open(m_parts.database, store::Access::readOnly);
    if (!store)
        return tl::unexpected(store.error());
    m_store = std::move(*store);
    const auto hash = hashOf(m_seq);
    if (seq < m_seq || !hash || *hash != m_hash)
        return fail(Code::conflict, "the county's journal is another one: close this window and open it again");
    return catchUp(seq);
}

base::Result<void> SeatThread::catchUp(std::int64_t to) {
    while (m_seq < to) {
        auto delta = std::make_shared<desk::Delta>();
        base::Result<void> noted;
        auto read = m_store->read(m_seq + 1, [&](const model::Entry& entry) {
            noted = note(entry, *delta);
            return noted && entry.seq < to && delta->entries.size() < entriesAtOnce;
        });
        if (!delta->entries.empty())
            publish(delta);
        if (!read)
            return read;
        if (!noted)
            return noted;
        if (delta->entries.empty())
            return fail(Code::storage, "the journal has no entry " + std::to_string(m_seq + 1));
    }
    return {};
}

/// As the desk's own thread does after it has written one.
base::Result<void> SeatThread::note(const model::Entry& entry, desk::Delta& delta) {
    if (entry.seq != m_seq + 1)
        return fail(Code::storage, "the journal has no entry " + std::to_string(m_seq + 1));
    try {
        auto changes = model::changesOf(entry.data);
        for (auto& changed : changes) {
            model::apply(m_state, changed);
            delta.changed.push_back(std::move(changed));
        }
    } catch (const std::exception& e) {
        return fail(Code::storage, "entry " + std::to_string(entry.seq) + " has an after-image that is none: " + e.what());
    }
    if (entry.type == "rules.changed") {
        const auto text = entry.data.find("text");
        auto rules = text != entry.data.end() && text->is_string() ? detect::parseRules(text->get_ref<const std::string&>())
                                                                   : fail(Code::storage, "the entry has no rules");
        if (rules)
            delta.rules = m_rules = std::make_shared<const std::vector<detect::Rule>>(std::move(*rules));
        else
            base::log::error("the rules of entry {} cannot be read: {}", entry.seq, rules.error().describe());
    }
    delta.entries.push_back(entry);
    m_seq = entry.seq;
    m_hash = entry.hash;
    return {};
}

desk::Snapshot SeatThread::picture() const {
    std::int64_t aside = 0;
    for (const auto& [feed, tally] : m_tallies)
        aside += tally.open;
    return {m_state, m_sensors, m_units, m_seq, aside, m_tallies, m_rules};
}

desk::Snapshot SeatThread::snapshot() {
    std::promise<desk::Snapshot> promise;
    auto future = promise.get_future();
    asio::post(m_io, [this, &promise] { promise.set_value(picture()); });
    return future.get();
}

base::Subscription SeatThread::subscribe(std::function<void(desk::Snapshot)> first, Listener listener) {
    auto id = std::make_shared<int>(0);
    asio::post(m_io, [this, id, first = std::move(first), listener = std::move(listener)] {
        if (*id < 0)
            return;
        *id = m_nextListener++;
        m_listeners[*id] = listener;
        first(picture());
    });
    return base::Subscription([this, id] {
        const auto end = [this, id] {
            m_listeners.erase(*id);
            *id = -1;
        };
        if (std::this_thread::get_id() == m_thread.get_id())
            return end();
        std::promise<void> ended;
        asio::post(m_io, [&] {
            end();
            ended.set_value();
        });
        ended.get_future().wait();
    });
}

void SeatThread::publish(const std::shared_ptr<const desk::Delta>& delta) {
    const auto listeners = m_listeners; // one may end its subscription from within
    for (const auto& [id, listener] : listeners) {
        if (m_listeners.contains(id))
            listener(delta);
    }
}

void SeatThread::tellLink(bool linked) {
    m_linked = linked;
    auto delta = std::make_shared<desk::Delta>();
    delta->link = true;
    publish(delta);
}

} // namespace

base::Result<std::unique_ptr<SeatDesk>> SeatDesk::start(Parts parts) {
    if (parts.socket.native().size() >= sizeof(sockaddr_un::sun_path))
        return fail(Code::unavailable, "the path " + parts.socket.string() + " is too long for a socket");
    auto seat = std::make_unique<SeatThread>(std::move(parts));
    if (auto begun = seat->begin(); !begun)
        return tl::unexpected(begun.error());
    return seat;
}

} // namespace tocsin::app
