#include "map/picture_file.hpp"
#include "map/tile_image.hpp"
#include "tocsin/map/raster_tiles.hpp"

#include <mutex>
#include <utility>

namespace tocsin::map {
namespace {

class FileMaker final : public TileMaker {
  public:
    explicit FileMaker(const FileTilesOptions& options) : m_options(options), m_file(PictureFile::open(options.file)) {}

    TileOutcome make(const TileJob& job, const std::optional<WorldBox>&) override {
        TileOutcome outcome;
        if (!m_file) {
            outcome.error = m_file.error();
            outcome.fatal = true;
            return outcome;
        }
        PictureScheme scheme = m_file->scheme();
        scheme.datum = m_options.datum;
        std::map<TileKey, Piece> pieces;
        try {
            for (const TileKey& key : piecesOf(job, scheme))
                if (auto piece = pieceFor(key, outcome.note))
                    pieces.emplace(key, std::move(*piece));
        } catch (const std::exception& e) {
            outcome.error = base::Error{
                base::Code::storage, m_options.file.filename().string() + " cannot be read: " + e.what(), {}};
            return outcome;
        }
        outcome.tiles.emplace_back(job.key, std::make_shared<const TileImage>(compose(job, scheme, pieces)));
        return outcome;
    }

  private:
    /// The picture, or the nearest wider one that the file has.
    std::optional<Piece> pieceFor(const TileKey& key, std::string& note) {
        for (int up = 0; up <= mostZoomsUp && key.zoom - up >= m_file->scheme().lowestZoom; ++up) {
            const TileKey wider{key.zoom - up, key.x >> up, key.y >> up};
            if (up > 0 && m_last.first == wider && m_last.second)
                return Piece{m_last.second, up};
            const auto bytes = m_file->get(wider);
            if (!bytes)
                continue;
            if (auto image = decodePicture(*bytes)) {
                auto shared = std::make_shared<const TileImage>(std::move(*image));
                if (up > 0)
                    m_last = {wider, shared};
                return Piece{std::move(shared), up};
            } else {
                note = m_options.file.filename().string() + " has, instead of a tile, " + image.error().message;
            }
        }
        return std::nullopt;
    }

    const FileTilesOptions& m_options;
    base::Result<PictureFile> m_file;
    std::pair<TileKey, std::shared_ptr<const TileImage>> m_last; ///< deep zooms want one picture again and again
};

class FileTiles final : public TileSource {
  public:
    explicit FileTiles(FileTilesOptions options) : m_options(std::move(options)) {
        m_works.setStatus(readFile());
        m_works.start(
            {.threads = 2, .groupOf = alone, .makeMaker = [this] { return std::make_unique<FileMaker>(m_options); }});
    }
    ~FileTiles() override { m_works.stop(); }

    std::unique_ptr<TileClient> connect(TileReady ready, StatusChanged status) override {
        return m_works.connect(std::move(ready), std::move(status));
    }
    MapStatus status() const override { return m_works.status(); }
    std::optional<geo::Box> bounds() const override {
        const std::lock_guard lock(m_mutex);
        return m_bounds;
    }
    void reload() override { m_works.restart(readFile()); }

  private:
    MapStatus readFile() {
        const auto file = PictureFile::open(m_options.file);
        const std::lock_guard lock(m_mutex);
        m_bounds = file ? std::optional(file->bounds()) : std::nullopt;
        if (file)
            return {MapStatus::Kind::ready, {}};
        const bool missing = file.error().code == base::Code::notFound;
        return {missing ? MapStatus::Kind::missing : MapStatus::Kind::broken, file.error().message};
    }

    const FileTilesOptions m_options;
    mutable std::mutex m_mutex;
    std::optional<geo::Box> m_bounds;
    TileWorks m_works;
};

} // namespace

std::unique_ptr<TileSource> makeFileTiles(FileTilesOptions options) {
    return std::make_unique<FileTiles>(std::move(options));
}

} // namespace tocsin::map
