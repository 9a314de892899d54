#include "ingest/cot_socket.hpp"

#include "tocsin/ingest/feed_config.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>

namespace tocsin::ingest {

namespace asio = boost::asio;
namespace fs = std::filesystem;

namespace {

class PlainSocket final : public CotSocket {
  public:
    PlainSocket(Tcp::socket socket, const Strand& strand) : m_socket(std::move(socket)), m_strand(strand) {}
    void handshake(Done done) override {
        asio::post(m_strand, [done = std::move(done)] { done({}, 0); });
    }
    void read(asio::mutable_buffer into, Done done) override {
        m_socket.async_read_some(into, asio::bind_executor(m_strand, std::move(done)));
    }
    void write(asio::const_buffer from, Done done) override {
        asio::async_write(m_socket, from, asio::bind_executor(m_strand, std::move(done)));
    }
    Tcp::socket& lowest() override { return m_socket; }

  private:
    Tcp::socket m_socket;
    Strand m_strand;
};

class TlsSocket final : public CotSocket {
  public:
    TlsSocket(Tcp::socket socket, const Strand& strand, std::shared_ptr<asio::ssl::context> context,
              const std::string& serverName)
        : m_context(std::move(context)), m_socket(std::move(socket), *m_context), m_strand(strand),
          m_isServer(serverName.empty()) {
        if (m_isServer)
            return;
        // What SSL_set_tlsext_host_name is, without its old cast.
        SSL_ctrl(m_socket.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(serverName.c_str()));
        if ((SSL_CTX_get_verify_mode(m_context->native_handle()) & SSL_VERIFY_PEER) != 0)
            m_socket.set_verify_callback(asio::ssl::host_name_verification(serverName));
    }
    void handshake(Done done) override {
        using Side = asio::ssl::stream_base;
        m_socket.async_handshake(m_isServer ? Side::server : Side::client,
                                 asio::bind_executor(m_strand, [done = std::move(done)](Error error) { done(error, 0); }));
    }
    void read(asio::mutable_buffer into, Done done) override {
        m_socket.async_read_some(into, asio::bind_executor(m_strand, std::move(done)));
    }
    void write(asio::const_buffer from, Done done) override {
        asio::async_write(m_socket, from, asio::bind_executor(m_strand, std::move(done)));
    }
    Tcp::socket& lowest() override { return m_socket.next_layer(); }

  private:
    std::shared_ptr<asio::ssl::context> m_context;
    asio::ssl::stream<Tcp::socket> m_socket;
    Strand m_strand;
    bool m_isServer;
};

} // namespace

void CotSocket::close() {
    Error ignored;
    lowest().shutdown(Tcp::socket::shutdown_both, ignored);
    lowest().close(ignored);
}

std::unique_ptr<CotSocket> CotSocket::plain(Tcp::socket socket, const Strand& strand) {
    return std::make_unique<PlainSocket>(std::move(socket), strand);
}

std::unique_ptr<CotSocket> CotSocket::tls(Tcp::socket socket, const Strand& strand,
                                          std::shared_ptr<asio::ssl::context> context, const std::string& serverName) {
    return std::make_unique<TlsSocket>(std::move(socket), strand, std::move(context), serverName);
}

base::Result<std::shared_ptr<asio::ssl::context>> cotTls(const TlsFiles& files, const fs::path& folder, bool server) {
    using Context = asio::ssl::context;
    auto context = std::make_shared<Context>(server ? Context::tls_server : Context::tls_client);
    boost::system::error_code error;
    context->set_options(Context::default_workarounds | Context::no_sslv2 | Context::no_sslv3 | Context::no_tlsv1 |
                             Context::no_tlsv1_1,
                         error);
    const auto failed = [&error](const std::string& file) {
        return base::fail(base::Code::storage, "The certificate or key file '" + file + "' cannot be used: " + error.message());
    };
    if (!files.certificate.empty()) {
        context->use_certificate_chain_file((folder / files.certificate).string(), error);
        if (error)
            return failed(files.certificate);
        const auto& key = files.key.empty() ? files.certificate : files.key;
        context->use_private_key_file((folder / key).string(), Context::pem, error);
        if (error)
            return failed(key);
    } else if (server) {
        return base::fail(base::Code::malformed, "TLS needs the server's own certificate");
    }
    if (!files.ca.empty()) {
        context->load_verify_file((folder / files.ca).string(), error);
        if (error)
            return failed(files.ca);
    } else if (!server) {
        context->set_default_verify_paths(error);
    }
    auto mode = asio::ssl::verify_none;
    if (server && !files.ca.empty())
        mode = asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert;
    else if (!server && files.verify)
        mode = asio::ssl::verify_peer;
    context->set_verify_mode(mode, error);
    return context;
}

} // namespace tocsin::ingest
