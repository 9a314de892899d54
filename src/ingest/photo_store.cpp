#include "tocsin/ingest/photo_store.hpp"

#include "photo.hpp"
#include "tocsin/base/sha256.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <unistd.h>

namespace tocsin::ingest {

namespace fs = std::filesystem;
using base::Code;

namespace {

constexpr std::string_view partMark = ".part";

tl::unexpected<base::Error> storage(const std::string& what, const fs::path& path) {
    return base::fail(Code::storage, what + " " + path.string() + ": " + std::strerror(errno));
}

bool isDigest(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool writeAll(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool syncFolder(const fs::path& folder) {
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool good = file >= 0 && ::fsync(file) == 0;
    if (file >= 0)
        ::close(file);
    return good;
}

} // namespace

base::Result<std::shared_ptr<PhotoStore>> PhotoStore::open(fs::path folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return base::fail(Code::storage, "cannot make the folder " + folder.string() + ": " + error.message());
    for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
        std::error_code ignored;
        if (each->path().extension() == partMark)
            fs::remove(each->path(), ignored);
    }
    if (error)
        return base::fail(Code::storage, "cannot read the folder " + folder.string() + ": " + error.message());
    return std::shared_ptr<PhotoStore>(new PhotoStore(std::move(folder)));
}

fs::path PhotoStore::pathOf(std::string_view sha256) const {
    return m_folder / (std::string(sha256) + ".jpg");
}

base::Result<void> PhotoStore::write(const std::string& sha256, std::string_view bytes) {
    const auto path = pathOf(sha256);
    std::error_code error;
    if (fs::file_size(path, error) == bytes.size() && !error)
        return {}; // the same photo came before
    const auto part = m_folder / (sha256 + "." + std::to_string(::getpid()) + "-" + std::to_string(++m_part) +
                                  std::string(partMark));
    const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (file < 0)
        return storage("cannot write", part);
    const bool written = writeAll(file, bytes) && ::fsync(file) == 0;
    const int why = errno;
    ::close(file);
    if (!written || ::rename(part.c_str(), path.c_str()) != 0) {
        errno = written ? errno : why;
        auto failed = storage("cannot write", part);
        ::unlink(part.c_str());
        return failed;
    }
    if (!syncFolder(m_folder))
        return storage("cannot write", m_folder);
    return {};
}

base::Result<model::Photo> PhotoStore::keep(std::string_view bytes, const Source& source) {
    const std::lock_guard lock(m_working);
    auto made = makePhoto(bytes, source);
    if (!made)
        return tl::unexpected(std::move(made.error()));
    model::Photo photo;
    photo.sha256 = base::toHex(base::sha256(made->jpeg));
    photo.width = made->width;
    photo.height = made->height;
    photo.position = made->position;
    photo.takenAt = made->takenAt;
    if (auto stored = write(photo.sha256, made->jpeg); !stored)
        return tl::unexpected(std::move(stored.error()));
    return photo;
}

base::Result<void> PhotoStore::keepAll(Decoded& decoded, const Source& source) {
    for (auto& attachment : decoded.attachments) {
        if (attachment.message >= decoded.messages.size())
            continue;
        auto* report = std::get_if<model::Report>(&decoded.messages[attachment.message]);
        if (report == nullptr)
            continue;
        if (report->photos.size() >= maxPhotosOfReport) {
            decoded.deviations.push_back("only the first " + std::to_string(maxPhotosOfReport) +
                                         " photos of a report were kept");
            break;
        }
        auto photo = keep(attachment.bytes, source);
        if (photo)
            report->photos.push_back(std::move(*photo));
        else if (photo.error().code == Code::storage)
            return tl::unexpected(std::move(photo.error()));
        else
            decoded.deviations.push_back("a photo was left out: " + photo.error().message);
        attachment.bytes = {};
    }
    decoded.attachments.clear();
    for (auto& message : decoded.messages)
        if (auto* report = std::get_if<model::Report>(&message))
            placeByPhotos(*report);
    return {};
}

base::Result<std::string> PhotoStore::read(std::string_view sha256) const {
    if (!isDigest(sha256))
        return base::fail(Code::notFound, "not the name of a photo");
    std::ifstream in(pathOf(sha256), std::ios::binary);
    if (!in)
        return base::fail(Code::notFound, "there is no such photo");
    return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

void placeByPhotos(model::Report& report) {
    if (report.position)
        return;
    const auto found = std::find_if(report.photos.begin(), report.photos.end(),
                                    [](const model::Photo& photo) { return photo.position.has_value(); });
    if (found != report.photos.end())
        report.position = found->position;
}

} // namespace tocsin::ingest
