#include "gui/resources/typing_draft.hpp"

#include <algorithm>

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
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        if (*row < all.size())
            all.erase(all.begin() + static_cast<std::ptrdiff_t>(*row));
    }
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

void TypingDraft::check() {
    m_faults = model::checkTyping(m_tables);
    m_renamed.clear();
    const auto& was = from(TypingTable::capabilities);
    for (std::size_t row = 0; row < m_tables.capabilities.size(); ++row) {
        const bool stands = std::any_of(m_tables.capabilities.begin(), m_tables.capabilities.end(),
                                        [&](const auto& word) { return word.code == was[row]; });
        if (!stands && usedBy(row) != nullptr)
            m_renamed.push_back(row);
    }
}

} // namespace tocsin::gui
