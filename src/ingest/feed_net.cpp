#include "ingest/feed_net.hpp"

#include <boost/asio/ip/v6_only.hpp>
#include <charconv>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;

std::string Endpoint::toString() const {
    const bool v6 = host.find(':') != std::string::npos;
    std::string text;
    text.append(v6 ? "[" : "").append(host).append(v6 ? "]:" : ":").append(std::to_string(port));
    return text;
}

base::Result<Endpoint> parseEndpoint(std::string_view text) {
    const auto wrong = [&] {
        std::string sentence("'");
        sentence.append(text.substr(0, 200)).append("' is not HOST:PORT with a port of 0 to 65535");
        return base::fail(Code::malformed, std::move(sentence));
    };
    std::string_view host;
    std::string_view port = text;
    if (!text.empty() && text.front() == '[') {
        const auto end = text.find("]:");
        if (end == std::string_view::npos)
            return wrong();
        host = text.substr(1, end - 1);
        port = text.substr(end + 2);
        if (host.empty())
            return wrong();
    } else if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        port = text.substr(colon + 1);
        if (host.find(':') != std::string_view::npos)
            return wrong(); // a bare IPv6 address: where would its port begin?
    }
    Endpoint endpoint;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (port.empty() || error != std::errc{} || end != port.data() + port.size())
        return wrong();
    endpoint.host = host.empty() ? "127.0.0.1" : std::string(host);
    return endpoint;
}

namespace {

/// Finds the address and lets `bind` use it; a socket that could not be bound is closed.
template <typename Protocol, typename Socket, typename Bind>
base::Result<Endpoint> bindTo(Socket& socket, std::string_view hostPort, const Bind& bind) {
    const auto asked = parseEndpoint(hostPort);
    if (!asked)
        return tl::unexpected(asked.error());
    boost::system::error_code error;
    const auto failed = [&](const char* what) {
        boost::system::error_code ignored;
        socket.close(ignored);
        return base::fail(Code::unavailable, std::string(what) + " " + asked->toString() + ": " + error.message());
    };
    typename Protocol::resolver resolver(socket.get_executor());
    const auto found = resolver.resolve(asked->host, std::to_string(asked->port),
                                        Protocol::resolver::passive | Protocol::resolver::numeric_service, error);
    if (error || found.empty())
        return failed("Cannot find the address of");
    const typename Protocol::endpoint endpoint = found.begin()->endpoint();
    socket.open(endpoint.protocol(), error);
    if (!error)
        bind(endpoint, error);
    if (error)
        return failed("Cannot listen on");
    const auto bound = socket.local_endpoint(error);
    if (error)
        return failed("Cannot listen on");
    return Endpoint{bound.address().to_string(), bound.port()};
}

} // namespace

base::Result<Endpoint> listenOn(Tcp::acceptor& acceptor, std::string_view hostPort) {
    return bindTo<Tcp>(acceptor, hostPort, [&](const Tcp::endpoint& endpoint, boost::system::error_code& error) {
        acceptor.set_option(asio::socket_base::reuse_address(true), error);
        acceptor.bind(endpoint, error);
        if (!error)
            acceptor.listen(asio::socket_base::max_listen_connections, error);
    });
}

base::Result<Endpoint> listenOn(Udp::socket& socket, std::string_view hostPort) {
    return bindTo<Udp>(socket, hostPort, [&](const Udp::endpoint& endpoint, boost::system::error_code& error) {
        socket.bind(endpoint, error);
    });
}

bool isExhausted(const boost::system::error_code& error) {
    return error == boost::system::errc::too_many_files_open ||
           error == boost::system::errc::too_many_files_open_in_system ||
           error == boost::system::errc::no_buffer_space || error == boost::system::errc::not_enough_memory;
}

} // namespace tocsin::ingest
