#pragma once

#include "tocsin/store/store.hpp"

#include <SQLiteCpp/Database.h>
#include <filesystem>
#include <functional>
#include <optional>

namespace tocsin::store {

/// Store::verify on any connection to a desk database, of any version that has a journal.
[[nodiscard]] base::Result<std::optional<JournalFault>>
verifyJournal(SQLite::Database& db, const std::filesystem::path& file,
              const std::function<void(std::int64_t done, std::int64_t all)>& progress);

} // namespace tocsin::store
