#include "app/record_files.hpp"

#include "tocsin/base/log.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/model/calling.hpp"

#include <algorithm>

namespace tocsin::app {

namespace {
constexpr std::size_t lot = 1'000;
} // namespace

RecordKnowledge recordKnowledge(const county::CountyFolder& folder) {
    RecordKnowledge out;
    if (auto config = county::loadConfig(folder))
        out.typing = {std::move(config->capabilities), std::move(config->codes)};
    std::error_code ec;
    if (std::filesystem::exists(folder.supplies(), ec)) {
        if (auto supplies = county::readSupplies(folder.supplies()))
            out.supplies = std::move(*supplies);
        else
            base::log::warn("supplies.csv is not used: {}", supplies.error().describe());
    }
    if (auto places = county::Gazetteer::open(folder.map()))
        out.places = std::move(*places);
    return out;
}

county::RecordImportOptions importOptions(const RecordKnowledge& knowledge, model::Datum datum, std::optional<model::ResourceKind> kind,
                                          const std::string& origin, base::Time now) {
    county::RecordImportOptions options;
    options.datum = datum;
    options.kind = kind;
    options.origin = origin.substr(0, 300);
    options.now = now;
    for (const auto& word : knowledge.typing.capabilities)
        options.capabilities[word.code] = word.name;
    options.supplies = knowledge.supplies;
    if (knowledge.places)
        options.placeOf = [places = knowledge.places](const std::string& name) -> std::optional<model::Position> {
            const auto found = places->search(name, std::nullopt, 1);
            return found.empty() ? std::nullopt : std::optional(found.front().position);
        };
    return options;
}

std::vector<model::CallList> callListsOf(const model::State& state) {
    std::vector<model::CallList> out;
    for (const auto* list : model::keptCallLists(state))
        out.push_back(*list);
    return out;
}

RecordsTaken takeRecords(const county::RecordImport& import, const std::string& how,
                         const std::function<base::Result<desk::Done>(desk::CommandBody)>& put,
                         const std::function<void(double)>& progress, const std::stop_token& stop) {
    RecordsTaken out;
    std::map<model::ResourceId, const model::Resource*> seen;
    for (const auto& record : import.seen)
        seen[record.id] = &record;
    const std::function<void(std::size_t, std::size_t)> offer = [&](std::size_t from, std::size_t to) {
        if (stop.stop_requested()) {
            out.cancelled = true;
            return;
        }
        desk::PutResources command;
        command.how = how.substr(0, 300);
        for (std::size_t i = from; i < to; ++i) {
            command.resources.push_back(import.records[i]);
            if (const auto was = seen.find(import.records[i].id); was != seen.end() && !import.records[i].id.isNull())
                command.seen.push_back(*was->second);
        }
        const auto done = put(std::move(command));
        if (done) {
            out.taken += to - from;
        } else if (to - from == 1 || done.error().code == base::Code::unavailable || done.error().code == base::Code::storage) {
            for (std::size_t i = from; i < to; ++i)
                out.refused.emplace_back(import.records[i].name.text, done.error().message);
        } else {
            const auto half = from + (to - from) / 2;
            offer(from, half);
            offer(half, to);
        }
    };
    const auto all = static_cast<double>(import.records.size() + import.lists.size());
    for (std::size_t at = 0; at < import.records.size() && !out.cancelled; at += lot) {
        offer(at, std::min(import.records.size(), at + lot));
        if (progress)
            progress(static_cast<double>(std::min(import.records.size(), at + lot)) / all);
    }
    for (std::size_t at = 0; at < import.lists.size() && !out.cancelled; ++at) {
        if (stop.stop_requested()) {
            out.cancelled = true;
            break;
        }
        const auto& list = import.lists[at];
        desk::PutCallList command{list, {}};
        for (const auto& was : import.listsSeen) {
            if (was.id == list.id)
                command.seen = was;
        }
        if (const auto done = put(std::move(command)))
            ++out.taken;
        else
            out.refused.emplace_back(list.name, done.error().message);
        if (progress)
            progress(static_cast<double>(import.records.size() + at + 1) / all);
    }
    return out;
}

} // namespace tocsin::app
