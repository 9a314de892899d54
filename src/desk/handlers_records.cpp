#include "desk/handlers.hpp"
#include "desk/record_checks.hpp"
#include "desk/unit_book.hpp"

#include "tocsin/model/json.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

// The resource database: records, their status, counts and checks. Stock is in handlers_stock.cpp.

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::Resource;
using model::ResourceStatus;

namespace {

constexpr std::size_t mostRecords = 5'000; ///< in one command
constexpr auto longestStatus = std::chrono::hours(24 * 366);
constexpr auto longestCheck = std::chrono::hours(24 * 3660);
constexpr std::size_t reasonText = 1'000;

/// The records named, each once, in the order named; none or all. Retired ones are refused.
base::Result<std::vector<Resource>> recordsOf(const model::State& state, const std::vector<model::ResourceId>& ids) {
    if (ids.empty())
        return fail(Code::refused, "no resource is named");
    if (ids.size() > mostRecords)
        return fail(Code::tooLarge, "more than " + std::to_string(mostRecords) + " resources at once");
    std::vector<Resource> out;
    std::set<model::ResourceId> seen;
    for (const auto& id : ids) {
        const auto found = state.resources.find(id);
        if (found == state.resources.end())
            return fail(Code::notFound, "there is no such resource");
        if (found->second.retired)
            return fail(Code::conflict, found->second.name.text + " is retired");
        if (seen.insert(id).second)
            out.push_back(found->second);
    }
    return out;
}

void setStatus(Resource& resource, ResourceStatus status, base::Time now, std::optional<base::Time> until, std::string reason) {
    if (resource.status != status || !resource.statusSince)
        resource.statusSince = now;
    resource.status = status;
    resource.statusUntil = until;
    resource.statusReason = std::move(reason);
}

/// Inventory numbers are unique among what is there.
base::Result<void> checkKeys(const model::State& state, const std::vector<Resource>& after) {
    std::map<std::string_view, const Resource*> wanted;
    std::set<model::ResourceId> changed;
    bool anyNew = false;
    for (const auto& resource : after) {
        changed.insert(resource.id);
        if (resource.key.empty())
            continue;
        if (const auto [there, fresh] = wanted.emplace(resource.key, &resource); !fresh)
            return fail(Code::conflict, "inventory number " + resource.key + " is given to both " + there->second->name.text +
                                            " and " + resource.name.text);
        const auto before = state.resources.find(resource.id);
        anyNew = anyNew || before == state.resources.end() || before->second.key != resource.key || before->second.retired;
    }
    if (!anyNew)
        return {};
    for (const auto& [id, other] : state.resources) {
        if (other.key.empty() || other.retired || changed.contains(id))
            continue;
        if (const auto found = wanted.find(other.key); found != wanted.end())
            return fail(Code::conflict, "inventory number " + other.key + " is that of " + other.name.text + " already");
    }
    return {};
}

} // namespace

base::Result<Effect> Handlers::operator()(const ClaimResources& c) {
    auto records = recordsOf(m_state, c.resources);
    if (!records)
        return tl::unexpected(records.error());
    for (const auto& resource : *records) {
        if (claimedByAnother(resource, m_now, m_actor))
            return fail(Code::conflict, resource.claimedBy + " is deciding about " + resource.name.text + " just now");
    }
    if (c.release)
        std::erase_if(*records, [](const Resource& resource) { return resource.claimedBy.empty(); });
    Effect effect;
    if (records->empty()) { // nobody holds them: as wished
        effect.duplicate = true;
        return effect;
    }
    for (auto& resource : *records) {
        if (c.release) {
            resource.claimedBy.clear();
            resource.claimedUntil.reset();
        } else {
            resource.claimedBy = m_actor;
            resource.claimedUntil = m_now + m_dispatch->claim;
        }
    }
    auto facts = nlohmann::json::object();
    if (!c.release)
        facts["until"] = base::formatTime(m_now + m_dispatch->claim);
    addEntries(effect, c.release ? "resource.released" : "resource.claimed", "resources", *records, facts);
    return effect;
}

base::Result<Effect> Handlers::operator()(const PutResources& c) {
    if (c.resources.empty())
        return fail(Code::refused, "there is no record to put");
    if (c.resources.size() > mostRecords)
        return fail(Code::tooLarge, "more than " + std::to_string(mostRecords) + " records at once");
    if (auto ok = checkText(c.how, "how the records were changed", 400, true); !ok)
        return tl::unexpected(ok.error());
    std::map<model::ResourceId, const Resource*> seen;
    for (const auto& resource : c.seen)
        seen[resource.id] = &resource;
    std::set<model::ResourceId> named;
    std::vector<Resource> added;
    std::vector<Resource> changed;
    for (auto resource : c.resources) {
        if (!resource.id.isNull() && !named.insert(resource.id).second)
            return fail(Code::conflict, resource.name.text + " is named twice");
        std::stable_sort(resource.duty.begin(), resource.duty.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
        if (auto ok = checkRecord(resource); !ok)
            return tl::unexpected(ok.error());
        resource.retired = false;
        const auto found = m_state.resources.find(resource.id);
        if (found != m_state.resources.end() && !found->second.retired) {
            const auto& before = found->second;
            const auto saw = seen.find(resource.id);
            auto merged = mergedRecord(resource, saw == seen.end() ? before : *saw->second, before);
            if (!merged)
                return tl::unexpected(merged.error());
            if (merged->position != before.position && merged->positionTime == before.positionTime)
                merged->positionTime = m_now;
            if (*merged != before)
                changed.push_back(std::move(*merged));
            continue;
        }
        if (resource.id.isNull())
            resource.id = m_ids.make<model::ResourceId>();
        if (resource.status == ResourceStatus::assigned)
            resource.status = ResourceStatus::available; // that is dispatch's to say
        resource.statusSince = m_now;
        resource.claimedBy.clear();
        resource.claimedUntil.reset();
        for (auto& line : resource.stock) {
            line.reserved = 0;
            line.quantity = rounded(line.quantity);
        }
        if (resource.home == model::Position{})
            resource.home = resource.position;
        if (resource.positionTime == base::Time{})
            resource.positionTime = m_now;
        added.push_back(std::move(resource));
    }
    Effect effect;
    if (added.empty() && changed.empty()) {
        effect.duplicate = true;
        return effect;
    }
    auto all = added;
    all.insert(all.end(), changed.begin(), changed.end());
    if (auto ok = checkKeys(m_state, all); !ok)
        return tl::unexpected(ok.error());
    auto facts = nlohmann::json::object();
    if (!c.how.empty())
        facts["how"] = c.how;
    addEntries(effect, "resource.added", "resources", added, facts);
    addEntries(effect, "resource.changed", "resources", changed, facts);
    auto bound = boundByRegister(m_state, m_units, all, m_now);
    std::move(bound.begin(), bound.end(), std::back_inserter(effect.events));
    return effect;
}

base::Result<Effect> Handlers::operator()(const RetireResources& c) {
    auto records = recordsOf(m_state, c.resources);
    if (!records)
        return tl::unexpected(records.error());
    if (auto ok = checkText(c.reason, "the reason", reasonText); !ok)
        return tl::unexpected(ok.error());
    for (auto& resource : *records) {
        if (resource.status == ResourceStatus::assigned || runningFor(resource.id) != nullptr)
            return fail(Code::conflict, resource.name.text + " is assigned: release it first");
        if (claimedByAnother(resource, m_now, m_actor))
            return fail(Code::conflict, resource.claimedBy + " is deciding about " + resource.name.text + " just now");
        if (std::any_of(resource.stock.begin(), resource.stock.end(), [](const auto& line) { return line.reserved > 0; }))
            return fail(Code::conflict, "stock of " + resource.name.text + " is reserved for an incident");
        resource.retired = true;
        resource.claimedBy.clear();
        resource.claimedUntil.reset();
        setStatus(resource, ResourceStatus::outOfService, m_now, {}, c.reason);
    }
    Effect effect;
    addEntries(effect, "resource.retired", "resources", *records, {{"reason", c.reason}});
    return effect;
}

base::Result<Effect> Handlers::operator()(const SetResourceStatus& c) {
    auto records = recordsOf(m_state, c.resources);
    if (!records)
        return tl::unexpected(records.error());
    if (c.status == ResourceStatus::assigned)
        return fail(Code::refused, "a resource becomes assigned when it is sent to an incident");
    if (auto ok = checkText(c.reason, "the reason", reasonText, c.status != ResourceStatus::outOfService); !ok)
        return tl::unexpected(ok.error());
    if (c.until && (*c.until <= m_now || *c.until > m_now + longestStatus))
        return fail(Code::outOfRange, "a status lasts until a moment within the next year");
    const auto asked = records->size();
    for (const auto& resource : *records) {
        if (resource.status == ResourceStatus::assigned || runningFor(resource.id) != nullptr)
            return fail(Code::conflict, resource.name.text + " is assigned: release it first");
    }
    std::erase_if(*records, [&](const Resource& resource) {
        return resource.status == c.status && resource.statusUntil == c.until && resource.statusReason == c.reason;
    });
    if (records->empty())
        return fail(Code::conflict, std::string(asked == 1 ? "the resource is " : "each of them is ") +
                                        std::string(toString(c.status)) + " already");
    for (auto& resource : *records)
        setStatus(resource, c.status, m_now, c.until, c.reason);
    nlohmann::json facts{{"status", std::string(toString(c.status))}};
    if (!c.reason.empty())
        facts["reason"] = c.reason;
    if (c.until)
        facts["until"] = base::formatTime(*c.until);
    Effect effect;
    addEntries(effect, "resource.status", "resources", *records, facts);
    return effect;
}

base::Result<Effect> Handlers::operator()(const CountResource& c) {
    auto records = recordsOf(m_state, {c.resource});
    if (!records)
        return tl::unexpected(records.error());
    auto& resource = records->front();
    if (!c.occupied && c.beds.empty())
        return fail(Code::refused, "nothing was counted");
    if (c.occupied) {
        if (*c.occupied < 0 || *c.occupied > mostPlaces)
            return fail(Code::outOfRange, "a number of people is below 0 or above ten million");
        resource.occupied = *c.occupied;
    }
    std::set<std::string> kinds;
    for (const auto& beds : c.beds) {
        if (!kinds.insert(beds.kind).second)
            return fail(Code::conflict, "beds of the kind " + beds.kind + " are counted twice");
        const auto found = std::find_if(resource.beds.begin(), resource.beds.end(), [&](const auto& b) { return b.kind == beds.kind; });
        if (found == resource.beds.end())
            resource.beds.push_back(beds);
        else
            *found = beds;
    }
    resource.countedAt = m_now;
    if (auto ok = checkRecord(resource); !ok)
        return tl::unexpected(ok.error());
    Effect effect;
    addEntries(effect, "resource.counted", "resources", *records, nlohmann::json::object());
    return effect;
}

base::Result<Effect> Handlers::operator()(const RecordCheck& c) {
    auto records = recordsOf(m_state, {c.resource});
    if (!records)
        return tl::unexpected(records.error());
    auto& resource = records->front();
    if (auto ok = checkText(c.result, "what was found", 4'000, c.passed); !ok)
        return tl::unexpected(ok.error());
    if (c.next && (*c.next <= m_now || *c.next > m_now + longestCheck))
        return fail(Code::outOfRange, "the next check is within the next ten years");
    const bool assigned = resource.status == ResourceStatus::assigned || runningFor(resource.id) != nullptr;
    if (!c.passed && assigned)
        return fail(Code::conflict, resource.name.text + " is assigned: release it before it goes out of service");
    (c.maintenance ? resource.maintenanceDue : resource.checkDue) = c.next;
    resource.checkedAt = m_now;
    if (!c.passed)
        setStatus(resource, ResourceStatus::outOfService, m_now, {}, c.result.substr(0, 400));
    else if (c.maintenance && resource.status == ResourceStatus::maintenance)
        setStatus(resource, ResourceStatus::available, m_now, {}, {});
    nlohmann::json facts{{"maintenance", c.maintenance}, {"passed", c.passed}};
    if (!c.result.empty())
        facts["result"] = c.result;
    if (c.next)
        facts["until"] = base::formatTime(*c.next);
    Effect effect;
    addEntries(effect, "resource.checked", "resources", *records, facts);
    return effect;
}

} // namespace tocsin::desk
