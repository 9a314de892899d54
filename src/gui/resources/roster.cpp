#include "gui/resources/roster.hpp"

#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QStringList>
#include <algorithm>
#include <map>
#include <utility>

namespace tocsin::gui {

using model::Resource;
using model::ResourceStatus;

namespace {

bool touches(const model::DutyTurn& turn, RosterSpan shown) {
    return turn.from < shown.until && turn.until > shown.from;
}

std::vector<RosterSpan> spansOf(const std::vector<model::DutyTurn>& turns) {
    std::vector<RosterSpan> out;
    out.reserve(turns.size());
    for (const auto& turn : turns)
        out.push_back({turn.from, turn.until});
    return out;
}

/// When it can be counted on within the time that is shown.
std::vector<RosterSpan> thereWithin(const Resource& resource, RosterSpan shown, base::Time now) {
    std::vector<RosterSpan> there;
    if (resource.duty.empty()) {
        there.push_back(shown);
    } else {
        for (const auto& turn : resource.duty) {
            if (touches(turn, shown))
                there.push_back({std::max(turn.from, shown.from), std::min(turn.until, shown.until)});
        }
    }
    if (resource.status == ResourceStatus::available || resource.status == ResourceStatus::assigned)
        return there;
    // What should have ended and has not: nobody knows when.
    const auto back = model::isStatusOverdue(resource, now) ? shown.until : resource.statusUntil.value_or(shown.until);
    std::vector<RosterSpan> out;
    for (const auto& span : there) {
        out.push_back({span.from, std::min(span.until, now)});
        out.push_back({std::max(span.from, back), span.until});
    }
    return out;
}

/// Words to look for, each of which must be found; case and accents make no difference.
class Wanted {
  public:
    explicit Wanted(const QString& text) : m_words(foldedForSearch(text).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {}
    [[nodiscard]] bool any() const { return !m_words.isEmpty(); }
    [[nodiscard]] bool in(const QString& text) const {
        const QString folded = foldedForSearch(text);
        return std::all_of(m_words.begin(), m_words.end(), [&](const auto& word) { return folded.contains(word); });
    }

  private:
    QStringList m_words;
};

QString wordsAbout(const Resource& r) {
    QStringList out{Words::plain(r.name.text), Words::plain(r.callSign), Words::plain(r.key), Words::plain(r.place.text)};
    for (const auto& [language, text] : r.name.translations)
        out << Words::plain(text);
    for (const auto& [language, text] : r.place.translations)
        out << Words::plain(text);
    return out.join(QLatin1Char('\n'));
}

bool asked(const Resource& r, const RosterAsk& ask, base::Time now) {
    if (r.retired || (ask.kind && r.kind != *ask.kind) || (!ask.capability.empty() && model::levelOf(r, ask.capability) < 1))
        return false;
    switch (ask.only) {
    case RosterAsk::Only::rostered:
        return !r.duty.empty();
    case RosterAsk::Only::nobodyNow:
        return !r.duty.empty() && std::none_of(r.duty.begin(), r.duty.end(),
                                               [&](const auto& turn) { return model::isOnDuty(turn, now); });
    case RosterAsk::Only::unrostered:
        return r.duty.empty();
    }
    return false;
}

void addRows(std::vector<RosterRow>& out, const Resource& r, const RosterAsk& ask, const Wanted& wanted) {
    const bool itself = !wanted.any() || wanted.in(wordsAbout(r));
    RosterRow own{r.id};
    std::map<std::string, std::vector<model::DutyTurn>> people;
    bool somebody = itself;
    for (const auto& turn : r.duty) {
        const bool meant = itself || wanted.in(Words::plain(turn.person));
        somebody = somebody || meant;
        if (!touches(turn, ask.shown))
            continue;
        own.turns.push_back(turn);
        if (auto& theirs = people[turn.person]; meant)
            theirs.push_back(turn);
    }
    if (!somebody)
        return;
    if (!r.duty.empty())
        own.gaps = gapsBetween(mergedSpans(spansOf(own.turns)), ask.shown);
    std::vector<RosterRow> lines;
    if (people.size() > 1) {
        for (auto& [person, turns] : people) {
            if (!turns.empty())
                lines.push_back({r.id, person, std::move(turns), {}});
        }
        std::stable_sort(lines.begin(), lines.end(),
                         [](const auto& a, const auto& b) { return a.turns.front().from < b.turns.front().from; });
    }
    out.push_back(std::move(own));
    std::move(lines.begin(), lines.end(), std::back_inserter(out));
}

} // namespace

std::vector<RosterSpan> mergedSpans(std::vector<RosterSpan> spans) {
    std::erase_if(spans, [](const auto& span) { return span.until <= span.from; });
    std::sort(spans.begin(), spans.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    std::vector<RosterSpan> out;
    for (const auto& span : spans) {
        if (!out.empty() && span.from <= out.back().until)
            out.back().until = std::max(out.back().until, span.until);
        else
            out.push_back(span);
    }
    return out;
}

std::vector<RosterSpan> gapsBetween(const std::vector<RosterSpan>& merged, RosterSpan whole) {
    std::vector<RosterSpan> out;
    auto at = whole.from;
    for (const auto& span : merged) {
        if (span.from >= whole.until)
            break;
        if (span.from > at)
            out.push_back({at, span.from});
        at = std::max(at, span.until);
    }
    if (at < whole.until)
        out.push_back({at, whole.until});
    return out;
}

DutyNow dutyNow(const Resource& resource, base::Time now) {
    DutyNow out;
    for (const auto& turn : resource.duty) {
        if (model::isOnDuty(turn, now))
            out.on.push_back(turn);
        else if (turn.from > now && (!out.next || turn.from < out.next->from))
            out.next = turn;
    }
    std::stable_sort(out.on.begin(), out.on.end(), [](const auto& a, const auto& b) { return a.until < b.until; });
    return out;
}

std::vector<RosterRow> rosterRows(const model::State& state, const RosterAsk& ask, base::Time now, const QString& language) {
    const Wanted wanted(ask.text);
    std::vector<std::pair<QString, const Resource*>> found;
    for (const auto& [id, resource] : state.resources) {
        if (asked(resource, ask, now))
            found.emplace_back(Words::local(resource.name, language), &resource);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return a.second->kind != b.second->kind ? a.second->kind < b.second->kind : a.first < b.first;
    });
    std::vector<RosterRow> out;
    for (const auto& [name, resource] : found)
        addRows(out, *resource, ask, wanted);
    return out;
}

std::vector<CapabilityGap> capabilityGaps(const model::State& state, RosterSpan shown, base::Time now) {
    // What is over can no longer be filled.
    const RosterSpan whole{shown.until > now ? std::max(shown.from, now) : shown.from, shown.until};
    std::map<std::pair<std::string, int>, CapabilityGap> asked;
    const auto ask = [&](const std::string& code, int level) -> CapabilityGap& {
        auto& gap = asked[{code, level}];
        gap.code = code;
        gap.level = level;
        return gap;
    };
    for (const auto& [id, incident] : state.incidents) {
        if (incident.state != model::IncidentState::open)
            continue;
        for (const auto& need : incident.needs) {
            if (need.kind != model::NeedKind::team || need.capability.empty())
                continue;
            auto& by = ask(need.capability, need.level).needed;
            if (by.empty() || by.back() != incident.number)
                by.push_back(incident.number);
        }
    }
    std::map<std::string, std::vector<const Resource*>> having;
    for (const auto& [id, resource] : state.resources) {
        if (resource.retired)
            continue;
        for (const auto& own : resource.capabilities) {
            having[own.code].push_back(&resource);
            if (!resource.duty.empty() && asked.lower_bound({own.code, 0}) == asked.lower_bound({own.code, 4}))
                ask(own.code, 1);
        }
    }
    std::vector<CapabilityGap> out;
    for (auto& [key, gap] : asked) {
        std::vector<RosterSpan> there;
        gap.nobody = true;
        for (const auto* resource : having[gap.code]) {
            if (model::levelOf(*resource, gap.code) < gap.level)
                continue;
            gap.nobody = false;
            const auto more = thereWithin(*resource, whole, now);
            there.insert(there.end(), more.begin(), more.end());
        }
        gap.when = gapsBetween(mergedSpans(std::move(there)), whole);
        if (!gap.when.empty())
            out.push_back(std::move(gap));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return !a.needed.empty() && b.needed.empty(); });
    return out;
}

} // namespace tocsin::gui
