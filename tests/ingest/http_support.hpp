#pragma once

#include "feed_peer.hpp"
#include "tocsin/ingest/http_server.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

namespace tocsin::ingest::test {

using nlohmann::json;

inline const std::string report =
    R"({"id":"r-1","category":"flood","text":"Water in the cellar","place":"Vaduz, Landstrasse 3"})";

struct Response {
    int status{0};
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
    json parsed() const { return json::parse(body, nullptr, false); }
};

/// The next response of a connection; status 0 when it has closed.
inline Response readResponse(Peer& peer, bool withBody = true) {
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

inline std::string request(const std::string& method, const std::string& path, const std::string& body = {},
                    const std::string& headers = {}) {
    return method + " " + path + " HTTP/1.1\r\nHost: desk\r\n" + headers +
           (body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body;
}

inline std::string cap(const std::string& identifier) {
    return R"(<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>)" + identifier +
           R"(</identifier><sender>met@example.org</sender><sent>2026-11-20T08:00:00+01:00</sent><status>Actual</status>)"
           R"(<msgType>Alert</msgType><scope>Public</scope><info><category>Met</category><event>Flood</event>)"
           R"(<urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>)"
           R"(<area><areaDesc>Vaduz</areaDesc></area></info></alert>)";
}

class Http : public testing::Test {
  protected:
    Endpoint serve(HttpOptions options = {}) {
        options.county = base::LocalText("Liechtenstein <county>");
        options.county.translations["zh_CN"] = "列支敦士登";
        server = std::make_unique<HttpServer>(threads.io, sink, board, ids, std::move(options));
        auto endpoint = server->listen("127.0.0.1:0");
        EXPECT_TRUE(endpoint) << endpoint.error().describe();
        return *endpoint;
    }
    Response ask(const Endpoint& endpoint, const std::string& text) {
        Peer peer(endpoint);
        peer.send(text);
        return readResponse(peer);
    }

    base::ManualClock clock{base::parseTime("2026-11-20T08:00:00Z").value()};
    base::SeededIdSource ids{clock.now()};
    FeedBoard board{clock};
    FakeSink sink;
    IoThreads threads; // goes before what its handlers use
    std::unique_ptr<HttpServer> server;
};

} // namespace tocsin::ingest::test
