#pragma once

#include "store/data_text.hpp"
#include "store/sql.hpp"
#include "tocsin/model/state.hpp"

#include <functional>
#include <memory>
#include <string>

namespace tocsin::store {

/// Keeps the projection tables: everything in them comes from entries alone, in their order, so that replaying the
/// journal gives the same rows. Works inside the caller's transaction; throws SQLite::Exception, Damaged, and what
/// model::changesOf throws.
class Projector {
  public:
    explicit Projector(SQLite::Database& db);
    ~Projector();
    Projector(const Projector&) = delete;
    Projector& operator=(const Projector&) = delete;

    /// Puts the entry's after-images into the tables. `text` is that of the entry's data.
    void project(const model::Entry& entry, const DataText& text);
    /// Empties the tables and fills them from the whole journal.
    void replay(const std::function<void(std::int64_t done, std::int64_t all)>& progress);

    [[nodiscard]] static model::State load(SQLite::Database& db);
    /// SHA-256 in hex over every table's name and rows in key order.
    [[nodiscard]] static std::string digest(SQLite::Database& db);

  private:
    struct Statements;
    SQLite::Database& m_db;
    std::unique_ptr<Statements> m_statements;
};

} // namespace tocsin::store
