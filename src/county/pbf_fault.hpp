#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace tocsin::county {

/// libosmium says that a PBF is broken, but not where. The byte at which the first blob begins that is cut off, has an
/// impossible size or does not unpack; nothing when the packing is sound and the fault lies within.
[[nodiscard]] std::optional<std::uint64_t> faultyBlob(const std::filesystem::path& pbfFile);

} // namespace tocsin::county
