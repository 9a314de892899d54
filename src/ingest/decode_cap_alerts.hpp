#pragma once

#include "xml_text.hpp"

#include "tocsin/ingest/decoded.hpp"

#include <string>

namespace tocsin::ingest::cap {

/// The alerts of a document, wherever they stand in it.
struct AlertsRead {
    Decoded decoded; ///< messages, their faults, and what was odd about the encoding
    std::size_t count{0};
    std::size_t firstOffset{0};
    std::size_t entries{0}; ///< <entry> and <item> elements around them
    bool rootIsAlert{false};
    std::string rootName;
};

/// Fails where there is none, or none that can be decoded.
[[nodiscard]] base::Result<AlertsRead> readAlerts(const XmlText& text, const Source& source);

/// Adds the deviations of its warnings to the document's own, up to a bound.
void gatherDeviations(Decoded& out);

} // namespace tocsin::ingest::cap
