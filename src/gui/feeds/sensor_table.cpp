#include "gui/feeds/sensor_table.hpp"

#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCollator>
#include <QIcon>
#include <algorithm>
#include <limits>

namespace tocsin::gui {

SensorTable::SensorTable(const UiContext& ui, QObject* parent) : QAbstractTableModel(parent), m_ui(ui) {}

/// Words are made once for all sensors, so that each letter of a search costs little.
void SensorTable::learn() {
    if (!std::exchange(m_stale, false))
        return;
    m_known.clear();
    m_known.reserve(m_ui.desk.state().sensors.size());
    for (const auto& [id, sensor] : m_ui.desk.state().sensors) {
        QStringList words{Words::plain(id.value), Words::plain(sensor.name.text), Words::plain(sensor.place.text),
                          Words::sensorKind(sensor.kind), Words::plain(sensor.unit), Words::plain(sensor.feed)};
        for (const auto* text : {&sensor.name, &sensor.place}) {
            for (const auto& [language, translated] : text->translations)
                words << Words::plain(translated);
        }
        m_known.push_back({id, words.join(QLatin1Char('\n')).toCaseFolded(), !sensor.retired.empty()});
    }
}

void SensorTable::look(const QString& text, Shown shown) {
    learn();
    const QStringList wanted = text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    beginResetModel();
    m_ids.clear();
    m_total = 0;
    m_foundHidden = false;
    for (const auto& known : m_known) {
        const bool isShown = shown == Shown::all || known.retired == (shown == Shown::retired);
        m_total += isShown ? 1 : 0;
        if (!isShown && m_foundHidden)
            continue;
        if (!std::all_of(wanted.begin(), wanted.end(), [&](const QString& word) { return known.words.contains(word); }))
            continue;
        if (isShown)
            m_ids.push_back(known.id);
        else
            m_foundHidden = true;
    }
    order();
    endResetModel();
}

double SensorTable::weight(const model::Sensor& sensor, Column column) const {
    constexpr double none = std::numeric_limits<double>::infinity();
    if (column == Column::silent)
        return sensor.silentAfter ? static_cast<double>(sensor.silentAfter->count()) : none;
    if (column == Column::last) {
        const auto now = m_ui.desk.sensorsNow().find(sensor.id);
        return now == m_ui.desk.sensorsNow().end() ? none : -static_cast<double>(base::toUnixMicros(now->second.time));
    }
    return 0;
}

void SensorTable::order() {
    if (m_sortColumn < 0 || m_sortColumn >= columns)
        return;
    const auto column = static_cast<Column>(m_sortColumn);
    const bool weighed = column == Column::silent || column == Column::last;
    QCollator collator{QLocale(m_ui.language)};
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    struct Key {
        double weight;
        QCollatorSortKey text;
        model::SensorId id;
    };
    const auto& all = m_ui.desk.state().sensors;
    std::vector<Key> keys;
    keys.reserve(m_ids.size());
    for (const auto& id : m_ids) {
        const auto& sensor = all.at(id);
        keys.push_back({weight(sensor, column), collator.sortKey(weighed ? QString() : text(sensor, column)), id});
    }
    const bool up = m_sortOrder == Qt::AscendingOrder;
    std::stable_sort(keys.begin(), keys.end(), [up](const Key& a, const Key& b) {
        const auto& first = up ? a : b;
        const auto& second = up ? b : a;
        return first.weight != second.weight ? first.weight < second.weight : first.text < second.text;
    });
    std::transform(keys.begin(), keys.end(), m_ids.begin(), [](const Key& key) { return key.id; });
}

void SensorTable::sort(int column, Qt::SortOrder sortOrder) {
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = sortOrder;
    order();
    endResetModel();
}

void SensorTable::take(const Changes& changes) {
    if (!changes.all && changes.sensors.empty())
        return;
    m_stale = true;
    if (!m_ids.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

void SensorTable::tick() {
    constexpr int last = static_cast<int>(Column::last);
    if (!m_ids.empty())
        emit dataChanged(index(0, last), index(rowCount() - 1, columns - 1), {Qt::DisplayRole});
}

void SensorTable::retranslate() {
    m_stale = true;
    emit headerDataChanged(Qt::Horizontal, 0, columns - 1);
    if (!m_ids.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int SensorTable::rowOf(const model::SensorId& id) const {
    const auto found = std::find(m_ids.begin(), m_ids.end(), id);
    return found == m_ids.end() ? -1 : static_cast<int>(found - m_ids.begin());
}

std::vector<int> SensorTable::rowsOf(const std::set<model::SensorId>& ids) const {
    std::vector<int> rows;
    for (std::size_t i = 0; !ids.empty() && i < m_ids.size(); ++i) {
        if (ids.contains(m_ids[i]))
            rows.push_back(static_cast<int>(i));
    }
    return rows;
}

const model::Sensor* SensorTable::at(int row) const {
    if (row < 0 || row >= rowCount())
        return nullptr;
    const auto& all = m_ui.desk.state().sensors;
    const auto it = all.find(m_ids[static_cast<std::size_t>(row)]);
    return it == all.end() ? nullptr : &it->second;
}

int SensorTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int SensorTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QString SensorTable::text(const model::Sensor& s, Column column) const {
    switch (column) {
    case Column::name:
        return Words::local(s.name, m_ui.language);
    case Column::id:
        return Words::plain(s.id.value);
    case Column::kind:
        return Words::sensorKind(s.kind);
    case Column::unit:
        return Words::unit(s.unit);
    case Column::place:
        return s.place.empty() ? Words::position(s.position) : Words::local(s.place, m_ui.language);
    case Column::last: {
        const auto now = m_ui.desk.sensorsNow().find(s.id);
        return now == m_ui.desk.sensorsNow().end() ? tr("never") : Words::ago(m_ui.desk.now() - now->second.time);
    }
    case Column::silent:
        return s.silentAfter ? Words::span(*s.silentAfter) : QString();
    case Column::range:
        if (s.lowest && s.highest)
            return tr("%1 to %2").arg(Words::number(*s.lowest), Words::value(*s.highest, s.unit));
        return s.lowest    ? tr("from %1").arg(Words::value(*s.lowest, s.unit))
               : s.highest ? tr("up to %1").arg(Words::value(*s.highest, s.unit))
                           : QString();
    case Column::service:
        if (!s.retired.empty())
            return tr("retired: %1").arg(Words::plain(s.retired));
        if (s.outOfService.empty()) {
            if (const auto ahead = m_ui.desk.alarmWatch().clockAhead(s.id))
                return tr("its clock is %1 ahead").arg(Words::span(*ahead));
            const auto behind = m_ui.desk.alarmWatch().clockBehind(s.id);
            return behind ? tr("its clock is %1 behind, or it is told late").arg(Words::span(*behind)) : QString();
        }
        return tr("out of service: %1").arg(Words::plain(s.outOfService));
    }
    return {};
}

QVariant SensorTable::data(const QModelIndex& index, int role) const {
    const auto* s = at(index.row());
    if (s == nullptr || index.column() >= columns)
        return {};
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(*s, column);
    case Qt::DecorationRole:
        return column == Column::name ? QVariant(Symbols::icon(Symbols::forSensor(s->kind), m_ui.theme.colours().dim, 18)) : QVariant();
    case Qt::FontRole:
        return column == Column::name || column == Column::service ? QVariant(m_ui.theme.font(Theme::Text::bodyBold)) : QVariant();
    default:
        return {};
    }
}

QVariant SensorTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= columns)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::name: return tr("Name");
    case Column::id: return tr("Id");
    case Column::kind: return tr("Kind");
    case Column::unit: return tr("Unit");
    case Column::place: return tr("Place");
    case Column::last: return tr("Last reading");
    case Column::silent: return tr("Silent after");
    case Column::range: return tr("Can measure");
    case Column::service: return tr("Service");
    }
    return {};
}

} // namespace tocsin::gui
