#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::triage {

/// All words that were ever said, and how often: what is rare tells more.
class TermBook {
  public:
    [[nodiscard]] std::vector<std::uint32_t> numbersOf(const std::vector<std::string>& terms, bool mayAdd);
    void count(const std::vector<std::uint32_t>& terms);
    [[nodiscard]] double weight(std::uint32_t term) const;
    /// How much more a word tells than one that one report in twelve has, in nats; 0 for what is said more often, for
    /// everyday words, and for all words while few reports have come: nobody knows yet what is rare.
    [[nodiscard]] double rarity(std::uint32_t term) const;
    /// Said by so few that it is no set phrase of a form or an app.
    [[nodiscard]] bool isOwnWord(std::uint32_t term) const;
    [[nodiscard]] std::uint32_t said(std::uint32_t term) const { return m_said[term]; }
    [[nodiscard]] const std::string& word(std::uint32_t term) const { return m_words[term]; }
    [[nodiscard]] bool isNumber(std::uint32_t term) const;
    /// Of a script that is compared by pairs of characters: several of them are one word.
    [[nodiscard]] bool isPair(std::uint32_t term) const;
    /// Rarest first.
    [[nodiscard]] std::vector<std::uint32_t> rarest(const std::vector<std::uint32_t>& terms, std::size_t most) const;
    /// The same among those that another report said before.
    [[nodiscard]] std::vector<std::uint32_t> rarestHeard(const std::vector<std::uint32_t>& terms,
                                                         std::size_t most) const;

  private:
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::vector<std::string> m_words;
    std::vector<std::uint32_t> m_said;
    std::vector<bool> m_everyday;
    double m_reports{0};
};

} // namespace tocsin::triage
