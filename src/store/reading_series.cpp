// Readings as a chart wants them: sums by steps, from what was summed already or from the readings themselves.

#include "store/month_file.hpp"
#include "store/reading_merge.hpp"

#include <limits>

namespace tocsin::store {

namespace {

/// Adds the sensor's rows with from ≤ time ≤ to; false if the cursor has none of the sensor, of whatever time.
bool addRows(Cursor& cursor, std::uint32_t sensor, std::int64_t from, std::int64_t to, std::int64_t step,
             std::map<std::int64_t, Sum>& into) {
    auto place = into.end();
    bool hasSensor = false;
    for (bool more = cursor.seek({sensor, from}); more; more = cursor.next()) {
        const auto moment = cursor.moment();
        if (moment.sensor != sensor)
            break;
        hasSensor = true;
        if (moment.time > to)
            break;
        const auto begin = stepBegin(moment.time, step);
        if (place == into.end() || place->first != begin)
            place = into.try_emplace(begin, Sum{begin, 0, 0, 0, 0}).first;
        const auto& rows = cursor.rows();
        const auto i = cursor.index();
        if (rows.lowest.empty())
            place->second.add(rows.value[i]);
        else
            place->second.add(rows.extra[i], rows.value[i], rows.lowest[i], rows.highest[i]);
    }
    return hasSensor || (cursor.seekBack({sensor, from}) && cursor.moment().sensor == sensor);
}

} // namespace

void MonthFile::sums(const std::string& sensor, std::int64_t from, std::int64_t to, PieceKind kind, std::int64_t step,
                     std::map<std::int64_t, Sum>& into) {
    const Snapshot snapshot(*m_db);
    if (layout() == Layout::none || from > to)
        return;
    const auto number = findNumber(sensor);
    if (!number)
        return;
    for (const auto& run : runs()) {
        if (!run.overlaps(from, to))
            continue;
        // What is not there in these steps would save too little beside finer ones, or beside the readings.
        bool isThere = false;
        for (auto finer = kind; run.summed && !isThere && finer != PieceKind::readings;
             finer = static_cast<PieceKind>(static_cast<int>(finer) - 1)) {
            auto summed = cursorOf(run, finer);
            isThere = addRows(summed, *number, from, to, step, into);
        }
        if (isThere)
            continue;
        auto plain = cursorOf(run, PieceKind::readings);
        (void)addRows(plain, *number, from, to, step, into);
    }
}

} // namespace tocsin::store
