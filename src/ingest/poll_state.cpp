#include "ingest/poll_state.hpp"

#include <algorithm>
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

void readAgain(const json& all, PollState& state) {
    for (const auto& [id, one] : all.items()) {
        if (!one.is_object() || textOf(one, "url").empty() || state.again.size() >= mostTaken)
            continue;
        const auto isIndex = one.find("isIndex");
        state.again[id] = {textOf(one, "url"), textOf(one, "etag"), textOf(one, "lastModified"), textOf(one, "digest"),
                           isIndex != one.end() && isIndex->is_boolean() && isIndex->get<bool>()};
    }
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
    if (const auto again = read.find("again"); again != read.end() && again->is_object()) {
        state.lastAgain = textOf(read, "lastAgain");
        readAgain(*again, state);
    } else if (std::any_of(state.taken.begin(), state.taken.end(), [](const auto& one) { return one.second.empty(); })) {
        // Of before these were asked again: the index must say once more where they are.
        state.etag.clear();
        state.lastModified.clear();
        state.digest.clear();
    }
    return state;
}

base::Result<void> savePollState(const fs::path& file, const PollState& state) {
    json again = json::object();
    for (const auto& [id, one] : state.again) {
        again[id] = {{"url", one.url}, {"etag", one.etag}, {"lastModified", one.lastModified}, {"digest", one.digest}};
        if (one.isIndex)
            again[id]["isIndex"] = true;
    }
    const json out{{"address", state.address},
                   {"etag", state.etag},
                   {"lastModified", state.lastModified},
                   {"digest", state.digest},
                   {"taken", state.taken},
                   {"again", std::move(again)},
                   {"lastAgain", state.lastAgain}};
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
