#include "tocsin/county/folder.hpp"

#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace tocsin::county {

namespace fs = std::filesystem;

base::Result<std::string> readText(const fs::path& file, std::uintmax_t limit) {
    std::error_code error;
    if (!fs::is_regular_file(file, error))
        return base::fail(base::Code::notFound, file.string() + " is not there");
    const auto size = fs::file_size(file, error);
    if (!error && size > limit)
        return base::fail(base::Code::tooLarge, file.string() + " is larger than " + std::to_string(limit) + " bytes");
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(size == 0 || text << in.rdbuf()))
        return base::fail(base::Code::storage, file.string() + " cannot be read");
    std::string bytes = std::move(text).str();
    std::size_t badAt = 0;
    if (!base::isUtf8(bytes, &badAt))
        return base::fail(base::Code::malformed, file.filename().string() + " is not UTF-8", {.byte = badAt});
    return bytes;
}

base::Result<void> writeText(const fs::path& file, std::string_view text) {
    const auto failed = [&] { return base::fail(base::Code::storage, "cannot write " + file.string()); };
    const fs::path part = file.string() + ".part";
    const int handle = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (handle < 0)
        return failed();
    bool good = true;
    while (good && !text.empty()) {
        const auto wrote = ::write(handle, text.data(), text.size());
        good = wrote > 0;
        if (good)
            text.remove_prefix(static_cast<std::size_t>(wrote));
    }
    good = ::fsync(handle) == 0 && good;
    good = ::close(handle) == 0 && good;
    std::error_code error;
    if (good)
        fs::rename(part, file, error);
    if (good && !error)
        return {};
    fs::remove(part, error);
    return failed();
}

bool putInPlace(const fs::path& made, const fs::path& target) {
    const int file = ::open(made.c_str(), O_RDONLY | O_CLOEXEC);
    const bool safe = file >= 0 && ::fsync(file) == 0;
    if (file >= 0)
        ::close(file);
    std::error_code error;
    if (safe)
        fs::rename(made, target, error);
    return safe && !error;
}

base::Result<std::string> rewriteText(const fs::path& file, const std::function<base::Result<std::string>(const std::string&)>& change) {
    const auto text = readText(file);
    if (!text)
        return text;
    auto changed = change(*text);
    if (!changed)
        return changed;
    if (auto ok = writeText(file, *changed); !ok)
        return tl::unexpected(ok.error());
    return changed;
}

base::Result<Config> loadConfig(const CountyFolder& folder) {
    const auto text = readText(folder.config());
    if (!text)
        return tl::unexpected(text.error());
    auto config = parseConfig(*text);
    if (!config)
        config.error().message = folder.config().filename().string() + ": " + config.error().message;
    return config;
}

base::Result<std::vector<route::Profile>> loadProfiles(const CountyFolder& folder) {
    std::error_code error;
    if (!fs::exists(folder.profiles(), error))
        return route::defaultProfiles();
    const auto text = readText(folder.profiles());
    if (!text)
        return tl::unexpected(text.error());
    auto profiles = route::parseProfiles(*text);
    if (!profiles)
        profiles.error().message = "profiles.toml: " + profiles.error().message;
    return profiles;
}

base::Result<void> writeCountyFiles(const CountyFolder& folder, const CountyData& data, bool replace) {
    std::error_code error;
    fs::create_directories(folder.readings(), error);
    if (error)
        return base::fail(base::Code::storage, "cannot make the folder " + folder.readings().string());
    const std::pair<fs::path, const std::string*> files[] = {
        {folder.rules(), &data.rulesToml},
        {folder.synonyms(), &data.synonymsToml},
        {folder.hazardWords(), &data.hazardWordsToml},
        {folder.plans(), &data.plansToml},
        {folder.profiles(), &data.profilesToml},
        {folder.supplies(), &data.suppliesCsv},
        {folder.config(), &data.configToml}};
    for (const auto& [file, text] : files) {
        if (text == &data.suppliesCsv && text->empty())
            continue;
        if (!replace && fs::exists(file, error))
            continue;
        if (auto wrote = writeText(file, *text); !wrote)
            return wrote;
    }
    return {};
}

} // namespace tocsin::county
