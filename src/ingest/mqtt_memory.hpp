#pragma once

#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility> // Boost 1.74's Asio needs it first
#include <vector>

namespace tocsin::ingest {

/// FNV-1a, 64 bits: the same in every build.
[[nodiscard]] std::uint64_t mqttDigest(std::string_view bytes, std::uint64_t start = 14695981039346656037ULL);

/// What an MQTT feed must still know after the program was ended: which topics its session at the broker holds, and
/// which retained messages were taken (a broker shows them again at every subscription, and many say no time by which
/// the desk would know them). A small file in the county's folder; without it nothing is lost but that.
class MqttMemory {
  public:
    MqttMemory(std::filesystem::path file, boost::asio::thread_pool& workers);

    void load();
    [[nodiscard]] const std::vector<std::string>& topics() const { return m_topics; }
    void setTopics(std::vector<std::string> topics);
    [[nodiscard]] bool tookRetained(std::uint64_t topic, std::uint64_t payload) const;
    void rememberRetained(std::uint64_t topic, std::uint64_t payload);
    /// Writes the file if something has changed; by a worker, whole or not at all.
    void save();

  private:
    std::filesystem::path m_file;
    boost::asio::strand<boost::asio::thread_pool::executor_type> m_writer;
    std::vector<std::string> m_topics;
    std::unordered_map<std::uint64_t, std::uint64_t> m_retained;
    bool m_changed{false};
};

} // namespace tocsin::ingest
