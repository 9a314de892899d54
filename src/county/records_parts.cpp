#include "county/records_parts.hpp"

#include "county/records_cells.hpp"
#include "county/text_fold.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::county {

using F = RecordField;
using model::Resource;

namespace {

constexpr double mostStock = 1e12;

template <typename Line>
void supplyOf(RowReader& row, Line& line, const RecordImportOptions& options) {
    const auto known = options.supplies.find(line.code);
    row.local(F::supplyName, F::supplyNameZh, line.name, 400);
    row.text(F::unit, line.unit, 64);
    if (known == options.supplies.end())
        return;
    if (line.name.empty())
        line.name = known->second.name;
    if (line.unit.empty())
        line.unit = known->second.unit;
}

} // namespace

void takeStock(RowReader& row, Resource& r, const RecordImportOptions& options) {
    model::Stock said;
    row.text(F::supply, said.code, 64);
    if (said.code.empty()) { // a table of names only
        std::string name = row.cell(F::supplyName);
        for (const auto& [code, word] : options.supplies) {
            if (!name.empty() && (fold(word.name.text) == fold(name) || fold(word.name.in("zh_CN")) == fold(name)))
                said.code = code;
        }
    }
    if (said.code.empty()) {
        row.wrong(F::supply, "a supply's code, or a name of the county's table of supplies");
        return;
    }
    row.text(F::batch, said.batch, 64);
    supplyOf(row, said, options);
    const auto line = std::find_if(r.stock.begin(), r.stock.end(), [&](const auto& other) {
        return other.code == said.code && other.batch == said.batch && (said.unit.empty() || other.unit == said.unit);
    });
    const bool fresh = line == r.stock.end();
    const auto place = line - r.stock.begin();
    if (fresh) {
        if (row.cell(F::quantity).empty())
            row.wrong(F::quantity, "how much there is");
        if (said.unit.empty())
            row.wrong(F::unit, "in which unit");
        if (const auto known = options.supplies.find(said.code); known != options.supplies.end()) {
            said.kilograms = known->second.kilograms;
            said.cubicMetres = known->second.cubicMetres;
        }
        r.stock.push_back(said);
    }
    auto& into = r.stock[static_cast<std::size_t>(place)];
    row.local(F::supplyName, F::supplyNameZh, into.name, 400);
    row.number(F::quantity, into.quantity, 0, mostStock);
    if (into.quantity < into.reserved)
        row.wrong(F::quantity, "no less than the " + numberText(into.reserved) + " that are reserved");
    row.number(F::minimum, into.minimum, 0, mostStock);
    row.moment(F::expiry, into.expiry);
    row.number(F::kilograms, into.kilograms, 0, 1e7);
    row.number(F::cubicMetres, into.cubicMetres, 0, 1e6);
    if (r.stock.size() > 2'000)
        row.wrong(F::none, "at most 2000 lines of stock for one record");
}

void takeCrew(RowReader& row, Resource& r, const RecordImportOptions& options) {
    std::string name;
    row.text(F::member, name, 400);
    if (name.empty()) {
        row.wrong(F::member, "a name");
        return;
    }
    auto found = std::find_if(r.crew.begin(), r.crew.end(), [&](const auto& member) { return member.name == name; });
    if (found == r.crew.end()) {
        r.crew.push_back({});
        found = std::prev(r.crew.end());
        found->name = name;
    }
    row.text(F::role, found->role, 400);
    row.text(F::phone, found->phone, 400);
    row.text(F::shift, found->shift, 400);
    row.take(F::skills, found->skills, [&](const auto& text) { return capabilitiesCell(text, options.capabilities); });
    if (r.crew.size() > 2'000)
        row.wrong(F::none, "at most 2000 crew members for one record");
}

void takeDuty(RowReader& row, Resource& r) {
    model::DutyTurn turn;
    std::optional<base::Time> from;
    std::optional<base::Time> until;
    row.moment(F::from, from);
    row.moment(F::until, until);
    row.text(F::member, turn.person, 400);
    if (turn.person.empty())
        row.wrong(F::member, "a name");
    if (!from && row.good())
        row.wrong(F::from, "when it begins");
    if (!until && row.good())
        row.wrong(F::until, "when it ends");
    if (from && until && *until <= *from)
        row.wrong(F::until, "a moment after the beginning");
    if (!row.good())
        return;
    const auto found = std::find_if(r.duty.begin(), r.duty.end(),
                                    [&](const auto& other) { return other.from == *from && other.person == turn.person; });
    if (found == r.duty.end()) {
        turn.from = *from;
        const auto after = std::find_if(r.duty.begin(), r.duty.end(), [&](const auto& other) { return other.from > *from; });
        r.duty.insert(after, turn);
    }
    auto& into = *std::find_if(r.duty.begin(), r.duty.end(),
                               [&](const auto& other) { return other.from == *from && other.person == turn.person; });
    into.until = *until;
    row.text(F::phone, into.phone, 400);
    row.text(F::role, into.role, 400);
}

void takeOffer(RowReader& row, Resource& r, const RecordImportOptions& options) {
    model::Offer said;
    row.text(F::supply, said.code, 64);
    if (said.code.empty()) {
        row.wrong(F::supply, "a supply's or a capability's code");
        return;
    }
    const auto unit = row.cell(F::unit);
    auto found = std::find_if(r.offers.begin(), r.offers.end(), [&](const auto& other) {
        return other.code == said.code && (unit.empty() || other.unit == unit);
    });
    if (found == r.offers.end()) {
        supplyOf(row, said, options);
        r.offers.push_back(said);
        found = std::prev(r.offers.end());
    }
    row.local(F::supplyName, F::supplyNameZh, found->name, 400);
    row.text(F::unit, found->unit, 64);
    row.number(F::quantity, found->quantity, 0, mostStock);
    row.number(F::perDay, found->perDay, 0, mostStock);
    double hours = found->lead.value / 3600;
    row.number(F::leadHours, hours, 0, 366 * 24);
    if (std::abs(hours * 3600 - found->lead.value) > 1e-3)
        found->lead = base::Seconds(hours * 3600);
}

} // namespace tocsin::county
