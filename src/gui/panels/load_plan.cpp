#include "gui/panels/load_plan.hpp"

#include "gui/panels/plan_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {

constexpr double mostQuantity = 1e9; ///< that the desk takes
constexpr double smallest = 1e-6;

bool meets(const model::Need& need, const model::LoadItem& item) {
    return need.kind == model::NeedKind::supply && need.supply == item.code && (need.unit.empty() || need.unit == item.unit);
}

bool sameThing(const model::LoadItem& a, const model::LoadItem& b) {
    return a.from == b.from && a.code == b.code && a.unit == b.unit;
}

double positive(double value) {
    return std::isfinite(value) && value > 0 ? value : 0;
}

/// As it is typed again: without the groups of digits that reading would refuse.
QString plainNumber(double value) {
    return QLocale::c().toString(value, 'f', QLocale::FloatingPointShortest);
}

} // namespace

LoadPlan::LoadPlan(const model::State& state, const QString& language, model::ResourceId vehicle,
                   std::vector<dispatch::NeedAnswer> needs, std::vector<model::LoadItem> load, std::vector<model::LoadItem> others,
                   std::vector<model::ResourceId> stores, base::Time now)
    : m_state(state), m_language(language), m_vehicle(vehicle), m_needs(std::move(needs)), m_others(std::move(others)),
      m_stores(std::move(stores)), m_now(now) {
    std::erase_if(m_needs, [](const auto& need) { return need.need.kind != model::NeedKind::supply; });
    for (const auto& [id, resource] : m_state.resources) {
        if (model::isStore(resource) || (id == m_vehicle && !resource.retired))
            gather(resource);
    }
    for (const auto& item : load) {
        auto row = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& one) { return sameThing(one.item, item); });
        if (row == m_rows.end()) { // gone from the store since: it stands there to be seen
            m_rows.push_back({item, 0, 0, 0, false, {}, {}});
            row = m_rows.end() - 1;
            row->item.quantity = 0;
        }
        row->item.quantity += item.quantity;
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const Row& a, const Row& b) {
        const auto rank = [](const Row& row) { return row.item.quantity > 0 ? 0 : row.wanted ? 1 : 2; };
        return rank(a) < rank(b);
    });
    for (Row& row : m_rows)
        read(row, plainNumber(row.item.quantity));
    follow();
}

/// What a store has free, all batches of a thing together.
void LoadPlan::gather(const model::Resource& store) {
    const std::size_t first = m_rows.size();
    for (const auto& stock : store.stock) {
        const double free = stock.quantity - stock.reserved;
        if (!std::isfinite(free) || free <= 0 || (stock.expiry && *stock.expiry <= m_now))
            continue;
        model::LoadItem item{store.id, stock.code, stock.name, 0, stock.unit};
        auto row = std::find_if(m_rows.begin() + static_cast<std::ptrdiff_t>(first), m_rows.end(),
                                [&](const Row& one) { return sameThing(one.item, item); });
        if (row == m_rows.end()) {
            m_rows.push_back({std::move(item), 0, 0, 0, false, {}, {}});
            row = m_rows.end() - 1;
        }
        row->free += free;
        row->kilograms = std::max(row->kilograms, positive(stock.kilograms));
        row->cubicMetres = std::max(row->cubicMetres, positive(stock.cubicMetres));
        row->wanted = std::any_of(m_needs.begin(), m_needs.end(), [&](const auto& need) { return meets(need.need, row->item); });
    }
    for (std::size_t i = first; i < m_rows.size(); ++i) {
        for (const auto& other : m_others) {
            if (sameThing(other, m_rows[i].item))
                m_rows[i].free = std::max(0.0, m_rows[i].free - other.quantity);
        }
    }
}

std::vector<std::size_t> LoadPlan::shown(const QString& words) const {
    constexpr std::size_t most = 200;
    const QStringList wanted = words.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        bool show = row.wanted || row.item.quantity > 0 || !row.fault.isEmpty();
        if (!show && !wanted.isEmpty() && out.size() < most) {
            QString text = Words::plain(row.item.name.text) + QLatin1Char(' ') + Words::plain(row.item.code) + QLatin1Char(' ') + nameOf(row.item.from);
            for (const auto& [language, name] : row.item.name.translations)
                text += QLatin1Char(' ') + Words::plain(name);
            show = std::all_of(wanted.begin(), wanted.end(), [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
        }
        if (show)
            out.push_back(i);
    }
    return out;
}

QString LoadPlan::plainDigits(const QString& text) {
    return text.normalized(QString::NormalizationForm_KC).trimmed().replace(QChar(0x2212), QLatin1Char('-'));
}

double LoadPlan::quantityFrom(const QString& text, QString& fault) {
    const QString plain = plainDigits(text);
    fault.clear();
    if (plain.isEmpty())
        fault = tr("type a quantity; 0 takes it off");
    else if (plain.contains(QLatin1Char(',')))
        fault = tr("“%1”: no comma, please; a decimal point is a dot").arg(text.trimmed().left(40));
    bool number = false;
    const double value = fault.isEmpty() ? QLocale::c().toDouble(plain, &number) : 0;
    if (!fault.isEmpty())
        return 0;
    if (!number && !std::isinf(value)) // beyond what a number can be is said below
        fault = tr("“%1” is no number").arg(text.trimmed().left(40));
    else if (std::isnan(value))
        fault = tr("“%1” is no number").arg(text.trimmed().left(40));
    else if (value < 0)
        fault = tr("a load cannot be less than 0");
    else if (value > mostQuantity)
        fault = tr("that is too much: at most %1").arg(Words::number(mostQuantity, 0));
    else if (value > 0 && value < smallest)
        fault = tr("that is too little to load; 0 takes it off");
    return fault.isEmpty() ? value : 0;
}

void LoadPlan::type(std::size_t at, const QString& text) {
    if (at >= m_rows.size())
        return;
    read(m_rows[at], text);
    follow();
}

void LoadPlan::read(Row& row, const QString& text) const {
    row.text = text;
    row.item.quantity = quantityFrom(text, row.fault);
    if (row.fault.isEmpty() && row.item.quantity > row.free + smallest)
        row.fault = tr("%1 has %2 %3 free, not %4", "store, quantity, unit, quantity")
                        .arg(nameOf(row.item.from), Words::number(row.free), Words::unit(row.item.unit), Words::number(row.item.quantity));
}

void LoadPlan::follow() {
    std::vector<model::ResourceId> loading;
    for (const Row& row : m_rows) {
        if (row.item.quantity > 0 && row.item.from != m_vehicle && std::find(loading.begin(), loading.end(), row.item.from) == loading.end())
            loading.push_back(row.item.from);
    }
    std::erase_if(m_stores, [&](const auto& id) { return std::find(loading.begin(), loading.end(), id) == loading.end(); });
    for (const auto& id : loading) {
        if (std::find(m_stores.begin(), m_stores.end(), id) == m_stores.end())
            m_stores.push_back(id);
    }
}

void LoadPlan::moveStore(std::size_t from, int by) {
    const auto to = static_cast<std::ptrdiff_t>(from) + by;
    if (from < m_stores.size() && to >= 0 && to < static_cast<std::ptrdiff_t>(m_stores.size()))
        std::swap(m_stores[from], m_stores[static_cast<std::size_t>(to)]);
}

std::vector<model::LoadItem> LoadPlan::load() const {
    std::vector<model::LoadItem> out;
    const auto take = [&](model::ResourceId from) {
        for (const Row& row : m_rows) {
            if (row.item.from == from && row.item.quantity > 0)
                out.push_back(row.item);
        }
    };
    take(m_vehicle);
    for (const auto& store : m_stores)
        take(store);
    return out;
}

QString LoadPlan::fault() const {
    for (const Row& row : m_rows) {
        if (!row.fault.isEmpty())
            return tr("%1: %2", "supply, what is wrong").arg(Words::local(row.item.name, m_language), row.fault);
    }
    const auto [kilograms, cubicMetres, payload, room, any] = sums();
    if (!any)
        return tr("It would bring nothing. Delete takes it out of the plan.");
    if (payload > 0 && kilograms > payload * (1 + 1e-9))
        return tr("%1 carries %2 kg, not %3 kg").arg(nameOf(m_vehicle), Words::number(payload, 0), Words::number(kilograms, 0));
    if (room > 0 && cubicMetres > room * (1 + 1e-9))
        return tr("%1 has room for %2 m³, not %3 m³").arg(nameOf(m_vehicle), Words::number(room), Words::number(cubicMetres));
    return {};
}

LoadPlan::Sums LoadPlan::sums() const {
    Sums out;
    for (const Row& row : m_rows) {
        out.any = out.any || row.item.quantity > 0;
        out.kilograms += row.item.quantity * row.kilograms;
        out.cubicMetres += row.item.quantity * row.cubicMetres;
    }
    if (const model::Resource* one = vehicle(); one != nullptr && one->vehicle) {
        out.payload = positive(one->vehicle->loadKilograms);
        out.room = positive(one->vehicle->loadCubicMetres);
    }
    return out;
}

QString LoadPlan::carried() const {
    const auto [kilograms, cubicMetres, payload, room, any] = sums();
    QStringList unknown;
    for (const Row& row : m_rows) {
        if (row.item.quantity > 0 && row.kilograms <= 0)
            unknown << Words::local(row.item.name, m_language);
    }
    unknown.removeDuplicates();
    QStringList parts;
    parts << (payload > 0 ? tr("%1 of %2 kg, %3 kg left")
                                .arg(Words::number(kilograms, 0), Words::number(payload, 0), Words::number(std::max(0.0, payload - kilograms), 0))
                          : tr("%1 kg; what it may carry is not known").arg(Words::number(kilograms, 0)));
    if (room > 0)
        parts << tr("%1 of %2 m³, %3 m³ left").arg(Words::number(cubicMetres), Words::number(room), Words::number(std::max(0.0, room - cubicMetres)));
    if (!unknown.isEmpty())
        parts << tr("the weight of %1 is not known").arg(unknown.join(tr(", ")));
    return parts.join(QStringLiteral(" · "));
}

double LoadPlan::broughtOf(const model::Need& need) const {
    double brought = 0;
    for (const auto& other : m_others)
        brought += meets(need, other) ? other.quantity : 0;
    for (const Row& row : m_rows)
        brought += meets(need, row.item) ? row.item.quantity : 0;
    return brought;
}

QString LoadPlan::met() const {
    const PlanWords words(m_state, m_language);
    QStringList lines;
    for (const auto& need : m_needs) {
        const double brought = broughtOf(need.need);
        const double missing = need.open - brought;
        const QString so = tr("%1: %2 of %3", "supply, quantity brought, quantity needed with its unit")
                               .arg(words.what(need.need), Words::number(brought), words.amount(need.need, need.open));
        lines << (missing > smallest ? tr("%1, %2 missing").arg(so, Words::number(missing))
                                     : missing < -smallest ? tr("%1, %2 more than is needed").arg(so, Words::number(-missing)) : so);
    }
    return lines.join(QLatin1Char('\n'));
}

void LoadPlan::suggest() {
    auto [kilograms, cubicMetres, payload, room, any] = sums();
    const bool weighs = payload > 0;
    const bool fills = room > 0;
    for (const auto& need : m_needs) {
        double missing = need.open - broughtOf(need.need);
        for (std::size_t i = 0; i < m_rows.size() && missing > smallest; ++i) {
            const Row& row = m_rows[i];
            if (!meets(need.need, row.item) || row.item.quantity > 0)
                continue;
            double most = std::min(missing, row.free);
            if (weighs && row.kilograms > 0)
                most = std::min(most, payload / row.kilograms);
            if (fills && row.cubicMetres > 0)
                most = std::min(most, room / row.cubicMetres);
            most = std::floor(most + 1e-9); // whole units: what is left of one is a person's to say
            if (most < 1)
                continue;
            payload -= most * row.kilograms;
            room -= most * row.cubicMetres;
            missing -= most;
            type(i, plainNumber(most));
        }
    }
}

const model::Resource* LoadPlan::vehicle() const {
    const auto found = m_state.resources.find(m_vehicle);
    return found == m_state.resources.end() ? nullptr : &found->second;
}

QString LoadPlan::nameOf(model::ResourceId id) const {
    return PlanWords(m_state, m_language).name(id);
}

} // namespace tocsin::gui
