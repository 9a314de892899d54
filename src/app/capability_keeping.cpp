#include "app/capability_keeping.hpp"

#include "tocsin/county/config.hpp"

#include <algorithm>

namespace tocsin::app {

using base::Code;
using base::fail;

namespace {

/// The window marks all faults beside their cells before it saves; this is for whoever comes another way, and for what has changed since.
base::Result<void> mayBeKept(const model::CapabilityTables& seen, const model::CapabilityTables& wanted,
                             const std::map<std::string, model::CapabilityUse>& uses) {
    if (const auto faults = model::checkTyping(wanted); !faults.empty()) {
        const auto& first = faults.front();
        return fail(Code::refused, std::string(first.table == model::TypingTable::codes ? "code" : "capability") + " in row " +
                                       std::to_string(first.row + 1) + ": its " + std::string(model::toString(first.column)) + " is wrong");
    }
    for (const auto& word : seen.capabilities) {
        const bool stays = std::any_of(wanted.capabilities.begin(), wanted.capabilities.end(), [&](const auto& w) { return w.code == word.code; });
        const auto use = uses.find(word.code);
        if (!stays && use != uses.end())
            return fail(Code::refused, "the capability " + word.code + " cannot go: " + std::to_string(use->second.all()) +
                                           " still use it, " + (use->second.examples.empty() ? "" : use->second.examples.front().text) + " among them");
    }
    return {};
}

base::Result<model::CapabilityTables> tablesIn(std::string_view text) {
    auto config = county::parseConfig(text);
    if (!config)
        return tl::unexpected(config.error());
    return model::CapabilityTables{std::move(config->capabilities), std::move(config->codes)};
}

} // namespace

base::Result<model::CapabilityTables> readCapabilities(const county::CountyFolder& folder) {
    return county::readText(folder.config()).and_then([](const std::string& text) { return tablesIn(text); });
}

base::Result<void> keepCapabilities(const county::CountyFolder& folder, std::mutex& saving, const model::CapabilityTables& seen,
                                    const model::CapabilityTables& wanted, const std::map<std::string, model::CapabilityUse>& uses) {
    if (auto ok = mayBeKept(seen, wanted, uses); !ok)
        return ok;
    const std::lock_guard lock(saving);
    const auto changed = county::rewriteText(folder.config(), [&](const std::string& text) -> base::Result<std::string> {
        const auto stand = tablesIn(text);
        if (!stand)
            return tl::unexpected(stand.error());
        if (*stand != seen)
            return fail(Code::conflict, "the tables in config.toml have been changed by somebody else meanwhile");
        return county::withCapabilities(text, wanted);
    });
    if (!changed)
        return tl::unexpected(changed.error());
    return {};
}

} // namespace tocsin::app
