#pragma once

#include "tocsin/county/vector_import.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::county {

/// The table `overlay` of overlays.gpkg. Throws ImportFault (storage) when the file is damaged.
[[nodiscard]] std::vector<Overlay> readOverlays(const std::filesystem::path& file);
/// Forgets `gone` and enters `layers`; makes the table where there is none.
void writeOverlays(const std::filesystem::path& file, const std::vector<std::string>& gone,
                   const std::vector<Overlay>& layers);
/// A table's name from anybody's words: small letters, digits and _, at most 40, beginning with a letter.
[[nodiscard]] std::string tableName(std::string_view words);
/// Which of `names` belong to the import called `name`: itself, or its parts _point, _line and _polygon.
[[nodiscard]] std::vector<std::string> layersCalled(const std::vector<Overlay>& layers, const std::string& name);

} // namespace tocsin::county
