#pragma once

#include "tocsin/ingest/http_fetch.hpp"

#include <curl/curl.h>
#include <memory>
#include <string>

namespace tocsin::ingest {

/// One GET under way on a libcurl handle. Used by one thread at a time.
class HttpTransfer {
  public:
    HttpTransfer(WebRequest request, HttpFetcher::Done done, const HttpFetchOptions& options)
        : m_request(std::move(request)), m_done(std::move(done)), m_options(options), m_host(hostOf(m_request.url)) {}
    ~HttpTransfer() { curl_slist_free_all(m_headers); }
    HttpTransfer(const HttpTransfer&) = delete;
    HttpTransfer& operator=(const HttpTransfer&) = delete;

    [[nodiscard]] const std::string& host() const { return m_host; }
    [[nodiscard]] const std::string& url() const { return m_request.url; }
    /// Sets up a handle that is fresh or reset.
    void prepare(CURL* easy);
    /// The answer, after the transfer has ended with `code`.
    [[nodiscard]] base::Result<WebReply> result(CURL* easy, CURLcode code);
    void finish(base::Result<WebReply> result) { m_done(std::move(result)); }

  private:
    void addHeader(const std::string& name, const std::string& value);
    void authenticate(CURL* easy) const;
    void secure(CURL* easy) const;
    std::size_t takeBody(const char* bytes, std::size_t size);
    std::size_t takeHeader(std::string_view line);
    [[nodiscard]] base::Error why(CURLcode code) const;

    WebRequest m_request;
    HttpFetcher::Done m_done;
    const HttpFetchOptions& m_options;
    std::string m_host;
    WebReply m_reply;
    curl_slist* m_headers{nullptr};
    std::size_t m_headerBytes{0};
    bool m_tooLarge{false};
    bool m_tooManyHeaders{false};
    bool m_outOfBounds{false}; ///< it leads to this machine, and may not
};

} // namespace tocsin::ingest
