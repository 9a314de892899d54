#pragma once

#include "tocsin/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// A file as it was when looked at: two that are equal are the same, unchanged.
struct FileSeen {
    std::uint64_t inode{0};
    std::uint64_t bytes{0};
    std::int64_t changedNanos{0};
    enum class Kind : unsigned char { regular, folder, other } kind{Kind::regular};
    friend bool operator==(const FileSeen&, const FileSeen&) = default;
};

struct FolderEntry {
    std::string name;
    FileSeen seen;
};

/// Nothing for what is not there. Does not follow a link.
[[nodiscard]] std::optional<FileSeen> lookAt(const std::filesystem::path& path);

/// What lies in a folder, but what is not meant to be seen yet (dotfiles, *.part, *.tmp …); by name, at most `most`.
[[nodiscard]] base::Result<std::vector<FolderEntry>> listFolder(const std::filesystem::path& folder, std::size_t most);
[[nodiscard]] bool isUnfinishedName(std::string_view name);

/// A regular file that is open for reading. Closes itself.
class OpenFile {
  public:
    /// Code::unavailable while somebody has it open for writing (where the file system can tell), refused for links,
    /// pipes and folders.
    [[nodiscard]] static base::Result<OpenFile> open(const std::filesystem::path& path);
    ~OpenFile();
    OpenFile(OpenFile&& other) noexcept;
    OpenFile& operator=(OpenFile&&) = delete;
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    [[nodiscard]] const FileSeen& seen() const { return m_seen; }
    /// At most `most` bytes from its beginning.
    [[nodiscard]] base::Result<std::string> read(std::size_t most) const;
    /// A name by which this very file can be opened again, whatever its own name has become.
    [[nodiscard]] std::string path() const;

  private:
    OpenFile(int descriptor, const FileSeen& seen) : m_descriptor(descriptor), m_seen(seen) {}
    int m_descriptor;
    FileSeen m_seen;
};

/// Moves a file into a folder beside it, under its own name or, where that is taken, with a number: "a-2.json".
/// Returns where it is now. Never replaces a file.
[[nodiscard]] base::Result<std::filesystem::path> moveAside(const std::filesystem::path& file,
                                                            const std::filesystem::path& folder);

} // namespace tocsin::ingest
