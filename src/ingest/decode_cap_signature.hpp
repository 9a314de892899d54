#pragma once

#include "decode_cap_tree.hpp"
#include "xml_text.hpp"

#include "tocsin/ingest/source.hpp"
#include "tocsin/model/warning.hpp"

namespace tocsin::ingest::cap {

/// The warning with what the source's checker says of its signature, noted with its place where it is not right, and held
/// where the source's rules say so; or the error, if they refuse it. `isRoot`: the alert is the document, so a signature covers what stands
/// beside it too; an alert inside of something else was signed when it stood alone.
[[nodiscard]] base::Result<model::Warning> judged(model::Warning warning, const XmlText& text, const Node& alert,
                                                  bool isRoot, const Source& source);

/// The same for a warning of a format that has no signatures.
[[nodiscard]] base::Result<model::Warning> judgedUnsigned(model::Warning warning, const Source& source,
                                                          const base::Place& place);

} // namespace tocsin::ingest::cap
