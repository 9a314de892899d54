#include "ingest/mqtt_memory.hpp"

#include <boost/asio/post.hpp>
#include <fstream>
#include <sstream>

namespace tocsin::ingest {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostRetained = 50'000;
constexpr std::size_t mostTopics = 1'000;

void writeWhole(const fs::path& file, const std::string& text) {
    std::error_code ignored;
    fs::create_directories(file.parent_path(), ignored);
    fs::path draft = file;
    draft += ".new";
    {
        std::ofstream out(draft, std::ios::binary | std::ios::trunc);
        out << text;
        if (!out.flush())
            return;
    }
    fs::rename(draft, file, ignored);
}

} // namespace

std::uint64_t mqttDigest(std::string_view bytes, std::uint64_t start) {
    std::uint64_t hash = start;
    for (const char c : bytes) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    return hash;
}

MqttMemory::MqttMemory(fs::path file, boost::asio::thread_pool& workers)
    : m_file(std::move(file)), m_writer(workers.get_executor()) {}

void MqttMemory::load() {
    std::ifstream in(m_file, std::ios::binary);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("topic ") && m_topics.size() < mostTopics) {
            m_topics.push_back(line.substr(6));
        } else if (line.starts_with("retained ") && m_retained.size() < mostRetained) {
            std::istringstream numbers(line.substr(9));
            std::uint64_t topic = 0;
            std::uint64_t payload = 0;
            if (numbers >> std::hex >> topic >> payload)
                m_retained[topic] = payload;
        }
    }
}

void MqttMemory::setTopics(std::vector<std::string> topics) {
    m_changed = m_changed || topics != m_topics;
    m_topics = std::move(topics);
}

bool MqttMemory::tookRetained(std::uint64_t topic, std::uint64_t payload) const {
    const auto found = m_retained.find(topic);
    return found != m_retained.end() && found->second == payload;
}

void MqttMemory::rememberRetained(std::uint64_t topic, std::uint64_t payload) {
    if (m_retained.size() >= mostRetained && !m_retained.contains(topic))
        m_retained.erase(m_retained.begin());
    auto& known = m_retained[topic];
    m_changed = m_changed || known != payload;
    known = payload;
}

void MqttMemory::save() {
    if (!m_changed)
        return;
    m_changed = false;
    std::ostringstream out;
    for (const auto& topic : m_topics)
        out << "topic " << topic << '\n';
    out << std::hex;
    for (const auto& [topic, payload] : m_retained)
        out << "retained " << topic << ' ' << payload << '\n';
    boost::asio::post(m_writer, [file = m_file, text = out.str()] { writeWhole(file, text); });
}

} // namespace tocsin::ingest
