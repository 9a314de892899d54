#include "decode_cap_alert.hpp"
#include "decode_formats.hpp"

#include <algorithm>

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

} // namespace

base::Result<Decoded> decodeCap(std::string_view bytes) {
    auto read = XmlText::read(bytes);
    if (!read)
        return tl::unexpected<base::Error>(std::move(read.error()));
    const XmlText& text = **read;

    Decoded out;
    out.format = Format::cap;
    std::vector<std::size_t> where;
    cap::AlertFinder finder([&](cap::Node& alert) -> XmlHandler::Stop {
        if (where.size() == maxAlerts)
            return base::Error{Code::tooLarge, "more than " + std::to_string(maxAlerts) + " alerts in one document",
                               text.place(alert.offset)};
        where.push_back(alert.offset);
        auto warning = cap::readAlert(text, alert);
        if (warning)
            out.messages.emplace_back(std::move(*warning));
        else
            out.faults.push_back(
                {std::move(warning.error()), std::string(text.text().substr(alert.offset, alert.end - alert.offset))});
        return {};
    });
    if (auto parsed = parseXml(text, finder); !parsed)
        return tl::unexpected<base::Error>(std::move(parsed.error()));

    if (where.empty())
        return base::fail(Code::malformed, rootless(finder), text.place(finder.rootOffset()));
    // An alert that is the document, or all of a container's, is the document's own fault.
    if (out.messages.empty())
        return tl::unexpected<base::Error>(std::move(out.faults.front().error));
    if (!text.deviation().empty())
        out.deviations.push_back(text.deviation());
    if (!finder.rootIsAlert()) {
        const std::string inside = "inside of <" + excerpt(finder.rootName()) + ">";
        out.deviations.push_back(placed(text.place(where.front()),
                                        where.size() == 1 ? "the alert stands " + inside
                                                          : std::to_string(where.size()) + " alerts stand " + inside));
    }
    for (const Message& message : out.messages) {
        const auto& own = std::get<model::Warning>(message).deviations;
        const std::size_t room = maxDeviations - std::min(maxDeviations, out.deviations.size());
        out.deviations.insert(out.deviations.end(), own.begin(),
                              own.begin() + static_cast<std::ptrdiff_t>(std::min(room, own.size())));
    }
    return out;
}

} // namespace tocsin::ingest
