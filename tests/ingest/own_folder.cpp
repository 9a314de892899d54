#include "ingest/own_folder.hpp"

#include <cstdlib>
#include <fstream>
#include <system_error>

namespace tocsin::ingest::test {

OwnFolder::OwnFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tocsin-feed-XXXXXX").string();
    m_path = ::mkdtemp(pattern.data());
}

OwnFolder::~OwnFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

void OwnFolder::write(const std::string& name, const std::string& text) const {
    std::ofstream(m_path / name) << text;
}

} // namespace tocsin::ingest::test
