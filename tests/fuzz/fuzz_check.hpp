#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace tocsin::ingest {

/// What must hold of what came of any `size` bytes: whole values, or a fault that has a place.
inline void checkDecoded(const base::Result<Decoded>& decoded, std::size_t size) {
    const auto placed = [&](const base::Error& error) {
        return (error.place.line || error.place.byte) && error.place.byte.value_or(0) <= size &&
               error.code != base::Code::internal && !error.message.empty();
    };
    if (!decoded) {
        if (!placed(decoded.error()))
            std::abort();
        return;
    }
    for (const Fault& fault : decoded->faults)
        if (!placed(fault.error))
            std::abort();
    for (const Message& message : decoded->messages) {
        if (const auto* warning = std::get_if<model::Warning>(&message)) {
            if (warning->identifier.empty() || warning->sender.empty())
                std::abort();
            for (const auto& info : warning->infos)
                for (const auto& area : info.areas)
                    for (const auto& ring : area.polygons)
                        if (ring.size() < 4 || !(ring.front() == ring.back()))
                            std::abort();
        }
        if (const auto* report = std::get_if<model::Report>(&message); report != nullptr && report->text.empty())
            std::abort();
        if (const auto* quake = std::get_if<model::Earthquake>(&message); quake != nullptr && quake->sourceId.empty())
            std::abort();
        if (const auto* reading = std::get_if<model::Reading>(&message);
            reading != nullptr && (reading->sensor.value.empty() || !std::isfinite(reading->value)))
            std::abort();
        if (const auto* sensor = std::get_if<model::Sensor>(&message); sensor != nullptr && sensor->id.value.empty())
            std::abort();
        if (const auto* at = std::get_if<model::UnitPosition>(&message);
            at != nullptr && (at->unit.value.empty() || at->time == base::Time{}))
            std::abort();
        if (const auto* marker = std::get_if<model::FieldMarker>(&message);
            marker != nullptr && (marker->sourceId.empty() || (marker->line.empty() && !marker->removed)))
            std::abort();
        if (const auto* beacon = std::get_if<model::Emergency>(&message);
            beacon != nullptr && beacon->unit.value.empty())
            std::abort();
    }
}

/// What must hold for any bytes: a decoder ends, and in either of these.
inline void checkAnyBytes(const std::uint8_t* data, std::size_t size, std::optional<Format> format) {
    checkDecoded(decode(std::string_view(reinterpret_cast<const char*>(data), size), format), size);
}

} // namespace tocsin::ingest
