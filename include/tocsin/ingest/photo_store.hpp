#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/source.hpp"
#include "tocsin/model/report.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace tocsin::ingest {

/// Photos that came with reports: re-encoded, without metadata, as plain files named by the SHA-256 of what they hold,
/// so that the same photo is kept once. A file is durable before keep() returns and is never changed; one that no
/// report names does no harm. Thread safe; one photo is decoded at a time, so memory stays bounded.
class PhotoStore {
  public:
    /// Makes the folder (the county's photos/) and clears what a crash left half-written. Code::storage if it cannot.
    [[nodiscard]] static base::Result<std::shared_ptr<PhotoStore>> open(std::filesystem::path folder);

    /// Makes the photo that is stored of the bytes that came (JPEG, PNG, WebP, GIF, HEIC) and stores it. Code::malformed or
    /// Code::tooLarge for what no photo is made of, Code::storage where the disk does not take it.
    [[nodiscard]] base::Result<model::Photo> keep(std::string_view bytes, const Source& source = {});
    /// Stores the photos that came with decoded reports and names them in these. What is no photo is left out with a
    /// deviation; Code::storage where the disk does not take one: nothing of it may be acknowledged then.
    [[nodiscard]] base::Result<void> keepAll(Decoded& decoded, const Source& source = {});

    /// The JPEG's bytes; Code::notFound where there is none of that digest.
    [[nodiscard]] base::Result<std::string> read(std::string_view sha256) const;
    [[nodiscard]] std::filesystem::path pathOf(std::string_view sha256) const;

  private:
    explicit PhotoStore(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    base::Result<void> write(const std::string& sha256, std::string_view bytes);

    const std::filesystem::path m_folder;
    std::mutex m_working;
    unsigned m_part{0}; ///< guarded by m_working
};

/// A report without a pin takes the place of its first photo that knows one. How exact that is, nobody knows.
void placeByPhotos(model::Report& report);

} // namespace tocsin::ingest
