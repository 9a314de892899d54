#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/model/report.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::ingest {

/// One more question that a service asks (GeoReport v2: service definition).
struct Open311Attribute {
    std::string code;
    base::LocalText description;
    std::string datatype{"string"}; ///< string, number, datetime, text, singlevaluelist, multivaluelist
    bool required{false};
    struct Value {
        std::string key;
        base::LocalText name;
    };
    std::vector<Value> values; ///< of the two lists
};

/// What may be reported. Its code becomes the report's category.
struct Open311Service {
    std::string code;
    base::LocalText name;
    base::LocalText description;
    std::string group{"emergency"};
    std::string keywords;
    std::vector<Open311Attribute> attributes{};
};

/// The six kinds of the phone page.
[[nodiscard]] std::vector<Open311Service> usualServices();

/// Which reports an Open311 client asks for, newest first.
struct ReportQuery {
    std::vector<std::string> feeds;      ///< whose reports are public; of no other is any shown, by its id neither
    std::vector<std::string> ids;        ///< of reports; if there are any, only `feeds` counts beside
    std::vector<std::string> categories; ///< empty: all
    std::optional<base::Time> from;      ///< of receivedAt, inclusive
    std::optional<base::Time> to;
    std::optional<bool> closed; ///< see isClosed()
    std::size_t offset{0};
    std::size_t limit{100};
};
/// A report whose sender closed it, or whose status the reader set to "closed" because its incident is.
[[nodiscard]] bool isClosed(const model::Report& report);
/// Whether the public may see it at all: it came by one of these feeds, was no call to the desk, and is not dismissed.
[[nodiscard]] bool isPublic(const std::vector<std::string>& feeds, const model::Report& report);
/// Whether the query asks for it, offset and limit aside, and it is public.
[[nodiscard]] bool matches(const ReportQuery& query, const model::Report& report);

struct Open311Options {
    bool enabled{true};
    std::vector<Open311Service> services{usualServices()};
    std::vector<std::string> keys; ///< api_key of those who may send; empty: everybody may
    std::string contact;           ///< shown by discovery
    std::vector<std::string> publish{"open311"}; ///< the feeds whose reports anybody may read here; empty: none
    /// The desk's reports, newest first, at most query.limit after query.offset. Thread safe, and quick: it is asked on
    /// the network's thread. Empty: the door takes reports and shows none.
    std::function<std::vector<model::Report>(const ReportQuery&)> reports;
};

} // namespace tocsin::ingest
