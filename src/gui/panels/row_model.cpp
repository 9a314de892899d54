#include "gui/panels/row_model.hpp"

#include <QStringList>
#include <algorithm>
#include <unordered_set>

namespace tocsin::gui {

int RowModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant RowSource::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const base::Uuid id = idAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return face(id).title;
    case Qt::ToolTipRole: {
        const RowFace f = face(id);
        if (!f.whole.isEmpty())
            return f.whole;
        return f.second.isEmpty() ? f.title : f.title + QLatin1Char('\n') + f.second;
    }
    case Qt::AccessibleTextRole: {
        const RowFace f = face(id);
        if (!f.whole.isEmpty())
            return QString(f.whole).replace(QLatin1Char('\n'), QStringLiteral(", "));
        return QStringList{f.title, f.second, f.topRight, f.bottomRight}.join(QStringLiteral(", "));
    }
    case faceRole:
        return QVariant::fromValue(face(id));
    case idRole:
        return QString::fromStdString(id.toString());
    default:
        return {};
    }
}

base::Uuid RowModel::idAt(const QModelIndex& index) const {
    return index.isValid() && index.row() < rowCount() ? m_rows[static_cast<std::size_t>(index.row())].second
                                                       : base::Uuid{};
}

int RowModel::placeOf(const Row& row) const {
    return static_cast<int>(std::lower_bound(m_rows.begin(), m_rows.end(), row) - m_rows.begin());
}

QModelIndex RowModel::indexOf(const base::Uuid& id) const {
    const auto known = m_orders.find(id);
    return known == m_orders.end() ? QModelIndex() : index(placeOf({known->second, id}));
}

void RowModel::put(const base::Uuid& id, std::optional<Order> order) {
    const auto known = m_orders.find(id);
    if (known == m_orders.end()) {
        if (!order)
            return;
        const int at = placeOf({*order, id});
        beginInsertRows({}, at, at);
        m_rows.insert(m_rows.begin() + at, Row{*order, id});
        m_orders.emplace(id, *order);
        endInsertRows();
        return;
    }
    const int from = placeOf({known->second, id});
    if (!order) {
        beginRemoveRows({}, from, from);
        m_rows.erase(m_rows.begin() + from);
        m_orders.erase(known);
        endRemoveRows();
        return;
    }
    int at = from;
    if (*order != known->second) {
        const int before = placeOf({*order, id}); // counted while the row still stands at `from`
        if (before != from && before != from + 1 && beginMoveRows({}, from, from, {}, before)) {
            at = before > from ? before - 1 : before;
            m_rows.erase(m_rows.begin() + from);
            m_rows.insert(m_rows.begin() + at, Row{*order, id});
            known->second = *order;
            endMoveRows();
        } else {
            m_rows[static_cast<std::size_t>(from)].first = *order;
            known->second = *order;
        }
    }
    emit dataChanged(index(at), index(at));
}

void RowModel::putAll(const std::vector<std::pair<base::Uuid, Order>>& rows) {
    if (m_rows.empty() && !rows.empty()) {
        beginResetModel();
        for (const auto& [id, order] : rows) {
            m_rows.emplace_back(order, id);
            m_orders.emplace(id, order);
        }
        std::sort(m_rows.begin(), m_rows.end());
        endResetModel();
        return;
    }
    std::unordered_set<base::Uuid> wanted;
    for (const auto& row : rows)
        wanted.insert(row.first);
    std::vector<base::Uuid> gone;
    for (const Row& row : m_rows) {
        if (!wanted.contains(row.second))
            gone.push_back(row.second);
    }
    for (const base::Uuid& id : gone)
        put(id, std::nullopt);
    for (const auto& [id, order] : rows)
        put(id, order);
}

void RowSource::refreshAll() {
    if (rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1));
}

} // namespace tocsin::gui
