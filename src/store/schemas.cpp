#include "embedded/desk_migrations.hpp"
#include "embedded/readings_migrations.hpp"
#include "store/projector.hpp"
#include "store/sql.hpp"

namespace tocsin::store {

Schema deskSchema() {
    return {deskApplicationId, "desk database", embedded::desk_migrations(),
            [](SQLite::Database& db) { Projector(db).replay({}); }};
}

Schema readingsSchema() {
    return {readingsApplicationId, "readings file", embedded::readings_migrations(), {}};
}

} // namespace tocsin::store
