#include "decode_cap_alert.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace tocsin::ingest::cap {

namespace {

using model::Grade;

struct Word {
    std::string_view text;
    Grade grade;
};

/// A colour in words. Latin words must stand alone ("red" is not in "reduced"); Chinese ones need not.
std::optional<Grade> colourIn(std::string_view value) {
    static constexpr std::array<Word, 18> latin{{{"red", Grade::I},
                                                 {"rot", Grade::I},
                                                 {"rouge", Grade::I},
                                                 {"rojo", Grade::I},
                                                 {"orange", Grade::II},
                                                 {"naranja", Grade::II},
                                                 {"amber", Grade::II},
                                                 {"yellow", Grade::III},
                                                 {"gelb", Grade::III},
                                                 {"jaune", Grade::III},
                                                 {"amarillo", Grade::III},
                                                 {"blue", Grade::IV},
                                                 {"blau", Grade::IV},
                                                 {"bleu", Grade::IV},
                                                 {"azul", Grade::IV},
                                                 {"green", Grade::IV},
                                                 {"vert", Grade::IV},
                                                 {"verde", Grade::IV}}};
    static constexpr std::array<Word, 5> chinese{
        {{"红", Grade::I}, {"橙", Grade::II}, {"黄", Grade::III}, {"蓝", Grade::IV}, {"紅", Grade::I}}};
    const std::string text = lowered(value);
    std::optional<Grade> found;
    const auto take = [&](Grade grade) { found = found ? std::min(*found, grade) : grade; };
    constexpr auto letters = "abcdefghijklmnopqrstuvwxyz";
    for (std::size_t at = text.find_first_of(letters); at != std::string::npos;) {
        const std::size_t end = std::min(text.find_first_not_of(letters, at), text.size());
        const std::string_view word = std::string_view(text).substr(at, end - at);
        for (const Word& known : latin)
            if (known.text == word)
                take(known.grade);
        at = text.find_first_of(letters, end);
    }
    for (const Word& known : chinese)
        if (text.find(known.text) != std::string::npos)
            take(known.grade);
    return found;
}

bool namesColour(std::string_view valueName) {
    const std::string name = lowered(valueName);
    static constexpr std::array<std::string_view, 13> parts{
        "awareness_level", "awarenesslevel", "color",    "colour", "couleur", "farbe", "warnstufe", "hsas", "颜色",
        "颜色等级",        "预警等级",       "预警级别", "顏色"};
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

Grade gradeOfSeverity(std::string_view severity) {
    if (severity == "Extreme")
        return Grade::I;
    if (severity == "Severe")
        return Grade::II;
    if (severity == "Moderate")
        return Grade::III;
    return Grade::IV;
}

std::optional<Grade> namedIn(const model::WarningInfo& info) {
    std::optional<Grade> named;
    const auto take = [&](std::optional<Grade> grade) {
        if (grade)
            named = named ? std::min(*named, *grade) : grade;
    };
    for (const auto& [name, value] : info.parameters)
        if (namesColour(name))
            take(colourIn(value));
    // "暴雨红色预警信号": Chinese signals say their colour in their name.
    for (const std::string* text : {&info.event, &info.headline})
        for (const Word& word : {Word{"红色预警", Grade::I}, Word{"橙色预警", Grade::II}, Word{"黄色预警", Grade::III},
                                 Word{"蓝色预警", Grade::IV}})
            if (text->find(word.text) != std::string::npos)
                take(word.grade);
    return named;
}

} // namespace

void giveColours(model::Warning& warning) {
    auto& infos = warning.infos;
    std::vector<std::optional<Grade>> named;
    std::optional<Grade> gravest;
    Grade bySeverity = Grade::IV;
    for (const model::WarningInfo& info : infos) {
        const auto& own = named.emplace_back(namedIn(info));
        if (own)
            gravest = gravest ? std::min(*gravest, *own) : own;
        bySeverity = std::min(bySeverity, gradeOfSeverity(info.severity));
    }
    warning.colour = gravest.value_or(bySeverity);
    for (std::size_t i = 0; i < infos.size(); ++i) {
        auto own = named[i];
        for (std::size_t k = 0; k < infos.size() && !own; ++k)
            if (named[k] && model::tellTheSame(infos[i], infos[k]))
                own = named[k];
        const auto colour = std::max(warning.colour, own.value_or(gradeOfSeverity(infos[i].severity)));
        infos[i].colour = colour == warning.colour ? std::nullopt : std::optional(colour);
    }
}

} // namespace tocsin::ingest::cap
