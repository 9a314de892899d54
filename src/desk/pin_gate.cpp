#include "desk/pin_gate.hpp"

#include <algorithm>

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

bool isAmong(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

tl::unexpected<base::Error> notGiven(const std::string& name) {
    return fail(Code::refused, name + " has a PIN, and it was not given at this window");
}

} // namespace

bool PinGate::hasRight(const std::string& name) const {
    return !name.empty() && (name == m_desk.leader || isAmong(m_readers, name) || isAmong(m_leaders, name));
}

bool PinGate::isWho(const std::string& name, const Origin& origin) const {
    return !isPinned(name) || isAmong(origin.proven, name);
}

/// Named by the county or leading now; where the county names nobody only who leads now.
bool PinGate::isNamedLeader(const std::string& name) const {
    return !name.empty() && (name == m_desk.leader || isAmong(m_leaders, name));
}

/// Whether leading means anything that can be proved: then nobody becomes the leader by being typed in.
bool PinGate::isGuarded() const {
    return std::any_of(m_desk.pins.begin(), m_desk.pins.end(), [this](const auto& pin) { return isNamedLeader(pin.first); });
}

bool PinGate::isProvenLeader(const std::string& name, const Origin& origin) const {
    return isNamedLeader(name) && isPinned(name) && isAmong(origin.proven, name);
}

bool PinGate::takesBack(const JudgeDecision& word, const std::string& actor) const {
    const auto found = m_state.decisions.find(word.decision);
    return !word.approve && found != m_state.decisions.end() && found->second.by == actor;
}

base::Result<void> PinGate::judge(const Command& command) const {
    const auto& actor = command.actor;
    // At a seat a name is chosen by who sits down there; at the desk it is that of the shift, and work goes on when nobody can prove it.
    if (command.origin.seat && !isWho(actor, command.origin))
        return notGiven(actor);
    const auto* word = command.body.as<JudgeDecision>();
    const bool judges = word != nullptr && !takesBack(*word, actor);
    const bool looks = command.body.as<ShowContact>() != nullptr || command.body.as<ShowQuarantined>() != nullptr;
    if ((judges || looks) && !isWho(actor, command.origin))
        return notGiven(actor);
    if (judges && m_desk.leader.empty() && isGuarded() && !isProvenLeader(actor, command.origin))
        return fail(Code::refused, "no leader is on duty: one of the county's leaders who has a PIN approves this");
    if (const auto* shift = command.body.as<StartShift>())
        return judgeShift(*shift, command.origin);
    return {};
}

base::Result<void> PinGate::judgeShift(const StartShift& shift, const Origin& origin) const {
    if (shift.officer != m_desk.onDuty && !isWho(shift.officer, origin))
        return notGiven(shift.officer);
    if (shift.leader == m_desk.leader || !isGuarded())
        return {};
    const auto proven = std::any_of(origin.proven.begin(), origin.proven.end(),
                                    [&](const auto& name) { return isProvenLeader(name, origin); });
    // Who has a PIN gains nothing by being named. With nobody named one of the county's list approves, who must have a PIN then.
    const bool listed = std::any_of(m_leaders.begin(), m_leaders.end(), [this](const auto& name) { return isPinned(name); });
    const bool harmless = shift.leader.empty() ? listed : isPinned(shift.leader) && (m_leaders.empty() || isAmong(m_leaders, shift.leader));
    if (proven || harmless)
        return {};
    if (shift.leader.empty())
        return fail(Code::refused, "the leader on duty has a PIN, and only who has given it takes the leader's name away");
    return fail(Code::refused, shift.leader + " cannot be made the leader so: leaders here have PINs, and only who has given one names somebody "
                                              "without, or somebody whom config.toml does not name");
}

} // namespace tocsin::desk
