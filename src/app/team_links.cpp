#include "app/team_links.hpp"

#include "app/county_session.hpp"
#include "tocsin/base/clip.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/base/sha256.hpp"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace tocsin::app {

namespace {

using base::Code;
using model::AssignmentState;
namespace fs = std::filesystem;

constexpr std::size_t keyDigits = 64;
constexpr std::size_t sealDigits = 20; ///< 80 bits of the HMAC
constexpr auto shownFor = std::chrono::hours(24);

/// Compares in the same time wherever they differ.
bool same(std::string_view a, std::string_view b) {
    if (a.size() != b.size())
        return false;
    unsigned char differs = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        differs |= static_cast<unsigned char>(a[i] ^ b[i]);
    return differs == 0;
}

base::Result<std::string> keyFrom(const fs::path& file) {
    const auto unreadable = [&](const char* why) { return base::fail(Code::storage, file.string() + ": " + why); };
    std::error_code ec;
    if (!fs::exists(file, ec)) {
        const auto key = base::toHex(base::randomKey());
        const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (made < 0)
            return unreadable("the key of the teams' links cannot be made");
        const bool whole = ::write(made, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && ::fsync(made) == 0;
        ::close(made);
        if (!whole) {
            fs::remove(file, ec);
            return unreadable("the key of the teams' links cannot be written");
        }
    }
    std::ifstream in(file, std::ios::binary);
    std::string key(keyDigits, '\0');
    if (!in.read(key.data(), static_cast<std::streamsize>(key.size())))
        return unreadable("is no key of teams' links; remove it and old links end");
    return key;
}

} // namespace

std::string loadWords(const model::LoadItem& item, std::string_view language) {
    char quantity[32];
    std::snprintf(quantity, sizeof quantity, "%.10g", item.quantity);
    return std::string(quantity) + " " + item.unit + " " + item.name.in(language);
}

std::string wayWords(const model::Assignment& one, std::string_view language) {
    const bool chinese = language == "zh_CN";
    constexpr double kilometre = 1'000;
    std::string out;
    if (one.route.length.value > 0) {
        char length[48];
        std::snprintf(length, sizeof length, "%.1f %s", one.route.length.value / kilometre, chinese ? "公里" : "km");
        out = length;
    }
    std::string via;
    for (std::size_t i = 0; i + 1 < one.stops.size(); ++i) {
        if (const auto& place = one.stops[i].place; !place.empty())
            via += (via.empty() ? (chinese ? "途经 " : "via ") : (chinese ? "、" : ", ")) + place.in(language);
    }
    return via.empty() ? out : out + (out.empty() ? "" : (chinese ? "，" : ", ")) + via;
}

base::LocalText taskWords(const model::Assignment& one, const TeamWords& words) {
    const auto said = [](std::string english, std::string chinese) {
        base::LocalText out(std::move(english));
        out.translations["zh_CN"] = std::move(chinese);
        return out;
    };
    switch (one.purpose) {
    case model::Purpose::team:
        break;
    case model::Purpose::supply:
        return said("bring supplies", "运送物资");
    case model::Purpose::shelter:
        return said("take in " + std::to_string(one.people) + " people", "接收 " + std::to_string(one.people) + " 人");
    case model::Purpose::standBy:
        return said("stand by", "待命");
    }
    if (one.capability.empty())
        return said("help where it is needed", "视需要支援");
    const auto known = words.capabilities.find(one.capability);
    return known == words.capabilities.end() ? base::LocalText(one.capability) : known->second;
}

base::Result<std::shared_ptr<TeamLinks>> TeamLinks::open(desk::Desk& desk, const fs::path& keyFile, TeamWords words) {
    auto key = keyFrom(keyFile);
    if (!key)
        return tl::unexpected(key.error());
    return std::shared_ptr<TeamLinks>(new TeamLinks(desk, std::move(*key), std::move(words)));
}

TeamLinks::TeamLinks(desk::Desk& desk, std::string key, TeamWords words)
    : m_desk(desk), m_key(std::move(key)), m_words(std::move(words)) {
    m_subscription = desk.subscribe(
        [this](const desk::Snapshot& snapshot) {
            const std::lock_guard lock(m_mutex);
            for (const auto& [id, one] : snapshot.state.resources)
                take(one);
            for (const auto& [id, one] : snapshot.state.incidents)
                take(one);
            for (const auto& [id, one] : snapshot.state.assignments)
                take(one);
        },
        [this](const std::shared_ptr<const desk::Delta>& delta) {
            const std::lock_guard lock(m_mutex);
            for (const auto& changed : delta->changed)
                take(changed);
        });
}

TeamLinks::~TeamLinks() {
    m_subscription.reset();
}

void TeamLinks::take(const model::Changed& changed) {
    if (const auto* assignment = std::get_if<model::Assignment>(&changed)) {
        auto& kept = m_assignments[assignment->id];
        kept = *assignment;
        kept.route.secondsAt.clear();
        if (kept.route.points.size() > 1)
            kept.route.points.erase(kept.route.points.begin(), kept.route.points.end() - 1);
    } else if (const auto* incident = std::get_if<model::Incident>(&changed)) {
        m_incidents[incident->id] = *incident;
    } else if (const auto* resource = std::get_if<model::Resource>(&changed)) {
        m_names[resource->id] = resource->name;
    }
}

std::string TeamLinks::tokenOf(model::AssignmentId assignment) const {
    const auto id = assignment.toString();
    return id + "." + base::toHex(base::hmacSha256(m_key, "team " + id)).substr(0, sealDigits);
}

std::string TeamLinks::pathOf(model::AssignmentId assignment) const {
    return "/team/" + tokenOf(assignment);
}

std::optional<model::AssignmentId> TeamLinks::assignmentOf(std::string_view token) const {
    const auto dot = token.find('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    const auto id = model::AssignmentId::parse(token.substr(0, dot));
    if (!id || !same(tokenOf(*id), token))
        return std::nullopt;
    return *id;
}

std::optional<ingest::TeamOrder> TeamLinks::order(std::string_view token) const {
    const auto id = assignmentOf(token);
    if (!id)
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    const auto found = m_assignments.find(*id);
    if (found == m_assignments.end())
        return std::nullopt;
    const auto& one = found->second;
    const auto now = m_desk.clock().now();
    if (one.releasedAt && now - *one.releasedAt > shownFor)
        return std::nullopt;
    ingest::TeamOrder order;
    order.number = one.order;
    order.state = one.state;
    order.recalled = one.word == model::TeamWord::recall && !one.arrivedAt;
    order.otherWay = one.word == model::TeamWord::way;
    if (one.word == model::TeamWord::moved) { // the way that is known leads to where it was
        base::LocalText task("The incident was moved: go to the place given here");
        task.translations["zh_CN"] = "事件地点已变更：请前往此处所示地点";
        order.tasks.push_back(std::move(task));
    } else {
        order.way.text = wayWords(one, "en");
    }
    if (one.purpose != model::Purpose::supply || one.load.empty()) // else the loads say it
        order.tasks.push_back(taskWords(one, m_words));
    if (!order.way.empty())
        order.way.translations["zh_CN"] = wayWords(one, "zh_CN");
    order.rollCall = one.rollCallDue && *one.rollCallDue < now && one.state > AssignmentState::accepted;
    if (const auto name = m_names.find(one.resource); name != m_names.end())
        order.team = name->second;
    if (const auto incident = m_incidents.find(one.incident); incident != m_incidents.end()) {
        order.incident = incident->second.title;
        order.place = incident->second.place;
        order.position = incident->second.position;
    }
    if (!one.stops.empty()) {
        order.position = one.stops.back().position;
        if (!one.stops.back().place.empty())
            order.place = one.stops.back().place;
    }
    for (const auto& item : one.load) {
        const auto from = m_names.find(item.from);
        const auto line = [&](const std::string& language, const char* take, const char* at) {
            return take + loadWords(item, language) +
                   (from == m_names.end() ? std::string() : at + from->second.in(language));
        };
        base::LocalText task(line("en", "Load ", " at "));
        task.translations["zh_CN"] = line("zh_CN", "装载 ", "，于");
        order.tasks.push_back(std::move(task));
    }
    return order;
}

void TeamLinks::say(std::string_view token, std::optional<AssignmentState> step, const std::string& text,
                    std::function<void(base::Result<void>)> done) {
    const auto id = assignmentOf(token);
    if (!id)
        return done(base::fail(Code::notFound, "there is no such order"));
    std::string team = "team";
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_assignments.find(*id);
        const auto name = found == m_assignments.end() ? m_names.end() : m_names.find(found->second.resource);
        if (name != m_names.end())
            team = "team:" + base::clipped(name->second.text, 150);
    }
    desk::CommandBody body = desk::AnswerRollCall{*id, text};
    if (step)
        body = desk::AdvanceAssignment{*id, *step};
    m_desk.submit({m_desk.newCommandId(), team, std::move(body)}, [done = std::move(done)](base::Result<desk::Done> result) {
        if (result)
            done({});
        else
            done(tl::unexpected(result.error()));
    });
}

desk::TeamPage teamPageOf(const TeamLinks* links, const PublicDoor& door, model::AssignmentId assignment) {
    if (links == nullptr || door.address.empty())
        return {};
    return {door.address + links->pathOf(assignment), door.phones};
}

TeamWords teamWords(const CountySession& session) {
    TeamWords words;
    for (const auto& one : session.config.capabilities)
        words.capabilities[one.code] = one.name;
    const auto& name = session.config.name.text;
    const bool chinese = std::any_of(name.begin(), name.end(), [](char c) { // UTF-8 of U+4000 … U+9FFF begins so
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xE4 && byte <= 0xE9;
    });
    words.language = !session.config.dispatch.language.empty() ? session.config.dispatch.language : chinese ? "zh_CN" : "en";
    return words;
}

std::shared_ptr<TeamLinks> openTeamLinks(CountySession& session) {
    auto links = TeamLinks::open(*session.desk, session.folder.root / "team-links.key", teamWords(session));
    if (!links) {
        base::log::warn("teams have no links of their own: {}", links.error().message);
        return nullptr;
    }
    return std::move(*links);
}

} // namespace tocsin::app
