#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/county/osm_import.hpp"
#include "tocsin/model/position.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::county {

enum class BoundaryLevel : std::uint8_t { county, township, village, grid };
[[nodiscard]] const char* toString(BoundaryLevel level);
[[nodiscard]] std::optional<BoundaryLevel> boundaryLevelFrom(std::string_view word);

/// What a file of shapes is taken for.
struct VectorImportOptions {
    std::optional<BoundaryLevel> boundary; ///< these are areas of that level; absent: any layer
    std::string layer;                     ///< of the file; empty: its only one
    std::string name;                  ///< under which it is kept, letters, digits and _; empty: from the file's name
    std::string title;                 ///< for people; empty: as the file or its layer is called
    std::string nameField;             ///< empty: guessed (name, 名称, XZQMC …)
    std::string codeField;             ///< boundaries only; empty: guessed (code, adcode, XZQDM …)
    std::string crs;                   ///< "EPSG:n" for a file that names no reference; wins over the file's own
    std::optional<model::Datum> datum; ///< in which the coordinates really are; absent: wgs84, and not declared
    std::string encoding;              ///< of its texts ("GB18030"); empty: found out
    std::string source;                ///< empty: the file's name
    std::string licence;
    bool strict{false}; ///< one feature that cannot be taken refuses all
    base::Time made;    ///< written beside the layer
};

/// A feature that was left out: its number in the file (GDAL's FID) and why.
struct LeftOut {
    std::int64_t feature{0};
    std::string why;
};

/// A layer of overlays.gpkg, as its table `overlay` has it.
struct Overlay {
    std::string name; ///< also its table's
    std::string title;
    std::string kind;     ///< "boundary", "layer"
    std::string geometry; ///< "point", "line", "polygon"
    std::string source;
    std::string licence;
    std::string datum; ///< as declared: "wgs84", "gcj02", "bd09"; what is stored is WGS-84
    std::string made;
    std::int64_t features{0};
};

struct VectorImportSummary {
    std::vector<Overlay> layers; ///< more than one where points, lines and areas came mixed
    std::string nameField;       ///< that was used; empty: none
    std::string codeField;
    std::size_t taken{0};
    std::size_t repaired{0}; ///< areas that crossed themselves
    std::size_t leftOutCount{0};
    std::vector<LeftOut> leftOut; ///< the first twenty
    std::size_t recoded{0};       ///< texts that were not UTF-8
    bool replaced{false};         ///< a layer of this name was there
    bool elsewhere{false};        ///< nothing of it lies in the county's box: a wrong reference, or a wrong file
};

/// Takes a layer of a GeoPackage, GeoJSON (.gz too), TopoJSON, Shapefile or KML into overlays.gpkg, in EPSG:3857. The
/// declared datum is undone vertex by vertex. A layer of the same name is replaced.
///
/// Errors: notFound (no county, no file, no such layer or field), malformed (unreadable or cut off, no reference and no
/// datum declared, a feature with `strict`, nothing that can be taken), storage, unavailable (another import runs),
/// cancelled; each leaves what was there. Any thread.
[[nodiscard]] base::Result<VectorImportSummary>
importVector(const CountyFolder& folder, const std::filesystem::path& file, const VectorImportOptions& options,
             const ProgressSink& progress = {}, std::stop_token cancel = {});

/// The imported layers in the order of their making; none where nothing was imported. storage when damaged.
[[nodiscard]] base::Result<std::vector<Overlay>> listOverlays(const CountyFolder& folder);
/// notFound when there is none of that name.
[[nodiscard]] base::Result<void> removeOverlay(const CountyFolder& folder, const std::string& name);

} // namespace tocsin::county
