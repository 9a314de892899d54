#pragma once

#include "tocsin/base/text.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The county's two tables of typing: what can be done, with its levels, and codes of GB/T 38565. Plain values and their checks.
namespace tocsin::model {

struct Plan;
struct State;

struct CapabilityWord {
    std::string code;
    base::LocalText name;
    std::string nims;                    ///< the resource type of FEMA's library that it is like; may be empty
    std::string gbt;                     ///< its code of GB/T 38565; may be empty
    std::vector<base::LocalText> levels; ///< what level 1, 2 and 3 ask for; may be empty
    friend bool operator==(const CapabilityWord&, const CapabilityWord&) = default;
};

/// A code of GB/T 38565, and the one thing that it stands for here; none of them: the supplies under that code itself.
struct GbtCode {
    std::string code; ///< seven digits, 1+2+2+2
    base::LocalText name;
    std::string capability; ///< a capability's code
    std::string kind;       ///< a kind of resource, as toString(ResourceKind) writes it
    std::string supply;     ///< the county's own code of a supply, where that is another
    friend bool operator==(const GbtCode&, const GbtCode&) = default;
};

struct CapabilityTables {
    std::vector<CapabilityWord> capabilities;
    std::vector<GbtCode> codes;
    friend bool operator==(const CapabilityTables&, const CapabilityTables&) = default;
};

enum class TypingTable : std::uint8_t { capabilities, codes };

enum class TypingColumn : std::uint8_t {
    code, name, nameZh, nims, gbt, level1, level1Zh, level2, level2Zh, level3, level3Zh, capability, kind, supply
};
/// As a file's header has it: "name_zh_CN", "level_1".
[[nodiscard]] std::string_view toString(TypingColumn column);
/// What a table's columns are, in their order.
[[nodiscard]] std::span<const TypingColumn> columnsOf(TypingTable table);

/// A cell as text; a column that the table has not is empty, and setting it does nothing.
[[nodiscard]] std::string cellOf(const CapabilityWord& row, TypingColumn column);
[[nodiscard]] std::string cellOf(const GbtCode& row, TypingColumn column);
void setCell(CapabilityWord& row, TypingColumn column, std::string text);
void setCell(GbtCode& row, TypingColumn column, std::string text);

enum class TypingFlaw : std::uint8_t {
    empty,             ///< must say something
    tooLong,
    badCode,           ///< a capability's: blanks or signs; a code of GB/T 38565: not seven digits that begin with 1, 2 or 3
    twice,             ///< another row has this code; `about` is it
    levelGap,          ///< a level is said, one below it is not
    levelTwice,        ///< says the same as a lower level
    unknownCapability, ///< `about` is not in the table of capabilities
    unknownCode,       ///< `about` is not in the table of codes
    unknownKind,       ///< `about` is no kind of resource
    standsForOther,    ///< the code stands for the capability `about`
    standsForTwo       ///< for one thing only: a capability, a kind or a supply
};
struct TypingFault {
    TypingTable table{TypingTable::capabilities};
    std::size_t row{0};
    TypingColumn column{TypingColumn::code};
    TypingFlaw flaw{TypingFlaw::empty};
    std::string about;
    friend bool operator==(const TypingFault&, const TypingFault&) = default;
};
/// All that is wrong in the tables: capabilities first, by row and column. While there is no table of codes, codes are judged by their form alone.
[[nodiscard]] std::vector<TypingFault> checkTyping(const CapabilityTables& tables);

/// Who still goes by a capability.
struct CapabilityUse {
    std::size_t records{0};   ///< resources that are not retired: they can do it, one of their people can, or they offer it
    std::size_t plans{0};
    std::size_t incidents{0}; ///< open ones that need it
    std::size_t requests{0};  ///< for mutual aid, that are not over
    std::vector<base::LocalText> examples; ///< the first few of them
    [[nodiscard]] std::size_t all() const { return records + plans + incidents + requests; }
};
/// By capability's code; one that nobody uses is not there. Goes once through the resources.
[[nodiscard]] std::map<std::string, CapabilityUse> capabilityUses(const State& state, const std::vector<Plan>& plans);

} // namespace tocsin::model
