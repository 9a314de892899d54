#pragma once

#include "tocsin/ingest/http_fetch.hpp"

#include <filesystem>

namespace tocsin::app {

/// What an address answers now, within half a minute. The files of the request's TLS are taken from the county's folder.
/// Blocks.
[[nodiscard]] base::Result<ingest::WebReply> fetchOnce(ingest::WebRequest request, const std::filesystem::path& county);

} // namespace tocsin::app
