#include "gui/resources/typing_draft.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace tocsin::gui {

using model::TypingTable;

namespace {

template <typename Row>
std::vector<std::string> codesOf(const std::vector<Row>& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows)
        out.push_back(row.code);
    return out;
}

/// By row: its code if that stood there, once.
std::vector<std::string> knownAgain(const std::vector<std::string>& codes, const std::vector<std::string>& stood) {
    std::vector<std::string> out;
    std::set<std::string> left(stood.begin(), stood.end());
    for (const auto& code : codes)
        out.push_back(left.erase(code) > 0 ? code : std::string());
    return out;
}

template <typename T>
void eraseRows(std::vector<T>& all, const std::set<std::size_t>& rows) {
    std::size_t kept = 0;
    for (std::size_t row = 0; row < all.size(); ++row) {
        if (rows.contains(row))
            continue;
        if (kept != row)
            all[kept] = std::move(all[row]);
        ++kept;
    }
    all.resize(kept);
}

} // namespace

void TypingDraft::set(Tables tables, Uses uses) {
    emit aboutToReset();
    m_seen = tables;
    m_tables = std::move(tables);
    m_uses = std::move(uses);
    from(TypingTable::capabilities) = codesOf(m_seen.capabilities);
    from(TypingTable::codes) = codesOf(m_seen.codes);
    check();
    emit reset();
    emit checked();
}

void TypingDraft::setUses(Uses uses) {
    m_uses = std::move(uses);
    check();
    emit checked();
}

void TypingDraft::take(Tables tables) {
    emit aboutToReset();
    m_tables = std::move(tables);
    from(TypingTable::capabilities) = knownAgain(codesOf(m_tables.capabilities), codesOf(m_seen.capabilities));
    from(TypingTable::codes) = knownAgain(codesOf(m_tables.codes), codesOf(m_seen.codes));
    check();
    emit reset();
    emit checked();
}

std::size_t TypingDraft::rows(TypingTable which) const {
    return which == TypingTable::codes ? m_tables.codes.size() : m_tables.capabilities.size();
}

std::string TypingDraft::cell(TypingTable which, std::size_t row, model::TypingColumn column) const {
    if (row >= rows(which))
        return {};
    return which == TypingTable::codes ? cellOf(m_tables.codes[row], column) : cellOf(m_tables.capabilities[row], column);
}

void TypingDraft::setCell(TypingTable which, std::size_t row, model::TypingColumn column, std::string text) {
    if (row >= rows(which))
        return;
    if (which == TypingTable::codes)
        model::setCell(m_tables.codes[row], column, std::move(text));
    else
        model::setCell(m_tables.capabilities[row], column, std::move(text));
    check();
    emit checked();
}

void TypingDraft::add(TypingTable which) {
    emit aboutToReset();
    if (which == TypingTable::codes)
        m_tables.codes.emplace_back();
    else
        m_tables.capabilities.emplace_back();
    from(which).emplace_back();
    check();
    emit reset();
    emit checked();
}

void TypingDraft::remove(TypingTable which, const std::set<std::size_t>& rows) {
    emit aboutToReset();
    if (which == TypingTable::codes)
        eraseRows(m_tables.codes, rows);
    else
        eraseRows(m_tables.capabilities, rows);
    eraseRows(from(which), rows);
    check();
    emit reset();
    emit checked();
}

const model::CapabilityUse* TypingDraft::usedBy(std::size_t row) const {
    const auto& all = m_from[static_cast<std::size_t>(TypingTable::capabilities)];
    if (row >= all.size() || all[row].empty())
        return nullptr;
    const auto use = m_uses.find(all[row]);
    return use == m_uses.end() ? nullptr : &use->second;
}

std::span<const model::TypingFault> TypingDraft::faultsIn(TypingTable which, std::size_t row) const {
    const auto before = [](const model::TypingFault& fault, const std::tuple<TypingTable, std::size_t>& at) {
        return std::tuple(fault.table, fault.row) < at;
    };
    const auto first = std::lower_bound(m_faults.begin(), m_faults.end(), std::tuple(which, row), before);
    return {first, std::lower_bound(first, m_faults.end(), std::tuple(which, row + 1), before)};
}

bool TypingDraft::isRenamed(std::size_t row) const {
    return std::binary_search(m_renamed.begin(), m_renamed.end(), row);
}

void TypingDraft::check() {
    m_isDirty = m_tables != m_seen;
    m_faults = model::checkTyping(m_tables);
    m_renamed.clear();
    const auto& was = from(TypingTable::capabilities);
    std::unordered_set<std::string_view> codes;
    for (const auto& word : m_tables.capabilities)
        codes.insert(word.code);
    for (std::size_t row = 0; row < was.size(); ++row) {
        if (!codes.contains(was[row]) && usedBy(row) != nullptr)
            m_renamed.push_back(row);
    }
}

} // namespace tocsin::gui
