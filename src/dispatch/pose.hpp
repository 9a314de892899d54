#pragma once

#include "dispatch/answer.hpp"
#include "dispatch/cover_grid.hpp"

#include <limits>
#include <optional>

namespace tocsin::dispatch {

/// Puts the needs for teams in numbers. In a large county few who could go matter to an incident: each need is posed with
/// those who cost least, and knows from which cost on somebody may be missing.
class Poser {
  public:
    /// Each need has as many as it asks for, and some more, or all there are. Looks at the facts' travels as far as it must.
    /// Both must outlive it.
    Poser(const Question& question, Facts& facts);
    /// Why it could not look at the roads: then what it poses is not whole.
    [[nodiscard]] const std::optional<base::Error>& fault() const { return m_fault; }
    /// Everything but who is judged.
    void pose(Posed& posed) const;
    /// By ask.
    [[nodiscard]] std::vector<std::vector<Judged>> takeJudged();

    /// Until none that is left out costs less than `enough` (by ask), on which an optimum rests, or at least comes nearer to
    /// it. True: pose() has more options now, or would have.
    [[nodiscard]] bool grow(const std::vector<double>& enough);
    /// From now on what is posed only grows.
    void keepAll() { m_tight = true; }

  private:
    struct Able {
        std::int64_t tenths{0}; ///< of the cost
        int level{0};
        std::uint32_t giver{0};
        double cost{0};
        double late{0};
    };
    struct Asked {
        std::uint32_t capability{0};
        std::vector<Able> able;                              ///< the cheapest first
        double beyond{0};                                    ///< who costs less is known
        double cap{std::numeric_limits<double>::infinity()}; ///< who costs as much is not posed
    };
    /// An incident: who is there within the horizon is known; infinite: all.
    struct Around {
        double horizon{0};
        std::size_t known{0};
        std::vector<std::uint32_t> asks;
        std::vector<std::uint32_t> running; ///< givers with an assignment there that may be changed
    };
    /// Of those who could serve needs for one capability.
    struct Skilled {
        const std::vector<Capable>* all{nullptr};
        std::vector<Capable> stuck; ///< who cannot travel, the lowest level first
        std::vector<int> levels;    ///< of those who may go, the highest first
        double open{0};             ///< teams asked for
        [[nodiscard]] bool isShort() const { return open > static_cast<double>(levels.size()); }
    };
    /// What one is able to do, by the number of the capability.
    struct Skill {
        std::uint32_t capability{0};
        int level{0};
    };

    [[nodiscard]] const OpenNeed& need(std::uint32_t ask) const { return m_facts.needs[m_needOf[ask]]; }
    void number();
    [[nodiscard]] bool mustLookAtAll() const;
    /// `horizons`: by site; 0: not there.
    void look(const std::vector<double>& horizons);
    void judgeAll(std::uint32_t site);
    void judge(std::uint32_t ask, const Capable& who, double seconds);
    [[nodiscard]] double beyondOf(const OpenNeed& need) const;
    /// Until each need knows of as many as it asks for, and some more.
    void count();
    [[nodiscard]] double toCount(std::uint32_t ask) const;

    const Question& m_question;
    Facts& m_facts;
    std::optional<base::Error> m_fault;
    std::vector<std::uint32_t> m_needOf; ///< by ask
    std::vector<Asked> m_asks;
    std::vector<std::vector<Judged>> m_judged; ///< by ask
    std::vector<Around> m_around;              ///< by site
    std::vector<Skilled> m_skilled;            ///< by capability
    std::vector<std::vector<Skill>> m_skills;  ///< by giver
    std::vector<double> m_extra;               ///< by giver: what it costs whoever asks, in seconds
    double m_prices{0};
    bool m_tight{false};
};

/// What it costs if all who cover a place are taken; where it is one alone, his own options cost it.
void addCover(const Question& question, const Facts& facts, const CoverGrid& grid, Posed& posed);

} // namespace tocsin::dispatch
