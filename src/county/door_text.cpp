#include "tocsin/base/toml.hpp"
#include "tocsin/base/toml_text.hpp"
#include "tocsin/county/config.hpp"

#include <algorithm>
#include <initializer_list>

// What of the desk is open to others, as config.toml's text, and that text changed without touching the rest of it.

namespace tocsin::county {
namespace {

using base::Code;
using base::fail;

std::string textOf(const Endpoint& at) {
    const bool isV6 = at.host.find(':') != std::string::npos;
    return (isV6 ? "[" + at.host + "]" : at.host) + ":" + std::to_string(at.port);
}

std::string textOf(const std::vector<std::string>& items) {
    std::string out = "[";
    for (const auto& item : items)
        out += (out.size() > 1 ? ", " : "") + base::tomlQuoted(item);
    return out + "]";
}

/// Only what is written here is another: a table that holds nothing else is none.
toml::table restOf(toml::table root) {
    const auto drop = [&root](const char* name, std::initializer_list<const char*> keys) {
        auto* node = root.get(name);
        auto* table = node == nullptr ? nullptr : node->as_table();
        if (table == nullptr)
            return;
        for (const auto* key : keys)
            table->erase(key);
        if (table->empty())
            root.erase(name);
    };
    drop("listen", {"readings", "http", "public", "certificate", "key", "push_keys", "connections", "connections_per_address"});
    drop("open311", {"keys", "publish"});
    drop("privacy", {"contacts"});
    return root;
}

} // namespace

DoorWords doorsOf(const Config& config) {
    return {textOf(config.readings), textOf(config.http), config.httpCertificate, config.httpKey,         config.pushKeys,
            config.open311Keys,      config.open311Publish, config.contactReaders, config.httpConnections, config.httpPerAddress,
            config.publicAddress};
}

base::Result<std::string> withDoors(std::string_view toml, DoorWords doors) {
    for (auto* address : {&doors.readings, &doors.http}) {
        const auto at = parseEndpoint(*address);
        if (!at)
            return tl::unexpected(at.error());
        *address = textOf(*at);
    }
    if (doors.publicAddress.ends_with('/')) // as it is read
        doors.publicAddress.pop_back();
    const auto before = parseConfig(toml);
    const auto rootBefore = base::parseToml(toml);
    if (!before || !rootBefore)
        return tl::unexpected(before ? rootBefore.error() : before.error());
    const DoorWords was = doorsOf(*before);
    std::string out(toml);
    const auto text = [&out](const char* table, const char* key, const std::string& now, const std::string& then) {
        if (now != then)
            out = base::withTomlKey(out, table, key, now.empty() ? std::string() : base::tomlQuoted(now));
    };
    // Nobody named means something else for each: nobody's reports are shown, but everybody may send, and see.
    const auto list = [&out](const char* table, const char* key, const std::vector<std::string>& now,
                             const std::vector<std::string>& then, bool writeEmpty) {
        if (now != then)
            out = base::withTomlKey(out, table, key, now.empty() && !writeEmpty ? std::string() : textOf(now));
    };
    text("listen", "readings", doors.readings, was.readings);
    text("listen", "http", doors.http, was.http);
    text("listen", "public", doors.publicAddress, was.publicAddress);
    text("listen", "certificate", doors.certificate, was.certificate);
    text("listen", "key", doors.key, was.key);
    const auto number = [&out](const char* key, int now, int then) {
        if (now != then)
            out = base::withTomlKey(out, "listen", key, std::to_string(now));
    };
    number("connections", doors.connections, was.connections);
    // Where the file does not say it, it is the usual number, or as many as all together.
    const bool said = (*rootBefore)["listen"]["connections_per_address"].node() != nullptr;
    number("connections_per_address", doors.connectionsPerAddress,
           said ? was.connectionsPerAddress : std::min(Config{}.httpPerAddress, doors.connections));
    list("listen", "push_keys", doors.pushKeys, was.pushKeys, false);
    list("open311", "keys", doors.open311Keys, was.open311Keys, false);
    list("open311", "publish", doors.open311Publish, was.open311Publish, true);
    list("privacy", "contacts", doors.contactReaders, was.contactReaders, false);
    // Read back by the same reader as at the start: what it would refuse then is refused now.
    const auto read = parseConfig(out);
    if (!read)
        return fail(Code::refused, "this cannot be put into config.toml: " + read.error().message);
    const auto rootAfter = base::parseToml(out);
    if (!rootAfter)
        return tl::unexpected(rootAfter.error());
    if (doorsOf(*read) != doors || restOf(*rootBefore) != restOf(*rootAfter))
        return fail(Code::refused, "config.toml is written in a way that only a person can change: edit it by hand");
    return out;
}

} // namespace tocsin::county
