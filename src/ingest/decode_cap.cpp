#include "decode_cap_alerts.hpp"

#include "decode_cap_alert.hpp"
#include "decode_cap_index.hpp"
#include "decode_cap_signature.hpp"
#include "decode_formats.hpp"

#include <algorithm>
#include <iterator>

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr std::size_t maxAlerts = 2'000;   ///< in one container
constexpr std::size_t maxDeviations = 500; ///< told for a whole document; each warning keeps its own

std::string rootless(const cap::AlertFinder& finder) {
    const std::string& root = finder.rootName();
    const std::string local = root.substr(root.find(':') == std::string::npos ? 0 : root.find(':') + 1);
    const std::string count = std::to_string(finder.entries());
    const std::string hint = " entries without a CAP <alert> in it: an index, whose links lead to the alerts";
    if (local == "feed")
        return "an Atom feed of " + count + hint;
    if (local == "rss" || local == "RDF")
        return "an RSS feed of " + count + hint;
    return "no CAP <alert> in it; the root element is <" + excerpt(root) + ">";
}

/// What stands in a feed beside its whole alerts: links of other entries, and entries that lead nowhere.
void addLinks(const XmlText& text, Decoded& out) {
    auto feed = cap::readFeed(text);
    if (!feed)
        return;
    out.links = std::move(feed->links);
    std::move(feed->faults.begin(), feed->faults.end(), std::back_inserter(out.faults));
}

} // namespace

base::Result<cap::AlertsRead> cap::readAlerts(const XmlText& text, const Source& source) {
    AlertsRead out;
    cap::AlertFinder finder([&](cap::Node& alert) -> XmlHandler::Stop {
        if (out.count == maxAlerts)
            return base::Error{Code::tooLarge, "more than " + std::to_string(maxAlerts) + " alerts in one document",
                               text.place(alert.offset)};
        if (out.count++ == 0)
            out.firstOffset = alert.offset;
        auto warning = cap::readAlert(text, alert);
        if (warning)
            warning = cap::judged(std::move(*warning), text, alert, finder.rootIsAlert(), source);
        if (warning)
            out.decoded.messages.emplace_back(std::move(*warning));
        else
            out.decoded.faults.push_back(
                {std::move(warning.error()), std::string(text.text().substr(alert.offset, alert.end - alert.offset))});
        return {};
    });
    if (auto parsed = parseXml(text, finder); !parsed)
        return tl::unexpected<base::Error>(std::move(parsed.error()));
    if (out.count == 0)
        return base::fail(Code::malformed, rootless(finder), text.place(finder.rootOffset()));
    // An alert that is the document, or all of a container's, is the document's own fault.
    if (out.decoded.messages.empty())
        return tl::unexpected<base::Error>(std::move(out.decoded.faults.front().error));
    if (!text.deviation().empty())
        out.decoded.deviations.push_back(text.deviation());
    out.rootIsAlert = finder.rootIsAlert();
    out.rootName = finder.rootName();
    out.entries = finder.entries();
    return out;
}

void cap::gatherDeviations(Decoded& out) {
    for (const Message& message : out.messages) {
        const auto* warning = std::get_if<model::Warning>(&message);
        if (warning == nullptr)
            continue;
        const std::size_t room = maxDeviations - std::min(maxDeviations, out.deviations.size());
        out.deviations.insert(out.deviations.end(), warning->deviations.begin(),
                              warning->deviations.begin() +
                                  static_cast<std::ptrdiff_t>(std::min(room, warning->deviations.size())));
    }
}

base::Result<Decoded> decodeCap(std::string_view bytes, const Source& source) {
    auto text = XmlText::read(bytes);
    if (!text)
        return tl::unexpected<base::Error>(std::move(text.error()));
    auto read = cap::readAlerts(**text, source);
    if (!read)
        return tl::unexpected<base::Error>(std::move(read.error()));
    Decoded out = std::move(read->decoded);
    out.format = Format::cap;
    if (!read->rootIsAlert) {
        const std::string inside = "inside of <" + excerpt(read->rootName) + ">";
        out.deviations.push_back(placed((*text)->place(read->firstOffset),
                                        read->count == 1 ? "the alert stands " + inside
                                                         : std::to_string(read->count) + " alerts stand " + inside));
    }
    if (read->entries > read->count)
        addLinks(**text, out);
    cap::gatherDeviations(out);
    return out;
}

} // namespace tocsin::ingest
