#include "ingest/mqtt_link.hpp"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;

namespace {

constexpr std::size_t readAtOnce = 64U << 10U;

} // namespace

base::Result<MqttAddress> parseMqttAddress(std::string_view text, bool tls) {
    MqttAddress out;
    out.tls = tls;
    const auto scheme = text.find("://");
    if (scheme != std::string_view::npos) {
        const auto name = text.substr(0, scheme);
        if (name == "mqtts" || name == "ssl" || name == "tls")
            out.tls = true;
        else if (name != "mqtt" && name != "tcp")
            return base::fail(Code::malformed, "'" + std::string(text.substr(0, 200)) +
                                                   "' is no broker's address: mqtt://HOST:PORT or mqtts://HOST:PORT");
        text.remove_prefix(scheme + 3);
        if (text.ends_with('/'))
            text.remove_suffix(1);
    }
    out.port = out.tls ? 8883 : 1883;
    const bool bracketed = text.starts_with('[') && text.ends_with(']');
    if (!text.empty() && (bracketed || text.find(':') == std::string_view::npos)) {
        out.host = bracketed ? text.substr(1, text.size() - 2) : text;
    } else {
        auto endpoint = parseEndpoint(text);
        if (!endpoint)
            return tl::unexpected(std::move(endpoint.error()));
        if (endpoint->port == 0)
            return base::fail(Code::malformed, "a broker's port cannot be 0");
        out.host = endpoint->host;
        out.port = endpoint->port;
    }
    if (out.host.empty() || out.host.find_first_of("/ @?#") != std::string::npos)
        return base::fail(Code::malformed, "'" + std::string(text.substr(0, 200)) + "' is no broker's address: HOST:PORT");
    return out;
}

MqttLink::MqttLink(const Strand& strand, MqttLinkOptions options, Events events)
    : m_strand(strand), m_options(std::move(options)), m_events(std::move(events)), m_resolver(strand), m_socket(strand),
      m_timer(strand), m_reader(m_options.connect.version, m_options.mostMessageBytes),
      m_keepAlive(m_options.connect.keepAliveSeconds) {}

void MqttLink::start() {
    m_lastReceived = std::chrono::steady_clock::now();
    watch();
    const auto& address = m_options.address;
    m_resolver.async_resolve(address.host, std::to_string(address.port), Tcp::resolver::numeric_service,
                             [self = shared_from_this()](const Error& error, const Tcp::resolver::results_type& found) {
                                 if (error)
                                     self->end({"Cannot find " + self->m_options.address.host + ": " + error.message()});
                                 else
                                     self->connect(found);
                             });
}

void MqttLink::connect(const Tcp::resolver::results_type& found) {
    if (m_ended)
        return;
    asio::async_connect(m_socket, found, [self = shared_from_this()](const Error& error, const Tcp::endpoint&) {
        if (self->m_ended)
            return;
        if (error) {
            self->end({"Cannot connect to the broker: " + error.message()});
            return;
        }
        Error ignored;
        self->m_socket.set_option(Tcp::no_delay(true), ignored);
        if (self->m_options.address.tls)
            self->handshake();
        else
            self->introduce();
    });
}

void MqttLink::handshake() {
    m_tls = std::make_unique<asio::ssl::stream<Tcp::socket&>>(m_socket, *m_options.tls);
    const auto& host = m_options.address.host;
    Error ignored;
    if (asio::ip::make_address(host, ignored); ignored) // a name: servers with several certificates need it
        SSL_ctrl(m_tls->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(host.c_str())); // NOLINT(cppcoreguidelines-pro-type-const-cast): as OpenSSL has it
    if (m_options.verify) {
        m_tls->set_verify_mode(asio::ssl::verify_peer);
        m_tls->set_verify_callback(asio::ssl::host_name_verification(host));
    } else {
        m_tls->set_verify_mode(asio::ssl::verify_none);
    }
    m_tls->async_handshake(asio::ssl::stream_base::client, [self = shared_from_this()](const Error& error) {
        if (self->m_ended)
            return;
        if (!error) {
            self->introduce();
            return;
        }
        std::string why = "TLS with the broker fails: " + error.message();
        const long result = SSL_get_verify_result(self->m_tls->native_handle());
        if (self->m_options.verify && result != X509_V_OK)
            why += std::string(" (") + X509_verify_cert_error_string(result) + ")";
        self->end({std::move(why), error.category() == asio::error::get_ssl_category(), false});
    });
}

void MqttLink::introduce() {
    m_lastReceived = std::chrono::steady_clock::now();
    send(mqttConnect(m_options.connect));
    read();
}

void MqttLink::send(std::string bytes) {
    if (m_ended)
        return;
    m_queued += bytes;
    write();
}

void MqttLink::write() {
    if (m_ended || !m_writing.empty())
        return;
    if (m_queued.empty()) {
        if (m_closing)
            shut();
        return;
    }
    m_writing.swap(m_queued);
    auto done = [self = shared_from_this()](const Error& error, std::size_t) {
        self->m_writing.clear();
        if (error)
            self->end({"The broker has gone: " + error.message()});
        else
            self->write();
    };
    if (m_tls)
        asio::async_write(*m_tls, asio::buffer(m_writing), std::move(done));
    else
        asio::async_write(m_socket, asio::buffer(m_writing), std::move(done));
}

void MqttLink::resume() {
    m_paused = false;
    // What stands in the buffer from before the pause is given from the strand, not from within the caller.
    asio::post(m_strand, [self = shared_from_this()] {
        if (!self->m_reading && !self->m_paused && !self->m_ended)
            self->got({}, 0);
    });
}

void MqttLink::read() {
    if (m_ended || m_reading || m_paused)
        return;
    m_reading = true;
    char* const room = m_reader.room(readAtOnce);
    auto done = [self = shared_from_this()](const Error& error, std::size_t count) {
        self->m_reading = false;
        self->got(error, count);
    };
    if (m_tls)
        m_tls->async_read_some(asio::buffer(room, readAtOnce), std::move(done));
    else
        m_socket.async_read_some(asio::buffer(room, readAtOnce), std::move(done));
}

void MqttLink::got(const Error& error, std::size_t count) {
    if (m_ended)
        return;
    if (error) {
        end({error == asio::error::eof ? "The broker has closed the connection"
                                       : "The broker has gone: " + error.message()});
        return;
    }
    if (count > 0) {
        m_lastReceived = std::chrono::steady_clock::now();
        m_pingOwed = false;
        m_reader.received(count);
    }
    while (!m_paused && !m_ended) {
        auto packet = m_reader.next();
        if (!packet) {
            end({"The broker sent " + packet.error().message});
            return;
        }
        if (!*packet)
            break;
        give(**packet);
    }
    if (!m_ended)
        m_events.drained();
    read();
}

void MqttLink::give(const MqttPacket& packet) {
    const int version = m_options.connect.version;
    if (packet.type == MqttType::disconnect) {
        std::string why = "The broker has ended it: " + mqttReason(version, packet.type, packet.reason);
        if (!packet.reasonText.empty())
            why += " (" + std::string(packet.reasonText.substr(0, 200)) + ")";
        end({std::move(why), packet.reason == 0x8E || packet.reason == 0x8A, false});
        return;
    }
    if (packet.type == MqttType::connack && !m_isUp) {
        if (packet.reason != 0) {
            const auto reason = packet.reason;
            end({"The broker refuses: " + mqttReason(version, packet.type, reason),
                 (reason >= 4 && reason <= 5) || (reason >= 0x85 && reason <= 0x8C && reason != 0x88 && reason != 0x89),
                 reason == 1 || reason == 0x84});
            return;
        }
        m_isUp = true;
        if (packet.keepAliveSeconds && *packet.keepAliveSeconds > 0)
            m_keepAlive = std::chrono::seconds(*packet.keepAliveSeconds);
        m_events.up(packet);
        return;
    }
    if (!m_isUp || packet.type == MqttType::connack) {
        end({"The broker breaks the protocol: CONNACK is not its first answer, or came twice"});
        return;
    }
    if (packet.type != MqttType::pingresp)
        m_events.packet(packet);
}

/// Says PINGREQ when nothing came for the keep-alive time, and gives up when that stays without an answer. While we
/// ourselves do not read, the broker owes nothing.
void MqttLink::watch() {
    if (m_ended)
        return;
    m_timer.expires_after(m_isUp ? std::min<std::chrono::milliseconds>(m_keepAlive / 2, m_options.patience)
                                 : std::chrono::milliseconds(m_options.patience));
    m_timer.async_wait([self = shared_from_this()](const Error& error) {
        if (error || self->m_ended)
            return;
        const auto quiet = std::chrono::steady_clock::now() - self->m_lastReceived;
        const auto patience = self->m_options.patience;
        if (!self->m_isUp) {
            if (quiet >= patience) {
                self->end({"The broker does not answer"});
                return;
            }
        } else if (self->m_closing) {
            self->shut();
            return;
        } else {
            if (self->m_pingOwed && !self->m_paused && quiet >= self->m_keepAlive + patience) {
                self->end({"The broker has fallen silent"});
                return;
            }
            // Also while much comes in, for the broker counts what it hears from us.
            self->send(mqttPing());
            self->m_pingOwed = true;
        }
        self->watch();
    });
}

void MqttLink::close() {
    if (m_ended)
        return;
    Events events{[](const MqttPacket&) {}, [](const MqttPacket&) {}, [] {}, [](const MqttDown&) {}};
    std::swap(events, m_events);
    asio::post(m_strand, [old = std::move(events)] {}); // one of them may be what is running
    m_closing = true;
    m_paused = true;
    if (m_isUp) {
        send(mqttDisconnect());
        m_timer.expires_after(std::chrono::seconds(2)); // a broker that takes nothing does not hold us up
        m_timer.async_wait([self = shared_from_this()](const Error& error) {
            if (!error)
                self->shut();
        });
    } else {
        shut();
    }
}

void MqttLink::fail(std::string why, bool needsPerson) {
    end({std::move(why), needsPerson, false});
}

void MqttLink::end(MqttDown down) {
    if (m_ended)
        return;
    shut();
    // Not from here: one of the events may be what is running.
    Events events;
    std::swap(events, m_events);
    asio::post(m_strand, [events = std::move(events), down = std::move(down)] {
        if (events.down)
            events.down(down);
    });
}

void MqttLink::shut() {
    m_ended = true;
    Error ignored;
    m_timer.cancel();
    m_resolver.cancel();
    if (m_socket.is_open()) {
        m_socket.shutdown(Tcp::socket::shutdown_send, ignored);
        m_socket.close(ignored);
    }
}

} // namespace tocsin::ingest
