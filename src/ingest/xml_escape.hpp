#pragma once

#include <string>
#include <string_view>

namespace tocsin::ingest {

/// Appends text so that it stands for itself in XML and HTML, between tags as well as in an attribute in either quotes: line ends
/// and tabs, too, which an attribute would lose.
void addEscaped(std::string& out, std::string_view text);

} // namespace tocsin::ingest
