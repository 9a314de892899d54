#include "decode_cn_warning.hpp"

#include "decode_place.hpp"

#include <algorithm>
#include <array>

namespace tocsin::ingest::cn {

namespace {

using model::Grade;

struct Word {
    std::string_view text;
    Grade grade;
};

// Colours before ranks: "Ⅳ级" must not be taken for what holds it, and a title may name both.
constexpr std::array<Word, 9> colours{{{"红色", Grade::I},
                                       {"橙色", Grade::II},
                                       {"黄色", Grade::III},
                                       {"蓝色", Grade::IV},
                                       {"红", Grade::I},
                                       {"橙", Grade::II},
                                       {"黄", Grade::III},
                                       {"蓝", Grade::IV},
                                       {"紅", Grade::I}}};
constexpr std::array<Word, 9> ranks{{{"特别重大", Grade::I},
                                     {"重大", Grade::II},
                                     {"较大", Grade::III},
                                     {"一般", Grade::IV},
                                     {"Ⅳ", Grade::IV},
                                     {"Ⅲ", Grade::III},
                                     {"Ⅱ", Grade::II},
                                     {"Ⅰ", Grade::I},
                                     {"特大", Grade::I}}};

// The signals of the meteorological services, and what the same table has besides (national codes 11Bxx).
constexpr std::array<std::string_view, 22> events{"台风",     "龙卷风", "暴雨",   "暴雪", "寒潮",     "大风",
                                                  "沙尘暴",   "低温冻害", "高温", "热浪", "干热风",   "下击暴流",
                                                  "雪崩",     "雷电",   "冰雹",   "霜冻", "大雾",     "低空风切变",
                                                  "霾",       "雷雨大风", "道路结冰", "干旱"};

bool areDigits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace

std::optional<Grade> gradeIn(std::string_view text) {
    const std::string low = lowered(trimmed(text));
    if (low == "red")
        return Grade::I;
    if (low == "orange")
        return Grade::II;
    if (low == "yellow")
        return Grade::III;
    if (low == "blue")
        return Grade::IV;
    constexpr std::size_t oneCharacter = 3;  // a single 红 may be a river's name
    constexpr std::size_t longestTitle = 150; // in a description 一般 and 较大 are just words
    for (const Word& word : colours)
        if (word.text.size() > oneCharacter ? text.find(word.text) != std::string_view::npos
                                            : trimmed(text) == word.text)
            return word.grade;
    if (text.size() <= longestTitle)
        for (const Word& word : ranks)
            if (text.find(word.text) != std::string_view::npos)
                return word.grade;
    return {};
}

std::string_view eventOf(std::string_view code) {
    if (code.size() != 5 || !code.starts_with("11B") || !areDigits(code.substr(3)))
        return {};
    const auto index = static_cast<std::size_t>((code[3] - '0') * 10 + (code[4] - '0'));
    return index >= 1 && index <= events.size() ? events[index - 1] : std::string_view();
}

std::string_view colourWord(Grade grade) {
    static constexpr std::array<std::string_view, 4> words{"红色", "橙色", "黄色", "蓝色"};
    return words[static_cast<std::size_t>(grade) - 1];
}

std::string_view severityOf(Grade grade) {
    static constexpr std::array<std::string_view, 4> words{"Extreme", "Severe", "Moderate", "Minor"};
    return words[static_cast<std::size_t>(grade) - 1];
}

std::optional<Identifier> identifierFrom(std::string_view text) {
    if ((text.size() != 31 && text.size() != 29) || text[14] != '_' || (text.size() == 31 && text[29] != '_'))
        return {};
    const std::string_view time = text.substr(15, 14);
    const std::string_view sender = text.substr(0, 14);
    if (!areDigits(time) || !areDigits(sender.substr(0, 6)) ||
        !std::all_of(sender.begin(), sender.end(), [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        }))
        return {};
    std::string iso(time.substr(0, 4));
    iso.append("-").append(time.substr(4, 2)).append("-").append(time.substr(6, 2)).append("T");
    iso.append(time.substr(8, 2)).append(":").append(time.substr(10, 2)).append(":").append(time.substr(12, 2));
    const auto sent = base::parseTime(iso + "+08:00");
    if (!sent)
        return {};
    return Identifier{std::string(sender.substr(0, 6)), std::string(sender), *sent};
}

} // namespace tocsin::ingest::cn
