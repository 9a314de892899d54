#pragma once

#include "tocsin/county/vector_import.hpp"

#include <ogrsf_frmts.h>
#include <string>
#include <vector>

namespace tocsin::county {

/// Which of a layer's fields go where.
struct FieldPlan {
    struct Column {
        int source{-1}; ///< the layer's field
        std::string name;
        OGRFieldType type{OFTString};
    };
    int name{-1}; ///< the fields for name and code; −1: none
    int code{-1};
    std::vector<Column> columns; ///< the attributes of a layer that is no boundary, in their order
};

/// Throws ImportFault (notFound) when a field that was named is not there.
[[nodiscard]] FieldPlan planFields(const OGRFeatureDefn& layer, const VectorImportOptions& options);

} // namespace tocsin::county
