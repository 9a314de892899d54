#include "ingest/http_support.hpp"

#include <algorithm>
#include <cctype>

namespace tocsin::ingest::test {

Response readResponse(Peer& peer, bool withBody) {
    Response response;
    const auto first = peer.line();
    if (!first || first->size() < 12)
        return response;
    response.status = std::stoi(first->substr(9, 3));
    while (const auto line = peer.line()) {
        if (line->empty())
            break;
        auto name = line->substr(0, line->find(':'));
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        response.headers[name] = line->substr(std::min(line->size(), name.size() + 2));
    }
    if (withBody && response.headers.contains("content-length"))
        response.body = peer.take(std::stoul(response.headers["content-length"]));
    return response;
}

std::string request(const std::string& method, const std::string& path, const std::string& body,
                    const std::string& headers) {
    return method + " " + path + " HTTP/1.1\r\nHost: desk\r\n" + headers +
           (body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body;
}

std::string cap(const std::string& identifier) {
    return R"(<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>)" + identifier +
           R"(</identifier><sender>met@example.org</sender><sent>2026-11-20T08:00:00+01:00</sent><status>Actual</status>)"
           R"(<msgType>Alert</msgType><scope>Public</scope><info><category>Met</category><event>Flood</event>)"
           R"(<urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>)"
           R"(<area><areaDesc>Vaduz</areaDesc></area></info></alert>)";
}

Endpoint Http::serve(HttpOptions options) {
    options.county = base::LocalText("Liechtenstein <county>");
    options.county.translations["zh_CN"] = "列支敦士登";
    server = std::make_unique<HttpServer>(threads.io, sink, board, ids, std::move(options));
    auto endpoint = server->listen("127.0.0.1:0");
    EXPECT_TRUE(endpoint) << endpoint.error().describe();
    return *endpoint;
}

Response Http::ask(const Endpoint& endpoint, const std::string& text) {
    Peer peer(endpoint);
    peer.send(text);
    return readResponse(peer);
}

} // namespace tocsin::ingest::test
