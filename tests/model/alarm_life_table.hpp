#pragma once

#include "tocsin/model/alarm_life.hpp"

#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

// ANSI/ISA-18.2's figure of an alarm's states as a table of its own, by which the program is judged: nothing here asks the
// program what follows from what.

namespace tocsin::test::life {

// U unacknowledged, A acknowledged, R returned unacknowledged, L latched and not seen, l latched and seen, S shelved,
// P suppressed, O out of service, N normal; small s, p, o: while the condition does not hold. "." is refused.
inline constexpr const char* table = R"(
  raise clear acknowledge reset shelve unshelve suppress unsuppress takeOut putBack
N U     .     .           .     s      .        .        .          o       .
U .     R     A           .     S      .        P        .          O       .
A .     N     .           .     S      .        P        .          O       .
R U     .     N           .     s      .        p        .          o       .
L U     .     l           N     s      .        p        .          o       .
l U     .     .           N     s      .        p        .          o       .
S .     s     .           .     S      U        .        .          O       .
s S     .     .           .     s      N        .        .          o       .
P .     p     .           .     S      .        .        U          O       .
p P     .     .           .     s      .        .        N          o       .
O .     o     .           .     .      .        .        .          .       U
o O     .     .           .     .      .        .        .          .       N
)";
// The same for a latching one, where it differs.
inline constexpr const char* latching = R"(
N shelve .
N takeOut .
U clear L
A clear l
s unshelve L
p unsuppress L
o putBack L
)";
inline constexpr int eventCount = 10;

struct Row {
    char from;
    model::AlarmEvent event;
    char to; ///< "." where it is refused
};

inline char letterOf(const model::Alarm& alarm) {
    using enum model::AlarmState;
    const auto letter = [&](char holding, char gone) { return alarm.holds ? holding : gone; };
    switch (alarm.state) {
    case normal: return 'N';
    case unacknowledged: return 'U';
    case acknowledged: return 'A';
    case returnedUnacknowledged: return 'R';
    case latched: return alarm.acknowledgedAt ? 'l' : 'L';
    case shelved: return letter('S', 's');
    case suppressed: return letter('P', 'p');
    case outOfService: return letter('O', 'o');
    }
    return '?';
}

inline std::vector<std::string> wordsOf(const std::string& line) {
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
        words.push_back(word);
    return words;
}

inline std::optional<model::AlarmEvent> eventCalled(std::string_view name) {
    for (int i = 0; i < eventCount; ++i)
        if (const auto event = static_cast<model::AlarmEvent>(i); model::toString(event) == name)
            return event;
    return std::nullopt;
}

/// All cells of the table; one whose event the program does not know is left out.
inline std::vector<Row> rows(bool latches) {
    std::vector<Row> out;
    std::istringstream in(table);
    std::string line;
    std::getline(in, line);
    std::getline(in, line);
    const auto heads = wordsOf(line);
    while (std::getline(in, line)) {
        const auto words = wordsOf(line);
        for (std::size_t i = 1; i < words.size() && i <= heads.size(); ++i)
            if (const auto event = eventCalled(heads[i - 1]))
                out.push_back({words[0][0], *event, words[i][0]});
    }
    std::istringstream other(latches ? latching : "");
    while (std::getline(other, line)) {
        const auto words = wordsOf(line);
        for (auto& row : out)
            if (words.size() == 3 && row.from == words[0][0] && model::toString(row.event) == words[1])
                row.to = words[2][0];
    }
    return out;
}

} // namespace tocsin::test::life
