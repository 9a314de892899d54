#pragma once

#include "ingest/http_message.hpp"
#include "tocsin/ingest/open311.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2/) apart from sockets and from the desk.

namespace tocsin::ingest {

enum class Open311Wire : unsigned char { xml, json };

/// What a client asks for, told by the address.
struct Open311Call {
    enum class What : unsigned char { unknown, discovery, services, definition, requests, request, token } what{};
    std::string id; ///< a service's code, a report's id or a token
    Open311Wire wire{Open311Wire::xml};
};
/// Of a decoded path; nothing if it is none of Open311's. The format is the ending (.xml, .json), else what `accept` names.
[[nodiscard]] std::optional<Open311Call> open311Call(std::string_view path, std::string_view accept);

/// Fields in the order in which they came; a name may come again.
using FormFields = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string fieldOf(const FormFields& fields, std::string_view name);

/// The standard's error body. 400 malformed, 403 key, 404 unknown, 405, 503 busy.
[[nodiscard]] HttpReply open311Error(Open311Wire wire, unsigned status, std::string_view description);
/// `base` is the address of the door as the client wrote it: "http://desk:8080".
[[nodiscard]] HttpReply open311Discovery(const Open311Options& options, Open311Wire wire, const std::string& base);
[[nodiscard]] HttpReply open311Services(const Open311Options& options, Open311Wire wire, std::string_view language);
[[nodiscard]] HttpReply open311Definition(const Open311Options& options, const Open311Call& call,
                                          std::string_view language);
/// What is public of reports: never who told.
[[nodiscard]] HttpReply open311Requests(const std::vector<model::Report>& reports, const Open311Options& options,
                                        Open311Wire wire, std::string_view language);
[[nodiscard]] HttpReply open311Token(Open311Wire wire, const std::string& token);
[[nodiscard]] HttpReply open311Accepted(Open311Wire wire, const std::string& id);

/// The filters of GET requests. The error says which of them is wrong.
[[nodiscard]] base::Result<ReportQuery> open311Query(const FormFields& fields, base::Time now);

struct Open311Refusal {
    unsigned status{400};
    std::string description;
};
/// The report of a POST, or why not. `key` is checked in constant time where keys are configured.
[[nodiscard]] tl::expected<model::Report, Open311Refusal> open311Report(const FormFields& fields,
                                                                        const Open311Options& options);

/// Whether two secrets are the same, in a time that tells nothing of where they differ.
[[nodiscard]] bool sameSecret(std::string_view a, std::string_view b);

} // namespace tocsin::ingest
