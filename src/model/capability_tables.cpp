#include "tocsin/model/capability_tables.hpp"

#include "tocsin/model/state.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

namespace tocsin::model {

namespace {

using Column = TypingColumn;

constexpr std::size_t longestCode = 64;
constexpr std::size_t longestText = 400;
constexpr std::size_t examplesKept = 3;
constexpr std::string_view chinese = "zh_CN";

constexpr std::array capabilityColumns{Column::code,   Column::name,     Column::nameZh, Column::nims,     Column::gbt,   Column::level1,
                                       Column::level1Zh, Column::level2, Column::level2Zh, Column::level3, Column::level3Zh};
constexpr std::array codeColumns{Column::code, Column::name, Column::nameZh, Column::capability, Column::kind, Column::supply};

std::string chineseOf(const base::LocalText& text) {
    const auto found = text.translations.find(std::string(chinese));
    return found == text.translations.end() ? std::string() : found->second;
}

void setChinese(base::LocalText& text, std::string words) {
    if (words.empty())
        text.translations.erase(std::string(chinese));
    else
        text.translations[std::string(chinese)] = std::move(words);
}

/// Which level a column speaks of, from 0; none: 3.
std::size_t levelOf(Column column) {
    switch (column) {
    case Column::level1: case Column::level1Zh: return 0;
    case Column::level2: case Column::level2Zh: return 1;
    case Column::level3: case Column::level3Zh: return 2;
    default: return 3;
    }
}

bool isChinese(Column column) {
    return column == Column::level1Zh || column == Column::level2Zh || column == Column::level3Zh;
}

Column levelColumn(std::size_t level) {
    return level == 0 ? Column::level1 : level == 1 ? Column::level2 : Column::level3;
}

/// As records, imports and the command line write it beside its level: "pumping:2".
bool isCapabilityCode(std::string_view code) {
    return std::all_of(code.begin(), code.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > 0x20 && byte != 0x7f && std::string_view(":;,\"'\\").find(c) == std::string_view::npos;
    });
}

bool isGbtCode(std::string_view code) {
    return code.size() == 7 && code[0] >= '1' && code[0] <= '3' &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class Check {
  public:
    explicit Check(const CapabilityTables& tables) : m_tables(tables) {
        for (const auto& row : tables.capabilities)
            m_capabilities.insert(row.code);
        for (const auto& row : tables.codes)
            m_codes.emplace(row.code, &row);
    }

    std::vector<TypingFault> all() && {
        m_table = TypingTable::capabilities;
        std::set<std::string_view> seen;
        for (m_row = 0; m_row < m_tables.capabilities.size(); ++m_row) {
            const auto& row = m_tables.capabilities[m_row];
            names(row.code, row.name, isCapabilityCode(row.code), seen);
            bounded(Column::nims, row.nims, longestText);
            codeOf(row);
            levels(row);
        }
        m_table = TypingTable::codes;
        seen.clear();
        for (m_row = 0; m_row < m_tables.codes.size(); ++m_row) {
            const auto& row = m_tables.codes[m_row];
            names(row.code, row.name, isGbtCode(row.code), seen);
            meaning(row);
        }
        return std::move(m_faults);
    }

  private:
    void tell(Column column, TypingFlaw flaw, std::string about = {}) {
        m_faults.push_back({m_table, m_row, column, flaw, std::move(about)});
    }
    bool bounded(Column column, std::string_view text, std::size_t most) {
        if (text.size() <= most)
            return true;
        tell(column, TypingFlaw::tooLong);
        return false;
    }
    void names(const std::string& code, const base::LocalText& name, bool good, std::set<std::string_view>& seen) {
        if (code.empty())
            tell(Column::code, TypingFlaw::empty);
        else if (!good)
            tell(Column::code, TypingFlaw::badCode, code.substr(0, longestCode));
        else if (bounded(Column::code, code, longestCode) && !seen.insert(code).second)
            tell(Column::code, TypingFlaw::twice, code);
        if (name.text.empty())
            tell(Column::name, TypingFlaw::empty);
        bounded(Column::name, name.text, longestText);
        bounded(Column::nameZh, chineseOf(name), longestText);
    }
    void codeOf(const CapabilityWord& row) {
        if (row.gbt.empty())
            return;
        const auto found = m_codes.find(row.gbt);
        if (!isGbtCode(row.gbt))
            tell(Column::gbt, TypingFlaw::badCode, row.gbt.substr(0, longestCode));
        else if (found == m_codes.end() && !m_codes.empty())
            tell(Column::gbt, TypingFlaw::unknownCode, row.gbt);
        else if (found != m_codes.end() && !found->second->capability.empty() && found->second->capability != row.code)
            tell(Column::gbt, TypingFlaw::standsForOther, found->second->capability);
    }
    void levels(const CapabilityWord& row) {
        std::size_t said = 0;
        for (std::size_t i = 0; i < row.levels.size(); ++i) {
            if (row.levels[i] != base::LocalText())
                said = i + 1;
        }
        for (std::size_t i = 0; i < said; ++i) {
            const auto& level = row.levels[i];
            const auto column = levelColumn(i);
            if (level.text.empty())
                tell(column, level.translations.empty() ? TypingFlaw::levelGap : TypingFlaw::empty);
            else if (std::any_of(row.levels.begin(), row.levels.begin() + static_cast<std::ptrdiff_t>(i),
                                 [&](const auto& lower) { return lower.text == level.text; }))
                tell(column, TypingFlaw::levelTwice);
            bounded(column, level.text, longestText);
            bounded(static_cast<Column>(static_cast<int>(column) + 1), chineseOf(level), longestText);
        }
    }
    void meaning(const GbtCode& row) {
        bool one = false;
        for (const auto column : {Column::capability, Column::kind, Column::supply}) {
            const auto text = cellOf(row, column);
            if (text.empty())
                continue;
            if (one)
                tell(column, TypingFlaw::standsForTwo);
            else if (column == Column::capability && !m_capabilities.contains(text))
                tell(column, TypingFlaw::unknownCapability, text.substr(0, longestCode));
            else if (column == Column::kind && !resourceKindFrom(text))
                tell(column, TypingFlaw::unknownKind, text.substr(0, longestCode));
            else
                bounded(column, text, longestCode);
            one = true;
        }
    }

    const CapabilityTables& m_tables;
    std::set<std::string_view> m_capabilities;
    std::map<std::string_view, const GbtCode*> m_codes;
    std::vector<TypingFault> m_faults;
    TypingTable m_table{TypingTable::capabilities};
    std::size_t m_row{0};
};

} // namespace

std::string_view toString(TypingColumn column) {
    switch (column) {
    case Column::code: return "code";
    case Column::name: return "name";
    case Column::nameZh: return "name_zh_CN";
    case Column::nims: return "nims";
    case Column::gbt: return "gbt";
    case Column::level1: return "level_1";
    case Column::level1Zh: return "level_1_zh_CN";
    case Column::level2: return "level_2";
    case Column::level2Zh: return "level_2_zh_CN";
    case Column::level3: return "level_3";
    case Column::level3Zh: return "level_3_zh_CN";
    case Column::capability: return "capability";
    case Column::kind: return "kind";
    case Column::supply: return "supply";
    }
    return "";
}

std::span<const TypingColumn> columnsOf(TypingTable table) {
    if (table == TypingTable::codes)
        return codeColumns;
    return capabilityColumns;
}

std::string cellOf(const CapabilityWord& row, TypingColumn column) {
    switch (column) {
    case Column::code: return row.code;
    case Column::name: return row.name.text;
    case Column::nameZh: return chineseOf(row.name);
    case Column::nims: return row.nims;
    case Column::gbt: return row.gbt;
    default: break;
    }
    const auto level = levelOf(column);
    if (level >= row.levels.size())
        return {};
    return isChinese(column) ? chineseOf(row.levels[level]) : row.levels[level].text;
}

std::string cellOf(const GbtCode& row, TypingColumn column) {
    switch (column) {
    case Column::code: return row.code;
    case Column::name: return row.name.text;
    case Column::nameZh: return chineseOf(row.name);
    case Column::capability: return row.capability;
    case Column::kind: return row.kind;
    case Column::supply: return row.supply;
    default: return {};
    }
}

void setCell(CapabilityWord& row, TypingColumn column, std::string text) {
    switch (column) {
    case Column::code: row.code = std::move(text); return;
    case Column::name: row.name.text = std::move(text); return;
    case Column::nameZh: setChinese(row.name, std::move(text)); return;
    case Column::nims: row.nims = std::move(text); return;
    case Column::gbt: row.gbt = std::move(text); return;
    default: break;
    }
    const auto level = levelOf(column);
    if (level > 2)
        return;
    row.levels.resize(std::max(row.levels.size(), level + 1));
    if (isChinese(column))
        setChinese(row.levels[level], std::move(text));
    else
        row.levels[level].text = std::move(text);
    while (!row.levels.empty() && row.levels.back() == base::LocalText())
        row.levels.pop_back();
}

void setCell(GbtCode& row, TypingColumn column, std::string text) {
    switch (column) {
    case Column::code: row.code = std::move(text); return;
    case Column::name: row.name.text = std::move(text); return;
    case Column::nameZh: setChinese(row.name, std::move(text)); return;
    case Column::capability: row.capability = std::move(text); return;
    case Column::kind: row.kind = std::move(text); return;
    case Column::supply: row.supply = std::move(text); return;
    default: return;
    }
}

std::vector<TypingFault> checkTyping(const CapabilityTables& tables) {
    return Check(tables).all();
}

std::map<std::string, CapabilityUse> capabilityUses(const State& state, const std::vector<Plan>& plans) {
    std::unordered_map<std::string_view, CapabilityUse> uses;
    std::vector<std::string_view> codes; // of one user: each counts once
    const auto count = [&](std::size_t CapabilityUse::*member, const base::LocalText& name) {
        std::sort(codes.begin(), codes.end());
        codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
        for (const auto code : codes) {
            auto& use = uses[code];
            ++(use.*member);
            if (use.examples.size() < examplesKept)
                use.examples.push_back(name);
        }
        codes.clear();
    };
    const auto needed = [&](const std::vector<Need>& needs) {
        for (const auto& need : needs) {
            if (need.kind == NeedKind::team && !need.capability.empty())
                codes.push_back(need.capability);
        }
    };
    for (const auto& plan : plans) {
        needed(plan.needs);
        count(&CapabilityUse::plans, plan.title);
    }
    for (const auto& [id, incident] : state.incidents) {
        if (incident.state != IncidentState::open)
            continue;
        needed(incident.needs);
        count(&CapabilityUse::incidents, incident.title);
    }
    for (const auto& [id, resource] : state.resources) {
        if (resource.retired)
            continue;
        for (const auto& skill : resource.capabilities)
            codes.push_back(skill.code);
        for (const auto& member : resource.crew)
            for (const auto& skill : member.skills)
                codes.push_back(skill.code);
        for (const auto& offer : resource.offers)
            codes.push_back(offer.code);
        count(&CapabilityUse::records, resource.name);
    }
    for (const auto& [id, request] : state.aidRequests) {
        if (!isToCome(request))
            continue;
        for (const auto& item : request.items)
            codes.push_back(item.code);
        count(&CapabilityUse::requests, base::LocalText(request.number));
    }
    std::map<std::string, CapabilityUse> out;
    for (auto& [code, use] : uses)
        out.emplace(code, std::move(use));
    return out;
}

} // namespace tocsin::model
