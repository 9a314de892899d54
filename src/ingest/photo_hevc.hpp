#pragma once

#include "tocsin/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tocsin::ingest {

// What a picture in HEVC (ITU-T H.265) says of itself before anything of it is decoded: a decoder reserves memory by the
// parameter sets and works by the slices, whatever the file round about them declares.

struct HevcSize {
    std::uint32_t width{0};
    std::uint32_t height{0};
};
/// The largest size that the sequence parameter sets of a decoder configuration ("hvcC", ISO/IEC 14496-15 8.3.3.1)
/// declare. `at`: where it stands in the file, for the error's place. Code::malformed where it has none or is broken.
[[nodiscard]] base::Result<HevcSize> readHevcSize(std::string_view configuration, std::size_t at);

/// How many slices a coded picture consists of: its units, each after its length in four bytes. Code::malformed for what
/// is not one picture alone, or brings parameter sets that would change its size.
[[nodiscard]] base::Result<std::size_t> countHevcSlices(std::string_view coded, std::size_t at);

} // namespace tocsin::ingest
