#pragma once

#include "xml_text.hpp"

#include "tocsin/ingest/decoded.hpp"

#include <string_view>
#include <vector>

namespace tocsin::ingest {

namespace cap {

/// What an Atom or RSS feed leads to.
struct FeedRead {
    std::vector<Link> links;
    std::vector<Fault> faults; ///< entries that lead nowhere
    std::vector<std::string> deviations;
    std::size_t entries{0};
    std::size_t alerts{0}; ///< whole alerts that stand in it
};

/// Reads Atom (1.0, 0.3), RSS (0.9x, 2.0) and RSS of RDF (0.9, 1.0). Of an entry's addresses that of a CAP message is
/// taken (application/cap+xml, whatever its relation), else that of XML, else one of no said type; the whole alert in an
/// entry needs none.
[[nodiscard]] base::Result<FeedRead> readFeed(const XmlText& text);

/// "Fri, 04 Feb 2011 20:32:08 GMT" (RFC 822 with its zones' names), or ISO 8601.
[[nodiscard]] std::optional<base::Time> feedTime(std::string_view text);

} // namespace cap

/// An index of messages, or the page by which a web server lists a folder. A feed that holds whole alerts is decoded as
/// those, with links for its other entries.
[[nodiscard]] base::Result<Decoded> decodeCapIndex(std::string_view bytes, const Source& source);
[[nodiscard]] bool looksLikeFolderPage(std::string_view text);

} // namespace tocsin::ingest
