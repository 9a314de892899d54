// libosmium asserts what well-made input guarantees. Input here is anybody's: the checks below stand in their place.
#ifndef NDEBUG
#define NDEBUG
#endif
#include <cassert>
#if defined(__GNUC__) && !defined(__clang__)
// g++ 12 inlines libosmium's builders and then sees an empty user name as a read past its end.
#pragma GCC diagnostic ignored "-Wstringop-overread"
#endif

#include "county/osm_collect.hpp"

#include "county/osm_handlers.hpp"
#include "county/pbf_fault.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <osmium/area/assembler_legacy.hpp>
#include <osmium/area/multipolygon_manager_legacy.hpp>
#include <osmium/handler/node_locations_for_ways.hpp>
#include <osmium/index/map/flex_mem.hpp>
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/visitor.hpp>
#include <string>
#include <string_view>
#include <unordered_set>

namespace tocsin::county {
namespace {

using LocationIndex = osmium::index::map::FlexMem<osmium::unsigned_object_id_type, osmium::Location>;
using Locations = osmium::handler::NodeLocationsForWays<LocationIndex, LocationIndex>;
// Extracts of before 2017 carry a multipolygon's tags on its outer ways: the legacy manager knows both ways.
using Areas = osmium::area::MultipolygonManagerLegacy<osmium::area::AssemblerLegacy>;

struct Cancelled {};

/// The format by the first bytes; names lie.
base::Result<std::string> formatOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return base::fail(base::Code::notFound, "cannot open " + file.string());
    std::array<char, 64> head{};
    in.read(head.data(), head.size());
    const std::string_view bytes(head.data(), static_cast<std::size_t>(in.gcount()));
    if (bytes.empty())
        return base::fail(base::Code::malformed, file.filename().string() + " is empty", {.byte = 0});
    if (bytes.substr(0, 2) == "\x1f\x8b")
        return std::string("osm.gz");
    if (bytes.substr(0, 3) == "BZh")
        return std::string("osm.bz2");
    if (bytes.find("OSMHeader") != std::string_view::npos && bytes[0] == '\0')
        return std::string("pbf");
    std::size_t start = bytes.substr(0, 3) == "\xef\xbb\xbf" ? 3 : 0;
    while (start < bytes.size() &&
           (bytes[start] == ' ' || bytes[start] == '\n' || bytes[start] == '\r' || bytes[start] == '\t'))
        ++start;
    if (start < bytes.size() && bytes[start] == '<')
        return std::string("osm");
    return base::fail(base::Code::malformed,
                      file.filename().string() + " is not an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz, .osm.bz2)",
                      {.byte = 0});
}

/// Rings of an incomplete relation that are there in full, as a shape.
AreaShape wholeRings(const osmium::Relation& relation, const Areas& areas) {
    AreaShape shape;
    std::vector<Points> holes;
    for (const auto& member : relation.members()) {
        if (member.type() != osmium::item_type::way)
            continue;
        const osmium::Way* way = areas.get_member_way(member.ref());
        if (!way || way->nodes().size() < 4 || !way->is_closed())
            continue;
        Points ring;
        for (const auto& node : way->nodes())
            if (node.location().valid())
                ring.push_back(node.location());
        if (ring.size() < 4 || ring.front() != ring.back())
            continue;
        if (std::string_view(member.role()) == "inner")
            holes.push_back(std::move(ring));
        else
            shape.push_back({std::move(ring), {}});
    }
    for (auto& hole : holes)
        for (auto& polygon : shape)
            if (shapeContains({PolygonShape{polygon.outer, {}}}, hole.front())) {
                polygon.inner.push_back(std::move(hole));
                break;
            }
    return shape;
}

class Collecting {
  public:
    Collecting(const osmium::io::File& file, const std::function<void(double)>& progress, const std::stop_token& cancel)
        : m_file(file), m_progress(progress), m_cancel(cancel), m_areas(osmium::area::AssemblerLegacy::config_type{}) {}

    MapFeatures run() {
        scanRelations();
        readAll();
        std::sort(m_features.blockedNodes.begin(), m_features.blockedNodes.end());
        return std::move(m_features);
    }

  private:
    void step(const osmium::io::Reader& reader, double from, double to) const {
        if (m_cancel.stop_requested())
            throw Cancelled{};
        if (m_progress && reader.file_size() > 0)
            m_progress(from + (to - from) * std::min(1.0, static_cast<double>(reader.offset()) /
                                                              static_cast<double>(reader.file_size())));
    }

    void scanRelations() {
        osmium::io::Reader reader{m_file, osmium::osm_entity_bits::relation};
        RelationScan scan(m_boundaryWays, m_features);
        while (auto buffer = reader.read()) {
            step(reader, 0, 0.3);
            osmium::apply(buffer, scan, m_areas);
        }
        reader.close();
        m_areas.prepare_for_lookup();
    }

    void readAll() {
        osmium::io::Reader reader{m_file};
        LocationIndex positive;
        LocationIndex negative;
        Locations locations{positive, negative};
        locations.ignore_errors();
        FeatureCollector collector(m_features, m_boundaryWays);
        auto areaPass = m_areas.handler([&](osmium::memory::Buffer&& made) { osmium::apply(made, collector); });
        std::unordered_set<osmium::object_id_type> seenWays;
        while (auto buffer = reader.read()) {
            step(reader, 0.3, 1.0);
            for (auto& object : buffer.select<osmium::OSMObject>()) {
                if (!object.visible())
                    continue;
                // The area manager counts a relation's members down: a way that comes twice would make it believe
                // that all are there.
                if (object.type() == osmium::item_type::way && !seenWays.insert(object.id()).second)
                    continue;
                if (object.type() == osmium::item_type::node && !seenWays.empty())
                    throw osmium::io_error("a node follows a way: the file must be sorted into nodes, ways, relations");
                osmium::apply_item(object, locations, collector, areaPass);
            }
        }
        reader.close();
        areaPass.flush();
        m_areas.for_each_incomplete_relation([&](const osmium::relations::RelationHandle& handle) {
            ++m_features.incompleteAreas;
            const osmium::Relation& relation = *handle;
            collector.takeArea(relation, false, relation.id(), wholeRings(relation, m_areas));
        });
    }

    const osmium::io::File& m_file;
    const std::function<void(double)>& m_progress;
    const std::stop_token& m_cancel;
    MapFeatures m_features;
    BoundaryWays m_boundaryWays;
    Areas m_areas;
};

/// libosmium's own words say what is wrong; the name in front says with what.
tl::unexpected<base::Error> unreadable(const std::filesystem::path& file, const std::string& why,
                                       base::Place place = {}) {
    return base::fail(base::Code::malformed, file.filename().string() + " cannot be read: " + why, place);
}

} // namespace

base::Result<MapFeatures> collectFeatures(const std::filesystem::path& osmFile,
                                          const std::function<void(double)>& progress, const std::stop_token& cancel) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(osmFile, error))
        return base::fail(base::Code::notFound, osmFile.string() + " is not a file");
    const auto format = formatOf(osmFile);
    if (!format)
        return tl::unexpected(format.error());
    try {
        const osmium::io::File file(osmFile.string(), *format);
        MapFeatures features = Collecting(file, progress, cancel).run();
        if (features.nodes == 0)
            return unreadable(osmFile, "it holds no nodes");
        if (features.southWest.x() > features.northEast.x())
            return unreadable(osmFile, "none of its nodes has a valid position");
        return features;
    } catch (const Cancelled&) {
        return base::fail(base::Code::cancelled, "the import was cancelled");
    } catch (const osmium::xml_error& e) {
        if (e.line == 0)
            return unreadable(osmFile, e.error_string);
        return unreadable(osmFile, e.error_string, {.line = e.line, .column = e.column + 1});
    } catch (const osmium::gzip_error& e) {
        return unreadable(osmFile, std::string("its compression is cut off or damaged: ") + e.what());
    } catch (const osmium::bzip2_error& e) {
        return unreadable(osmFile, std::string("its compression is cut off or damaged: ") + e.what());
    } catch (const std::bad_alloc&) {
        return base::fail(base::Code::tooLarge, osmFile.filename().string() + " does not fit into memory");
    } catch (const std::exception& e) {
        return unreadable(osmFile, e.what(), {.byte = *format == "pbf" ? faultyBlob(osmFile) : std::nullopt});
    }
}

} // namespace tocsin::county
