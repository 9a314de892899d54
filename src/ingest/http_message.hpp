#pragma once

#include "tocsin/base/result.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::ingest {

/// What of a request the door looks at.
struct HttpRequest {
    std::string method;
    std::string path;        ///< decoded, without the query
    std::string query;       ///< as sent, without '?'
    std::string contentType; ///< lower case, without parameters
    std::string boundary;        ///< of a multipart body
    std::string contentEncoding; ///< lower case
    std::string authorization;
    bool secure{false}; ///< it came by https
    bool fromHere{false}; ///< from this machine
    std::string host; ///< for addresses that the door tells of itself; empty if it is not a plain one
    std::string accept;
    std::string acceptLanguage;
    std::string idempotencyKey;
    std::string signature; ///< X-Ushahidi-Signature
    std::string fetchSite; ///< Sec-Fetch-Site: browsers tell when another site makes them send
    std::string body;
};

struct HttpReply {
    unsigned status{200};
    std::string contentType{"application/json"};
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    bool cacheable{false};
};

[[nodiscard]] HttpReply jsonReply(unsigned status, const nlohmann::json& body);
/// {outcome, reason, line, column, byte}.
[[nodiscard]] nlohmann::json refusal(std::string_view outcome, std::string_view reason, const base::Place& place = {});
/// A refusal with a Retry-After.
[[nodiscard]] HttpReply busyReply(std::string_view reason);
/// Null where the place is not known.
void addPlace(nlohmann::json& to, const base::Place& place);

/// "%41+b" → "A b"; empty optional if a % is not followed by two hexadecimal digits.
[[nodiscard]] std::optional<std::string> percentDecode(std::string_view text, bool plusIsBlank);
/// "a=1&b=2" in its order, at most 200 fields.
[[nodiscard]] base::Result<std::vector<std::pair<std::string, std::string>>> formFields(std::string_view text);
/// The first of each name of "a=1&b=2".
[[nodiscard]] base::Result<std::map<std::string, std::string>> parseForm(std::string_view text);
/// Unpacks gzip. Code::tooLarge as soon as it gives more than `most` bytes, Code::malformed where it is none or cut off.
[[nodiscard]] base::Result<std::string> gunzip(std::string_view bytes, std::size_t most);
/// What the header "Authorization" shows: a Bearer's token, or the password of Basic. Empty if neither.
[[nodiscard]] std::string shownToken(std::string_view authorization);
/// "zh_CN" or "en", by ?lang= or else Accept-Language.
[[nodiscard]] std::string chooseLanguage(std::string_view query, std::string_view acceptLanguage);

} // namespace tocsin::ingest
