#include "tocsin/ingest/decoded.hpp"

#include <algorithm>

namespace tocsin::ingest {

void markBy(const Source& source, Decoded& decoded) {
    for (auto& message : decoded.messages) {
        if (auto* report = std::get_if<model::Report>(&message)) {
            if (report->feed.empty())
                report->feed = source.feed;
            report->trust = std::max(report->trust, source.trust);
        } else if (auto* warning = std::get_if<model::Warning>(&message)) {
            warning->trust = source.trust;
        } else if (auto* quake = std::get_if<model::Earthquake>(&message)) {
            quake->trust = source.trust;
        }
    }
}

} // namespace tocsin::ingest
