#include "app/seat_picture.hpp"

#include "tocsin/base/log.hpp"

#include <optional>
#include <utility>

namespace tocsin::app {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t entriesAtOnce = 500; ///< in one delta

desk::RulesInForce inForce(std::vector<detect::Rule> rules) {
    return std::make_shared<const std::vector<detect::Rule>>(std::move(rules));
}

/// The rules that an entry has brought into force; null: none.
desk::RulesInForce rulesOf(const model::Entry& entry) {
    if (entry.type != "rules.changed")
        return nullptr;
    const auto text = entry.data.find("text");
    auto rules = text != entry.data.end() && text->is_string() ? detect::parseRules(text->get_ref<const std::string&>())
                                                               : fail(Code::storage, "the entry has no rules");
    if (rules)
        return inForce(std::move(*rules));
    base::log::error("the rules of entry {} cannot be read: {}", entry.seq, rules.error().describe());
    return nullptr;
}

} // namespace

base::Result<void> SeatPicture::follow(const desk::SeatWelcome& welcome) {
    auto ok = m_loaded ? goOn(welcome.seq) : load().and_then([&] { return catchUp(welcome.seq); });
    if (!ok)
        return ok;
    m_fresh = true;
    takePlans(welcome.plans);
    return takeRules(welcome);
}

/// Those in force at the desk. They may be others than the journal says: somebody has written into the file while no desk ran.
base::Result<void> SeatPicture::takeRules(const desk::SeatWelcome& welcome) {
    auto told = detect::parseRules(welcome.rules);
    if (!told)
        return fail(told.error().code, "the rules that the desk goes by cannot be read: " + told.error().describe());
    auto rules = inForce(std::move(*told));
    // What this has read already may be later than the desk's first word.
    auto read = m_store->readOf({"rules.changed"}, welcome.seq + 1, [&](const model::Entry& entry) {
        if (entry.seq > m_seq)
            return false;
        if (auto later = rulesOf(entry))
            rules = std::move(later);
        return true;
    });
    if (!read || *rules == *m_rules)
        return read;
    auto delta = std::make_shared<desk::Delta>();
    delta->rules = m_rules = std::move(rules);
    publish(delta);
    return {};
}

void SeatPicture::takePlans(const std::vector<model::Plan>& plans) {
    if (plans == m_allPlans.back())
        return;
    m_allPlans.push_back(plans);
    m_plans = &m_allPlans.back();
}

base::Result<base::Digest> SeatPicture::hashOf(std::int64_t seq) const {
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

base::Result<void> SeatPicture::load() {
    auto store = store::Store::open(m_database, store::Access::readOnly);
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
    m_loaded = true;
    return catchUp(m_store->lastSeq());
}

/// The journal from where this seat stands: if it is still the same.
base::Result<void> SeatPicture::goOn(std::int64_t seq) {
    auto store = store::Store::open(m_database, store::Access::readOnly);
    if (!store)
        return tl::unexpected(store.error());
    m_store = std::move(*store);
    const auto hash = hashOf(m_seq);
    if (seq < m_seq || !hash || *hash != m_hash)
        return fail(Code::conflict, "the county's journal is another one: close this window and open it again");
    return catchUp(seq);
}

base::Result<void> SeatPicture::catchUp(std::int64_t to) {
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
base::Result<void> SeatPicture::note(const model::Entry& entry, desk::Delta& delta) {
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
    if (auto rules = rulesOf(entry))
        delta.rules = m_rules = std::move(rules);
    delta.entries.push_back(entry);
    m_seq = entry.seq;
    m_hash = entry.hash;
    return {};
}

base::Result<void> SeatPicture::take(desk::SeatNews news) {
    if (std::exchange(m_fresh, false)) {
        for (const auto& [feed, tally] : m_tallies)
            news.tallies.try_emplace(feed); // not named: nothing of it waits any more
    }
    if (auto ok = catchUp(news.seq); !ok)
        return ok;
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
    return {};
}

desk::Snapshot SeatPicture::now() const {
    std::int64_t aside = 0;
    for (const auto& [feed, tally] : m_tallies)
        aside += tally.open;
    return {m_state, m_sensors, m_units, m_seq, aside, m_tallies, m_rules};
}

int SeatPicture::listen(desk::Desk::Listener listener) {
    m_listeners[m_nextListener] = std::move(listener);
    return m_nextListener++;
}

void SeatPicture::publish(const std::shared_ptr<const desk::Delta>& delta) {
    const auto listeners = m_listeners; // one may end its subscription from within
    for (const auto& [id, listener] : listeners) {
        if (m_listeners.contains(id))
            listener(delta);
    }
}

} // namespace tocsin::app
