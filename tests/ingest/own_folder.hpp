#pragma once

#include <filesystem>
#include <string>

namespace tocsin::ingest::test {

/// A folder of its own for one test, gone afterwards.
class OwnFolder {
  public:
    OwnFolder();
    ~OwnFolder();
    OwnFolder(const OwnFolder&) = delete;
    OwnFolder& operator=(const OwnFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    void write(const std::string& name, const std::string& text) const;

  private:
    std::filesystem::path m_path;
};

} // namespace tocsin::ingest::test
