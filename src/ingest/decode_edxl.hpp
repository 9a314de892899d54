#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <string_view>

namespace tocsin::ingest {

/// An EDXL-DE envelope (OASIS, 1.0 or 2.0) with CAP alerts in it. What the envelope says of itself (who distributes it,
/// as what, with which status) is added to each alert's note; where it contradicts the alert, or lacks what it must
/// have, that is a deviation. An envelope without an alert is an error.
[[nodiscard]] base::Result<Decoded> decodeEdxl(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
