#include "tocsin/desk/replay.hpp"

#include "desk/replay_images.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/store/readings.hpp"
#include "tocsin/store/store.hpp"
#include "tocsin/store/tracks.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <tuple>

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostMarks = 500;
constexpr std::size_t mostFree = 3;
/// A unit that has not spoken for so long is not shown.
constexpr auto unitsFor = std::chrono::hours(24);
/// Things whose images are copied in the time in which one entry is read.
constexpr std::int64_t copiesPerEntry = 15;
const std::vector<std::string> markedTypes{"incident.opened", "alarm.raised"};

/// Pictures that nobody looks at any more, to be brought forward instead of made anew: the reader holds one while the
/// next is made, so two take turns. Any thread.
class Pool : public std::enable_shared_from_this<Pool> {
  public:
    /// The free picture that is furthest on, but not beyond `seq`; null if there is none.
    [[nodiscard]] std::unique_ptr<Picture> take(std::int64_t seq) {
        const std::lock_guard lock(m_mutex);
        auto best = m_free.end();
        for (auto it = m_free.begin(); it != m_free.end(); ++it) {
            if ((*it)->lastSeq <= seq && (best == m_free.end() || (*it)->lastSeq > (*best)->lastSeq))
                best = it;
        }
        if (best == m_free.end())
            return nullptr;
        auto picture = std::move(*best);
        m_free.erase(best);
        return picture;
    }
    void give(std::unique_ptr<Picture> picture) {
        std::unique_ptr<Picture> dropped; // outside the lock: it may be large
        const std::lock_guard lock(m_mutex);
        m_free.push_back(std::move(picture));
        if (m_free.size() > mostFree) {
            dropped = std::move(m_free.front());
            m_free.erase(m_free.begin());
        }
    }
    /// Comes back by itself once nobody holds it.
    [[nodiscard]] std::shared_ptr<const Picture> lend(std::unique_ptr<Picture> picture) {
        return {picture.release(), [pool = shared_from_this()](const Picture* held) {
                    pool->give(std::unique_ptr<Picture>(const_cast<Picture*>(held)));
                }};
    }

  private:
    std::mutex m_mutex;
    std::vector<std::unique_ptr<Picture>> m_free;
};

base::Time monthOf(base::Time at) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at)};
    return std::chrono::sys_days{date.year() / date.month() / 1};
}

class JournalReplay final : public Replay {
  public:
    JournalReplay(std::unique_ptr<store::Store> journal, std::unique_ptr<store::ReadingStore> readings,
                  std::unique_ptr<store::TrackStore> tracks)
        : m_journal(std::move(journal)), m_readings(std::move(readings)), m_tracks(std::move(tracks)) {}

    base::Result<JournalSpan> span() override;
    base::Result<std::shared_ptr<const Picture>> pictureAt(base::Time at, std::stop_token stop) override;

  private:
    base::Result<void> follow(const std::stop_token& stop);
    base::Result<std::unique_ptr<Picture>> stateAt(std::int64_t seq, const std::stop_token& stop);
    base::Result<void> fold(std::int64_t to, Picture& picture, const std::stop_token& stop);
    base::Result<void> readSensors(base::Time at, Picture& picture);
    base::Result<void> readUnits(base::Time at, Picture& picture);

    std::unique_ptr<store::Store> m_journal;
    std::unique_ptr<store::ReadingStore> m_readings;
    std::unique_ptr<store::TrackStore> m_tracks;
    Timeline m_timeline;
    Checkpoints m_checkpoints;
    std::shared_ptr<Pool> m_pool = std::make_shared<Pool>();
    std::vector<JournalSpan::Mark> m_marks;
    std::int64_t m_markedTo{0};
    std::optional<base::Time> m_month; ///< the readings before it are in m_before
    std::map<model::SensorId, store::ReadingStep> m_before;
};

tl::unexpected<base::Error> stopped() {
    return fail(Code::cancelled, "the question was withdrawn");
}

/// Takes note of the entries that came since.
base::Result<void> JournalReplay::follow(const std::stop_token& stop) {
    auto read = m_journal->heads(m_timeline.size() + 1, [&](const store::EntryHead& head) {
        m_timeline.add(head.seq, head.time);
        return !stop.stop_requested();
    });
    if (read && stop.stop_requested())
        return stopped();
    return read;
}

/// Reads on to the entry `to`, both for the picture and for the checkpoints, each from where it is.
base::Result<void> JournalReplay::fold(std::int64_t to, Picture& picture, const std::stop_token& stop) {
    std::int64_t from = picture.lastSeq + 1;
    if (m_checkpoints.end() < to)
        from = std::min(from, m_checkpoints.end() + 1);
    if (from > to)
        return {};
    base::Result<void> folded;
    auto read = m_journal->read(from, [&](const model::Entry& entry) {
        if (stop.stop_requested()) {
            folded = stopped();
            return false;
        }
        std::vector<model::Changed> changes;
        try {
            changes = model::changesOf(entry.data);
        } catch (const std::exception& e) {
            folded = fail(Code::storage, "entry " + std::to_string(entry.seq) +
                                             " has an after-image that is none: " + std::string(e.what()));
            return false;
        }
        if (entry.seq == picture.lastSeq + 1) {
            for (const auto& changed : changes)
                model::apply(picture.state, changed);
            picture.lastSeq = entry.seq;
        }
        if (entry.seq == m_checkpoints.end() + 1)
            m_checkpoints.add(entry.seq, std::move(changes));
        return entry.seq < to;
    });
    if (!read)
        return read;
    if (folded && picture.lastSeq != to)
        return fail(Code::storage, "the journal has no entry " + std::to_string(picture.lastSeq + 1));
    return folded;
}

base::Result<std::unique_ptr<Picture>> JournalReplay::stateAt(std::int64_t seq, const std::stop_token& stop) {
    auto picture = m_pool->take(seq);
    const auto near = m_checkpoints.nearestUpTo(seq);
    const auto copying = static_cast<std::int64_t>(m_checkpoints.things()) / copiesPerEntry;
    if (!picture || seq - picture->lastSeq > seq - near + copying) {
        if (picture)
            m_pool->give(std::move(picture));
        picture = std::make_unique<Picture>();
        picture->state = m_checkpoints.stateAt(near);
        picture->lastSeq = near;
    }
    auto folded = fold(seq, *picture, stop);
    if (!folded) {
        m_pool->give(std::move(picture)); // it is right for the entry at which it stands
        return tl::unexpected(folded.error());
    }
    return picture;
}

/// The newest readings then. Those of earlier months are looked up once a month.
base::Result<void> JournalReplay::readSensors(base::Time at, Picture& picture) {
    const auto month = monthOf(at);
    if (m_month != month) {
        auto before = m_readings->latestBetween(base::Time::min(), month - base::Duration(1));
        if (!before)
            return tl::unexpected(before.error());
        m_before = std::move(*before);
        m_month = month;
    }
    auto now = m_readings->latestBetween(month, at);
    if (!now)
        return tl::unexpected(now.error());
    picture.sensors.clear();
    for (const auto* part : {&*now, &m_before}) {
        for (const auto& [sensor, step] : *part) {
            if (!picture.state.sensors.contains(sensor))
                continue;
            const auto [at_, isNew] = picture.sensors.try_emplace(
                sensor, SensorNow{step.newest.time, step.newest.value, step.previous.value_or(step.newest.value)});
            // This month's first reading: the one before it is of an earlier month.
            if (!isNew && part == &m_before && !now->at(sensor).previous)
                at_->second.previous = step.newest.value;
        }
    }
    return {};
}

/// Where the units were that had spoken lately.
base::Result<void> JournalReplay::readUnits(base::Time at, Picture& picture) {
    picture.units.clear();
    if (picture.state.units.empty())
        return {};
    auto positions = m_tracks->latestBetween(at - unitsFor, at);
    if (!positions)
        return tl::unexpected(positions.error());
    for (auto& [id, position] : *positions) {
        if (picture.state.units.contains(id))
            picture.units.emplace(id, UnitNow{std::move(position), std::nullopt});
    }
    return {};
}

base::Result<std::shared_ptr<const Picture>> JournalReplay::pictureAt(base::Time at, std::stop_token stop) {
    if (auto followed = follow(stop); !followed)
        return tl::unexpected(followed.error());
    auto picture = stateAt(m_timeline.lastUpTo(at), stop);
    if (!picture)
        return tl::unexpected(picture.error());
    if (stop.stop_requested()) {
        m_pool->give(std::move(*picture));
        return stopped();
    }
    if (auto read = readSensors(at, **picture).and_then([&] { return readUnits(at, **picture); }); !read) {
        m_pool->give(std::move(*picture));
        return tl::unexpected(read.error());
    }
    (*picture)->at = at;
    return m_pool->lend(std::move(*picture));
}

/// The gravest marks, incidents before alarms; of the last that find room, some evenly out of all.
std::vector<JournalSpan::Mark> gravest(std::vector<JournalSpan::Mark> marks) {
    if (marks.size() <= mostMarks)
        return marks;
    const auto rank = [](const JournalSpan::Mark& mark) {
        return std::tuple(mark.grade, mark.type != markedTypes.front());
    };
    std::stable_sort(marks.begin(), marks.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    std::vector<JournalSpan::Mark> chosen;
    for (auto at = marks.begin(); at != marks.end() && chosen.size() < mostMarks;) {
        const auto end = std::find_if(at, marks.end(), [&](const auto& mark) { return rank(mark) != rank(*at); });
        const auto count = static_cast<std::size_t>(end - at);
        const auto room = std::min(mostMarks - chosen.size(), count);
        for (std::size_t i = 0; i < room; ++i)
            chosen.push_back(at[static_cast<std::ptrdiff_t>(i * count / room)]);
        at = end;
    }
    return chosen;
}

/// A grade within an image; absent where there is none.
std::optional<model::Grade> gradeIn(const nlohmann::json& data, const char* image, const char* key) {
    const auto thing = data.find(image);
    if (thing == data.end() || !thing->is_object())
        return std::nullopt;
    const auto grade = thing->find(key);
    return grade != thing->end() && grade->is_string() ? model::gradeFrom(grade->get_ref<const std::string&>())
                                                       : std::nullopt;
}

base::Result<JournalSpan> JournalReplay::span() {
    if (auto followed = follow({}); !followed)
        return tl::unexpected(followed.error());
    auto read = m_journal->readOf(markedTypes, m_markedTo + 1, [&](const model::Entry& entry) {
        if (entry.seq > m_timeline.size())
            return false;
        const bool isIncident = entry.type == markedTypes.front();
        const auto grade = gradeIn(entry.data, isIncident ? "incident" : "alarm", isIncident ? "grade" : "severity");
        if (grade && (isIncident || *grade <= model::Grade::II))
            m_marks.push_back({entry.time, *grade, entry.type});
        m_markedTo = entry.seq;
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    m_markedTo = m_timeline.size();
    JournalSpan span{m_timeline.first(), m_timeline.last(), m_timeline.size(), gravest(m_marks)};
    std::stable_sort(span.marks.begin(), span.marks.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
    return span;
}

} // namespace

base::Result<std::unique_ptr<Replay>> Replay::open(const std::filesystem::path& database,
                                                   const std::filesystem::path& readingsFolder,
                                                   std::filesystem::path tracksFolder) {
    auto journal = store::Store::open(database, store::Access::readOnly);
    if (!journal)
        return tl::unexpected(journal.error());
    auto readings = store::ReadingStore::open(readingsFolder, store::Access::readOnly);
    if (!readings)
        return tl::unexpected(readings.error());
    if (tracksFolder.empty())
        tracksFolder = readingsFolder.parent_path() / "tracks";
    auto tracks = store::TrackStore::open(tracksFolder, store::Access::readOnly);
    if (!tracks)
        return tl::unexpected(tracks.error());
    return std::make_unique<JournalReplay>(std::move(*journal), std::move(*readings), std::move(*tracks));
}

} // namespace tocsin::desk
