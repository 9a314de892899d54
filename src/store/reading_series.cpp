// Readings as a chart wants them: sums by steps, from what was summed already or from the readings themselves.

#include "store/month_file.hpp"
#include "store/reading_merge.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace tocsin::store {

namespace {

/// Which steps are made of the readings themselves, since values in them were corrected, and those values.
struct CorrectedSteps {
    Corrections values;
    std::set<std::int64_t> steps; ///< where they begin

    CorrectedSteps(Corrections all, std::int64_t step) : values(std::move(all)) {
        for (const auto& [time, reading] : values)
            steps.insert(steps.end(), stepBegin(time, step));
    }
};

/// Adds the sensor's rows with from ≤ time ≤ to that are in no step of `corrected`; false if the cursor has none of the sensor, of whatever time.
bool addRows(Cursor& cursor, std::uint32_t sensor, std::int64_t from, std::int64_t to, std::int64_t step, const CorrectedSteps& corrected,
             std::map<std::int64_t, Sum>& into) {
    auto place = into.end();
    bool hasSensor = false;
    bool skips = false;
    std::int64_t known = std::numeric_limits<std::int64_t>::min();
    for (bool more = cursor.seek({sensor, from}); more; more = cursor.next()) {
        const auto moment = cursor.moment();
        if (moment.sensor != sensor)
            break;
        hasSensor = true;
        if (moment.time > to)
            break;
        const auto begin = stepBegin(moment.time, step);
        if (begin != std::exchange(known, begin))
            skips = corrected.steps.contains(begin);
        if (skips)
            continue;
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

/// Adds those that addRows() leaves out, from a cursor of readings.
void addCorrected(Cursor& cursor, std::uint32_t sensor, std::int64_t from, std::int64_t to, std::int64_t step, const CorrectedSteps& corrected,
                  std::map<std::int64_t, Sum>& into) {
    for (const auto begin : corrected.steps) {
        const auto last = std::min(to, begin + step - 1);
        for (bool more = cursor.seek({sensor, std::max(from, begin)}); more; more = cursor.next()) {
            const auto moment = cursor.moment();
            if (moment.sensor != sensor || moment.time > last)
                break;
            const auto better = corrected.values.find(moment.time);
            into.try_emplace(begin, Sum{begin, 0, 0, 0, 0})
                .first->second.add(better == corrected.values.end() ? cursor.rows().value[cursor.index()] : better->second.value);
        }
    }
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
    const CorrectedSteps corrected(correctionsOf(*number, from, to), step);
    for (const auto& run : runs()) {
        if (!run.overlaps(from, to))
            continue;
        if (!corrected.steps.empty()) {
            auto plain = cursorOf(run, PieceKind::readings);
            addCorrected(plain, *number, from, to, step, corrected, into);
        }
        // What is not there in these steps would save too little beside finer ones, or beside the readings.
        bool isThere = false;
        for (auto finer = kind; run.summed && !isThere && finer != PieceKind::readings;
             finer = static_cast<PieceKind>(static_cast<int>(finer) - 1)) {
            auto summed = cursorOf(run, finer);
            isThere = addRows(summed, *number, from, to, step, corrected, into);
        }
        if (isThere)
            continue;
        auto plain = cursorOf(run, PieceKind::readings);
        (void)addRows(plain, *number, from, to, step, corrected, into);
    }
}

} // namespace tocsin::store
