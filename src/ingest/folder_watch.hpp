#pragma once

#include "ingest/feed_net.hpp"

#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <filesystem>
#include <functional>
#include <string>

namespace tocsin::ingest {

/// Is told by the kernel (inotify) when a file in a folder was closed after writing or moved in. Shares of other
/// machines tell nothing; where it cannot watch at all it is silent. All calls and events on the strand.
class FolderWatch {
  public:
    struct Event {
        std::string name;
        bool movedIn{false};
    };
    using Use = std::function<void(const Event&)>;

    explicit FolderWatch(const Strand& strand) : m_descriptor(strand) {}
    void open(const std::filesystem::path& folder, Use use);
    void close();

  private:
    void wait();
    void take(std::size_t bytes);

    boost::asio::posix::stream_descriptor m_descriptor;
    Use m_use;
    alignas(8) std::array<char, 16'384> m_buffer{};
};

} // namespace tocsin::ingest
