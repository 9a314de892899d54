#pragma once

#include "county/csv.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/model/resource.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::county {

struct MunicipalityWord {
    base::LocalText name;
    std::int64_t population{0};
};

/// names.csv: the municipalities, and every name with its Chinese.
struct DemoNames {
    std::vector<MunicipalityWord> municipalities;
    std::map<std::string, base::LocalText> all;

    /// The name with its translation where the table has one.
    [[nodiscard]] base::LocalText of(const std::string& name) const;
};
[[nodiscard]] base::Result<DemoNames> loadDemoNames(const std::filesystem::path& demoDir);

/// "dyke-defence:3 evacuation:1".
[[nodiscard]] base::Result<std::vector<model::Capability>> parseCapabilities(const CsvTable::Row& row,
                                                                             const std::string& column);

} // namespace tocsin::county
