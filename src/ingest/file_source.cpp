#include "ingest/file_source.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::uint64_t mostMeasured = 4096ULL << 20U;

std::string systemReason(int number) {
    return std::generic_category().message(number);
}

} // namespace

base::Result<FileSource> FileSource::open(const std::string& path) {
    if (path == "-")
        return FileSource(STDIN_FILENO, false, "standard input");
    // O_NONBLOCK: opening a pipe nobody writes to must not wait.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return base::fail(errno == ENOENT ? Code::notFound : Code::refused,
                          "Cannot open the file: " + systemReason(errno));
    FileSource source(descriptor, true, path);
    struct stat about {};
    if (::fstat(descriptor, &about) != 0)
        return base::fail(Code::refused, "Cannot look at the file: " + systemReason(errno));
    if (S_ISDIR(about.st_mode))
        return base::fail(Code::refused, "This is a folder, not a file");
    if (!S_ISREG(about.st_mode))
        return base::fail(Code::refused, "This is a pipe or a device, not a file; use - for standard input");
    return source;
}

FileSource::~FileSource() {
    if (m_owned)
        ::close(m_descriptor);
}

FileSource::FileSource(FileSource&& other) noexcept
    : m_descriptor(other.m_descriptor), m_owned(std::exchange(other.m_owned, false)), m_path(std::move(other.m_path)) {}

FileSource& FileSource::operator=(FileSource&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_owned, other.m_owned);
    std::swap(m_path, other.m_path);
    return *this;
}

base::Result<bool> FileSource::read(std::string& to, std::size_t most) {
    const std::size_t before = to.size();
    to.resize(before + most);
    ssize_t got = 0;
    do {
        got = ::read(m_descriptor, to.data() + before, most);
    } while (got < 0 && errno == EINTR);
    const int number = errno;
    to.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got < 0)
        return base::fail(Code::refused, "Cannot read " + m_path + ": " + systemReason(number));
    return got > 0;
}

base::Result<void> FileSource::fill(std::string& to, std::size_t size) {
    while (to.size() < size) {
        const auto more = read(to, std::min<std::size_t>(size - to.size(), 1U << 20U));
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            break;
    }
    return {};
}

base::Result<WholeFile> measure(FileSource& source, const std::string& head) {
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> hash(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    if (!hash || EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr) != 1)
        return base::fail(Code::internal, "SHA-256 is not available");
    WholeFile whole;
    std::string piece = head;
    while (!piece.empty()) {
        EVP_DigestUpdate(hash.get(), piece.data(), piece.size());
        whole.bytes += piece.size();
        piece.clear();
        if (whole.bytes >= mostMeasured) {
            whole.complete = false;
            break;
        }
        if (const auto more = source.read(piece, 1U << 20U); !more)
            return tl::unexpected(more.error());
    }
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(hash.get(), digest, &size);
    static constexpr char digits[] = "0123456789abcdef";
    for (unsigned i = 0; i < size; ++i) {
        whole.sha256 += digits[digest[i] >> 4U];
        whole.sha256 += digits[digest[i] & 15U];
    }
    return whole;
}

} // namespace tocsin::ingest
