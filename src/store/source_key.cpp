#include "tocsin/store/store.hpp"

#include <initializer_list>

namespace tocsin::store {

namespace {

/// Parts joined by '|'; what could be mistaken for the join is escaped, so that no two sources share a key.
std::string joined(std::initializer_list<std::string> parts) {
    std::string key;
    bool first = true;
    for (const auto& part : parts) {
        if (!first)
            key += '|';
        first = false;
        for (const char c : part) {
            if (c == '|' || c == '\\')
                key += '\\';
            key += c;
        }
    }
    return key;
}

} // namespace

std::string sourceKey(const model::Warning& warning) {
    return joined({warning.sender, warning.identifier, base::formatTime(warning.sent)});
}

std::string sourceKey(const model::Report& report) {
    return report.sourceId.empty() ? std::string() : joined({report.feed, report.sourceId});
}

std::string sourceKey(const model::Earthquake& quake) {
    return joined({quake.source, quake.sourceId});
}

} // namespace tocsin::store
