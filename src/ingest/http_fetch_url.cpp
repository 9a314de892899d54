#include "ingest/decode_place.hpp"
#include "tocsin/ingest/http_fetch.hpp"

#include <curl/curl.h>

namespace tocsin::ingest {

using base::Code;

namespace {

struct Url {
    CURLU* handle{curl_url()};
    Url() = default;
    ~Url() { curl_url_cleanup(handle); }
    Url(const Url&) = delete;
    Url& operator=(const Url&) = delete;

    [[nodiscard]] bool set(std::string_view text) const {
        return handle != nullptr && text.size() <= 8'000 && text.find('\0') == std::string_view::npos &&
               curl_url_set(handle, CURLUPART_URL, std::string(text).c_str(), 0) == CURLUE_OK;
    }
    [[nodiscard]] std::string part(CURLUPart which, unsigned flags = 0) const {
        char* text = nullptr;
        std::string out;
        if (curl_url_get(handle, which, &text, flags) == CURLUE_OK && text != nullptr)
            out = text;
        curl_free(text);
        return out;
    }
};

} // namespace

base::Result<std::string> resolveUrl(std::string_view base, std::string_view written) {
    const Url url;
    if (!base.empty() && !url.set(base))
        return base::fail(Code::malformed, "not an address: " + quoted(base, 100));
    if (!url.set(trimmed(written)))
        return base::fail(Code::malformed, "not an http or https address: " + quoted(written, 100));
    const auto scheme = url.part(CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https")
        return base::fail(Code::refused, "only http and https addresses are fetched, not " + quoted(written, 100));
    curl_url_set(url.handle, CURLUPART_FRAGMENT, nullptr, 0);
    return url.part(CURLUPART_URL);
}

std::string withoutUser(std::string_view text, std::string* user, std::string* password) {
    const Url url;
    if (!url.set(text))
        return std::string(text);
    if (user != nullptr)
        *user = url.part(CURLUPART_USER, CURLU_URLDECODE);
    if (password != nullptr)
        *password = url.part(CURLUPART_PASSWORD, CURLU_URLDECODE);
    curl_url_set(url.handle, CURLUPART_USER, nullptr, 0);
    curl_url_set(url.handle, CURLUPART_PASSWORD, nullptr, 0);
    return url.part(CURLUPART_URL);
}

std::string hostOf(std::string_view text) {
    const Url url;
    if (!url.set(text))
        return {};
    return lowered(url.part(CURLUPART_HOST)) + ":" + url.part(CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

bool isLoopback(std::string_view text) {
    const auto host = hostOf(text);
    return host.starts_with("localhost:") || host.starts_with("127.") || host.starts_with("[::1]:");
}

} // namespace tocsin::ingest
