#include "tocsin/model/journal.hpp"

namespace tocsin::model {

nlohmann::json toCloudEvent(const Entry& entry) {
    nlohmann::json out = nlohmann::json::object();
    out["specversion"] = "1.0";
    out["id"] = entry.id.toString();
    out["source"] = entry.source;
    out["type"] = entry.type;
    out["subject"] = entry.subject;
    out["time"] = base::formatTime(entry.time);
    out["datacontenttype"] = "application/json";
    out["seq"] = entry.seq;
    out["actor"] = entry.actor;
    out["command"] = entry.command.toString();
    out["hash"] = base::toHex(entry.hash);
    out["data"] = entry.data;
    return out;
}

base::Digest chainHash(const base::Digest& previous, std::int64_t seq, const std::string& source,
                       const EntryDraft& draft, const std::string& dataText) {
    std::string bytes;
    bytes.reserve(previous.size() + dataText.size() + 400);
    bytes.append(reinterpret_cast<const char*>(previous.data()), previous.size());
    const auto add = [&bytes](const std::string& field) {
        bytes += std::to_string(field.size());
        bytes += ':';
        bytes += field;
    };
    add(std::to_string(seq));
    add(draft.id.toString());
    add(source);
    add(draft.type);
    add(draft.subject);
    add(base::formatTime(draft.time));
    add(draft.actor);
    add(draft.command.toString());
    add(dataText);
    return base::sha256(bytes);
}

} // namespace tocsin::model
