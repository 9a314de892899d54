#include "tocsin/model/json_text.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace tocsin::model {

bool survivesText(const nlohmann::json& value) {
    switch (value.type()) {
    case nlohmann::json::value_t::object:
        for (auto each = value.begin(); each != value.end(); ++each)
            if (!base::isUtf8(each.key()) || !survivesText(each.value()))
                return false;
        return true;
    case nlohmann::json::value_t::array:
        return std::all_of(value.begin(), value.end(), &survivesText);
    case nlohmann::json::value_t::string:
        return base::isUtf8(value.get_ref<const std::string&>());
    case nlohmann::json::value_t::number_float:
        return std::isfinite(value.get<double>());
    case nlohmann::json::value_t::binary:
    case nlohmann::json::value_t::discarded:
        return false;
    default:
        return true;
    }
}

} // namespace tocsin::model
