#include "gui/resources/resource_table.hpp"

#include "gui/resources/resource_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"
#include "tocsin/model/stock_level.hpp"

#include <QCollator>
#include <QIcon>
#include <algorithm>

namespace tocsin::gui {

namespace {

using Column = ResourceTable::Column;
using Kind = model::ResourceKind;

/// What is worth seeing of records of a kind.
std::vector<Column> columnsOf(const std::optional<Kind>& kind) {
    std::vector<Column> out{Column::name};
    if (!kind)
        out.push_back(Column::kind);
    out.insert(out.end(), {Column::status, Column::callSign, Column::number, Column::place});
    const auto add = [&out](std::initializer_list<Column> more) { out.insert(out.end(), more); };
    if (!kind) {
        add({Column::capabilities});
    } else {
        switch (*kind) {
        case Kind::team: case Kind::expert: case Kind::volunteer: case Kind::gridMember: case Kind::station:
            add({Column::capabilities, Column::people});
            break;
        case Kind::vehicle:
            add({Column::weight, Column::height, Column::fording, Column::load, Column::seats});
            break;
        case Kind::warehouse:
            add({Column::lines, Column::expiry});
            break;
        case Kind::shelter:
            add({Column::room});
            break;
        case Kind::hospital:
            add({Column::beds});
            break;
        case Kind::mobileFacility:
            add({Column::capabilities, Column::room});
            break;
        case Kind::enterprise: case Kind::partner:
            add({Column::offers});
            break;
        }
    }
    out.push_back(Column::attention);
    return out;
}

} // namespace

ResourceTable::ResourceTable(const UiContext& ui, ResourcesDesk& desk, QObject* parent)
    : QAbstractTableModel(parent), m_ui(ui), m_desk(desk), m_columns(columnsOf({})) {}

QString ResourceTable::kindText(Kind kind) {
    return Words::resourceKind(kind);
}

bool ResourceTable::fits(const model::Resource& r) const {
    if (r.retired || (m_ask.kind && r.kind != *m_ask.kind) || (m_ask.status && r.status != *m_ask.status))
        return false;
    if (m_ask.only == Only::all)
        return true;
    const auto a = attentionOf(r, m_ui.desk.now(), m_desk.staleAfter(r.kind));
    switch (m_ask.only) {
    case Only::all:
        return true;
    case Only::attention:
        return a.any();
    case Only::shortStock:
        return a.shortStock;
    case Only::expiring:
        return a.expiring;
    case Only::checkDue:
        return a.checkDue;
    case Only::stale:
        return a.oldPosition || a.oldCount;
    case Only::statusOverdue:
        return a.statusOverdue;
    }
    return true;
}

void ResourceTable::show(Ask ask) {
    beginResetModel();
    m_ask = std::move(ask);
    m_columns = columnsOf(m_ask.kind);
    m_ids.clear();
    const auto& all = m_ui.desk.state().resources;
    if (m_ask.found) {
        for (const auto& id : *m_ask.found) {
            if (const auto it = all.find(id); it != all.end() && fits(it->second))
                m_ids.push_back(id);
        }
    } else {
        for (const auto& [id, resource] : all) {
            if (fits(resource))
                m_ids.push_back(id);
        }
    }
    order();
    endResetModel();
}

void ResourceTable::order() {
    if (m_sortColumn < 0 || m_sortColumn >= static_cast<int>(m_columns.size()))
        return;
    const auto column = m_columns[static_cast<std::size_t>(m_sortColumn)];
    QCollator collator{QLocale(m_ui.language)};
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    const auto& all = m_ui.desk.state().resources;
    std::vector<std::pair<QCollatorSortKey, model::ResourceId>> keys;
    keys.reserve(m_ids.size());
    for (const auto& id : m_ids)
        keys.emplace_back(collator.sortKey(text(all.at(id), column)), id);
    std::stable_sort(keys.begin(), keys.end(), [this](const auto& a, const auto& b) {
        return m_sortOrder == Qt::AscendingOrder ? a.first < b.first : b.first < a.first;
    });
    std::transform(keys.begin(), keys.end(), m_ids.begin(), [](const auto& key) { return key.second; });
}

void ResourceTable::sort(int column, Qt::SortOrder sortOrder) {
    beginResetModel();
    m_sortColumn = column;
    m_sortOrder = sortOrder;
    order();
    endResetModel();
}

void ResourceTable::take(const Changes& changes) {
    if (m_ids.empty())
        return;
    if (changes.all || changes.resources.size() > 50) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    for (const auto& id : changes.resources) {
        if (const int row = rowOf(id); row >= 0)
            emit dataChanged(index(row, 0), index(row, columnCount() - 1));
    }
}

void ResourceTable::retranslate() {
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (!m_ids.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int ResourceTable::rowOf(model::ResourceId id) const {
    const auto found = std::find(m_ids.begin(), m_ids.end(), id);
    return found == m_ids.end() ? -1 : static_cast<int>(found - m_ids.begin());
}

const model::Resource* ResourceTable::at(int row) const {
    if (row < 0 || row >= rowCount())
        return nullptr;
    const auto& all = m_ui.desk.state().resources;
    const auto it = all.find(m_ids[static_cast<std::size_t>(row)]);
    return it == all.end() ? nullptr : &it->second;
}

int ResourceTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

int ResourceTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QString ResourceTable::text(const model::Resource& r, Column column) const {
    const auto vehicle = r.vehicle.value_or(model::VehicleData{});
    switch (column) {
    case Column::name:
        return Words::local(r.name, m_ui.language);
    case Column::kind:
        return Words::resourceKind(r.kind);
    case Column::callSign:
        return Words::plain(r.callSign);
    case Column::number:
        return Words::plain(r.key);
    case Column::status:
        return ResourceWords::status(r, m_ui.desk.now(), m_ui.language);
    case Column::place:
        return Words::local(r.place, m_ui.language);
    case Column::capabilities:
        return ResourceWords::skills(r.capabilities);
    case Column::people:
        return r.people > 0 ? Words::number(r.people, 0) : QString();
    case Column::room:
        return r.capacity > 0 ? tr("%1 of %2 taken").arg(Words::number(r.occupied, 0), Words::number(r.capacity, 0)) : QString();
    case Column::beds: {
        int total = 0;
        int free = 0;
        for (const auto& beds : r.beds) {
            total += beds.total;
            free += beds.free;
        }
        return r.beds.empty() ? QString() : tr("%1 of %2 free").arg(Words::number(free, 0), Words::number(total, 0));
    }
    case Column::weight:
        return ResourceWords::number(vehicle.weightTonnes);
    case Column::height:
        return ResourceWords::number(vehicle.heightMetres);
    case Column::fording:
        return ResourceWords::number(vehicle.fordingMetres);
    case Column::load:
        return ResourceWords::number(vehicle.loadKilograms);
    case Column::seats:
        return ResourceWords::number(vehicle.seats);
    case Column::lines: {
        const auto levels = model::stockLevels(r, m_ui.desk.now());
        const auto few = std::count_if(levels.begin(), levels.end(), [](const auto& level) { return level.isShort(); });
        return few == 0 ? Words::number(static_cast<double>(r.stock.size()), 0)
                        : tr("%1, %2 short").arg(Words::number(static_cast<double>(r.stock.size()), 0), Words::number(static_cast<double>(few), 0));
    }
    case Column::expiry: {
        std::optional<base::Time> first;
        for (const auto& s : r.stock) {
            if (s.expiry && s.quantity > 0 && (!first || *s.expiry < *first))
                first = s.expiry;
        }
        return ResourceWords::day(first);
    }
    case Column::offers: {
        QStringList names;
        for (const auto& offer : r.offers)
            names << (offer.name.empty() ? Words::capability(offer.code) : Words::local(offer.name, m_ui.language));
        return names.join(QStringLiteral(" · "));
    }
    case Column::attention:
        return ResourceWords::attention(attentionOf(r, m_ui.desk.now(), m_desk.staleAfter(r.kind)));
    }
    return {};
}

QVariant ResourceTable::data(const QModelIndex& index, int role) const {
    const auto* r = at(index.row());
    if (r == nullptr || index.column() >= columnCount())
        return {};
    const auto column = m_columns[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(*r, column);
    case Qt::DecorationRole:
        return column == Column::name ? QVariant(Symbols::icon(Symbols::forResource(*r), m_ui.theme.colours().dim, 18)) : QVariant();
    case Qt::FontRole:
        return column == Column::attention || column == Column::name ? QVariant(m_ui.theme.font(Theme::Text::bodyBold)) : QVariant();
    default:
        return {};
    }
}

QVariant ResourceTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= columnCount())
        return {};
    switch (m_columns[static_cast<std::size_t>(section)]) {
    case Column::name: return tr("Name");
    case Column::kind: return tr("Kind");
    case Column::callSign: return tr("Call sign");
    case Column::number: return tr("Number");
    case Column::status: return tr("Status");
    case Column::place: return tr("Place");
    case Column::capabilities: return tr("Can do");
    case Column::people: return tr("People");
    case Column::room: return tr("Room");
    case Column::beds: return tr("Beds");
    case Column::weight: return tr("Weight, t");
    case Column::height: return tr("Height, m");
    case Column::fording: return tr("Fording, m");
    case Column::load: return tr("Load, kg");
    case Column::seats: return tr("Seats");
    case Column::lines: return tr("Lines");
    case Column::expiry: return tr("First expiry");
    case Column::offers: return tr("Offers");
    case Column::attention: return tr("Attention");
    }
    return {};
}

} // namespace tocsin::gui
