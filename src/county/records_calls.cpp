#include "county/records_calls.hpp"

#include "tocsin/model/call_down.hpp"

#include <algorithm>

namespace tocsin::county {
namespace {

using F = RecordField;

constexpr std::size_t mostText = 800; ///< bytes; the desk judges the characters
constexpr base::Seconds usualWait{180};

} // namespace

CallListRows::CallListRows(const std::vector<model::CallList>& kept) {
    for (const auto& list : kept) {
        if (list.removed)
            continue;
        Work& work = m_work.emplace_back();
        work.before = &list;
        work.name = list.name;
        for (const auto& step : list.steps)
            work.steps.push_back({step, 0, false});
    }
}

/// Among those that no row has spoken of yet: with the same phone rather than with another.
CallListRows::Step* CallListRows::find(Work& work, const model::CallListStep& said) {
    Step* other = nullptr;
    for (Step& one : work.steps) {
        const bool same = one.step.resource == said.resource && (one.step.name == said.name || (said.resource && said.name.empty()));
        if (one.told || !same)
            continue;
        if (one.step.name == said.name && (said.phone.empty() || one.step.phone == said.phone))
            return &one;
        other = other == nullptr ? &one : other;
    }
    return other;
}

void CallListRows::take(RowReader& row, std::optional<model::ResourceId> whose) {
    std::string name;
    row.text(F::list, name, mostText);
    if (name.empty()) {
        row.wrong(F::list, "the name of a call-down list");
        return;
    }
    model::CallListStep said;
    said.resource = whose;
    row.text(F::member, said.name, mostText);
    row.text(F::phone, said.phone, mostText);
    if (said.name.empty() && !whose)
        row.wrong(F::member, "a name, or a record whose people are called");
    int place = 0;
    row.count(F::step, place, static_cast<int>(model::mostCalled));
    if (!row.good())
        return;
    auto at = std::find_if(m_work.begin(), m_work.end(), [&](const Work& work) { return work.name == name; });
    Work fresh;
    fresh.name = name;
    Work& work = at == m_work.end() ? fresh : *at;
    Step* known = find(work, said);
    Step made;
    made.step.wait = usualWait;
    Step step = known == nullptr ? made : *known;
    step.step.resource = whose;
    row.text(F::member, step.step.name, mostText);
    row.text(F::phone, step.step.phone, mostText);
    row.text(F::role, step.step.role, mostText);
    row.number(F::wait, step.step.wait.value, model::shortestTurn.value, model::longestTurn.value);
    if (!whose && step.step.phone.empty())
        row.wrong(F::phone, "a phone number");
    if (known == nullptr && work.steps.size() >= model::mostCalled)
        row.wrong(F::none, "at most " + std::to_string(model::mostCalled) + " steps for one list");
    if (!row.good())
        return;
    step.place = place;
    step.told = true;
    if (known != nullptr)
        *known = std::move(step);
    else
        work.steps.push_back(std::move(step));
    work.touched = true;
    if (at == m_work.end())
        m_work.push_back(std::move(fresh));
}

std::vector<model::CallListStep> CallListRows::inOrder(const Work& work) {
    std::vector<model::CallListStep> out;
    std::vector<const Step*> placed;
    for (const Step& one : work.steps) {
        if (one.place > 0)
            placed.push_back(&one);
        else
            out.push_back(one.step);
    }
    std::stable_sort(placed.begin(), placed.end(), [](const Step* a, const Step* b) { return a->place < b->place; });
    for (const Step* one : placed)
        out.insert(out.begin() + static_cast<std::ptrdiff_t>(std::min(out.size(), static_cast<std::size_t>(one->place) - 1)), one->step);
    return out;
}

void CallListRows::finish(RecordImport& out) const {
    for (const Work& work : m_work) {
        if (!work.touched)
            continue;
        model::CallList list = work.before == nullptr ? model::CallList{} : *work.before;
        list.name = work.name;
        list.steps = inOrder(work);
        if (work.before == nullptr) {
            ++out.added;
        } else if (list == *work.before) {
            ++out.same;
            continue;
        } else {
            ++out.changed;
            out.listsSeen.push_back(*work.before);
        }
        out.lists.push_back(std::move(list));
    }
}

} // namespace tocsin::county
