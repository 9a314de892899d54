// The tables road_node, road_arc, road_name, road_ban and road_trait. A row of road_arc is a road with both its directions; its
// shape is the points between the two ends as zigzag varints of the steps from one to the next in 10⁻⁷ degrees. A row
// of road_ban names two directed arcs: twice the id of a road_arc, plus one for its backward direction. A row of road_trait tells of the road_arc with its id; an arc without one
// has no traits, and numbers of classes that came with a newer program are read as the plainest.

#include "route/network.hpp"

#include <cmath>
#include <cstring>
#include <memory>
#include <sqlite3.h>
#include <string_view>

namespace tocsin::route {
namespace {

struct CloseDatabase {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

constexpr int busyMillis = 5000;
constexpr double perSecond = 1000; // durations are stored in milliseconds
constexpr double perMetre = 100;   // lengths are stored in centimetres
constexpr double perMille = 1000;  // slopes
constexpr double perTonne = 1000;  // weights are stored in kilograms

tl::unexpected<base::Error> storageFault(sqlite3* db, const std::string& doing) {
    const char* why = db != nullptr ? sqlite3_errmsg(db) : "out of memory";
    return base::fail(base::Code::storage, doing + ": " + why);
}

tl::unexpected<base::Error> damaged(const std::string& what) {
    return base::fail(base::Code::storage, "the map file's road network is damaged: " + what);
}

base::Result<Database> open(const std::filesystem::path& file, int flags) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(file.string().c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database db(raw);
    if (rc != SQLITE_OK)
        return storageFault(raw, "cannot open the map file " + file.string());
    sqlite3_busy_timeout(raw, busyMillis);
    return db;
}

base::Result<Statement> prepare(sqlite3* db, std::string_view sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &raw, nullptr) != SQLITE_OK)
        return storageFault(db, "cannot read the road network");
    return Statement(raw);
}

void putVarint(std::string& out, std::int64_t value) {
    auto zigzag = (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
    while (zigzag >= 0x80U) {
        out.push_back(static_cast<char>(zigzag | 0x80U));
        zigzag >>= 7U;
    }
    out.push_back(static_cast<char>(zigzag));
}

bool takeVarint(const unsigned char*& at, const unsigned char* end, std::int64_t& value) {
    std::uint64_t zigzag = 0;
    for (unsigned shift = 0; at != end && shift < 40; shift += 7) {
        const unsigned char byte = *at++;
        zigzag |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if ((byte & 0x80U) == 0) {
            value = static_cast<std::int64_t>(zigzag >> 1U) ^ -static_cast<std::int64_t>(zigzag & 1U);
            return true;
        }
    }
    return false;
}

bool isOnEarth(std::int64_t latitude, std::int64_t longitude) {
    return std::abs(latitude) <= 900'000'000 && std::abs(longitude) <= 1'800'000'000;
}

/// Appends the points between the ends; false if the blob is not a shape.
bool takeShape(const void* blob, int bytes, FixedPoint start, std::vector<FixedPoint>& points) {
    const auto* at = static_cast<const unsigned char*>(blob);
    const unsigned char* end = at + bytes;
    std::int64_t latitude = start.latitude;
    std::int64_t longitude = start.longitude;
    while (at != end) {
        std::int64_t north = 0;
        std::int64_t east = 0;
        if (!takeVarint(at, end, north) || !takeVarint(at, end, east))
            return false;
        latitude += north;
        longitude += east;
        if (!isOnEarth(latitude, longitude))
            return false;
        points.push_back({static_cast<std::int32_t>(latitude), static_cast<std::int32_t>(longitude)});
    }
    return true;
}

std::string shapeOf(const RoadNetwork& network, const Piece& piece) {
    std::string shape;
    FixedPoint last = network.points[piece.firstPoint];
    for (std::uint32_t k = 1; k + 1 < piece.pointCount; ++k) {
        const FixedPoint& p = network.points[piece.firstPoint + k];
        putVarint(shape, std::int64_t{p.latitude} - last.latitude);
        putVarint(shape, std::int64_t{p.longitude} - last.longitude);
        last = p;
    }
    return shape;
}

base::Result<std::size_t> countOf(sqlite3* db, const char* table) {
    auto statement = prepare(db, std::string("SELECT count(*) FROM ") + table);
    if (!statement)
        return tl::unexpected(statement.error());
    if (sqlite3_step(statement->get()) != SQLITE_ROW)
        return storageFault(db, "cannot read the road network");
    return static_cast<std::size_t>(sqlite3_column_int64(statement->get(), 0));
}

/// Calls `row` for each row until it returns a fault.
template <typename Row>
base::Result<void> forRows(sqlite3* db, std::string_view sql, Row row) {
    auto statement = prepare(db, sql);
    if (!statement)
        return tl::unexpected(statement.error());
    for (;;) {
        const int rc = sqlite3_step(statement->get());
        if (rc == SQLITE_DONE)
            return {};
        if (rc != SQLITE_ROW)
            return storageFault(db, "cannot read the road network");
        if (const char* fault = row(statement->get()))
            return damaged(fault);
    }
}

const char* takeArcRow(sqlite3_stmt* s, RoadNetwork& network) {
    const std::int64_t from = sqlite3_column_int64(s, 0);
    const std::int64_t to = sqlite3_column_int64(s, 1);
    const std::int64_t forward = sqlite3_column_int64(s, 2);
    const std::int64_t backward = sqlite3_column_int64(s, 3);
    const std::int64_t length = sqlite3_column_int64(s, 4);
    const std::int64_t name = sqlite3_column_int64(s, 5);
    const auto nodes = static_cast<std::int64_t>(network.nodes.size());
    constexpr std::int64_t longest = 1'000'000'000; // of milliseconds and of centimetres
    if (from < 0 || from >= nodes || to < 0 || to >= nodes)
        return "an arc ends at a node that is missing";
    if (name < 0 || name >= static_cast<std::int64_t>(network.names.size()))
        return "an arc's name is missing";
    if (forward < -1 || forward > longest || backward < -1 || backward > longest || length < 0 || length > longest)
        return "an arc has an impossible duration or length";
    Piece piece;
    piece.from = static_cast<std::uint32_t>(from);
    piece.to = static_cast<std::uint32_t>(to);
    piece.forward = forward < 0 ? -1 : static_cast<double>(forward) / perSecond;
    piece.backward = backward < 0 ? -1 : static_cast<double>(backward) / perSecond;
    piece.length = static_cast<double>(length) / perMetre;
    piece.name = static_cast<std::uint32_t>(name);
    piece.firstPoint = static_cast<std::uint32_t>(network.points.size());
    network.points.push_back(network.nodes[piece.from]);
    const void* blob = sqlite3_column_blob(s, 6);
    if (!takeShape(blob, sqlite3_column_bytes(s, 6), network.nodes[piece.from], network.points))
        return "an arc's shape cannot be read";
    network.points.push_back(network.nodes[piece.to]);
    piece.pointCount = static_cast<std::uint32_t>(network.points.size() - piece.firstPoint);
    network.pieces.push_back(piece);
    return nullptr;
}

const char* takeBanRow(sqlite3_stmt* s, RoadNetwork& network) {
    const std::int64_t from = sqlite3_column_int64(s, 0);
    const std::int64_t to = sqlite3_column_int64(s, 1);
    const auto arcs = 2 * static_cast<std::int64_t>(network.pieces.size());
    if (from < 0 || from >= arcs || to < 0 || to >= arcs)
        return "a turn ban's arc is missing";
    const Ban ban{static_cast<ArcId>(from), static_cast<ArcId>(to)};
    if (faultOf(network, ban) != nullptr)
        return "a turn ban is between arcs that do not meet";
    network.bans.push_back(ban);
    return nullptr;
}

constexpr int bridgeFlag = 1;
constexpr int tunnelFlag = 2;
constexpr int fordFlag = 4;
constexpr int limitFlag = 8;

const char* takeTraitRow(sqlite3_stmt* s, RoadNetwork& network) {
    const std::int64_t arc = sqlite3_column_int64(s, 0);
    if (arc < 0 || arc >= static_cast<std::int64_t>(network.pieces.size()))
        return "a road's traits are of an arc that is missing";
    const auto kind = [&](int column, std::size_t kinds) {
        const std::int64_t value = sqlite3_column_int64(s, column);
        return static_cast<std::uint8_t>(value > 0 && value < static_cast<std::int64_t>(kinds) ? value : 0);
    };
    const std::int64_t flags = sqlite3_column_int64(s, 4);
    RoadTraits traits;
    traits.cls = static_cast<RoadClass>(kind(1, roadClasses));
    traits.surface = static_cast<Surface>(kind(2, surfaces));
    traits.access = static_cast<RoadAccess>(kind(3, roadAccesses));
    traits.bridge = (flags & bridgeFlag) != 0;
    traits.tunnel = (flags & tunnelFlag) != 0;
    traits.ford = (flags & fordFlag) != 0;
    traits.limitTagged = (flags & limitFlag) != 0;
    traits.slope = static_cast<double>(sqlite3_column_int64(s, 5)) / perMille;
    traits.maxTonnes = static_cast<double>(sqlite3_column_int64(s, 6)) / perTonne;
    traits.maxHeight = static_cast<double>(sqlite3_column_int64(s, 7)) / perMetre;
    traits.maxWidth = static_cast<double>(sqlite3_column_int64(s, 8)) / perMetre;
    if (!arePossible(traits))
        return "a road has an impossible slope or limit";
    network.pieces[static_cast<std::size_t>(arc)].traits = traits;
    return nullptr;
}

base::Result<bool> hasTable(sqlite3* db, const std::string& name) {
    auto statement = prepare(db, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '" + name + "'");
    if (!statement)
        return tl::unexpected(statement.error());
    const int rc = sqlite3_step(statement->get());
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return storageFault(db, "cannot read the road network");
    return rc == SQLITE_ROW;
}

constexpr const char* tables = R"(
DROP TABLE IF EXISTS road_node;
DROP TABLE IF EXISTS road_arc;
DROP TABLE IF EXISTS road_name;
DROP TABLE IF EXISTS road_ban;
DROP TABLE IF EXISTS road_trait;
CREATE TABLE road_node(id INTEGER PRIMARY KEY, latitude INTEGER NOT NULL, longitude INTEGER NOT NULL);
CREATE TABLE road_arc(id INTEGER PRIMARY KEY, node_from INTEGER NOT NULL, node_to INTEGER NOT NULL,
    forward_ms INTEGER NOT NULL, backward_ms INTEGER NOT NULL, length_cm INTEGER NOT NULL, name INTEGER NOT NULL,
    shape BLOB NOT NULL);
CREATE TABLE road_name(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE road_ban(arc_from INTEGER NOT NULL, arc_to INTEGER NOT NULL, PRIMARY KEY(arc_from, arc_to)) WITHOUT ROWID;
CREATE TABLE road_trait(arc INTEGER PRIMARY KEY, class INTEGER NOT NULL, surface INTEGER NOT NULL,
    access INTEGER NOT NULL, flags INTEGER NOT NULL, slope_pm INTEGER NOT NULL, max_kg INTEGER NOT NULL,
    max_height_cm INTEGER NOT NULL, max_width_cm INTEGER NOT NULL);
)";

/// Steps an insert whose parameters are bound, and readies it for the next row.
bool stepInsert(sqlite3_stmt* s) {
    const bool done = sqlite3_step(s) == SQLITE_DONE;
    sqlite3_reset(s);
    return done;
}

bool insertAll(sqlite3* db, const RoadNetwork& network) {
    const auto node = prepare(db, "INSERT INTO road_node VALUES(?,?,?)");
    const auto arc = prepare(db, "INSERT INTO road_arc VALUES(?,?,?,?,?,?,?,?)");
    const auto name = prepare(db, "INSERT INTO road_name VALUES(?,?)");
    const auto ban = prepare(db, "INSERT INTO road_ban VALUES(?,?)");
    const auto trait = prepare(db, "INSERT INTO road_trait VALUES(?,?,?,?,?,?,?,?,?)");
    if (!node || !arc || !name || !ban || !trait)
        return false;
    const auto millis = [](double seconds) { return seconds < 0 ? -1 : std::llround(seconds * perSecond); };
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        sqlite3_bind_int64(node->get(), 1, static_cast<sqlite3_int64>(i));
        sqlite3_bind_int(node->get(), 2, network.nodes[i].latitude);
        sqlite3_bind_int(node->get(), 3, network.nodes[i].longitude);
        if (!stepInsert(node->get()))
            return false;
    }
    for (std::size_t i = 0; i < network.pieces.size(); ++i) {
        const Piece& piece = network.pieces[i];
        const std::string shape = shapeOf(network, piece);
        sqlite3_bind_int64(arc->get(), 1, static_cast<sqlite3_int64>(i));
        sqlite3_bind_int64(arc->get(), 2, piece.from);
        sqlite3_bind_int64(arc->get(), 3, piece.to);
        sqlite3_bind_int64(arc->get(), 4, millis(piece.forward));
        sqlite3_bind_int64(arc->get(), 5, millis(piece.backward));
        sqlite3_bind_int64(arc->get(), 6, std::llround(piece.length * perMetre));
        sqlite3_bind_int64(arc->get(), 7, piece.name);
        sqlite3_bind_blob(arc->get(), 8, shape.data(), static_cast<int>(shape.size()), nullptr);
        if (!stepInsert(arc->get()))
            return false;
    }
    for (std::size_t i = 0; i < network.names.size(); ++i) {
        sqlite3_bind_int64(name->get(), 1, static_cast<sqlite3_int64>(i));
        const std::string& text = network.names[i];
        sqlite3_bind_text(name->get(), 2, text.data(), static_cast<int>(text.size()), nullptr);
        if (!stepInsert(name->get()))
            return false;
    }
    for (const Ban& each : network.bans) {
        sqlite3_bind_int64(ban->get(), 1, each.from);
        sqlite3_bind_int64(ban->get(), 2, each.to);
        if (!stepInsert(ban->get()))
            return false;
    }
    for (std::size_t i = 0; i < network.pieces.size(); ++i) {
        const RoadTraits& traits = network.pieces[i].traits;
        if (traits == RoadTraits{})
            continue;
        const int flags = (traits.bridge ? bridgeFlag : 0) | (traits.tunnel ? tunnelFlag : 0) |
                          (traits.ford ? fordFlag : 0) | (traits.limitTagged ? limitFlag : 0);
        sqlite3_bind_int64(trait->get(), 1, static_cast<sqlite3_int64>(i));
        sqlite3_bind_int(trait->get(), 2, static_cast<int>(traits.cls));
        sqlite3_bind_int(trait->get(), 3, static_cast<int>(traits.surface));
        sqlite3_bind_int(trait->get(), 4, static_cast<int>(traits.access));
        sqlite3_bind_int(trait->get(), 5, flags);
        sqlite3_bind_int64(trait->get(), 6, std::llround(traits.slope * perMille));
        sqlite3_bind_int64(trait->get(), 7, std::llround(traits.maxTonnes * perTonne));
        sqlite3_bind_int64(trait->get(), 8, std::llround(traits.maxHeight * perMetre));
        sqlite3_bind_int64(trait->get(), 9, std::llround(traits.maxWidth * perMetre));
        if (!stepInsert(trait->get()))
            return false;
    }
    return true;
}

} // namespace

base::Result<bool> hasNetwork(const std::filesystem::path& mapFile) {
    auto db = open(mapFile, SQLITE_OPEN_READONLY);
    if (!db)
        return tl::unexpected(db.error());
    return hasTable(db->get(), "road_node");
}

base::Result<RoadNetwork> readNetwork(const std::filesystem::path& mapFile) {
    auto db = open(mapFile, SQLITE_OPEN_READONLY);
    if (!db)
        return tl::unexpected(db.error());
    RoadNetwork network;
    const auto nodes = countOf(db->get(), "road_node");
    const auto arcs = countOf(db->get(), "road_arc");
    if (!nodes || !arcs)
        return tl::unexpected(!nodes ? nodes.error() : arcs.error());
    network.nodes.reserve(*nodes);
    network.pieces.reserve(*arcs);
    network.points.reserve(*arcs * 8);

    auto read = forRows(
        db->get(), "SELECT id, latitude, longitude FROM road_node ORDER BY id", [&](sqlite3_stmt* s) -> const char* {
            const std::int64_t latitude = sqlite3_column_int64(s, 1);
            const std::int64_t longitude = sqlite3_column_int64(s, 2);
            if (sqlite3_column_int64(s, 0) != static_cast<std::int64_t>(network.nodes.size()))
                return "a node is missing";
            if (!isOnEarth(latitude, longitude))
                return "a node lies nowhere on earth";
            network.nodes.push_back({static_cast<std::int32_t>(latitude), static_cast<std::int32_t>(longitude)});
            return nullptr;
        });
    if (read)
        read = forRows(db->get(), "SELECT id, name FROM road_name ORDER BY id", [&](sqlite3_stmt* s) -> const char* {
            if (sqlite3_column_int64(s, 0) != static_cast<std::int64_t>(network.names.size()))
                return "a name is missing";
            const auto* text = sqlite3_column_text(s, 1);
            const auto bytes = static_cast<std::size_t>(sqlite3_column_bytes(s, 1));
            network.names.emplace_back(text, text + bytes);
            return nullptr;
        });
    if (read)
        read = forRows(db->get(),
                       "SELECT node_from, node_to, forward_ms, backward_ms, length_cm, name, shape FROM road_arc "
                       "ORDER BY id",
                       [&](sqlite3_stmt* s) { return takeArcRow(s, network); });
    if (!read)
        return tl::unexpected(read.error());
    const auto bans = hasTable(db->get(), "road_ban"); // maps made before there were bans have none
    if (!bans)
        return tl::unexpected(bans.error());
    if (*bans)
        read = forRows(db->get(), "SELECT arc_from, arc_to FROM road_ban ORDER BY arc_from, arc_to",
                       [&](sqlite3_stmt* s) { return takeBanRow(s, network); });
    if (!read)
        return tl::unexpected(read.error());
    const auto traits = hasTable(db->get(), "road_trait"); // nor traits
    if (!traits)
        return tl::unexpected(traits.error());
    if (*traits)
        read = forRows(db->get(),
                       "SELECT arc, class, surface, access, flags, slope_pm, max_kg, max_height_cm, max_width_cm "
                       "FROM road_trait ORDER BY arc",
                       [&](sqlite3_stmt* s) { return takeTraitRow(s, network); });
    if (!read)
        return tl::unexpected(read.error());
    return network;
}

base::Result<void> writeNetwork(const RoadNetwork& network, const std::filesystem::path& mapFile) {
    auto opened = open(mapFile, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!opened)
        return tl::unexpected(opened.error());
    sqlite3* db = opened->get();
    const auto run = [db](const char* sql) { return sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK; };
    if (!run("BEGIN IMMEDIATE") || !run(tables) || !insertAll(db, network) || !run("COMMIT")) {
        auto fault = storageFault(db, "cannot write the road network");
        run("ROLLBACK");
        return fault;
    }
    return {};
}

} // namespace tocsin::route
