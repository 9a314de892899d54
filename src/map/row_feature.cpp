#include "map/row_feature.hpp"

#include <mapnik/feature_factory.hpp>
#include <mapnik/unicode.hpp>
#include <memory>

namespace tocsin::map {

mapnik::feature_ptr featureOf(const MapRow& row, const mapnik::context_ptr& context,
                              const std::vector<std::string>& columns, std::size_t count, mapnik::value_integer id) {
    static thread_local const mapnik::transcoder transcoder("utf-8"); // ICU's converter has a state
    auto feature = mapnik::feature_factory::create(context, id);
    for (std::size_t i = 0; i < count; ++i) {
        const MapRow::Value value = row.value(i);
        if (const auto* whole = std::get_if<std::int64_t>(&value))
            feature->put(columns[i], static_cast<mapnik::value_integer>(*whole));
        else if (const auto* number = std::get_if<double>(&value))
            feature->put(columns[i], *number);
        else if (const auto* text = std::get_if<std::string_view>(&value))
            feature->put(columns[i], transcoder.transcode(text->data(), static_cast<std::int32_t>(text->size())));
    }
    return feature;
}

const mapnik::feature_impl& noRow() {
    static const auto none = mapnik::feature_factory::create(std::make_shared<mapnik::context_type>(), 1);
    return *none;
}

} // namespace tocsin::map
