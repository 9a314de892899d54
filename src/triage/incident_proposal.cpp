#include "tocsin/triage/incident_proposal.hpp"

#include "tocsin/geo/measure.hpp"
#include "triage/alarm_belief.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace tocsin::triage {

namespace {

using What = ProposalReason::What;
using model::Grade;

constexpr double metresPerDegree = 111'195;
constexpr std::size_t mostNames = 20'000;
constexpr std::size_t mostTerms = 3;

/// What a hazard is called in plans and categories.
struct Called {
    Hazards hazard;
    std::string_view name;
};
constexpr std::array called{Called{hazard::flood, "flood"},         Called{hazard::fire, "fire"},
                            Called{hazard::landslide, "landslide"}, Called{hazard::quake, "building-collapse"},
                            Called{hazard::substance, "hazmat"},    Called{hazard::traffic, "traffic-accident"},
                            Called{hazard::storm, "storm"},         Called{hazard::rain, "rain"},
                            Called{hazard::power, "power-outage"},  Called{hazard::water, "water-supply"},
                            Called{hazard::people, "injury"}};

bool saysNothing(std::string_view category) {
    return category.empty() || category == "other";
}

bool isNear(const model::Position& a, const model::Position& b, double metres) { // cheap, to leave most out
    return std::abs(a.latitude() - b.latitude()) * metresPerDegree <= metres;
}

/// The one counted most often; of equals the lesser.
template <typename Counts>
auto commonest(const Counts& counts) {
    return std::max_element(counts.begin(), counts.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; });
}

/// `steps`: from how many on it is grade I, II, III.
Grade gradeBy(int people, const int (&steps)[3]) {
    return people >= steps[0] ? Grade::I : people >= steps[1] ? Grade::II : people >= steps[2] ? Grade::III : Grade::IV;
}

class Draft {
  public:
    Draft(const ReportGroup& group, const model::State& state, const Surroundings& around, const ProposalPolicy& policy)
        : m_group(group), m_state(state), m_around(around), m_policy(policy) {}

    std::optional<IncidentProposal> made(const std::function<ReportSigns(const model::Report&)>& signs) {
        m_out.group = m_group.key;
        for (const auto& id : m_group.reports) {
            if (const auto found = m_state.reports.find(id); found != m_state.reports.end())
                take(found->second, signs);
        }
        m_out.senders = m_voices.size() + m_unknown;
        if (m_out.reports.empty())
            return std::nullopt;
        if (!m_out.incident && m_out.senders < m_policy.least && m_out.inDanger < m_policy.leastInDanger)
            return std::nullopt;
        const auto* no = declinedOf(m_group, m_state);
        // An incident that was opened after all has overruled it.
        const bool overruled = no != nullptr && m_out.incident && m_state.incidents.at(*m_out.incident).openedAt > no->at;
        if (no != nullptr && !overruled && holds(*no))
            return std::nullopt;
        hazard();
        m_out.centre = m_group.centre;
        place();
        m_out.terms.assign(m_group.terms.begin(),
                           m_group.terms.begin() + static_cast<std::ptrdiff_t>(std::min(mostTerms, m_group.terms.size())));
        reasons();
        return std::move(m_out);
    }

  private:
    [[nodiscard]] bool holds(const model::NoIncident& no) const {
        const auto before = static_cast<std::size_t>(std::max<std::int64_t>(1, no.senders));
        return m_out.senders / 2 < before && (no.danger || m_out.inDanger == 0);
    }

    void take(const model::Report& report, const std::function<ReportSigns(const model::Report&)>& signs) {
        if (report.state == model::ReportState::dismissed)
            return;
        if (!report.incident) {
            m_out.reports.push_back(report.id);
        } else if (const auto found = m_state.incidents.find(*report.incident);
                   found != m_state.incidents.end() && found->second.state == model::IncidentState::open) {
            m_out.incident = report.incident;
        }
        const ReportSigns says = signs(report);
        if (says.denies)
            return;
        if (report.sender.empty())
            ++m_unknown;
        else
            m_voices.insert(report.sender);
        m_hazards |= says.hazards;
        for (const auto& one : called) {
            if ((says.hazards & one.hazard) != 0)
                ++m_byWords[std::string(one.name)];
        }
        if (!saysNothing(report.category))
            ++m_categories[report.category];
        if (!report.place.empty()) {
            auto& word = m_places[folded(report.place)];
            ++word.first;
            if (word.second.empty())
                word.second = report.place;
        }
        if (says.danger != 0)
            ++m_out.inDanger;
        m_trapped += (says.danger & hazard::trapped) != 0 ? 1 : 0;
        m_dead += (says.danger & hazard::dead) != 0 ? 1 : 0;
        m_hurt += (says.danger & hazard::people) != 0 && (says.danger & (hazard::trapped | hazard::dead)) == 0 ? 1 : 0;
        if (report.call) { // they tell of one event: the highest count, not the sum
            m_countedDead = std::max(m_countedDead, report.call->dead.value_or(0) + report.call->missing.value_or(0));
            m_countedHurt = std::max(m_countedHurt, report.call->injured.value_or(0));
        }
    }

    void hazard() {
        if (!m_categories.empty())
            m_out.hazard = commonest(m_categories)->first;
        else if (!m_byWords.empty())
            m_out.hazard = commonest(m_byWords)->first;
        else
            m_out.hazard = "other";
        m_out.hazardClass = hazardClassOf(m_out.hazard);
    }

    void place() {
        if (!m_places.empty()) {
            m_out.place = std::max_element(m_places.begin(), m_places.end(), [](const auto& a, const auto& b) {
                              return a.second.first < b.second.first;
                          })->second.second;
            return;
        }
        if (!m_out.centre)
            return;
        double least = m_policy.nameReach;
        for (const auto& name : m_around.names) {
            if (!isNear(name.at, *m_out.centre, least))
                continue;
            if (const double metres = geo::distance(name.at, *m_out.centre).value; metres <= least) {
                least = metres;
                m_out.place = name.name;
            }
        }
    }

    ProposalReason& add(What what, std::size_t count, Grade grade) {
        ProposalReason reason;
        reason.what = what;
        reason.count = count;
        reason.grade = grade;
        m_out.grade = std::min(m_out.grade, grade);
        return m_out.reasons.emplace_back(std::move(reason));
    }

    void reasons() {
        const auto byReports = [this](std::size_t reports) {
            return reports == 0                       ? Grade::IV
                   : m_out.inDanger >= m_policy.dangerII  ? Grade::II
                   : m_out.inDanger >= m_policy.dangerIII ? Grade::III
                                                          : Grade::IV;
        };
        if (m_dead > 0 || m_countedDead > 0)
            add(What::deadTold, m_dead, std::min(byReports(m_dead), gradeBy(m_countedDead, m_policy.dead))).people = m_countedDead;
        if (m_trapped > 0)
            add(What::trappedTold, m_trapped, byReports(m_trapped));
        if (m_hurt > 0 || m_countedHurt > 0)
            add(What::hurtTold, m_hurt, std::min(byReports(m_hurt), gradeBy(m_countedHurt, m_policy.hurt))).people = m_countedHurt;
        alarms();
        add(What::manyReports, m_out.senders,
            m_out.senders >= m_policy.sendersII    ? Grade::II
            : m_out.senders >= m_policy.sendersIII ? Grade::III
                                                   : Grade::IV);
        std::stable_sort(m_out.reasons.begin(), m_out.reasons.end(),
                         [](const ProposalReason& a, const ProposalReason& b) { return a.grade < b.grade; });
    }

    void alarms() {
        if (!m_out.centre)
            return;
        const std::string word = folded(m_out.hazard);
        const Hazards about = m_hazards & ~hazard::inDanger; // that people are hurt is no hazard that a sensor shows
        double least = m_policy.alarmReach;
        std::size_t count = 0;
        Grade gravest = Grade::IV;
        const Surroundings::Alarm* nearest = nullptr;
        for (const auto& alarm : m_around.alarms) {
            if (!isNear(alarm.at, *m_out.centre, m_policy.alarmReach) ||
                ((alarm.hazards & about) == 0 && alarm.hazard != word))
                continue;
            const double metres = geo::distance(alarm.at, *m_out.centre).value;
            if (metres > m_policy.alarmReach)
                continue;
            ++count;
            gravest = std::min(gravest, alarm.severity);
            if (metres <= least) {
                least = metres;
                nearest = &alarm;
            }
        }
        if (nearest == nullptr)
            return;
        auto& reason = add(What::alarmNear, count, gravest);
        reason.alarm = nearest->id;
        reason.metres = least;
    }

    const ReportGroup& m_group;
    const model::State& m_state;
    const Surroundings& m_around;
    const ProposalPolicy& m_policy;
    IncidentProposal m_out;
    std::set<std::string> m_voices;
    std::size_t m_unknown{0};
    Hazards m_hazards{0};
    std::map<std::string, std::size_t> m_categories;
    std::map<std::string, std::size_t> m_byWords;
    std::map<std::string, std::pair<std::size_t, std::string>> m_places; ///< by folded words: how often, as first written
    std::size_t m_trapped{0};
    std::size_t m_dead{0};
    std::size_t m_hurt{0};
    int m_countedDead{0};
    int m_countedHurt{0};
};

} // namespace

ReportSigns signsOf(const model::Report& report, const HazardWords& words) {
    ReportSigns signs;
    const std::string text = folded(report.text);
    const std::string category = folded(report.category);
    signs.hazards = words.hazardsOf(category);
    signs.danger = words.saidIn(text, hazard::inDanger) | (signs.hazards & hazard::inDanger);
    if (signs.hazards == 0 && saysNothing(category))
        signs.hazards = words.hazardsIn(text);
    signs.denies = words.denies(text, signs.hazards);
    if (report.call) {
        if (report.call->dead.value_or(0) > 0)
            signs.danger |= hazard::people | hazard::dead;
        if (report.call->injured.value_or(0) > 0 || report.call->missing.value_or(0) > 0)
            signs.danger |= hazard::people;
    }
    return signs;
}

Surroundings surroundingsOf(const model::State& state, const HazardWords& words) {
    Surroundings out;
    std::map<std::string, std::pair<std::string, Hazards>> known; // thousands of alarms have a few hazards
    for (const auto& [id, alarm] : state.alarms) {
        if (!isBelieved(alarm, state) || alarm.position == model::Position{})
            continue;
        auto [at, isNew] = known.try_emplace(alarm.hazard);
        if (isNew) {
            at->second.first = folded(alarm.hazard);
            at->second.second = words.hazardsOf(at->second.first);
            if (at->second.second == 0)
                at->second.second = words.hazardsIn(at->second.first);
        }
        out.alarms.push_back({id, alarm.position, at->second.second, at->second.first, alarm.severity});
    }
    for (const auto& [id, sensor] : state.sensors) {
        if (out.names.size() == mostNames)
            break;
        if (!sensor.place.empty() && sensor.position != model::Position{})
            out.names.push_back({sensor.position, sensor.place});
    }
    return out;
}

const model::NoIncident* declinedOf(const ReportGroup& group, const model::State& state) {
    const model::NoIncident* newest = nullptr;
    for (const auto& id : group.reports) {
        const auto found = state.reports.find(id);
        if (found == state.reports.end() || !found->second.noIncident)
            continue;
        if (newest == nullptr || found->second.noIncident->at > newest->at)
            newest = &*found->second.noIncident;
    }
    return newest;
}

std::optional<IncidentProposal> proposalOf(const ReportGroup& group, const model::State& state, const Surroundings& around,
                                           const std::function<ReportSigns(const model::Report&)>& signs,
                                           const ProposalPolicy& policy) {
    return Draft(group, state, around, policy).made(signs);
}

model::HazardClass hazardClassOf(std::string_view hazard) {
    for (const std::string_view accident : {"fire", "accident", "traffic", "traffic-accident", "injury", "hazmat", "road",
                                            "power-failure", "power-outage"}) {
        if (hazard == accident)
            return model::HazardClass::accident;
    }
    if (hazard == "health" || hazard == "epidemic")
        return model::HazardClass::publicHealth;
    if (hazard == "security")
        return model::HazardClass::socialSecurity;
    return model::HazardClass::naturalDisaster;
}

} // namespace tocsin::triage
