#include "ingest/http_await.hpp"
#include "ingest/multipart.hpp"
#include "ingest/open311_service.hpp"
#include "ingest/photo.hpp"

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using What = Open311Call::What;

namespace {

struct Sent {
    FormFields fields;
    std::vector<std::string> photos;
};

/// What a client sends: the query's fields, and those of a form of either kind.
base::Result<Sent> readSent(const HttpRequest& request) {
    Sent out;
    auto query = formFields(request.query);
    if (!query)
        return tl::unexpected(query.error());
    if (request.contentType == "multipart/form-data") {
        const auto parts = parseMultipart(request.body, request.boundary);
        if (!parts)
            return tl::unexpected(parts.error());
        for (const auto& part : *parts) {
            if (!part.isFile)
                out.fields.emplace_back(part.name, part.body);
            else if (!part.body.empty() && out.photos.size() < maxPhotosOfReport)
                out.photos.emplace_back(part.body);
        }
    } else if (!request.body.empty()) {
        auto form = formFields(request.body);
        if (!form)
            return tl::unexpected(form.error());
        out.fields = std::move(*form);
    }
    out.fields.insert(out.fields.end(), query->begin(), query->end());
    return out;
}

} // namespace

asio::awaitable<HttpReply> HttpDoor::open311(HttpRequest& request) {
    const auto& options = m_shared->options.open311;
    const auto call = open311Call(request.path, request.accept).value_or(Open311Call{});
    const auto language = chooseLanguage(request.query, request.acceptLanguage);
    const bool reading = request.method == "GET" || request.method == "HEAD";
    if (call.what == What::unknown)
        co_return open311Error(call.wire, 404, "there is nothing at this address");
    if (!reading && (call.what != What::requests || request.method != "POST"))
        co_return open311Error(call.wire, 405, "this address takes only GET");
    if (request.fetchSite == "cross-site" && !reading)
        co_return open311Error(call.wire, 403, "a page of another site may not report here");
    if (call.what == What::discovery)
        co_return open311Discovery(options, call.wire, (request.secure ? "https://" : "http://") + request.host);
    if (call.what == What::services)
        co_return open311Services(options, call.wire, language);
    if (call.what == What::definition)
        co_return open311Definition(options, call, language);
    auto sent = readSent(request);
    if (!sent)
        co_return open311Error(call.wire, 400, sent.error().message);
    auto& counters = m_shared->board.feed("open311");
    if (reading) {
        if (call.what == What::token) // a token is the report's id: reports are stored before they are answered
            co_return open311Token(call.wire, call.id.substr(0, 100));
        auto query = open311Query(sent->fields, counters.now());
        if (!query)
            co_return open311Error(call.wire, 400, query.error().message);
        if (call.what == What::request)
            query->ids = {call.id};
        query->feeds = options.publish;
        std::vector<model::Report> found;
        if (options.reports)
            found = options.reports(*query);
        if (call.what == What::request && found.empty())
            co_return open311Error(call.wire, 404, "service_request_id not found");
        co_return open311Requests(found, options, call.wire, language);
    }
    auto report = open311Report(sent->fields, options);
    if (!report)
        co_return open311Error(call.wire, report.error().status, report.error().description);
    request.body = {};
    report->sourceId = request.idempotencyKey;
    Decoded decoded;
    decoded.format = Format::reportJson;
    decoded.messages.emplace_back(std::move(*report));
    for (auto& photo : sent->photos)
        decoded.attachments.push_back({0, std::move(photo)});
    Tally tally;
    co_await keepPhotos(decoded, tally);
    if (!tally.broken)
        co_await deliver(decoded.messages, "open311", tally);
    if (tally.broken)
        co_return open311Error(call.wire, tally.broken->status == 503 ? 503 : 500, "the desk is busy: send it again");
    if (tally.ids.empty())
        co_return open311Error(call.wire, 400, tally.reason.empty() ? "it was not taken" : tally.reason);
    co_return open311Accepted(call.wire, tally.ids.front());
}

} // namespace tocsin::ingest
