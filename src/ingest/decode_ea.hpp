#pragma once

#include "decode_ea_item.hpp"
#include "decode_waterml_series.hpp"
#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

/// The UK Environment Agency: its flood-monitoring API (readings, measures, stations, floods, flood areas), and the
/// stations and floods as the data behind "check for flooding" has them.
[[nodiscard]] bool looksLikeEa(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeEa(std::string_view bytes, const Source& source);

namespace ea {

/// What all readers of items work with.
struct Work {
    const JsonInput& input;
    const Source& source;
    water::Gathered& out;
    std::vector<model::Warning>& warnings;
};

/// A flood of either service. `level`: 1 severe, 2 warning, 3 alert, 4 no longer in force.
[[nodiscard]] base::Result<model::Warning> warningOf(const Item& item, const Work& work);
[[nodiscard]] bool isFlood(const Item& item);

} // namespace ea

} // namespace tocsin::ingest
