#pragma once

#include <filesystem>
#include <mapnik/color.hpp>
#include <mapnik/datasource.hpp>
#include <memory>
#include <string>

namespace tocsin::map {

/// How the relief's grey becomes shade: nothing where the ground is flat, the colours (with their alpha) at its ends.
struct ReliefShade {
    mapnik::color low;  ///< on slopes that turn away from the light
    mapnik::color high; ///< on slopes that face it
};

/// The shaded relief (one byte in EPSG:3857, 1…255 dark to light, 0 where nothing is known) as a picture for Mapnik,
/// read through GDAL in just the window and coarseness that is drawn. Belongs to one thread.
class ReliefLayer final : public mapnik::datasource {
  public:
    /// Throws std::runtime_error with a sentence when the file is no such relief. What goes wrong later is written to
    /// `trouble`, and nothing is drawn.
    ReliefLayer(const std::filesystem::path& file, const ReliefShade& shade, std::shared_ptr<std::string> trouble);
    ~ReliefLayer() override;

    [[nodiscard]] datasource_t type() const override { return datasource::Raster; }
    [[nodiscard]] boost::optional<mapnik::datasource_geometry_t> get_geometry_type() const override { return {}; }
    [[nodiscard]] mapnik::featureset_ptr features(const mapnik::query& query) const override;
    [[nodiscard]] mapnik::featureset_ptr features_at_point(const mapnik::coord2d& point,
                                                           double tolerance) const override;
    [[nodiscard]] mapnik::box2d<double> envelope() const override { return m_extent; }
    [[nodiscard]] mapnik::layer_descriptor get_descriptor() const override { return m_descriptor; }

  private:
    struct Picture;
    std::unique_ptr<Picture> m_picture;
    mapnik::box2d<double> m_extent;
    mapnik::layer_descriptor m_descriptor;
    std::shared_ptr<std::string> m_trouble;
};

} // namespace tocsin::map
