#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::triage {

/// All words that were ever said, and how often: what is rare tells more. A word is as common as it is in the feed that says
/// it most: its form, its senders' language and town are in all its reports, however many others say nothing of the kind.
class TermBook {
  public:
    using Feed = std::uint32_t;
    static constexpr Feed noFeed = 0xffffffffU; ///< one of many: only what all say counts

    [[nodiscard]] std::vector<std::uint32_t> numbersOf(const std::vector<std::string>& terms, bool mayAdd);
    [[nodiscard]] Feed feedOf(const std::string& name, bool mayAdd);
    void count(const std::vector<std::uint32_t>& terms, Feed feed);

    /// What words are worth between reports of two feeds.
    class Between {
      public:
        [[nodiscard]] double weight(std::uint32_t term) const;
        /// How much more a word tells than one that one report in twelve has, in nats; 0 for what is said more often, for
        /// everyday words, and for all words while few reports have come: nobody knows yet what is rare.
        [[nodiscard]] double rarity(std::uint32_t term) const;
        /// Said by so few that it is no set phrase of a form or an app.
        [[nodiscard]] bool isOwnWord(std::uint32_t term) const;

      private:
        friend class TermBook;
        Between(const TermBook& book, Feed a, Feed b);
        struct Said {
            const std::vector<std::uint32_t>* of{nullptr};
            double reports{0};
            [[nodiscard]] double by(std::uint32_t term) const { return term < of->size() ? (*of)[term] : 0; }
        };
        const TermBook& m_book;
        std::array<Said, 3> m_said; ///< by all, and by the feeds
        std::size_t m_count{1};
    };
    [[nodiscard]] Between between(Feed a, Feed b) const { return {*this, a, b}; }
    [[nodiscard]] const std::string& word(std::uint32_t term) const { return m_words[term]; }
    [[nodiscard]] bool isNumber(std::uint32_t term) const;
    /// Of a script that is compared by pairs of characters: several of them are one word.
    [[nodiscard]] bool isPair(std::uint32_t term) const;
    /// Rarest first.
    [[nodiscard]] std::vector<std::uint32_t> rarest(const std::vector<std::uint32_t>& terms, std::size_t most,
                                                    Feed feed = noFeed) const;
    /// The same among those that another report said before.
    [[nodiscard]] std::vector<std::uint32_t> rarestHeard(const std::vector<std::uint32_t>& terms, std::size_t most,
                                                         Feed feed) const;

  private:
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::vector<std::string> m_words;
    std::vector<std::uint32_t> m_said;
    std::vector<bool> m_everyday;
    double m_reports{0};
    struct OfFeed {
        std::vector<std::uint32_t> said;
        double reports{0};
    };
    std::unordered_map<std::string, Feed> m_feedNumbers;
    std::vector<OfFeed> m_feeds;
};

} // namespace tocsin::triage
