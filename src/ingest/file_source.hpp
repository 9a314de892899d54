#pragma once

#include "tocsin/base/result.hpp"

#include <cstdint>
#include <string>

namespace tocsin::ingest {

/// A regular file, or standard input ("-"), read from its start once.
class FileSource {
  public:
    /// Refuses folders, pipes and devices with a sentence, and never waits for one to open.
    [[nodiscard]] static base::Result<FileSource> open(const std::string& path);
    ~FileSource();
    FileSource(FileSource&& other) noexcept;
    FileSource& operator=(FileSource&& other) noexcept;

    /// Appends up to `most` bytes; false at the end of the file.
    [[nodiscard]] base::Result<bool> read(std::string& to, std::size_t most);
    /// Reads on until `to` has `size` bytes or the file ends.
    [[nodiscard]] base::Result<void> fill(std::string& to, std::size_t size);

  private:
    FileSource(int descriptor, bool owned, std::string path)
        : m_descriptor(descriptor), m_owned(owned), m_path(std::move(path)) {}
    int m_descriptor;
    bool m_owned;
    std::string m_path;
};

/// What is left of `source` after `head`, counted and hashed without being kept.
struct WholeFile {
    std::uint64_t bytes{0};
    std::string sha256;  ///< hexadecimal
    bool complete{true}; ///< false: the file is larger than what is read for this
};
[[nodiscard]] base::Result<WholeFile> measure(FileSource& source, const std::string& head);

} // namespace tocsin::ingest
