#include "ingest/decode_alertswiss.hpp"
#include "ingest/decode_cap_bundle.hpp"
#include "ingest/decode_cap_index.hpp"
#include "ingest/decode_cn_warning.hpp"
#include "ingest/decode_edxl.hpp"
#include "ingest/decode_family.hpp"
#include "ingest/decode_mowas.hpp"

#include <array>

namespace tocsin::ingest {

namespace {

bool isBundle(const Glimpse& g) {
    return looksLikeCapBundle(g.bytes);
}

bool isEnvelope(const Glimpse& g) {
    return g.kind == Glimpse::Kind::xml && g.root == "EDXLDistribution";
}

/// A whole alert at the beginning of a feed: it is read as CAP.
bool holdsAlert(std::string_view text) {
    for (std::size_t at = text.find("alert"); at != std::string_view::npos; at = text.find("alert", at + 5)) {
        if (at == 0 || at + 5 >= text.size() || std::string_view(" \t\r\n>").find(text[at + 5]) == std::string_view::npos)
            continue;
        const std::size_t open = text.find_last_of("<> \t\r\n\"'", at - 1);
        if (open != std::string_view::npos && text[open] == '<' &&
            (open + 1 == at || (text[at - 1] == ':' && text[open + 1] != '/')))
            return true;
    }
    return false;
}

bool isIndex(const Glimpse& g) {
    if (g.kind != Glimpse::Kind::xml)
        return false;
    if (g.root == "feed" || g.root == "rss" || g.root == "RDF")
        return !holdsAlert(g.text);
    return looksLikeFolderPage(g.text);
}

std::size_t depthOf(const Glimpse& g) {
    return g.isArray ? 1 : 0;
}

bool isAlertswiss(const Glimpse& g) {
    if (g.kind != Glimpse::Kind::json)
        return false;
    const auto at = [&](std::size_t depth) {
        return g.keys.has(depth, "identifier") && g.keys.has(depth, "title") &&
               (g.keys.has(depth, "allClear") || g.keys.has(depth, "technicalTestAlert") ||
                g.keys.has(depth, "nationWide"));
    };
    return at(depthOf(g)) || (!g.isArray && g.keys.has(0, "alerts") && (at(1) || at(2))) ||
           (!g.isArray && g.keys.has(0, "alerts") && g.keys.has(0, "heartbeatAgeInMillis"));
}

/// CAP in JSON, by the names of CAP's own elements; or NINA's overview of it.
bool isMowas(const Glimpse& g) {
    if (g.kind != Glimpse::Kind::json)
        return false;
    const std::size_t depth = depthOf(g);
    const bool whole = g.keys.has(depth, "identifier") && g.keys.has(depth, "msgType") && g.keys.has(depth, "info");
    const bool overview = g.isArray && g.keys.has(1, "id") && g.keys.has(1, "startDate") &&
                          (g.keys.has(1, "i18nTitle") || g.keys.has(1, "transKeys"));
    return whole || overview;
}

bool isChinese(const Glimpse& g) {
    if (g.kind != Glimpse::Kind::json)
        return false;
    const auto qweather = [&](std::size_t depth) {
        return g.keys.has(depth, "id") &&
               ((g.keys.has(depth, "pubTime") && g.keys.has(depth, "typeName")) ||
                (g.keys.has(depth, "issuedTime") && g.keys.has(depth, "eventType")));
    };
    const auto national = [&](std::size_t depth) {
        return (g.keys.has(depth, "alertid") && g.keys.has(depth, "issuetime")) ||
               (g.keys.has(depth, "identifier") && g.keys.has(depth, "sendTime") &&
                (g.keys.has(depth, "headline") || g.keys.has(depth, "eventType")));
    };
    for (std::size_t depth = 0; depth < g.keys.at.size(); ++depth)
        if (qweather(depth) || national(depth))
            return true;
    // The national portal's list stands deeper than keys are looked at.
    if (g.keys.has(0, "data") && g.keys.has(1, "page") && g.text.find("\"alertid\"") != std::string_view::npos)
        return true;
    // An answer that there is nothing to warn of.
    return !g.isArray && ((g.keys.has(0, "warning") && g.keys.has(0, "fxLink")) ||
                          (g.keys.has(1, "zeroResult") && (g.keys.has(0, "alerts") || g.keys.first.size() == 1)));
}

constexpr std::array<Decoder, 6> decoders{{{Format::capBundle, &isBundle, &decodeCapBundle},
                                           {Format::edxlDe, &isEnvelope, &decodeEdxl},
                                           {Format::capIndex, &isIndex, &decodeCapIndex},
                                           {Format::alertswiss, &isAlertswiss, &decodeAlertswiss},
                                           {Format::mowas, &isMowas, &decodeMowas},
                                           {Format::cnWarningJson, &isChinese, &decodeCnWarning}}};

} // namespace

std::span<const Decoder> warningDecoders() {
    return decoders;
}

} // namespace tocsin::ingest
