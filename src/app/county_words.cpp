#include "app/county_words.hpp"

#include "app/county_session.hpp"

#include <spdlog/spdlog.h>

namespace tocsin::app {

namespace {

base::Result<triage::Synonyms> readSynonyms(const std::filesystem::path& file) {
    const auto text = county::readText(file);
    if (!text)
        return tl::unexpected(text.error());
    return triage::Synonyms::parse(*text);
}

} // namespace

triage::Synonyms loadSynonyms(const county::CountyFolder& folder) {
    auto own = readSynonyms(folder.synonyms());
    if (own)
        return std::move(*own);
    if (own.error().code != base::Code::notFound)
        spdlog::warn("synonyms.toml, {}: the words that came with the program are used", own.error().describe());
    auto usual = readSynonyms(resourcesFolder() / "synonyms" / "default.toml");
    if (!usual)
        spdlog::warn("reports are compared without synonyms: {}", usual.error().describe());
    return usual ? std::move(*usual) : triage::Synonyms{};
}

} // namespace tocsin::app
