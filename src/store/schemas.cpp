#include "embedded/desk_migrations.hpp"
#include "embedded/readings_migrations.hpp"
#include "store/projector.hpp"
#include "store/sql.hpp"

namespace tocsin::store {

namespace {

std::vector<Migration> migrationsFrom(std::span<const embedded::File> files) {
    std::vector<Migration> migrations;
    for (const auto& file : files) // sorted by name, which begins with the number
        migrations.push_back({file.name, file.bytes});
    return migrations;
}

} // namespace

Schema deskSchema() {
    return {deskApplicationId, "desk database", migrationsFrom(embedded::desk_migrations()),
            [](SQLite::Database& db) { Projector(db).replay({}); }};
}

Schema readingsSchema() {
    return {readingsApplicationId, "readings file", migrationsFrom(embedded::readings_migrations()), {}};
}

} // namespace tocsin::store
