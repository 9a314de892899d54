#pragma once

#include "tocsin/county/osm_import.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

namespace tocsin::county::testing {

/// A folder of the test's own, gone at its end.
class Scratch {
  public:
    Scratch() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tocsin-county-XXXXXX").string();
        m_path = ::mkdtemp(pattern.data());
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(m_path), {}));
    }

  private:
    std::filesystem::path m_path;
};

inline std::filesystem::path resources() {
    return std::filesystem::path(TOCSIN_SOURCE_DIR) / "resources";
}
inline std::filesystem::path data(const std::string& name) {
    return std::filesystem::path(TOCSIN_SOURCE_DIR) / "tests" / "data" / "county" / name;
}

inline void write(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}
inline std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The first column of the first row.
inline std::string ask(const std::filesystem::path& map, const std::string& sql) {
    SQLite::Database database(map.string(), SQLite::OPEN_READONLY);
    SQLite::Statement row(database, sql);
    return row.executeStep() ? row.getColumn(0).getString() : "(no row)";
}

inline ImportOptions someOptions() {
    ImportOptions options;
    options.made = base::fromUnixMillis(1'795'161'600'000);
    return options;
}

} // namespace tocsin::county::testing
