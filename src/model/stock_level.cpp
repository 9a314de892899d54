#include "tocsin/model/stock_level.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace tocsin::model {

std::vector<StockLevel> stockLevels(const Resource& resource, base::Time now) {
    std::vector<StockLevel> out;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> places;
    for (const Stock& stock : resource.stock) {
        const auto [place, isNew] = places.try_emplace({stock.code, stock.unit}, out.size());
        if (isNew)
            out.push_back({&stock});
        StockLevel& level = out[place->second];
        if (!stock.expiry || *stock.expiry > now)
            level.free += stock.quantity - stock.reserved;
        level.minimum = std::max(level.minimum, stock.minimum);
    }
    return out;
}

} // namespace tocsin::model
