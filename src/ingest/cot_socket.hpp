#pragma once

#include "ingest/feed_net.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace tocsin::ingest {

struct TlsFiles;

/// A TCP connection, in the clear or with TLS. All on one strand, which also runs the handlers; at most one read and one
/// write at a time.
class CotSocket {
  public:
    using Error = boost::system::error_code;
    using Done = std::function<void(Error error, std::size_t bytes)>;
    virtual ~CotSocket() = default;

    virtual void handshake(Done done) = 0;
    virtual void read(boost::asio::mutable_buffer into, Done done) = 0;
    /// All of it.
    virtual void write(boost::asio::const_buffer from, Done done) = 0;
    [[nodiscard]] virtual Tcp::socket& lowest() = 0;
    /// Ends what goes on; their handlers are told.
    void close();

    [[nodiscard]] static std::unique_ptr<CotSocket> plain(Tcp::socket socket, const Strand& strand);
    /// `serverName`: whom we want to talk to, checked against the certificate where the context verifies; empty: we are
    /// the server.
    [[nodiscard]] static std::unique_ptr<CotSocket> tls(Tcp::socket socket, const Strand& strand,
                                                        std::shared_ptr<boost::asio::ssl::context> context,
                                                        const std::string& serverName);
};

/// From PEM files, relative ones in `folder`; TLS 1.2 at least. A server that is given a CA asks for a certificate of it.
/// Code::storage, naming the file, for one that cannot be read or is none.
[[nodiscard]] base::Result<std::shared_ptr<boost::asio::ssl::context>>
cotTls(const TlsFiles& files, const std::filesystem::path& folder, bool server);

} // namespace tocsin::ingest
