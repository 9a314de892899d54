#include "store/reading_merge.hpp"

#include <algorithm>

namespace tocsin::store {

namespace {

/// Sums are kept where each stands for so many readings.
constexpr std::int64_t fewestInStep = 4;

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
    if (static_cast<std::int64_t>(sums.size()) * fewestInStep > m_ofSensor)
        return;
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
    for (std::size_t i = 0; i < sumKinds.size(); ++i) {
        addSums(sumKinds[i], m_steps[i]);
        m_steps[i].clear();
    }
    m_ofSensor = 0;
}

void RunWriter::add(std::uint32_t sensor, std::int64_t time, std::int64_t delay, double value, std::uint8_t flags) {
    if (sensor != m_sensor)
        endSensor();
    m_sensor = sensor;
    auto& rows = m_rows[static_cast<std::size_t>(PieceKind::readings)];
    rows.add(sensor, time, delay, value, flags);
    if (rows.size() >= rowsInPiece)
        flush(PieceKind::readings, rows);
    m_newest[0] = m_newest[1];
    m_newest[1] = {time, delay, value, flags};
    ++m_ofSensor;
    ++m_count;
    m_first = std::min(m_first, time);
    m_last = std::max(m_last, time);
    if (!m_withSums)
        return;
    for (std::size_t i = 0; i < sumKinds.size(); ++i) {
        auto& sums = m_steps[i];
        const auto step = stepOf(sumKinds[i]);
        if (sums.empty() || time - sums.back().begin >= step)
            sums.push_back({stepBegin(time, step), 0, 0, 0, 0});
        sums.back().add(value);
    }
}

void RunWriter::finish() {
    endSensor();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        flush(static_cast<PieceKind>(i), m_rows[i]);
}

Merge::Key Merge::keyOf(std::size_t at) const {
    constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
    const auto moment = m_cursors[at].moment();
    return (Key{moment.sensor} << 64U) | (static_cast<std::uint64_t>(moment.time) ^ sign);
}

void Merge::settle(const Key key, const std::size_t at) {
    std::size_t hole = 0;
    for (std::size_t child = 1; child < m_heap.size(); child = 2 * hole + 1) {
        if (child + 1 < m_heap.size()) // which of the two is a toss-up: no branch
            child += static_cast<std::size_t>(m_heap[child + 1].key < m_heap[child].key);
        if (key <= m_heap[child].key)
            break;
        m_heap[hole] = m_heap[child];
        hole = child;
    }
    m_heap[hole] = {key, at};
}

void Merge::start() {
    for (m_at = 0; m_at < m_cursors.size(); ++m_at) {
        if (m_cursors[m_at].seek({0, std::numeric_limits<std::int64_t>::min()}))
            m_heap.push_back({keyOf(m_at), m_at});
    }
    std::make_heap(m_heap.begin(), m_heap.end(), [](const Head& a, const Head& b) { return a.key > b.key; });
    m_started = true;
}

bool Merge::step(std::size_t rows) {
    if (!m_started)
        start();
    std::size_t taken = 0;
    while (taken < rows && !m_heap.empty()) {
        m_at = m_heap.front().at;
        auto& cursor = m_cursors[m_at];
        cursor.fetchAhead();
        Key next = ~Key{0}; // of the other runs
        for (std::size_t i = 1; i < std::min<std::size_t>(3, m_heap.size()); ++i)
            next = std::min(next, m_heap[i].key);
        Key key = 0;
        bool more = true;
        // Neighbours mostly come from the same run.
        do {
            const auto& from = cursor.rows();
            const auto i = cursor.index();
            m_writer.add(from.sensor[i], from.time[i], from.extra[i], from.value[i], from.flagsAt(i));
            ++taken;
            more = cursor.next();
            key = more ? keyOf(m_at) : 0;
        } while (more && taken < rows && key < next);
        if (more) {
            settle(key, m_at);
            continue;
        }
        const auto last = m_heap.back();
        m_heap.pop_back();
        if (!m_heap.empty())
            settle(last.key, last.at);
    }
    if (!m_heap.empty())
        return false;
    m_writer.finish();
    return true;
}

} // namespace tocsin::store
