#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

// Tables of reports: one a row, the columns known by the words in use for them (Ushahidi's export, Sahana's incident
// reports, anybody's list). Separated by comma, semicolon or tab; quoted as in RFC 4180.
[[nodiscard]] bool looksLikeReportCsv(const Glimpse& glimpse);
/// Ushahidi's own export by its column names.
[[nodiscard]] bool looksLikeUshahidiCsv(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeReportCsv(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
