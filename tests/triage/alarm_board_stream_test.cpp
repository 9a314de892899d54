#include "triage/alarm_board_support.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <tuple>

namespace tocsin::triage {
namespace {


auto facts(const AlarmGroup& g) {
    return std::tuple(g.key, g.members, g.first, g.severity, g.worst, g.unacknowledged, g.aside, g.since, g.newest,
                      g.hazard, g.kind, g.rule, g.place.text, g.level, g.centre.latitude(), g.radiusMetres);
}

struct AnyStream : testing::TestWithParam<unsigned> {
    std::mt19937 random{GetParam()};
    base::SeededIdSource ids{noon, GetParam()};
    std::map<model::AlarmId, model::Alarm> active;
    std::vector<model::AlarmId> known;

    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }

    model::Alarm any() {
        static const std::array<const char*, 14> hazards{"flood", "fire", "gas", "power", "",  "a", "b",
                                                         "c",     "d",    "e",   "f",     "g", "h", "i"};
        model::Alarm a;
        a.id = ids.make<model::AlarmId>();
        a.hazard = hazards.at(below(GetParam() % 3 == 0 ? hazards.size() : 4));
        a.rule = "r" + std::to_string(below(3)) + "-x";
        a.kind = static_cast<model::AlarmKind>(below(5));
        a.severity = static_cast<Grade>(below(GetParam() % 2 == 0 ? 4 : 20) % 4 + 1);
        a.raisedAt = noon + std::chrono::seconds(below(3600));
        a.position = model::Position::trusted(47 + 0.01 * static_cast<double>(below(30)), 9.5);
        a.place = std::string(1, static_cast<char>('A' + below(3)));
        return a;
    }
    /// Something new, or something known that changes.
    model::Alarm next() {
        if (known.empty() || below(3) != 0) {
            auto a = any();
            known.push_back(a.id);
            return a;
        }
        const auto id = known[below(known.size())];
        auto a = any();
        if (const auto it = active.find(id); it != active.end() && below(4) != 0)
            a = it->second;
        a.id = id;
        a.state = static_cast<AlarmState>(below(8));
        a.suppressedBy.reset();
        if (a.state == AlarmState::suppressed)
            a.suppressedBy = known[below(known.size())];
        return a;
    }
};

TEST_P(AnyStream, LosesNothingAndKeepsItsPromises) {
    const BoardPolicy policy{15min, 3'000, 2 + GetParam() % 9};
    AlarmBoard board(policy);
    AlarmBoard quiet(policy); // is asked at the end only: what was kept from earlier answers must not show
    std::map<model::AlarmId, std::string> keys;
    for (int step = 0; step < 700; ++step) {
        const auto alarm = next();
        const bool grows =
            !active.contains(alarm.id) && model::isActive(alarm.state) && alarm.state != AlarmState::suppressed;
        board.put(alarm);
        quiet.put(alarm);
        if (model::isActive(alarm.state))
            active[alarm.id] = alarm;
        else
            active.erase(alarm.id);
        if (step % 7 != 0 && step > 60)
            continue;
        for (const bool whole : {false, true}) {
            const auto lines = board.lines(noon, whole);
            if (!whole) {
                EXPECT_LE(lines.size(), policy.mostLines);
            }
            std::set<model::AlarmId> seen;
            std::set<std::string> used;
            for (const auto& line : lines) {
                EXPECT_TRUE(used.insert(line.key).second);
                ASSERT_FALSE(line.members.empty());
                std::size_t wanting = 0;
                std::size_t aside = 0;
                bool grave = false;
                auto gravest = Grade::IV;
                for (const auto& id : line.members) {
                    EXPECT_TRUE(seen.insert(id).second) << "in two lines";
                    const auto& member = active.at(id);
                    const bool isAside = model::isSetAside(member.state);
                    wanting += model::wantsAcknowledgement(member) ? 1 : 0;
                    aside += isAside ? 1 : 0;
                    grave = grave || (member.severity == Grade::I && model::wantsAcknowledgement(member));
                    if (!isAside)
                        gravest = std::min(gravest, member.severity);
                    EXPECT_GE(member.raisedAt, line.since);
                    EXPECT_LE(member.raisedAt, line.newest);
                    if (!line.hazard.empty()) {
                        EXPECT_EQ(member.hazard, line.hazard);
                    }
                }
                EXPECT_EQ(line.unacknowledged, wanting);
                EXPECT_EQ(line.setAside, aside);
                EXPECT_EQ(line.aside.size(), aside);
                if (aside < line.members.size()) {
                    EXPECT_EQ(line.severity, gravest);
                }
                EXPECT_EQ(active.at(line.first).raisedAt, line.since);
                for (const auto& id : line.members) {
                    if (grave && !model::isSetAside(active.at(id).state)) {
                        EXPECT_EQ(active.at(id).severity, Grade::I) << "hides a grave one";
                    }
                }
            }
            EXPECT_EQ(seen.size(), active.size()) << "lost";
            for (std::size_t i = 1; i < lines.size(); ++i) {
                const auto rank = [](const AlarmGroup& g) {
                    return std::tuple(g.setAside == g.members.size(), g.severity);
                };
                EXPECT_LE(rank(lines[i - 1]), rank(lines[i]));
            }
        }
        for (const auto& [id, each] : active) {
            const auto group = board.groupOf(id, noon);
            ASSERT_TRUE(group);
            if (grows && id != alarm.id && keys.contains(id) && step <= 60 &&
                active.at(id).state != AlarmState::suppressed) {
                EXPECT_EQ(keys[id], group->key) << "a new alarm moved another";
            }
            keys[id] = group->key;
        }
    }
    const auto busy = board.lines(noon);
    const auto fresh = quiet.lines(noon);
    ASSERT_EQ(busy.size(), fresh.size());
    for (std::size_t i = 0; i < busy.size(); ++i)
        EXPECT_EQ(facts(busy[i]), facts(fresh[i]));
}
INSTANTIATE_TEST_SUITE_P(Seeds, AnyStream, testing::Range(0U, 24U));

} // namespace
} // namespace tocsin::triage
