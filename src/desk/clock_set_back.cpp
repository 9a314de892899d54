#include "desk/clock_set_back.hpp"

#include "desk/call_turns.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace tocsin::desk {

namespace {

class SetBack {
  public:
    SetBack(const model::State& state, const DispatchRules& rules, base::Time now, base::Duration back)
        : m_state(state), m_rules(rules), m_now(now), m_back(back) {}

    Effect all() && {
        resources();
        reports();
        decisions();
        assignments();
        callDowns();
        auto desk = m_state.desk;
        if (shortened(desk.soundMutedUntil, longestMute, true))
            change(desk);
        return std::move(m_effect);
    }

  private:
    /// Puts an end where it is by the clock of now; whether that is somewhere else. With `onlyIfOn` one that is over stays as it is.
    bool shortened(std::optional<base::Time>& end, base::Duration longest, bool onlyIfOn) const {
        if (!end || (onlyIfOn && *end <= m_now))
            return false;
        const auto was = std::exchange(end, std::min(*end - m_back, m_now + longest));
        return end != was;
    }
    template <typename Thing>
    void change(const Thing& after) {
        if (m_effect.events.empty() || m_images == imagesAnEntry) {
            m_effect.events.push_back({"clock.set-back", "desk", nlohmann::json::object()});
            m_images = 0;
        }
        model::addChange(m_effect.events.back().data, after);
        ++m_images;
    }

    void resources() {
        std::set<model::ResourceId> waiting; // for the leader's word
        for (const auto& [id, decision] : m_state.decisions) {
            if (decision.state != model::DecisionState::waiting)
                continue;
            for (const auto& line : decision.lines)
                waiting.insert(line.resource);
        }
        for (const auto& [id, resource] : m_state.resources) {
            auto until = resource.claimedUntil;
            if (resource.claimedBy.empty() || !shortened(until, waiting.contains(id) ? waitingClaim : m_rules.claim, true))
                continue;
            auto after = resource;
            after.claimedUntil = until;
            change(after);
        }
    }
    void reports() {
        for (const auto& [id, report] : m_state.reports) {
            if (report.claimedBy.empty() || !report.claimedAt)
                continue;
            auto until = std::optional(*report.claimedAt + model::claimLasts);
            if (!shortened(until, model::claimLasts, true))
                continue;
            auto after = report;
            after.claimedAt = *until - model::claimLasts;
            change(after);
        }
    }
    /// Plans that wait for the leader's word.
    void decisions() {
        for (const auto& [id, one] : m_state.decisions) {
            auto at = std::optional(one.at);
            if (one.state != model::DecisionState::waiting || !shortened(at, base::Duration{0}, false))
                continue;
            auto after = one;
            after.at = *at;
            change(after);
        }
    }
    /// Orders that wait to be accepted, teams that are to set out or on their way, and when somebody in the field must be heard.
    void assignments() {
        for (const auto& [id, one] : m_state.assignments) {
            auto roll = one.rollCallDue;
            auto notified = one.state == model::AssignmentState::notified ? one.notifiedAt : std::nullopt;
            // Without knowing by how much, when he left stays: it would make the drive shorter, and drives are learned from.
            auto left = one.state == model::AssignmentState::enRoute && m_back > base::Duration{0} ? one.departedAt : std::nullopt;
            const auto longest = one.state == model::AssignmentState::accepted ? m_rules.departWithin : m_rules.rollCall;
            const bool rolls = one.state != model::AssignmentState::released && shortened(roll, longest, false);
            const bool waits = shortened(notified, base::Duration{0}, false);
            const bool drives = shortened(left, base::Duration{0}, false);
            const bool goesRound = one.blocked && m_back > base::Duration{0};
            if (!rolls && !waits && !drives && !goesRound)
                continue;
            auto after = one;
            after.rollCallDue = roll;
            if (goesRound) { // when it is there by another way was reckoned by the clock as it was
                after.blocked->since -= m_back;
                if (after.blocked->arrival)
                    *after.blocked->arrival -= m_back;
            }
            if (waits)
                after.notifiedAt = notified;
            if (drives)
                after.departedAt = left;
            change(after);
        }
    }
    void callDowns() {
        for (const auto& [id, list] : m_state.callDowns) {
            if (list.state != model::CallDownState::running || list.people.empty())
                continue;
            auto next = list.nextAt;
            if (!shortened(next, turnLasts(list), false))
                continue;
            auto after = list;
            after.nextAt = next;
            change(after);
        }
    }

    const model::State& m_state;
    const DispatchRules& m_rules;
    base::Time m_now;
    base::Duration m_back;
    Effect m_effect;
    std::size_t m_images{0}; ///< in its last entry
};

} // namespace

Effect afterSetBack(const model::State& state, const DispatchRules& rules, base::Time now, base::Duration back) {
    return SetBack(state, rules, now, back).all();
}

} // namespace tocsin::desk
