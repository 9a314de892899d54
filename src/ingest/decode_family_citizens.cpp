#include "ingest/decode_email.hpp"
#include "ingest/decode_family.hpp"
#include "ingest/decode_open311.hpp"
#include "ingest/decode_report_csv.hpp"
#include "ingest/decode_ushahidi.hpp"

#include <array>

namespace tocsin::ingest {

// The report as the phone page sends it stands with the first formats.
std::span<const Decoder> citizenDecoders() {
    static constexpr std::array<Decoder, 5> decoders{{{Format::open311Xml, &looksLikeOpen311Xml, &decodeOpen311Xml},
                                                      {Format::open311Json, &looksLikeOpen311Json, &decodeOpen311Json},
                                                      {Format::ushahidi, &looksLikeUshahidi, &decodeUshahidi},
                                                      {Format::email, &looksLikeEmail, &decodeEmail},
                                                      {Format::reportCsv, &looksLikeReportCsv, &decodeReportCsv}}};
    return decoders;
}

} // namespace tocsin::ingest
