#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::gui {

/// Names of which the PIN was given at a window: of who sits here, and of the one who has just given it and is about to. Whoever
/// sits down after somebody else has no part in it.
class Proofs {
  public:
    void note(const std::string& name) {
        std::erase(m_names, name);
        m_names.push_back(name);
        m_newest = name;
    }
    void forget() {
        m_names.clear();
        m_newest.clear();
    }
    /// Who sits here now.
    void keepOf(const std::string& actor) {
        if (std::exchange(m_actor, actor) != actor && m_newest != actor)
            m_newest.clear();
        std::erase_if(m_names, [this](const auto& name) { return name != m_actor && name != m_newest; });
    }
    [[nodiscard]] bool has(const std::string& name) const { return std::find(m_names.begin(), m_names.end(), name) != m_names.end(); }
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; }

  private:
    std::string m_actor;
    std::string m_newest;
    std::vector<std::string> m_names;
};

} // namespace tocsin::gui
