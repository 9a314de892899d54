#include "ingest/poll_state.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

namespace tocsin::ingest {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::uintmax_t mostBytes = 16U << 20U;
constexpr std::size_t mostTaken = 50'000;

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

fs::path pollStateFile(const fs::path& county, std::string_view feed) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string name;
    for (const char c : feed) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (plain)
            name += c;
        else
            name += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
    return county / "feeds" / (name.substr(0, 240) + ".json");
}

PollState loadPollState(const fs::path& file, std::string_view address) {
    PollState state;
    state.address = address;
    std::error_code error;
    if (const auto size = fs::file_size(file, error); error || size > mostBytes)
        return state;
    std::ifstream in(file, std::ios::binary);
    const auto read = json::parse(in, nullptr, false);
    if (!read.is_object() || textOf(read, "address") != address)
        return state;
    state.etag = textOf(read, "etag");
    state.lastModified = textOf(read, "lastModified");
    state.digest = textOf(read, "digest");
    if (const auto taken = read.find("taken"); taken != read.end() && taken->is_object())
        for (const auto& [id, version] : taken->items())
            if (version.is_string() && state.taken.size() < mostTaken)
                state.taken.emplace(id, version.get<std::string>());
    return state;
}

base::Result<void> savePollState(const fs::path& file, const PollState& state) {
    const json out{{"address", state.address},
                   {"etag", state.etag},
                   {"lastModified", state.lastModified},
                   {"digest", state.digest},
                   {"taken", state.taken}};
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    auto beside = file;
    beside += ".new";
    {
        std::ofstream to(beside, std::ios::binary | std::ios::trunc);
        to << out.dump(-1, ' ', false, json::error_handler_t::replace);
        to.flush();
        if (!to)
            return base::fail(base::Code::storage, "cannot write " + beside.string());
    }
    fs::rename(beside, file, error);
    if (error)
        return base::fail(base::Code::storage, "cannot write " + file.string() + ": " + error.message());
    return {};
}

} // namespace tocsin::ingest
