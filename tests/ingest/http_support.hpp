#pragma once

#include "ingest/feed_peer.hpp"
#include "tocsin/ingest/http_server.hpp"

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

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
Response readResponse(Peer& peer, bool withBody = true);
std::string request(const std::string& method, const std::string& path, const std::string& body = {},
                    const std::string& headers = {});
std::string cap(const std::string& identifier);

class Http : public testing::Test {
  protected:
    Endpoint serve(HttpOptions options = {});
    Response ask(const Endpoint& endpoint, const std::string& text);

    base::ManualClock clock{base::parseTime("2026-11-20T08:00:00Z").value()};
    base::SeededIdSource ids{clock.now()};
    FeedBoard board{clock};
    FakeSink sink;
    IoThreads threads; // goes before what its handlers use
    std::unique_ptr<HttpServer> server;
};

} // namespace tocsin::ingest::test
