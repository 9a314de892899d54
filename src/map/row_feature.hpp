#pragma once

#include "map/row_source.hpp"

#include <cstddef>
#include <mapnik/feature.hpp>
#include <string>
#include <vector>

namespace tocsin::map {

/// The first so many columns of a row as Mapnik's expressions read them, without a geometry. The context knows the
/// columns.
[[nodiscard]] mapnik::feature_ptr featureOf(const MapRow& row, const mapnik::context_ptr& context,
                                            const std::vector<std::string>& columns, std::size_t count,
                                            mapnik::value_integer id = 1);

/// For expressions that ask for nothing of a row.
[[nodiscard]] const mapnik::feature_impl& noRow();

} // namespace tocsin::map
