#include "app/seat_settings.hpp"

#include "tocsin/base/sha256.hpp"
#include "tocsin/county/window_words.hpp"

#include <algorithm>

namespace tocsin::app {

namespace {

std::string digestOf(std::string_view text) {
    return base::toHex(base::sha256(text));
}

std::string at(const SeatSettings& settings, const std::string& name) {
    const auto found = settings.find(name);
    return found == settings.end() ? digestOf({}) : found->second;
}

} // namespace

SeatSettings settingsOf(const county::CountyFolder& folder) {
    SeatSettings out;
    const auto config = county::readText(folder.config()).and_then([](const std::string& text) { return county::windowWords(text); });
    out["config.toml"] = digestOf(config ? config->general : std::string());
    out[typingSettings] = digestOf(config ? config->typing : std::string());
    for (const auto& file : {folder.profiles(), folder.synonyms(), folder.hazardWords(), folder.supplies()})
        out[file.filename().string()] = digestOf(county::readText(file).value_or(std::string()));
    return out;
}

OtherSettings otherSettings(const SeatSettings& told, const SeatSettings& own, const SeatSettings& files) {
    OtherSettings out;
    for (const auto& [name, digest] : told) {
        if (name != typingSettings && digest != at(own, name))
            out.names.push_back(name);
    }
    out.readAgain = !out.names.empty() && std::all_of(out.names.begin(), out.names.end(), [&](const auto& name) {
        return told.at(name) == at(files, name);
    });
    return out;
}

} // namespace tocsin::app
