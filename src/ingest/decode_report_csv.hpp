#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

// Tables of reports: one a row, the columns known by the words in use for them (Ushahidi's export, Sahana's incident
// reports, anybody's list). Separated by comma, semicolon or tab; quoted as in RFC 4180.
[[nodiscard]] bool looksLikeReportCsv(const Glimpse& glimpse);
/// Whether it may be one all the same, though nothing in it says when: its feed must say so.
[[nodiscard]] bool mayBeReportCsv(std::string_view text);
/// Whether these columns are those of reports rather than of anything measured: what was told, and where, of what kind, by whom or of
/// how many people; or whom to call. Taken by a table of readings, numbers of telephones would become sensors, and the words be lost.
/// `isMeasured`: something in it has a unit, which leaves only people as a sign.
[[nodiscard]] bool headsReports(const std::vector<std::string>& cells, bool isMeasured);
/// Ushahidi's own export by its column names.
[[nodiscard]] bool looksLikeUshahidiCsv(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeReportCsv(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
