#pragma once

#include "tocsin/model/report.hpp"

#include <SQLiteCpp/Database.h>
#include <string>

namespace tocsin::store {

/// The county's own random key, from the table `about`; made there at the first time. Empty where it may not be made.
/// Throws SQLite::Exception, std::runtime_error without randomness.
[[nodiscard]] std::string takeSenderKey(SQLite::Database& db, bool readOnly);

/// Store::senderOf with a key; empty without one.
[[nodiscard]] std::string senderOf(const model::Contact& contact, const std::string& key);

} // namespace tocsin::store
