#include "tocsin/geo/coordinates.hpp"

#include <cstdio>

namespace tocsin::geo {

std::vector<CoordinateReading> parseCoordinates(std::string_view) {
    return {};
}

std::string formatCoordinates(const model::Position& position, CoordinateForm, model::Datum) {
    char text[64];
    std::snprintf(text, sizeof text, "%.6f, %.6f", position.latitude(), position.longitude());
    return text;
}

} // namespace tocsin::geo
