#include "desk/handlers.hpp"
#include "desk/record_checks.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

// Stock in and out, each with a document.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

const char* wordOf(StockAct act) {
    switch (act) {
    case StockAct::receipt:
        return "receipt";
    case StockAct::issue:
        return "issue";
    case StockAct::transfer:
        return "transfer";
    case StockAct::count:
        return "count";
    case StockAct::writeOff:
        return "writeOff";
    }
    return "";
}

std::string amount(double value) {
    char out[40];
    std::snprintf(out, sizeof out, "%.6g", value);
    return out;
}

/// The line that is meant; with no unit given, the only one of that code and batch.
base::Result<model::Stock*> lineFor(model::Resource& resource, const MoveStock& c) {
    model::Stock* found = nullptr;
    for (auto& line : resource.stock) {
        if (line.code != c.code || line.batch != c.batch || (!c.unit.empty() && line.unit != c.unit))
            continue;
        if (found != nullptr)
            return fail(Code::refused, resource.name.text + " has " + c.code + " in several units: say which");
        found = &line;
    }
    return found;
}

int yearOf(base::Time time) {
    return static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(time)}.year());
}

/// The running number of this year's next document. All movements have the subject "stock", so the newest is found at once.
base::Result<int> nextSerial(const store::Store& store, base::Time now) {
    auto newest = store.about("stock", 1);
    if (!newest)
        return tl::unexpected(newest.error());
    if (newest->empty() || !newest->front().data.contains("document"))
        return 1;
    const auto& document = newest->front().data["document"];
    return document.value("year", 0) == yearOf(now) ? document.value("serial", 0) + 1 : 1;
}

} // namespace

base::Result<Effect> Handlers::operator()(const MoveStock& c) {
    const auto known = m_state.resources.find(c.resource);
    if (known == m_state.resources.end())
        return fail(Code::notFound, "there is no such resource");
    auto from = known->second;
    if (from.retired)
        return fail(Code::conflict, from.name.text + " is retired");
    const std::tuple<const std::string*, const char*, std::size_t, bool> texts[] = {
        {&c.code, "the supply's code", 64, false}, {&c.name.text, "the supply's name", 400, true}, {&c.unit, "the unit", 64, true},
        {&c.batch, "the batch", 64, true},         {&c.document, "the document's number", 64, true},
        {&c.reason, "the reason", 1'000, c.act != StockAct::writeOff}};
    for (const auto& [text, what, most, mayBeEmpty] : texts) {
        if (auto ok = checkText(*text, what, most, mayBeEmpty); !ok)
            return tl::unexpected(ok.error());
    }
    if (!std::isfinite(c.quantity) || c.quantity < 0 || c.quantity > mostStock)
        return fail(Code::outOfRange, "a quantity is a number from 0 to " + amount(mostStock));
    const double quantity = rounded(c.quantity);
    if (quantity == 0 && c.act != StockAct::count)
        return fail(Code::outOfRange, "a quantity of 0 moves nothing");
    if (auto ok = checkMoment(c.expiry, "the expiry"); !ok)
        return tl::unexpected(ok.error());
    if (c.incident && !m_state.incidents.contains(*c.incident))
        return fail(Code::notFound, "there is no such incident");
    auto there = lineFor(from, c);
    if (!there)
        return tl::unexpected(there.error());
    auto* line = *there;
    const bool brings = c.act == StockAct::receipt || c.act == StockAct::count;
    if (line == nullptr && !brings)
        return fail(Code::notFound, from.name.text + " has no " + c.code + (c.batch.empty() ? "" : " of batch " + c.batch));
    if (c.act == StockAct::receipt && c.expiry && *c.expiry <= m_now)
        return fail(Code::refused, "what has expired is not taken in");
    if (line == nullptr) {
        if (c.name.empty() || c.unit.empty())
            return fail(Code::refused, c.code + " is new in " + from.name.text + ": it needs a name and a unit");
        model::Stock fresh;
        fresh.code = c.code;
        fresh.name = c.name;
        fresh.unit = c.unit;
        fresh.batch = c.batch;
        fresh.expiry = c.expiry;
        from.stock.push_back(std::move(fresh));
        line = &from.stock.back();
    } else if (brings && c.expiry && line->expiry != c.expiry) {
        if (line->expiry && line->quantity > 0)
            return fail(Code::conflict, c.code + " in " + from.name.text + " has another expiry: give this one a batch of its own");
        line->expiry = c.expiry;
    }
    const double free = rounded(line->quantity - line->reserved);
    std::optional<model::Resource> to;
    const double before = line->quantity;
    switch (c.act) {
    case StockAct::receipt:
        if (line->quantity + quantity > mostStock)
            return fail(Code::outOfRange, "more than " + amount(mostStock) + " of one supply is not believable");
        line->quantity = rounded(line->quantity + quantity);
        break;
    case StockAct::count:
        if (quantity < line->reserved)
            return fail(Code::conflict, amount(line->reserved) + " " + line->unit + " are reserved: release them before less is counted");
        line->quantity = quantity;
        from.countedAt = m_now;
        break;
    case StockAct::issue:
    case StockAct::transfer:
        if (line->expiry && *line->expiry <= m_now)
            return fail(Code::refused, "this " + c.code + " has expired: write it off");
        [[fallthrough]];
    case StockAct::writeOff:
        if (quantity > free)
            return fail(Code::conflict, "only " + amount(free) + " " + line->unit + " of " + c.code + " are free in " + from.name.text +
                                            (line->reserved > 0 ? " (" + amount(line->reserved) + " are reserved)" : ""));
        line->quantity = rounded(line->quantity - quantity);
        break;
    }
    if (c.act == StockAct::transfer) {
        if (!c.to || *c.to == c.resource)
            return fail(Code::refused, "a transfer goes to another resource");
        const auto target = m_state.resources.find(*c.to);
        if (target == m_state.resources.end())
            return fail(Code::notFound, "there is no such resource to take it");
        to = target->second;
        if (to->retired)
            return fail(Code::conflict, to->name.text + " is retired");
        const auto same = std::find_if(to->stock.begin(), to->stock.end(), [&](const auto& other) {
            return other.code == line->code && other.unit == line->unit && other.batch == line->batch;
        });
        if (same == to->stock.end()) {
            auto arriving = *line;
            arriving.quantity = quantity;
            arriving.reserved = 0;
            arriving.minimum = 0;
            to->stock.push_back(std::move(arriving));
        } else {
            if (same->expiry != line->expiry && same->quantity > 0)
                return fail(Code::conflict, c.code + " in " + to->name.text + " has another expiry: the two are kept apart by batch");
            if (same->quantity + quantity > mostStock)
                return fail(Code::outOfRange, "more than " + amount(mostStock) + " of one supply is not believable");
            same->expiry = line->expiry;
            same->quantity = rounded(same->quantity + quantity);
        }
    }
    auto serial = nextSerial(m_store, m_now);
    if (!serial)
        return tl::unexpected(serial.error());
    char number[24];
    std::snprintf(number, sizeof number, "S%04d-%04d", yearOf(m_now), *serial);
    nlohmann::json document{{"number", c.document.empty() ? std::string(number) : c.document},
                            {"year", yearOf(m_now)},
                            {"serial", *serial},
                            {"act", wordOf(c.act)},
                            {"code", line->code},
                            {"name", line->name},
                            {"quantity", quantity},
                            {"unit", line->unit},
                            {"before", before},
                            {"by", m_actor}};
    if (!c.batch.empty())
        document["batch"] = c.batch;
    if (!c.reason.empty())
        document["reason"] = c.reason;
    if (c.incident)
        document["incident"] = *c.incident;
    const bool out = c.act == StockAct::issue || c.act == StockAct::transfer || c.act == StockAct::writeOff;
    document[out ? "from" : "to"] = from.id;
    if (to)
        document["to"] = to->id;
    Effect effect;
    effect.ids = {document["number"].get<std::string>()};
    Event event{"stock.moved", "stock", nlohmann::json::object()};
    model::addChange(event.data, from);
    if (to)
        model::addChange(event.data, *to);
    event.data["document"] = std::move(document);
    effect.events.push_back(std::move(event));
    return effect;
}

} // namespace tocsin::desk
