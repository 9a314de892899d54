#include "store/reading_merge.hpp"

#include <algorithm>
#include <numeric>

namespace tocsin::store {

namespace {

/// Sums are kept where each stands for so many readings.
constexpr std::int64_t fewestInStep = 4;

/// Rows of each run that a round takes at most: 96 runs' worth is half a megabyte. With fewer than the least, looking for
/// where a round ends costs more than the rows.
constexpr std::size_t mostTogether = 256;
constexpr std::size_t leastTogether = 16;
/// Numbers of sensors that a round spans at most.
constexpr std::uint32_t mostSensors = 65'536;

constexpr std::array sumKinds{PieceKind::minutes, PieceKind::hours, PieceKind::days};

} // namespace

void Sum::add(std::int64_t readings, double mean, double low, double high) {
    lowest = count == 0 ? low : std::min(lowest, low);
    highest = count == 0 ? high : std::max(highest, high);
    total += mean * static_cast<double>(readings);
    count += readings;
}

void RunWriter::flush(PieceKind kind, Rows& rows) {
    if (rows.empty())
        return;
    auto& pieces = kind == PieceKind::readings ? *m_readings : *m_sums;
    pieces.add(m_run, kind, rows, m_packing);
    rows.clear();
}

void RunWriter::addSums(PieceKind kind, const std::vector<Sum>& sums) {
    auto& rows = m_rows[static_cast<std::size_t>(kind)];
    for (const auto& sum : sums) {
        rows.add(m_sensor, sum.begin, sum.count, sum.total / static_cast<double>(sum.count), 0);
        rows.lowest.push_back(sum.lowest);
        rows.highest.push_back(sum.highest);
        if (rows.size() >= rowsInPiece)
            flush(kind, rows);
    }
}

void RunWriter::endSensor() {
    if (m_ofSensor == 0)
        return;
    auto& rows = m_rows[static_cast<std::size_t>(PieceKind::newest)];
    for (std::size_t i = m_ofSensor > 1 ? 0 : 1; i < 2; ++i)
        rows.add(m_sensor, m_newest[i].time, m_newest[i].delay, m_newest[i].value, m_newest[i].flags);
    if (rows.size() >= rowsInPiece)
        flush(PieceKind::newest, rows);
    auto finer = m_ofSensor;
    for (std::size_t i = 0; i < sumKinds.size(); ++i) {
        const auto sums = static_cast<std::int64_t>(m_steps[i].size());
        if (sums * fewestInStep <= finer) {
            addSums(sumKinds[i], m_steps[i]);
            finer = sums;
        }
        m_steps[i].clear();
    }
    m_ofSensor = 0;
}

void RunWriter::sum(std::int64_t time, double value) {
    for (std::size_t i = 0; i < sumKinds.size(); ++i) {
        auto& sums = m_steps[i];
        const auto step = stepOf(sumKinds[i]);
        if (sums.empty() || time - sums.back().begin >= step)
            sums.push_back({stepBegin(time, step), 0, 0, 0, 0});
        sums.back().add(value);
    }
}

void RunWriter::addStretch(const Rows& from, std::size_t first, std::size_t last) {
    if (from.sensor[first] != m_sensor)
        endSensor();
    m_sensor = from.sensor[first];
    auto& rows = m_rows[static_cast<std::size_t>(PieceKind::readings)];
    for (auto at = first; at < last;) {
        const auto end = std::min(last, at + (rowsInPiece - rows.size()));
        rows.append(from, at, end);
        if (rows.size() >= rowsInPiece)
            flush(PieceKind::readings, rows);
        at = end;
    }
    for (auto i = last - first > 1 ? last - 2 : first; i < last; ++i) {
        m_newest[0] = m_newest[1];
        m_newest[1] = {from.time[i], from.extra[i], from.value[i], from.flagsAt(i)};
    }
    m_ofSensor += static_cast<std::int64_t>(last - first);
    m_count += static_cast<std::int64_t>(last - first);
    m_first = std::min(m_first, from.time[first]);
    m_last = std::max(m_last, from.time[last - 1]);
    if (!m_withSums)
        return;
    for (auto i = first; i < last; ++i)
        sum(from.time[i], from.value[i]);
}

void RunWriter::add(const Rows& from, std::size_t first, std::size_t last) {
    for (auto end = first; first < last; first = end) {
        while (end < last && from.sensor[end] == from.sensor[first])
            ++end;
        addStretch(from, first, end);
    }
}

void RunWriter::finish() {
    endSensor();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        flush(static_cast<PieceKind>(i), m_rows[i]);
}

Merge::Key Merge::keyOf(std::uint32_t sensor, std::int64_t time) {
    constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
    return (Key{sensor} << 64U) | (static_cast<std::uint64_t>(time) ^ sign);
}

void Merge::lookFrom(Head& head) const {
    const auto& cursor = m_cursors[head.at];
    const auto& rows = cursor.rows();
    const auto last = std::min(cursor.index() + m_together, rows.size()) - 1;
    head.next = keyOf(rows.sensor[cursor.index()], rows.time[cursor.index()]);
    head.ahead = keyOf(rows.sensor[last], rows.time[last]);
}

std::size_t Merge::startSome(std::size_t rows) {
    std::size_t brought = 0;
    for (; m_begun < m_cursors.size() && brought < rows; ++m_begun) {
        m_at = m_begun;
        if (!m_cursors[m_at].seek({0, std::numeric_limits<std::int64_t>::min()}))
            continue;
        brought += m_cursors[m_at].rows().size();
        m_heads.push_back({m_at, 0, 0});
        lookFrom(m_heads.back());
    }
    return brought;
}

void Merge::gather(std::uint32_t first, std::uint32_t last, std::size_t rows) {
    m_places.assign(std::size_t{last} - first + 2, 0);
    bool isFlagged = false;
    for (const auto& part : m_parts) {
        const auto& from = m_cursors[m_heads[part.head].at].rows();
        for (auto i = part.first; i < part.last; ++i)
            ++m_places[from.sensor[i] - first + 1];
        isFlagged = isFlagged || !from.flags.empty();
    }
    for (std::size_t i = 1; i < m_places.size(); ++i)
        m_places[i] += m_places[i - 1];
    auto& to = m_gathered;
    to.clear();
    to.sensor.resize(rows);
    to.time.resize(rows);
    to.extra.resize(rows);
    to.value.resize(rows);
    if (isFlagged)
        to.flags.resize(rows);
    for (const auto& part : m_parts) {
        const auto& from = m_cursors[m_heads[part.head].at].rows();
        for (auto i = part.first; i < part.last; ++i) {
            const auto place = m_places[from.sensor[i] - first]++;
            to.sensor[place] = from.sensor[i];
            to.time[place] = from.time[i];
            to.extra[place] = from.extra[i];
            to.value[place] = from.value[i];
            if (isFlagged)
                to.flags[place] = from.flagsAt(i);
        }
    }
    sortStretches();
}

void Merge::sortStretches() {
    auto& rows = m_gathered;
    std::vector<std::size_t> order;
    for (std::size_t first = 0, end = 0; first < rows.size(); first = end) {
        bool ascending = true;
        for (end = first + 1; end < rows.size() && rows.sensor[end] == rows.sensor[first]; ++end)
            ascending = ascending && rows.time[end - 1] < rows.time[end];
        if (ascending) // runs mostly follow each other in time as they were made
            continue;
        order.resize(end - first);
        std::iota(order.begin(), order.end(), first);
        std::sort(order.begin(), order.end(), [&](auto a, auto b) { return rows.time[a] < rows.time[b]; });
        Rows sorted;
        for (const auto i : order)
            sorted.add(rows.sensor[i], rows.time[i], rows.extra[i], rows.value[i], rows.flagsAt(i));
        for (std::size_t i = 0; i < order.size(); ++i) {
            rows.time[first + i] = sorted.time[i];
            rows.extra[first + i] = sorted.extra[i];
            rows.value[first + i] = sorted.value[i];
            if (!rows.flags.empty())
                rows.flags[first + i] = sorted.flagsAt(i);
        }
    }
}

std::size_t Merge::takeRound() {
    // No row up to here is missing: none that comes after what the cursors hold now is earlier.
    auto bound = ~Key{0};
    auto next = ~Key{0};
    auto following = ~Key{0}; // of the runs but the first
    for (const auto& head : m_heads) {
        bound = std::min(bound, head.ahead);
        following = std::min(following, std::max(next, head.next));
        next = std::min(next, head.next);
    }
    const auto first = static_cast<std::uint32_t>(next >> 64U);
    bound = std::min(bound, keyOf(first > std::numeric_limits<std::uint32_t>::max() - mostSensors
                                      ? std::numeric_limits<std::uint32_t>::max()
                                      : first + mostSensors - 1,
                                  std::numeric_limits<std::int64_t>::max()));
    const bool alone = following > bound;
    m_parts.clear();
    std::size_t count = 0;
    std::uint32_t last = first;
    for (std::size_t i = 0; i < m_heads.size(); ++i) {
        const auto& head = m_heads[i];
        if (head.next > bound)
            continue;
        const auto& cursor = m_cursors[head.at];
        const auto& rows = cursor.rows();
        auto end = cursor.index();
        const auto isIn = [&] {
            const auto key = keyOf(rows.sensor[end], rows.time[end]);
            return alone ? key < following : key <= bound;
        };
        while (end < rows.size() && isIn())
            ++end;
        m_parts.push_back({i, cursor.index(), end});
        count += end - cursor.index();
        last = std::max(last, rows.sensor[end - 1]);
    }
    if (alone) { // neighbours mostly come from the same run
        const auto& part = m_parts.front();
        m_writer.add(m_cursors[m_heads[part.head].at].rows(), part.first, part.last);
    } else {
        gather(first, last, count);
        m_writer.add(m_gathered, 0, count);
    }
    for (auto part = m_parts.rbegin(); part != m_parts.rend(); ++part) {
        auto& head = m_heads[part->head];
        m_at = head.at;
        if (m_cursors[m_at].skip(part->last - part->first))
            lookFrom(head);
        else
            m_heads.erase(m_heads.begin() + static_cast<std::ptrdiff_t>(part->head));
    }
    return count;
}

bool Merge::step(std::size_t rows) {
    m_together = std::clamp(rows / std::max<std::size_t>(1, m_cursors.size()), leastTogether, mostTogether);
    auto taken = startSome(rows);
    if (m_begun < m_cursors.size())
        return false;
    for (; taken < rows && !m_heads.empty();)
        taken += takeRound();
    if (!m_heads.empty())
        return false;
    m_writer.finish();
    return true;
}

} // namespace tocsin::store
