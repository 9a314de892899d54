#include "ingest/mqtt_broker.hpp"

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

namespace tocsin::ingest::test {

std::uint16_t freePort() {
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor acceptor(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
    return acceptor.local_endpoint().port();
}

std::string publishPacket(int version, int qos, bool retain, bool dup, std::uint16_t id, const std::string& topic,
                          const std::string& payload) {
    std::string body;
    body += static_cast<char>(topic.size() >> 8U);
    body += static_cast<char>(topic.size() & 0xFFU);
    body += topic;
    if (qos > 0) {
        body += static_cast<char>(id >> 8U);
        body += static_cast<char>(id & 0xFFU);
    }
    if (version >= mqtt5)
        body += '\0';
    body += payload;
    std::string out(1, static_cast<char>(0x30 | (dup ? 8 : 0) | qos << 1 | (retain ? 1 : 0)));
    std::size_t size = body.size();
    do {
        const auto low = static_cast<unsigned char>(size & 0x7FU);
        size >>= 7U;
        out += static_cast<char>(size != 0 ? low | 0x80U : low);
    } while (size != 0);
    return out + body;
}

Mosquitto::Mosquitto(const OwnFolder& folder, const std::string& extra, Logged logged, Keeps keeps)
    : m_folder(folder), m_port(freePort()), m_logged(std::move(logged)) {
    const std::string kept = keeps == Keeps::inMemory ? "persistence false\n"
                                                      : "persistence true\npersistence_location " + folder.path().string() +
                                                            "/\nautosave_interval 1\nautosave_on_changes true\n";
    folder.write("mosquitto.conf", "listener " + std::to_string(m_port) + " 127.0.0.1\n" + extra + kept +
                                       "max_queued_messages 0\nlog_dest stderr\nlog_type all\n" +
                                       (::geteuid() == 0 ? "user root\n" : "")); // or it would be nobody's
    start();
}

void Mosquitto::start() {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    const std::string config = (m_folder.path() / "mosquitto.conf").string();
    std::string name = program;
    std::string option = "-c";
    std::string file = config;
    char* arguments[] = {name.data(), option.data(), file.data(), nullptr};
    ASSERT_EQ(::posix_spawn(&m_pid, program, &actions, nullptr, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    m_log = ends[0];
    // It says so once it listens; what it says later is read away, so that it never waits for us.
    std::string said;
    char c = 0;
    while (said.find(" running") == std::string::npos && ::read(m_log, &c, 1) == 1)
        said += c;
    ASSERT_NE(said.find(" running"), std::string::npos) << said;
    m_reader = std::thread([this, log = m_log] {
        std::string lines;
        char buffer[4096];
        for (ssize_t got = 0; (got = ::read(log, buffer, sizeof buffer)) > 0;) {
            if (!m_logged)
                continue;
            lines.append(buffer, static_cast<std::size_t>(got));
            std::size_t begin = 0;
            for (auto end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', begin)) {
                m_logged(std::string_view(lines).substr(begin, end - begin));
                begin = end + 1;
            }
            lines.erase(0, begin);
        }
    });
}

void Mosquitto::end(int signal) {
    if (m_pid == 0)
        return;
    ::kill(m_pid, signal);
    ::waitpid(m_pid, nullptr, 0);
    m_pid = 0;
    m_reader.join();
    ::close(m_log);
}

int acknowledgedIn(std::string_view line, const std::string& client) {
    if (line.find("Received PUBACK from " + client) == std::string_view::npos)
        return 0;
    return line.find("unknown packet identifier") == std::string_view::npos ? 1 : -1; // said beside the line itself
}

void MqttPeer::send(const std::string& bytes) {
    boost::asio::write(m_socket, boost::asio::buffer(bytes));
}

std::pair<unsigned, std::string> MqttPeer::packet() {
    const std::string head = exactly(1);
    if (head.empty())
        return {};
    std::size_t size = 0;
    for (unsigned shift = 0;; shift += 7) {
        const std::string one = exactly(1);
        if (one.empty())
            return {};
        size |= static_cast<std::size_t>(static_cast<unsigned char>(one[0]) & 0x7FU) << shift;
        if ((static_cast<unsigned char>(one[0]) & 0x80U) == 0)
            break;
    }
    return {static_cast<unsigned char>(head[0]), exactly(size)};
}

std::string MqttPeer::exactly(std::size_t size) {
    std::string out(size, '\0');
    boost::system::error_code error;
    boost::asio::read(m_socket, boost::asio::buffer(out), error);
    return error ? std::string() : out;
}

void MqttPublisher::publish(const std::string& topic, const std::string& payload, int qos, bool retain) {
    for (int attempt = 0; attempt < 3; ++attempt) {
        try {
            if (!m_peer)
                connect();
            const auto id = ++m_id == 0 ? ++m_id : m_id;
            m_peer->send(publishPacket(mqtt311, qos, retain, false, id, topic, payload));
            if (qos == 0)
                return;
            auto answer = m_peer->packet();
            if (qos == 2 && answer.first == 0x50) {
                m_peer->send("\x62\x02" + answer.second);
                answer = m_peer->packet();
            }
            if (answer.first == (qos == 2 ? 0x70U : 0x40U))
                return;
        } catch (const boost::system::system_error&) {
        }
        m_peer.reset();
    }
    FAIL() << "the broker takes nothing";
}

void MqttPublisher::connect() {
    m_peer = std::make_unique<MqttPeer>();
    m_peer->socket().connect({boost::asio::ip::make_address("127.0.0.1"), m_port});
    MqttConnect hello;
    hello.version = mqtt311;
    hello.clientId = "publisher";
    hello.cleanStart = true;
    m_peer->send(mqttConnect(hello));
    ASSERT_EQ(m_peer->packet().first, 0x20U);
}

std::string ScriptedBroker::address() const {
    return "127.0.0.1:" + std::to_string(m_acceptor.local_endpoint().port());
}

std::unique_ptr<MqttPeer> ScriptedBroker::greet(bool sessionPresent, int version) {
    auto peer = take();
    EXPECT_EQ(peer->packet().first, 0x10U);
    std::string connack("\x20\x02", 2);
    if (version >= mqtt5)
        connack[1] = 3;
    connack += static_cast<char>(sessionPresent ? 1 : 0);
    connack += '\0';
    if (version >= mqtt5)
        connack += '\0';
    peer->send(connack);
    return peer;
}

std::unique_ptr<MqttPeer> ScriptedBroker::take() {
    auto peer = std::make_unique<MqttPeer>();
    m_acceptor.accept(peer->socket());
    return peer;
}

std::string ScriptedBroker::subscribed(MqttPeer& peer, int version) {
    auto [head, body] = peer.packet();
    EXPECT_EQ(head, 0x82U);
    std::string suback("\x90\x03", 2);
    if (version >= mqtt5)
        suback[1] = 4;
    suback += body.substr(0, 2);
    if (version >= mqtt5)
        suback += '\0';
    peer.send(suback + '\1');
    return body;
}

void TableSink::readings(ReadingBatch batch, std::function<void(base::Result<ReadingsReceipt>)> done) {
    std::unique_lock lock(m_mutex);
    if (m_fails > 0) {
        --m_fails;
        lock.unlock();
        done(base::fail(base::Code::storage, "the disk is full"));
        return;
    }
    auto act = [this, batch = std::move(batch), done] {
        ReadingsReceipt receipt;
        {
            const std::lock_guard inner(m_mutex);
            auto readings = batch.readings;
            for (const auto& row : batch.rows.rows)
                readings.push_back(batch.rows.reading(row));
            for (const auto& reading : readings) {
                ++m_seen;
                if (m_table.emplace(std::pair(reading.sensor.value, reading.time), reading.value).second)
                    ++receipt.stored;
                else
                    ++receipt.duplicates;
            }
        }
        done(receipt);
        m_changed.notify_all();
    };
    if (m_held) {
        m_waiting.push_back(act);
        lock.unlock();
        m_changed.notify_all();
        return;
    }
    lock.unlock();
    act();
}

void TableSink::message(std::string, Message message, std::function<void(Receipt)> done) {
    {
        const std::lock_guard lock(m_mutex);
        m_messages.push_back(std::move(message));
    }
    done({Outcome::stored, {"1"}, {}});
    m_changed.notify_all();
}

void TableSink::quarantine(std::string, Format, Fault fault, std::function<void(Receipt)> done) {
    const auto why = fault.error.message;
    {
        const std::lock_guard lock(m_mutex);
        m_quarantined.emplace_back(fault.bytes, why);
        m_faults.push_back(std::move(fault));
    }
    done({Outcome::quarantined, {}, why});
    m_changed.notify_all();
}

void TableSink::hold(bool held) {
    const std::lock_guard lock(m_mutex);
    m_held = held;
}

void TableSink::failNext(int times) {
    const std::lock_guard lock(m_mutex);
    m_fails = times;
}

void TableSink::releaseAll() {
    std::deque<std::function<void()>> all;
    {
        const std::lock_guard lock(m_mutex);
        m_held = false;
        all.swap(m_waiting);
    }
    for (auto& one : all)
        one();
}

void TableSink::dropAll() {
    std::deque<std::function<void()>> all;
    const std::lock_guard lock(m_mutex);
    all.swap(m_waiting);
}

void TableSink::await(const std::function<bool(const TableSink&)>& what) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return what(*this); });
}

void TableSink::awaitStored(std::size_t count) {
    await([count](const TableSink& sink) { return sink.m_table.size() >= count; });
}

void TableSink::awaitHeld(std::size_t count) {
    await([count](const TableSink& sink) { return sink.m_waiting.size() >= count; });
}

} // namespace tocsin::ingest::test
