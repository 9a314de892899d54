// Values that take the place of others: beside the runs, which stay as they are. A file without any costs its readers one look, and who appends none.

#include "store/month_file.hpp"

#include <algorithm>

namespace tocsin::store {

namespace {

std::int64_t delayOf(const Correction& correction) {
    std::int64_t delay = 0;
    if (__builtin_sub_overflow(base::toUnixMicros(correction.received), base::toUnixMicros(correction.time), &delay))
        return 0;
    return delay / 1000;
}

} // namespace

bool MonthFile::hasCorrections() {
    if (m_hasCorrections && m_access == Access::readWrite)
        return *m_hasCorrections;
    m_hasCorrections = m_db->tableExists("correction") && // a file that is only read may be of before there were any
                       m_db->execAndGet("SELECT EXISTS (SELECT 1 FROM correction)").getInt() != 0;
    return *m_hasCorrections;
}

std::vector<FoundReading> MonthFile::revisions(std::uint32_t sensor, std::int64_t from, std::int64_t to) {
    std::vector<FoundReading> found;
    if (!hasCorrections())
        return found;
    Use rows(prepared(m_revisions, "SELECT time, delay, value FROM correction WHERE sensor = ? AND time BETWEEN ? AND ? "
                                   "ORDER BY time, revision"));
    rows->bind(1, static_cast<std::int64_t>(sensor));
    rows->bind(2, from);
    rows->bind(3, to);
    while (rows->executeStep())
        found.push_back({rows->getColumn(0).getInt64(), rows->getColumn(2).getDouble(), 0, rows->getColumn(1).getInt64()});
    return found;
}

Corrections MonthFile::correctionsOf(std::uint32_t sensor, std::int64_t from, std::int64_t to) {
    Corrections last;
    for (const auto& revision : revisions(sensor, from, to))
        last.insert_or_assign(last.end(), revision.time, revision);
    return last;
}

void MonthFile::correctItems(const std::vector<Item*>& items) {
    if (!hasCorrections())
        return;
    for (auto* item : items) {
        if (!item->isThere)
            continue;
        if (const auto all = revisions(item->sensor, item->time, item->time); !all.empty())
            item->value = all.back().value;
    }
}

void MonthFile::correctNewest(std::vector<NewestTwo>& known) {
    if (!hasCorrections())
        return;
    SQLite::Statement rows(*m_db, "SELECT sensor, time, delay, value FROM correction ORDER BY sensor, time, revision");
    while (rows.executeStep()) {
        const auto sensor = rows.getColumn(0).getInt64();
        if (sensor < 0 || static_cast<std::size_t>(sensor) >= known.size())
            continue;
        const FoundReading better{rows.getColumn(1).getInt64(), rows.getColumn(3).getDouble(), 0, rows.getColumn(2).getInt64()};
        auto& two = known[static_cast<std::size_t>(sensor)];
        for (auto* reading : {&two.newest, &two.second}) {
            if (reading->isThere() && reading->time == better.time)
                *reading = better.inPlaceOf(*reading);
        }
    }
}

std::optional<FoundReading> MonthFile::asItCame(Moment moment) {
    for (const auto& run : runs()) {
        if (!run.overlaps(moment.time, moment.time))
            continue;
        auto cursor = cursorOf(run, PieceKind::readings);
        if (!cursor.seekBack(moment) || cursor.moment() != moment)
            continue;
        const auto& rows = cursor.rows();
        const auto i = cursor.index();
        return FoundReading{rows.time[i], rows.value[i], rows.flagsAt(i), rows.extra[i]};
    }
    return std::nullopt;
}

Corrected MonthFile::correct(const Correction& correction) {
    const auto number = findNumber(correction.sensor.value);
    if (!number)
        return {};
    const Moment moment{*number, base::toUnixMicros(correction.time)};
    const auto first = asItCame(moment);
    if (!first)
        return {};
    const auto before = revisions(moment.sensor, moment.time, moment.time);
    Corrected done{true, false, first->flags};
    const auto isThisOne = [delay = delayOf(correction), &correction](const auto& one) { return one.delay == delay && one.value == correction.value; };
    if ((before.empty() ? first->value : before.back().value) == correction.value || std::any_of(before.begin(), before.end(), isThisOne))
        return done;
    Use add(prepared(m_addRevision, "INSERT INTO correction (sensor, time, revision, delay, value) VALUES (?, ?, ?, ?, ?)"));
    add->bind(1, static_cast<std::int64_t>(moment.sensor));
    add->bind(2, moment.time);
    add->bind(3, static_cast<std::int64_t>(before.size()) + 1);
    add->bind(4, delayOf(correction));
    add->bind(5, correction.value);
    add->exec();
    m_hasCorrections = true;
    done.isNew = true;
    return done;
}

void MonthFile::superseded(const std::string& sensor, base::Time from, base::Time to, std::vector<ReadingPoint>& into) {
    const Snapshot snapshot(*m_db);
    if (layout() == Layout::none || from > to)
        return;
    const auto number = findNumber(sensor);
    if (!number)
        return;
    const auto all = revisions(*number, base::toUnixMicros(from), base::toUnixMicros(to));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool isFirst = i == 0 || all[i - 1].time != all[i].time;
        auto old = isFirst ? asItCame({*number, all[i].time}) : std::optional(all[i - 1]);
        if (!old)
            continue;
        old->flags = static_cast<std::uint8_t>(old->flags | model::Reading::superseded | (isFirst ? 0 : model::Reading::corrected));
        into.push_back(old->point());
    }
}

} // namespace tocsin::store
