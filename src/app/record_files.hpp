#pragma once

#include "tocsin/county/folder.hpp"
#include "tocsin/county/gazetteer.hpp"
#include "tocsin/county/records.hpp"
#include "tocsin/desk/command.hpp"
#include "tocsin/model/capability_tables.hpp"
#include "tocsin/model/state.hpp"

#include <functional>
#include <memory>
#include <stop_token>

namespace tocsin::app {

/// What an import of resources needs of the county: capabilities, supplies, places. Reads files; may run on any thread.
struct RecordKnowledge {
    model::CapabilityTables typing;
    std::map<std::string, county::SupplyWord> supplies; ///< supplies.csv of the county's folder, where it is
    std::shared_ptr<county::Gazetteer> places;          ///< null where there is no map
};
[[nodiscard]] RecordKnowledge recordKnowledge(const county::CountyFolder& folder);

[[nodiscard]] county::RecordImportOptions importOptions(const RecordKnowledge& knowledge, model::Datum datum,
                                                        std::optional<model::ResourceKind> kind, const std::string& origin, base::Time now);

/// The call-down lists that are kept, as an import compares with them.
[[nodiscard]] std::vector<model::CallList> callListsOf(const model::State& state);

/// What became of an import's records at the desk.
struct RecordsTaken {
    std::size_t taken{0};
    std::vector<std::pair<std::string, std::string>> refused; ///< name and the desk's reason
    bool cancelled{false};                                     ///< the rest was not offered
};
/// Offers the records in lots, one after the other, then each call-down list. `put` sends one lot and waits for the desk's answer: not for the
/// GUI's thread. A lot that is refused is halved until the record is found that is to blame; the others are taken.
[[nodiscard]] RecordsTaken takeRecords(const county::RecordImport& import, const std::string& how,
                                       const std::function<base::Result<desk::Done>(desk::CommandBody)>& put,
                                       const std::function<void(double)>& progress, const std::stop_token& stop);

} // namespace tocsin::app
