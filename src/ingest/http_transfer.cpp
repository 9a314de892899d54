#include "ingest/http_transfer.hpp"

#include "ingest/decode_place.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::size_t mostHeaderBytes = 256U << 10U;
constexpr std::size_t mostValidator = 500; ///< characters of an ETag that are kept

bool isPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '\t' || (c >= ' ' && c != '\x7F'); });
}

bool isThisMachine(std::string_view ip) {
    return ip.starts_with("127.") || ip == "::1" || ip.starts_with("::ffff:127.") || ip.starts_with("0.") || ip == "::" ||
           ip.starts_with("169.254.") || lowered(ip).starts_with("fe80:");
}

bool hasProxy() {
    static constexpr std::array<const char*, 5> names{"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    return std::any_of(names.begin(), names.end(), [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != '\0';
    });
}

std::string seconds(std::chrono::milliseconds span) {
    const auto tenths = span.count() / 100;
    return std::to_string(tenths / 10) + (tenths % 10 != 0 ? "." + std::to_string(tenths % 10) : "") + " s";
}

} // namespace

void HttpTransfer::addHeader(const std::string& name, const std::string& value) {
    if (!isPlain(name) || !isPlain(value) || name.find(':') != std::string::npos)
        return;
    if (curl_slist* longer = curl_slist_append(m_headers, (name + ": " + value).c_str()))
        m_headers = longer;
}

void HttpTransfer::authenticate(CURL* easy) const {
    // As libcurl's own options, so that it keeps them from other hosts that a redirect leads to.
    if (!m_request.token.empty()) {
        curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
        curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, m_request.token.c_str());
    } else if (!m_request.user.empty()) {
        curl_easy_setopt(easy, CURLOPT_HTTPAUTH, CURLAUTH_BASIC | CURLAUTH_DIGEST);
        curl_easy_setopt(easy, CURLOPT_USERNAME, m_request.user.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, m_request.password.c_str());
    }
}

void HttpTransfer::secure(CURL* easy) const {
    const auto& tls = m_request.tls;
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
    if (!tls.ca.empty())
        curl_easy_setopt(easy, CURLOPT_CAINFO, tls.ca.c_str());
    if (!tls.certificate.empty())
        curl_easy_setopt(easy, CURLOPT_SSLCERT, tls.certificate.c_str());
    if (!tls.key.empty())
        curl_easy_setopt(easy, CURLOPT_SSLKEY, tls.key.c_str());
}

void HttpTransfer::prepare(CURL* easy) {
    // libcurl's options are variadic: what is passed must have exactly the type that it documents.
    curl_easy_setopt(easy, CURLOPT_URL, m_request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PRIVATE, static_cast<void*>(this));
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, m_options.redirects);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, m_options.userAgent.c_str());
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_options.connect.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(m_options.whole.count()));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, std::max(1L, static_cast<long>(m_options.stall.count() / 1'000)));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
    if (isLoopback(m_request.url))
        curl_easy_setopt(easy, CURLOPT_PROXY, ""); // whatever the environment says
    authenticate(easy);
    secure(easy);
    for (const auto& [name, value] : m_request.headers)
        addHeader(name, value);
    if (!m_request.etag.empty())
        addHeader("If-None-Match", m_request.etag);
    else if (!m_request.lastModified.empty())
        addHeader("If-Modified-Since", m_request.lastModified);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, m_headers);

    using Write = std::size_t (*)(char*, std::size_t, std::size_t, void*);
    const Write onBody = [](char* bytes, std::size_t, std::size_t size, void* to) {
        return static_cast<HttpTransfer*>(to)->takeBody(bytes, size);
    };
    const Write onHeader = [](char* bytes, std::size_t, std::size_t size, void* to) {
        return static_cast<HttpTransfer*>(to)->takeHeader({bytes, size});
    };
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
    if (!m_request.mayReachThisMachine && !hasProxy()) {
        using Before = int (*)(void*, char*, char*, int, int);
        const Before before = [](void* self, char* ip, char*, int, int) {
            if (ip == nullptr || !isThisMachine(ip))
                return CURL_PREREQFUNC_OK;
            static_cast<HttpTransfer*>(self)->m_outOfBounds = true;
            return CURL_PREREQFUNC_ABORT;
        };
        curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before);
        curl_easy_setopt(easy, CURLOPT_PREREQDATA, static_cast<void*>(this));
    }
}

std::size_t HttpTransfer::takeBody(const char* bytes, std::size_t size) {
    if (m_reply.body.size() + size > m_options.mostBytes) { // unpacked, whatever the header said
        m_tooLarge = true;
        return 0;
    }
    m_reply.body.append(bytes, size);
    return size;
}

std::size_t HttpTransfer::takeHeader(std::string_view line) {
    m_headerBytes += line.size();
    if (m_headerBytes > mostHeaderBytes) {
        m_tooManyHeaders = true;
        return 0;
    }
    if (line.starts_with("HTTP/")) { // the next answer of a chain of redirects
        m_reply = {};
        return line.size();
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos)
        return line.size();
    const auto name = lowered(line.substr(0, colon));
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "etag" && value.size() <= mostValidator && isPlain(value))
        m_reply.etag = value;
    else if (name == "last-modified" && value.size() <= 60 && isPlain(value))
        m_reply.lastModified = value;
    else if (name == "content-type")
        m_reply.contentType = lowered(value.substr(0, 200));
    else if (name == "date" && value.size() <= 60) {
        if (const auto seconds = curl_getdate(std::string(value).c_str(), nullptr); seconds > 0)
            m_reply.date = base::Time{std::chrono::seconds{seconds}};
    }
    return line.size();
}

base::Error HttpTransfer::why(CURLcode code) const {
    const auto of = [this](std::string_view sentence) { return m_host + " " + std::string(sentence); };
    if (m_outOfBounds)
        return {Code::refused, of("is this machine, to which links of others do not lead"), {}};
    if (m_tooLarge)
        return {Code::tooLarge, of("sends more than " + std::to_string(m_options.mostBytes >> 20U) + " MiB"), {}};
    if (m_tooManyHeaders)
        return {Code::tooLarge, of("sends headers without an end"), {}};
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return {Code::unavailable, of("is not known by that name (is there a network?)"), {}};
    case CURLE_COULDNT_CONNECT:
        return {Code::unavailable, of("cannot be reached: the connection is refused"), {}};
    case CURLE_OPERATION_TIMEDOUT:
        return {Code::unavailable, of("does not answer in time (" + seconds(m_options.connect) + " to connect, " +
                                      seconds(m_options.stall) + " of silence, " + seconds(m_options.whole) + " in all)"), {}};
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2_STREAM:
        return {Code::unavailable, of("breaks off in the middle of its answer"), {}};
    case CURLE_BAD_CONTENT_ENCODING:
        return {Code::malformed, of("sends packed data that cannot be unpacked"), {}};
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_HTTP2:
        return {Code::malformed, of("does not answer in HTTP, or sends us on to what is not HTTP"), {}};
    case CURLE_TOO_MANY_REDIRECTS:
        return {Code::refused, of("sends us on more than " + std::to_string(m_options.redirects) + " times"), {}};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return {Code::refused, of("shows a certificate that is not trusted"), {}};
    case CURLE_SSL_CONNECT_ERROR:
        return {Code::unavailable, of("cannot agree on an encrypted connection"), {}};
    case CURLE_SSL_CERTPROBLEM:
        return {Code::refused, "our own certificate or key for " + m_host + " cannot be used", {}};
    case CURLE_URL_MALFORMAT:
        return {Code::malformed, "not an address: " + quoted(m_request.url, 100), {}};
    default:
        return {Code::unavailable, of(std::string("cannot be asked: ") + curl_easy_strerror(code)), {}};
    }
}

base::Result<WebReply> HttpTransfer::result(CURL* easy, CURLcode code) {
    if (code != CURLE_OK)
        return tl::unexpected(why(code));
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &m_reply.status);
    curl_off_t after = 0;
    if (curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &after) == CURLE_OK && after > 0)
        m_reply.retryAfter = std::chrono::seconds{std::min<curl_off_t>(after, 86'400)};
    const char* url = nullptr;
    if (curl_easy_getinfo(easy, CURLINFO_EFFECTIVE_URL, &url) == CURLE_OK && url != nullptr)
        m_reply.url = withoutUser(url);
    return std::move(m_reply);
}

} // namespace tocsin::ingest
