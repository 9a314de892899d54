#include "gui/panels/alarm_rows.hpp"

#include <algorithm>

namespace tocsin::gui {

int AlarmRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

base::Uuid AlarmRows::idAt(const QModelIndex& index) const {
    return index.isValid() && index.row() < rowCount() ? m_rows[static_cast<std::size_t>(index.row())].id
                                                       : base::Uuid{};
}

QModelIndex AlarmRows::indexOf(const base::Uuid& id) const {
    const auto it = m_places.find(id);
    return it == m_places.end() ? QModelIndex() : index(it->second);
}

const AlarmRows::Row* AlarmRows::rowOf(const base::Uuid& id) const {
    const auto it = m_places.find(id);
    return it == m_places.end() ? nullptr : &m_rows[static_cast<std::size_t>(it->second)];
}

void AlarmRows::number() {
    m_places.clear();
    m_places.reserve(m_rows.size());
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_places.emplace(m_rows[i].id, static_cast<int>(i));
}

void AlarmRows::removeMissing(const std::unordered_map<base::Uuid, int>& wanted) {
    for (auto last = rowCount() - 1; last >= 0;) {
        if (wanted.contains(m_rows[static_cast<std::size_t>(last)].id)) {
            --last;
            continue;
        }
        int first = last;
        while (first > 0 && !wanted.contains(m_rows[static_cast<std::size_t>(first) - 1].id))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        number();
        endRemoveRows();
        last = first - 1;
    }
}

void AlarmRows::reorder(const std::unordered_map<base::Uuid, int>& wanted) {
    const auto before = [&wanted](const Row& a, const Row& b) { return wanted.at(a.id) < wanted.at(b.id); };
    if (std::is_sorted(m_rows.begin(), m_rows.end(), before))
        return;
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList held = persistentIndexList();
    std::vector<base::Uuid> ids;
    for (const QModelIndex& one : held)
        ids.push_back(idAt(one));
    std::sort(m_rows.begin(), m_rows.end(), before);
    number();
    QModelIndexList moved;
    for (const base::Uuid& id : ids)
        moved << indexOf(id);
    changePersistentIndexList(held, moved);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void AlarmRows::insertMissing(const std::vector<Row>& rows) {
    for (std::size_t at = 0; at < rows.size(); ++at) {
        if (at < m_rows.size() && m_rows[at].id == rows[at].id)
            continue;
        std::size_t end = at + 1;
        while (end < rows.size() && (at >= m_rows.size() || rows[end].id != m_rows[at].id))
            ++end;
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(end) - 1);
        m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(at), rows.begin() + static_cast<std::ptrdiff_t>(at),
                      rows.begin() + static_cast<std::ptrdiff_t>(end));
        number();
        endInsertRows();
        at = end - 1;
    }
}

void AlarmRows::reset(std::vector<Row> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    number();
    endResetModel();
}

void AlarmRows::set(std::vector<Row> rows) {
    std::unordered_map<base::Uuid, int> wanted;
    wanted.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        wanted.emplace(rows[i].id, static_cast<int>(i));
    removeMissing(wanted);
    reorder(wanted);
    insertMissing(rows);
    m_rows = std::move(rows); // a group's line may be another, a member's depth as well
    refreshAll();
}

} // namespace tocsin::gui
