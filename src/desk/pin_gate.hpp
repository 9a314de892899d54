#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/desk/command.hpp"
#include "tocsin/model/state.hpp"

#include <string>
#include <vector>

namespace tocsin::desk {

/// What a name may do only where its PIN was given. A county of which no name has a PIN is as it was: a name is then a word.
/// What it is given must outlive it.
class PinGate {
  public:
    /// `leaders` empty: everybody may lead.
    PinGate(const model::State& state, const std::vector<std::string>& contactReaders, const std::vector<std::string>& leaders)
        : m_state(state), m_desk(state.desk), m_readers(contactReaders), m_leaders(leaders) {}

    /// Whether it is named where a right is given: who may see contacts, who may lead, who leads.
    [[nodiscard]] bool hasRight(const std::string& name) const;
    /// Whether whoever acts there is known to be that person, as far as anybody wants to know: the name has no PIN, or it was given.
    [[nodiscard]] bool isWho(const std::string& name, const Origin& origin) const;
    /// Code::refused where a command needs a name that was not proved.
    [[nodiscard]] base::Result<void> judge(const Command& command) const;

  private:
    /// Whether a word on a plan is only that whoever proposed it takes it back.
    [[nodiscard]] bool takesBack(const JudgeDecision& word, const std::string& actor) const;
    [[nodiscard]] bool isPinned(const std::string& name) const { return m_desk.pins.contains(name); }
    [[nodiscard]] bool isNamedLeader(const std::string& name) const;
    [[nodiscard]] bool isGuarded() const;
    [[nodiscard]] bool isProvenLeader(const std::string& name, const Origin& origin) const;
    [[nodiscard]] base::Result<void> judgeShift(const StartShift& shift, const Origin& origin) const;

    const model::State& m_state;
    const model::DeskStatus& m_desk;
    const std::vector<std::string>& m_readers;
    const std::vector<std::string>& m_leaders;
};

} // namespace tocsin::desk
