#include "store/files.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace tocsin::store {

namespace fs = std::filesystem;
using base::Code;

base::Result<void> makeFolder(const fs::path& folder) {
    std::error_code ec;
    if (fs::is_directory(folder, ec))
        return {};
    if (!fs::create_directory(folder, ec) && !fs::is_directory(folder)) {
        return base::fail(Code::storage, "the folder " + folder.string() + " cannot be made (" +
                                             (ec ? ec.message() : std::string("something else has its name")) + ")");
    }
    const auto parent = fs::absolute(folder).lexically_normal().parent_path();
    return syncToDisk(parent);
}

base::Result<void> syncToDisk(const fs::path& fileOrFolder) {
    const int fd = ::open(fileOrFolder.c_str(), O_RDONLY | O_CLOEXEC);
    const bool done = fd >= 0 && ::fsync(fd) == 0;
    const int error = errno;
    if (fd >= 0)
        ::close(fd);
    // Some file systems cannot sync a folder and say so; they need not be asked.
    if (done || (fd >= 0 && error == EINVAL))
        return {};
    return base::fail(Code::storage,
                      fileOrFolder.string() + " could not be written to the disk (" + std::strerror(error) + ")");
}

} // namespace tocsin::store
