#include "ingest/poll_reply.hpp"

#include "ingest/decode_place.hpp"

namespace tocsin::ingest {

std::string_view statusWords(long status) {
    switch (status) {
    case 400:
        return "bad request";
    case 401:
        return "it wants a name and password, or a token";
    case 403:
        return "we may not";
    case 404:
        return "not found";
    case 410:
        return "gone for good";
    case 429:
        return "we ask too often";
    case 500:
        return "an error of its own";
    case 502:
    case 503:
    case 504:
        return "it is overloaded or down";
    default:
        return status >= 500 ? "an error of its own" : "not what was asked for";
    }
}

bool isWebPage(std::string_view body) {
    const auto head = lowered(trimmed(body.substr(0, 1'024)).substr(0, 200));
    return (head.starts_with("<!doctype html") || head.starts_with("<html") || head.find("<html") != std::string::npos) &&
           sniff(body) == Format::unknown;
}

std::optional<Format> formatOf(const FeedConfig& config, const PollFetch& fetch, std::string_view body) {
    if (config.format == Format::unknown)
        return std::nullopt;
    if (config.followLinks && fetch.kind != PollFetch::Kind::message)
        if (const auto kind = sniff(body); kind == Format::capIndex)
            return kind;
    return config.format;
}

std::string_view originOf(std::string_view url) {
    const auto slashes = url.find("://");
    return slashes == std::string_view::npos ? url : url.substr(0, url.find_first_of("/?#", slashes + 3));
}

bool isOverloaded(long status) {
    return status == 429 || (status >= 502 && status <= 504);
}

WebRequest requestOf(const FeedConfig& feed, const std::string& url) {
    const auto whole = resolveUrl({}, feed.address);
    std::string user;
    std::string password;
    const auto address = withoutUser(whole ? *whole : feed.address, &user, &password);
    WebRequest request;
    request.url = url;
    request.tls.ca = feed.tls.ca;
    request.tls.verify = feed.tls.verify;
    if (originOf(url) == originOf(address)) {
        request.tls = feed.tls;
        request.headers = feed.headers;
        const bool named = !feed.user.empty() || user.empty();
        request.user = named ? feed.user : user;
        request.password = named ? feed.password : password;
        request.token = feed.token;
    }
    request.mayReachThisMachine = isLoopback(address);
    return request;
}

} // namespace tocsin::ingest
