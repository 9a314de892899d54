#include "triage/hazard_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace tocsin::triage {

namespace {

using namespace hazard;

constexpr std::size_t mostBytes = 4'000; ///< of a text that are read

struct Word {
    std::string_view text; ///< folded
    Hazards hazards;
    bool deniable{false}; ///< "no …" says that it is not so
};

constexpr Hazards wet = rain | flood | landslide;
constexpr std::array words{Word{"flood", flood, true},
                           Word{"floods", flood, true},
                           Word{"flooding", flood, true},
                           Word{"flooded", flood},
                           Word{"flash flood", flood, true},
                           Word{"high water", flood, true},
                           Word{"hochwasser", flood, true},
                           Word{"überschwemmung", flood, true},
                           Word{"überflutung", flood, true},
                           Word{"überflutet", flood},
                           Word{"überschwemmt", flood},
                           Word{"洪水", flood, true},
                           Word{"洪涝", flood, true},
                           Word{"内涝", flood, true},
                           Word{"积水", flood, true},
                           Word{"山洪", flood, true},
                           Word{"涨水", flood, true},
                           Word{"被淹", flood, true},
                           Word{"rainstorm", wet, true},
                           Word{"heavy rain", wet, true},
                           Word{"rain", wet},
                           Word{"starkregen", wet, true},
                           Word{"暴雨", wet, true},
                           Word{"强降雨", wet, true},
                           Word{"大雨", wet},
                           Word{"fire", fire, true},
                           Word{"fires", fire, true},
                           Word{"forest-fire", fire},
                           Word{"forest fire", fire, true},
                           Word{"wildfire", fire, true},
                           Word{"smoke", fire, true},
                           Word{"flames", fire, true},
                           Word{"burning", fire},
                           Word{"brand", fire, true},
                           Word{"waldbrand", fire, true},
                           Word{"feuer", fire, true},
                           Word{"rauch", fire, true},
                           Word{"brennt", fire},
                           Word{"火灾", fire, true},
                           Word{"山火", fire, true},
                           Word{"火警", fire},
                           Word{"浓烟", fire, true},
                           Word{"冒烟", fire, true},
                           Word{"着火", fire, true},
                           Word{"起火", fire, true},
                           Word{"失火", fire, true},
                           Word{"landslide", landslide, true},
                           Word{"mudslide", landslide, true},
                           Word{"debris flow", landslide, true},
                           Word{"debris-flow", landslide},
                           Word{"rockfall", landslide, true},
                           Word{"erdrutsch", landslide, true},
                           Word{"hangrutsch", landslide, true},
                           Word{"murgang", landslide, true},
                           Word{"steinschlag", landslide, true},
                           Word{"滑坡", landslide, true},
                           Word{"泥石流", landslide, true},
                           Word{"塌方", landslide, true},
                           Word{"落石", landslide, true},
                           Word{"earthquake", quake, true},
                           Word{"quake", quake, true},
                           Word{"aftershock", quake, true},
                           Word{"collapse", quake, true},
                           Word{"collapsed", quake},
                           Word{"building-collapse", quake},
                           Word{"erdbeben", quake, true},
                           Word{"nachbeben", quake, true},
                           Word{"einsturz", quake, true},
                           Word{"eingestürzt", quake},
                           Word{"地震", quake, true},
                           Word{"余震", quake, true},
                           Word{"倒塌", quake, true},
                           Word{"坍塌", quake, true},
                           Word{"storm", storm, true},
                           Word{"gale", storm},
                           Word{"hurricane", storm},
                           Word{"typhoon", storm},
                           Word{"sturm", storm, true},
                           Word{"orkan", storm},
                           Word{"大风", storm},
                           Word{"台风", storm, true},
                           Word{"power", power},
                           Word{"power-outage", power},
                           Word{"power outage", power, true},
                           Word{"power cut", power, true},
                           Word{"stromausfall", power, true},
                           Word{"停电", power, true},
                           Word{"water-supply", water},
                           Word{"no water", water},
                           Word{"kein wasser", water},
                           Word{"停水", water, true},
                           Word{"road", traffic},
                           Word{"traffic", traffic},
                           Word{"accident", traffic, true},
                           Word{"traffic-accident", traffic},
                           Word{"crash", traffic, true},
                           Word{"unfall", traffic, true},
                           Word{"车祸", traffic, true},
                           Word{"交通事故", traffic, true},
                           Word{"gas", substance},
                           Word{"hazmat", substance},
                           Word{"chemical", substance},
                           Word{"gas leak", substance, true},
                           Word{"gasgeruch", substance, true},
                           Word{"燃气", substance},
                           Word{"泄漏", substance, true},
                           Word{"injury", people},
                           Word{"injured", people},
                           Word{"medical", people},
                           Word{"trapped", people},
                           Word{"rescue", people},
                           Word{"missing", people},
                           Word{"missing-person", people},
                           Word{"verletzt", people},
                           Word{"vermisst", people},
                           Word{"受伤", people},
                           Word{"被困", people},
                           Word{"失踪", people}};

constexpr std::array<std::string_view, 34> denials{"all clear",      "all-clear",
                                                   "false alarm",    "not true",
                                                   "untrue",         "hoax",
                                                   "fake news",      "nothing happened",
                                                   "fire is out",    "extinguished",
                                                   "been put out",   "entwarnung",
                                                   "fehlalarm",      "falscher alarm",
                                                   "falschmeldung",  "stimmt nicht",
                                                   "nicht wahr",     "nichts passiert",
                                                   "ist gelöscht",   "bereits gelöscht",
                                                   "brand gelöscht", "feuer gelöscht",
                                                   "误报",           "虚惊",
                                                   "谣言",           "不实",
                                                   "假消息",         "没事了",
                                                   "这回事",         "已扑灭",
                                                   "已经扑灭",       "扑灭了",
                                                   "已解除",         "警报解除"};
/// Before a denial they undo it; before an event they deny it.
constexpr std::array<std::string_view, 20> negators{"no",     "not",       "never", "without", "isn't", "kein", "keine",
                                                    "keinen", "keinerlei", "nicht", "ohne",    "没有",  "没",   "未",
                                                    "无",     "不是",      "并非",  "尚未",    "并无",  "being"};
/// That may stand in between.
constexpr std::array<std::string_view, 18> fillers{"a",     "an",   "any",  "the",  "yet",  "sign",
                                                   "signs", "of",   "more", "been", "noch", "mehr",
                                                   "发生",  "看到", "见到", "任何", "什么", "出现"};
/// "No fire engine" is a cry for one.
constexpr std::array<std::string_view, 14> goesOn{"brigade",    "engine",  "engines",    "truck",     "trucks",
                                                  "department", "fighter", "fighters",   "service",   "extinguisher",
                                                  "hydrant",    "alarm",   "of control", "protection"};

bool isLetterLead(unsigned char lead) { // of a script that parts its words by blanks
    return lead < 0x80 ? std::isalnum(lead) != 0 : lead < 0xE2;
}

bool letterBefore(std::string_view text, std::size_t at) {
    while (at > 0) {
        const auto byte = static_cast<unsigned char>(text[--at]);
        if ((byte & 0xC0U) != 0x80U)
            return isLetterLead(byte);
    }
    return false;
}

bool letterAt(std::string_view text, std::size_t at) {
    return at < text.size() && isLetterLead(static_cast<unsigned char>(text[at]));
}

bool latin(std::string_view word) {
    return isLetterLead(static_cast<unsigned char>(word.front()));
}

/// Where the word stands for itself, from `from` on.
std::size_t find(std::string_view text, std::string_view word, std::size_t from = 0) {
    for (auto at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
        if (!latin(word) || (!letterBefore(text, at) && !letterAt(text, at + word.size())))
            return at;
    }
    return std::string_view::npos;
}

template <std::size_t N>
bool stripWord(std::string_view& head, const std::array<std::string_view, N>& list) {
    while (!head.empty() && head.back() == ' ')
        head.remove_suffix(1);
    return std::any_of(list.begin(), list.end(), [&](std::string_view word) {
        if (!head.ends_with(word) || (latin(word) && letterBefore(head, head.size() - word.size())))
            return false;
        head.remove_suffix(word.size());
        return true;
    });
}

bool negated(std::string_view text, std::size_t at) {
    auto head = text.substr(0, at);
    for (int i = 0; i < 3 && stripWord(head, fillers); ++i)
        ;
    return stripWord(head, negators);
}

bool isOtherThing(std::string_view text, std::size_t end) {
    if (end < text.size() && (text[end] == ' ' || text[end] == '-'))
        ++end;
    const auto rest = text.substr(end);
    return std::any_of(goesOn.begin(), goesOn.end(),
                       [&](std::string_view word) { return rest.starts_with(word) && !letterAt(rest, word.size()); });
}

} // namespace

std::string folded(std::string_view text) {
    text = text.substr(0, mostBytes);
    UErrorCode code = U_ZERO_ERROR;
    const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(code);
    if (U_FAILURE(code))
        return std::string(text);
    const auto out = fold->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), code);
    std::string bytes;
    if (U_SUCCESS(code))
        out.toUTF8String(bytes);
    return bytes;
}

Hazards hazardsOf(std::string_view word) {
    const auto found = std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.text == word; });
    return found == words.end() ? 0 : found->hazards;
}

Hazards hazardsIn(std::string_view text) {
    Hazards all = 0;
    for (const Word& word : words) {
        if ((word.hazards & ~all) != 0 && find(text, word.text) != std::string_view::npos)
            all |= word.hazards;
    }
    return all;
}

bool denies(std::string_view text, Hazards about) {
    for (const auto denial : denials) {
        for (auto at = find(text, denial); at != std::string_view::npos; at = find(text, denial, at + 1)) {
            const bool undone = denial == "这回事" ? !negated(text, at) : negated(text, at);
            if (!undone && !isOtherThing(text, at + denial.size()))
                return true;
        }
    }
    for (const Word& word : words) {
        if (!word.deniable || (about != 0 && (word.hazards & about) == 0))
            continue;
        for (auto at = find(text, word.text); at != std::string_view::npos; at = find(text, word.text, at + 1)) {
            if (negated(text, at) && !isOtherThing(text, at + word.text.size()))
                return true;
        }
    }
    return false;
}

} // namespace tocsin::triage
