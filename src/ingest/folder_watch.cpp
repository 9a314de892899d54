#include "ingest/folder_watch.hpp"

#include <boost/asio/buffer.hpp>
#include <cstring>
#include <sys/inotify.h>
#include <unistd.h>

namespace tocsin::ingest {

void FolderWatch::open(const std::filesystem::path& folder, Use use) {
    const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0)
        return;
    if (::inotify_add_watch(descriptor, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR) < 0) {
        ::close(descriptor);
        return;
    }
    m_use = std::move(use);
    m_descriptor.assign(descriptor);
    wait();
}

void FolderWatch::close() {
    boost::system::error_code ignored;
    m_descriptor.close(ignored);
    m_use = {};
}

void FolderWatch::wait() {
    // The owner keeps this alive until close(), after which no handler looks at it.
    m_descriptor.async_read_some(boost::asio::buffer(m_buffer),
                                 [this](const boost::system::error_code& error, std::size_t bytes) {
                                     if (error)
                                         return;
                                     take(bytes);
                                     wait();
                                 });
}

void FolderWatch::take(std::size_t bytes) {
    for (std::size_t at = 0; at + sizeof(inotify_event) <= bytes;) {
        inotify_event event{};
        std::memcpy(&event, m_buffer.data() + at, sizeof event);
        const std::size_t next = at + sizeof event + event.len;
        if (next > bytes)
            return;
        std::string name;
        if (event.len > 0)
            name.assign(m_buffer.data() + at + sizeof event, ::strnlen(m_buffer.data() + at + sizeof event, event.len));
        if (m_use) // an overflow has no name: it only says to look
            m_use({std::move(name), (event.mask & IN_MOVED_TO) != 0});
        at = next;
    }
}

} // namespace tocsin::ingest
