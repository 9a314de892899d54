#include "ingest/folder_files.hpp"

#include "ingest/decode_place.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tocsin::ingest {

namespace fs = std::filesystem;
using base::Code;

namespace {

std::string reason(int number) {
    return std::generic_category().message(number);
}

FileSeen seenOf(const struct stat& about) {
    FileSeen seen;
    seen.inode = about.st_ino;
    seen.bytes = static_cast<std::uint64_t>(about.st_size);
    seen.changedNanos = about.st_mtim.tv_sec * 1'000'000'000LL + about.st_mtim.tv_nsec;
    seen.kind = S_ISREG(about.st_mode)   ? FileSeen::Kind::regular
                : S_ISDIR(about.st_mode) ? FileSeen::Kind::folder
                                         : FileSeen::Kind::other;
    return seen;
}

/// A read lease is given only while nobody has the file open for writing. It is held for no longer than it takes to
/// ask; should somebody come just then, the kernel's notice is a signal that is ignored by default.
bool isBeingWritten(int descriptor) {
    (void)::fcntl(descriptor, F_SETSIG, SIGURG);
    if (::fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0) {
        (void)::fcntl(descriptor, F_SETLEASE, F_UNLCK);
        return false;
    }
    return errno == EAGAIN || errno == EBUSY; // others: this file system cannot tell
}

bool moveWithoutReplacing(const fs::path& from, const fs::path& to, int& error) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return true;
    error = errno;
    if (error != EINVAL && error != ENOSYS)
        return false;
    // A file system (of a network share) that knows no such flag.
    struct stat about {};
    if (::lstat(to.c_str(), &about) == 0) {
        error = EEXIST;
        return false;
    }
    if (::rename(from.c_str(), to.c_str()) == 0)
        return true;
    error = errno;
    return false;
}

} // namespace

std::optional<FileSeen> lookAt(const fs::path& path) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0)
        return std::nullopt;
    return seenOf(about);
}

bool isUnfinishedName(std::string_view name) {
    static constexpr std::array<std::string_view, 6> endings{".part", ".tmp", ".partial", ".filepart", ".crdownload", "~"};
    const auto low = lowered(name);
    return name.starts_with('.') ||
           std::any_of(endings.begin(), endings.end(), [&](std::string_view end) { return low.ends_with(end); });
}

base::Result<std::vector<FolderEntry>> listFolder(const fs::path& folder, std::size_t most) {
    const std::unique_ptr<DIR, int (*)(DIR*)> dir(::opendir(folder.c_str()), &::closedir);
    if (!dir)
        return base::fail(Code::storage, "cannot look into " + folder.string() + ": " + reason(errno));
    std::vector<FolderEntry> out;
    while (const dirent* entry = ::readdir(dir.get())) {
        if (isUnfinishedName(entry->d_name) || out.size() == most)
            continue;
        if (const auto seen = lookAt(folder / entry->d_name))
            out.push_back({entry->d_name, *seen});
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
}

base::Result<OpenFile> OpenFile::open(const fs::path& path) {
    // O_NONBLOCK: opening a pipe nobody writes to must not wait.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
    if (descriptor < 0) {
        const int number = errno;
        if (number == ELOOP)
            return base::fail(Code::refused, "a link to a file, not a file");
        return base::fail(number == ENOENT ? Code::notFound
                          : number == EACCES || number == EPERM || number == ENXIO || number == ENODEV
                              ? Code::refused
                              : Code::unavailable,
                          "cannot open the file: " + reason(number));
    }
    struct stat about {};
    const bool known = ::fstat(descriptor, &about) == 0;
    OpenFile file(descriptor, seenOf(about));
    if (!known)
        return base::fail(Code::unavailable, "cannot look at the file: " + reason(errno));
    if (file.m_seen.kind != FileSeen::Kind::regular)
        return base::fail(Code::refused, "a folder, a pipe or a device, not a file");
    if (isBeingWritten(descriptor))
        return base::fail(Code::unavailable, "it is still being written");
    return file;
}

OpenFile::~OpenFile() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_seen(other.m_seen) {}

base::Result<std::string> OpenFile::read(std::size_t most) const {
    std::string out;
    while (out.size() < most) {
        const std::size_t before = out.size();
        const std::size_t piece = std::min<std::size_t>(most - before, 1U << 20U);
        out.resize(before + piece);
        const ssize_t got = ::pread(m_descriptor, out.data() + before, piece, static_cast<off_t>(before));
        const int number = errno;
        out.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
        if (got < 0 && number != EINTR)
            return base::fail(Code::unavailable, "cannot read the file: " + reason(number));
        if (got == 0)
            break;
    }
    return out;
}

std::string OpenFile::path() const {
    return "/proc/self/fd/" + std::to_string(m_descriptor);
}

base::Result<fs::path> moveAside(const fs::path& file, const fs::path& folder) {
    constexpr int mostNumbers = 100'000;
    const auto stem = file.stem().string();
    const auto extension = file.extension().string();
    int error = EEXIST;
    for (int number = 1; number < mostNumbers && error == EEXIST; ++number) {
        const auto target = folder / (number == 1 ? file.filename().string() : stem + "-" + std::to_string(number) + extension);
        if (moveWithoutReplacing(file, target, error))
            return target;
    }
    return base::fail(Code::storage, "cannot move " + file.filename().string() + " to " + folder.string() + ": " + reason(error));
}

} // namespace tocsin::ingest
