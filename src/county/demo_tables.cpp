#include "county/demo_tables.hpp"

#include "county/map_reader.hpp"

#include <sstream>

namespace tocsin::county {

base::LocalText DemoNames::of(const std::string& name) const {
    const auto found = all.find(name);
    return found == all.end() ? base::LocalText(name) : found->second;
}

base::Result<DemoNames> loadDemoNames(const std::filesystem::path& demoDir) {
    const auto table = CsvTable::load(demoDir / "names.csv", {"kind", "name", "zh_CN", "population", "shown"});
    if (!table)
        return tl::unexpected(table.error());
    DemoNames names;
    for (const auto& row : table->rows()) {
        auto name = bilingual(row["shown"].empty() ? row["name"] : row["shown"], row["zh_CN"]);
        if (row["kind"] == "municipality") {
            const auto people = row.number("population", 0, 1e8);
            if (!people)
                return tl::unexpected(people.error());
            names.municipalities.push_back({name, static_cast<std::int64_t>(*people)});
        }
        names.all.emplace(row["name"], std::move(name));
    }
    return names;
}

base::Result<std::vector<model::Capability>> parseCapabilities(const CsvTable::Row& row, const std::string& column) {
    std::vector<model::Capability> out;
    std::istringstream words(row[column]);
    for (std::string word; words >> word;) {
        const auto colon = word.find(':');
        if (colon == std::string::npos || colon == 0 || word.size() != colon + 2 || word[colon + 1] < '1' ||
            word[colon + 1] > '3')
            return row.fault("\"" + word + "\" is not a capability with a level 1 to 3, such as pumping:2");
        out.push_back({word.substr(0, colon), word[colon + 1] - '0'});
    }
    return out;
}

} // namespace tocsin::county
