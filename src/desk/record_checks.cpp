#include "desk/record_checks.hpp"

#include "desk/handlers.hpp"
#include "tocsin/base/clip.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostItems = 2'000; ///< stock lines, crew and the like of one record
constexpr std::size_t shortText = 400;
constexpr std::size_t longText = 8'000;

std::string called(const model::Resource& resource) {
    return base::clipped(resource.name.text, 100);
}

base::Result<void> checkSkills(const std::vector<model::Capability>& skills, const std::string& whose) {
    if (skills.size() > 200)
        return fail(Code::tooLarge, whose + " has more than 200 capabilities");
    std::set<std::string> seen;
    for (const auto& skill : skills) {
        if (auto ok = checkText(skill.code, "a capability of " + whose, 64); !ok)
            return ok;
        if (skill.level < 1 || skill.level > 3)
            return fail(Code::outOfRange, "capability " + skill.code + " of " + whose + " has no level 1 to 3");
        if (!seen.insert(skill.code).second)
            return fail(Code::conflict, whose + " has the capability " + skill.code + " twice");
    }
    return {};
}

base::Result<void> checkStock(const model::Resource& r) {
    std::set<std::tuple<std::string, std::string, std::string>> lines;
    for (const auto& line : r.stock) {
        const std::string what = "stock " + base::clipped(line.code, 64) + " of " + called(r);
        if (auto ok = checkText(line.code, "a supply's code in " + called(r), 64); !ok)
            return ok;
        if (auto ok = checkLocal(line.name, "the name of " + what, true); !ok)
            return ok;
        if (auto ok = checkText(line.unit, "the unit of " + what, 64, true); !ok)
            return ok;
        if (auto ok = checkText(line.batch, "the batch of " + what, 64, true); !ok)
            return ok;
        const std::tuple<double, const char*, double> numbers[] = {{line.quantity, "the quantity of ", mostStock},
                                                                  {line.reserved, "what is reserved of ", mostStock},
                                                                  {line.minimum, "the minimum of ", mostStock},
                                                                  {line.kilograms, "the weight of ", 1e7},
                                                                  {line.cubicMetres, "the volume of ", 1e6}};
        for (const auto& [value, name, most] : numbers) {
            if (auto ok = checkNumber(value, name + what, 0, most); !ok)
                return ok;
        }
        if (auto ok = checkMoment(line.expiry, "the expiry of " + what); !ok)
            return ok;
        if (!lines.emplace(line.code, line.unit, line.batch).second)
            return fail(Code::conflict, what + " stands there twice: one line for each code, unit and batch");
    }
    return {};
}

base::Result<void> checkPeople(const model::Resource& r) {
    for (const auto& member : r.crew) {
        const std::string whose = base::clipped(member.name, 100) + " of " + called(r);
        if (auto ok = checkText(member.name, "a crew member's name of " + called(r), shortText); !ok)
            return ok;
        for (const auto* text : {&member.role, &member.phone, &member.shift}) {
            if (auto ok = checkText(*text, "role, phone or shift of " + whose, shortText, true); !ok)
                return ok;
        }
        if (auto ok = checkSkills(member.skills, whose); !ok)
            return ok;
    }
    for (const auto& turn : r.duty) {
        const std::string whose = "a duty turn of " + called(r);
        if (auto ok = checkText(turn.person, "the person of " + whose, shortText); !ok)
            return ok;
        for (const auto* text : {&turn.phone, &turn.role}) {
            if (auto ok = checkText(*text, "phone or role of " + whose, shortText, true); !ok)
                return ok;
        }
        if (auto ok = checkMoment(turn.from, whose); !ok)
            return ok;
        if (auto ok = checkMoment(turn.until, whose); !ok)
            return ok;
        if (turn.until <= turn.from)
            return fail(Code::outOfRange, whose + " ends before it begins");
    }
    return {};
}

base::Result<void> checkPlaces(const model::Resource& r) {
    std::set<std::string> kinds;
    for (const auto& beds : r.beds) {
        if (auto ok = checkText(beds.kind, "a kind of beds of " + called(r), 64); !ok)
            return ok;
        if (beds.total < 0 || beds.free < 0 || beds.total > mostPlaces)
            return fail(Code::outOfRange, "the beds of " + called(r) + " are below 0 or above ten million");
        if (beds.free > beds.total)
            return fail(Code::outOfRange, "more " + beds.kind + " beds of " + called(r) + " are free than there are");
        if (!kinds.insert(beds.kind).second)
            return fail(Code::conflict, "beds of the kind " + beds.kind + " stand twice in " + called(r));
    }
    std::set<std::string> services;
    for (const auto& service : r.services) {
        if (auto ok = checkText(service, "a service of " + called(r), 64); !ok)
            return ok;
        if (!services.insert(service).second)
            return fail(Code::conflict, called(r) + " has the service " + service + " twice");
    }
    for (const auto& offer : r.offers) {
        const std::string what = "the offer " + base::clipped(offer.code, 64) + " of " + called(r);
        if (auto ok = checkText(offer.code, "the code of an offer of " + called(r), 64); !ok)
            return ok;
        if (auto ok = checkLocal(offer.name, "the name of " + what, true); !ok)
            return ok;
        if (auto ok = checkText(offer.unit, "the unit of " + what, 64, true); !ok)
            return ok;
        if (auto ok = checkNumber(offer.quantity, "the quantity of " + what, 0, mostStock); !ok)
            return ok;
        if (auto ok = checkNumber(offer.perDay, "what each day brings of " + what, 0, mostStock); !ok)
            return ok;
        if (auto ok = checkNumber(offer.lead.value, "the lead time of " + what, 0, 366.0 * 86'400); !ok)
            return ok;
    }
    const std::tuple<int, const char*> counts[] = {{r.people, "people"}, {r.capacity, "places"}, {r.occupied, "occupied places"}};
    for (const auto& [count, what] : counts) {
        if (count < 0 || count > mostPlaces)
            return fail(Code::outOfRange, "the number of " + std::string(what) + " of " + called(r) + " is below 0 or above ten million");
    }
    return {};
}

base::Result<void> checkVehicle(const model::Resource& r) {
    if (auto ok = checkNumber(r.speedFactor, "the speed factor of " + called(r), 0, 10); !ok)
        return ok;
    if (auto ok = checkNumber(r.crewHours, "the crew's hours of " + called(r), 0, 24); !ok)
        return ok;
    if (!r.vehicle)
        return {};
    const auto& v = *r.vehicle;
    if (auto ok = checkText(v.speedClass, "the speed class of " + called(r), 64, true); !ok)
        return ok;
    const std::tuple<double, const char*, double> numbers[] = {
        {v.weightTonnes, "the weight of ", 1'000},   {v.heightMetres, "the height of ", 50},   {v.widthMetres, "the width of ", 50},
        {v.fordingMetres, "the fording depth of ", 50}, {v.loadKilograms, "the load of ", 1e7}, {v.loadCubicMetres, "the room of ", 1e6}};
    for (const auto& [value, name, most] : numbers) {
        if (auto ok = checkNumber(value, name + called(r), 0, most); !ok)
            return ok;
    }
    if (v.seats < 0 || v.seats > 10'000)
        return fail(Code::outOfRange, "the seats of " + called(r) + " are below 0 or above 10,000");
    return {};
}

/// The record with what the editor may change only.
model::Resource editable(model::Resource r) {
    r.status = model::ResourceStatus::available;
    r.statusSince.reset();
    r.statusUntil.reset();
    r.statusReason.clear();
    r.claimedBy.clear();
    r.claimedUntil.reset();
    r.retired = false;
    r.occupied = 0;
    r.countedAt.reset();
    r.checkedAt.reset();
    r.position = {};
    r.positionTime = {};
    for (auto& line : r.stock) {
        line.quantity = 0;
        line.reserved = 0;
    }
    for (auto& beds : r.beds)
        beds.free = 0;
    return r;
}

const model::Stock* lineOf(const model::Resource& r, const model::Stock& like) {
    const auto found = std::find_if(r.stock.begin(), r.stock.end(), [&](const auto& line) {
        return line.code == like.code && line.unit == like.unit && line.batch == like.batch;
    });
    return found == r.stock.end() ? nullptr : std::addressof(*found);
}

const model::Beds* bedsOf(const model::Resource& r, const std::string& kind) {
    const auto found = std::find_if(r.beds.begin(), r.beds.end(), [&](const auto& beds) { return beds.kind == kind; });
    return found == r.beds.end() ? nullptr : std::addressof(*found);
}

/// The first thing in which two records differ, in the words of the form.
std::string difference(const model::Resource& a, const model::Resource& b) {
    if (a.kind != b.kind) return "kind";
    if (a.name != b.name) return "name";
    if (a.callSign != b.callSign) return "call sign";
    if (a.key != b.key) return "inventory number";
    if (a.code != b.code) return "code";
    if (a.owner != b.owner) return "owner";
    if (a.personInCharge != b.personInCharge || a.phone != b.phone) return "person in charge";
    if (a.capabilities != b.capabilities) return "capabilities";
    if (a.crew != b.crew) return "crew";
    if (a.duty != b.duty) return "duty";
    if (a.stock != b.stock) return "stock";
    if (a.beds != b.beds) return "beds";
    if (a.offers != b.offers) return "offers";
    if (a.vehicle != b.vehicle) return "vehicle";
    if (a.capacity != b.capacity) return "places";
    if (a.place != b.place || a.home != b.home) return "place";
    if (a.checkDue != b.checkDue || a.maintenanceDue != b.maintenanceDue) return "checks";
    return a.remarks != b.remarks ? "remarks" : "record";
}

} // namespace

base::Result<void> checkLocal(const base::LocalText& text, const std::string& what, bool mayBeEmpty) {
    if (auto ok = checkText(text.text, what, shortText, mayBeEmpty); !ok)
        return ok;
    if (text.translations.size() > 20)
        return fail(Code::tooLarge, what + " has more than 20 translations");
    for (const auto& [language, words] : text.translations) {
        if (language == "text")
            return fail(Code::malformed, what + " has a translation into no language");
        if (auto ok = checkText(language, what + "'s language", 20); !ok)
            return ok;
        if (auto ok = checkText(words, what, shortText, true); !ok)
            return ok;
    }
    return {};
}

base::Result<void> checkNumber(double value, const std::string& what, double lowest, double highest) {
    if (!std::isfinite(value))
        return fail(Code::outOfRange, what + " is not a number");
    if (value < lowest)
        return fail(Code::outOfRange, what + " is " + (lowest == 0 ? "below 0" : "too small"));
    if (value > highest)
        return fail(Code::outOfRange, what + " is more than is believable");
    return {};
}

double rounded(double quantity) {
    return std::round(quantity * 1e6) / 1e6;
}

base::Result<void> checkMoment(const std::optional<base::Time>& time, const std::string& what) {
    using namespace std::chrono;
    static const base::Time first{sys_days{year{1900} / 1 / 1}};
    static const base::Time last{sys_days{year{2200} / 1 / 1}};
    if (time && (*time < first || *time >= last))
        return fail(Code::outOfRange, what + " is not a moment from 1900 to 2199");
    return {};
}

base::Result<void> checkRecord(const model::Resource& r) {
    if (auto ok = checkLocal(r.name, "a resource's name", false); !ok)
        return ok;
    const std::tuple<const std::string*, const char*, std::size_t> texts[] = {
        {&r.callSign, "the call sign of ", 100},   {&r.key, "the inventory number of ", 100},
        {&r.code, "the code of ", 64},             {&r.division, "the division of ", 64},
        {&r.personInCharge, "the person in charge of ", shortText}, {&r.phone, "the phone of ", shortText},
        {&r.remarks, "the remarks on ", longText}, {&r.origin, "the origin of ", shortText},
        {&r.statusReason, "the status reason of ", shortText}};
    for (const auto& [text, what, most] : texts) {
        if (auto ok = checkText(*text, what + called(r), most, true); !ok)
            return ok;
    }
    for (const auto* local : {&r.owner, &r.place}) {
        if (auto ok = checkLocal(*local, (local == &r.owner ? "the owner of " : "the place of ") + called(r), true); !ok)
            return ok;
    }
    for (const auto size : {r.crew.size(), r.duty.size(), r.stock.size(), r.beds.size(), r.services.size(), r.offers.size()}) {
        if (size > mostItems)
            return fail(Code::tooLarge, called(r) + " has a list of more than " + std::to_string(mostItems) + " items");
    }
    if (auto ok = checkSkills(r.capabilities, called(r)); !ok)
        return ok;
    if (auto ok = checkStock(r); !ok)
        return ok;
    if (auto ok = checkPeople(r); !ok)
        return ok;
    if (auto ok = checkPlaces(r); !ok)
        return ok;
    if (auto ok = checkVehicle(r); !ok)
        return ok;
    const std::tuple<std::optional<base::Time>, const char*> moments[] = {
        {r.countedAt, "the count of "}, {r.statusSince, "the status of "}, {r.statusUntil, "the status of "},
        {r.checkedAt, "the check of "}, {r.checkDue, "the next check of "}, {r.maintenanceDue, "the maintenance of "},
        {r.positionTime, "the time of the position of "}};
    for (const auto& [time, what] : moments) {
        // An unset time of a position is 1970, which is as good as any.
        if (auto ok = checkMoment(time, what + called(r)); !ok)
            return ok;
    }
    return {};
}

base::Result<model::Resource> mergedRecord(const model::Resource& edited, const model::Resource& seen,
                                           const model::Resource& before) {
    const auto was = editable(seen);
    const auto is = editable(before);
    // Somebody else's change that is the same as this one's is no conflict.
    if (is != was && editable(edited) != is)
        return fail(Code::conflict, called(before) + " has been changed by somebody else meanwhile (" + difference(is, was) +
                                        "): look at it again");
    auto out = edited;
    out.status = before.status;
    out.statusSince = before.statusSince;
    out.statusUntil = before.statusUntil;
    out.statusReason = before.statusReason;
    out.claimedBy = before.claimedBy;
    out.claimedUntil = before.claimedUntil;
    out.checkedAt = before.checkedAt;
    if (edited.position == seen.position) {
        out.position = before.position;
        out.positionTime = before.positionTime;
    }
    bool clash = false;
    const auto third = [&clash](auto mine, auto saw, auto stands) {
        if (mine == saw)
            return stands;
        clash = clash || (stands != saw && stands != mine);
        return mine;
    };
    out.occupied = third(edited.occupied, seen.occupied, before.occupied);
    out.countedAt = edited.countedAt == seen.countedAt ? before.countedAt : edited.countedAt;
    for (auto& line : out.stock) {
        const auto* saw = lineOf(seen, line);
        const auto* stands = lineOf(before, line);
        line.quantity = rounded(third(line.quantity, saw ? saw->quantity : 0, stands ? stands->quantity : 0));
        line.reserved = stands ? stands->reserved : 0;
        if (line.quantity < line.reserved)
            return fail(Code::conflict, "of stock " + line.code + " in " + called(before) + " more is reserved than would be left");
    }
    for (const auto& line : before.stock) {
        if (lineOf(out, line) != nullptr)
            continue;
        if (line.reserved > 0)
            return fail(Code::conflict, "stock " + line.code + " in " + called(before) + " is reserved: it cannot be taken off the record");
        if (const auto* saw = lineOf(seen, line); saw == nullptr || saw->quantity != line.quantity)
            clash = true; // came or moved after the editor looked
    }
    for (auto& beds : out.beds) {
        const auto* saw = bedsOf(seen, beds.kind);
        const auto* stands = bedsOf(before, beds.kind);
        beds.free = third(beds.free, saw ? saw->free : 0, stands ? stands->free : 0);
        beds.free = std::min(beds.free, beds.total);
    }
    if (clash)
        return fail(Code::conflict, "somebody else has counted or moved something of " + called(before) + " meanwhile: look at it again");
    return out;
}

} // namespace tocsin::desk
