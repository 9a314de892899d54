#include "app/county_words.hpp"

#include "app/county_session.hpp"
#include "tocsin/base/log.hpp"


namespace tocsin::app {

namespace {

template <typename Words>
Words load(const std::filesystem::path& own, const std::filesystem::path& usual, std::vector<gui::WordsFault>& faults) {
    const auto read = [](const std::filesystem::path& file) -> base::Result<Words> {
        const auto text = county::readText(file);
        if (!text)
            return tl::unexpected(text.error());
        return Words::parse(*text);
    };
    auto words = read(own);
    if (words)
        return std::move(*words);
    if (words.error().code != base::Code::notFound) {
        base::log::warn("{}, {}: the words that came with the program are used", own.filename().string(), words.error().describe());
        faults.push_back({own.filename().string(), words.error()});
    }
    words = read(usual);
    if (!words) {
        base::log::warn("reports are judged without {}: {}", usual.parent_path().filename().string(), words.error().describe());
        faults.push_back({usual.parent_path().filename().string() + "/" + usual.filename().string(), words.error()});
    }
    return words ? std::move(*words) : Words{};
}

} // namespace

gui::ReportWords loadReportWords(const county::CountyFolder& folder) {
    gui::ReportWords words;
    words.synonyms =
        load<triage::Synonyms>(folder.synonyms(), resourcesFolder() / "synonyms" / "default.toml", words.faults);
    words.hazards =
        load<triage::HazardWords>(folder.hazardWords(), resourcesFolder() / "hazard_words" / "default.toml", words.faults);
    return words;
}

} // namespace tocsin::app
