#pragma once

#include "county/gdal_tools.hpp"
#include "tocsin/county/vector_import.hpp"

#include <ogrsf_frmts.h>

namespace tocsin::county {

/// A file of shapes from outside, opened with few drivers and checked for being whole. All throw ImportFault.
class VectorSource {
  public:
    /// `room` is where a packed file may be unpacked; it is removed at the end.
    VectorSource(const std::filesystem::path& file, const std::filesystem::path& room, const std::string& encoding,
                 GdalSession& gdal, const std::stop_token& cancel);

    /// The layer of that name; with an empty one the file's only layer.
    [[nodiscard]] OGRLayer& layer(const std::string& name);

  private:
    std::string m_name;
    std::unique_ptr<FileInMaking> m_unpacked;
    Dataset m_set;
};

/// `text` as UTF-8: as it is where it is that already, from `encoding` where one is given, else from GB 18030 where all
/// its higher bytes are pairs as Chinese text has them, else from Windows-1252. `recoded` counts.
[[nodiscard]] std::string asUtf8(std::string text, const std::string& encoding, std::size_t& recoded);

} // namespace tocsin::county
