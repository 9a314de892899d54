#include "ingest/form_report.hpp"
#include "ingest/http_await.hpp"
#include "ingest/multipart.hpp"
#include "ingest/photo.hpp"

#include <utility>

namespace tocsin::ingest {

namespace asio = boost::asio;

namespace {

struct SentForm {
    SentFields fields; ///< the first of each name
    std::vector<std::string> photos;
    std::size_t photosTooMany{0};
};

base::Result<SentForm> readForm(const HttpRequest& request) {
    SentForm out;
    if (request.contentType == "application/x-www-form-urlencoded") {
        auto fields = parseForm(request.body);
        if (!fields)
            return tl::unexpected(fields.error());
        out.fields = std::move(*fields);
        return out;
    }
    if (request.boundary.empty())
        return base::fail(base::Code::malformed, "the form names no boundary", {.line = {}, .column = {}, .byte = 0});
    const auto parts = parseMultipart(request.body, request.boundary);
    if (!parts)
        return tl::unexpected(parts.error());
    for (const auto& part : *parts) {
        if (!part.isFile)
            out.fields.emplace(part.name, part.body);
        else if (part.body.empty())
            continue; // a field for a photo, and none was chosen
        else if (out.photos.size() < maxPhotosOfReport)
            out.photos.emplace_back(part.body);
        else
            ++out.photosTooMany;
    }
    return out;
}

} // namespace

asio::awaitable<HttpReply> HttpDoor::report(HttpRequest& request) {
    const bool form = request.contentType == "application/x-www-form-urlencoded" ||
                      request.contentType == "multipart/form-data";
    Tally tally;
    const std::string feed = form ? "phone page" : "http";
    std::string language;
    Photos photos;
    if (form) {
        auto sent = readForm(request);
        auto text = sent.and_then([](const SentForm& one) { return formToJson(one.fields); });
        if (text) {
            if (sent->fields.contains("lang"))
                language = "lang=" + sent->fields.at("lang");
            photos = std::move(sent->photos);
            if (sent->photosTooMany > 0)
                tally.note = "only the first " + std::to_string(maxPhotosOfReport) + " photos were taken";
            const bool isText = request.contentType == "application/x-www-form-urlencoded";
            const auto kept = isText ? std::exchange(request.body, {}) : fieldsAsJson(sent->fields);
            request.body = {}; // the photos are held apart now
            co_await takeMessages(*text, Format::reportJson, feed, request.idempotencyKey, photos, kept, tally);
        } else {
            co_await quarantine(feed, Format::reportJson, request.body, text.error(), tally);
        }
    } else {
        co_await takeMessages(request.body, Format::reportJson, feed, request.idempotencyKey, photos, request.body, tally);
    }
    if (!tally.note.empty())
        tally.deviations.push_back(tally.note);
    auto answer = reply(tally);
    if (form && request.accept.find("text/html") != std::string::npos) {
        auto page = m_shared->page.result(chooseLanguage(language, request.acceptLanguage), answer.status,
                                          tally.ids.empty() ? "" : tally.ids.front(), tally.reason, exercise());
        page.headers = std::move(answer.headers);
        co_return page;
    }
    co_return answer;
}

HttpReply HttpDoor::photo(const HttpRequest& request) const {
    const auto& options = m_shared->options;
    if (options.photos && options.mayShowPhotos && options.mayShowPhotos(request.authorization)) {
        auto name = std::string_view(request.path).substr(8);
        if (name.ends_with(".jpg"))
            name.remove_suffix(4);
        if (auto bytes = options.photos->read(name)) {
            HttpReply reply;
            reply.contentType = "image/jpeg";
            reply.body = std::move(*bytes);
            return reply;
        }
    }
    return jsonReply(404, refusal("refused", "there is nothing at this address"));
}

} // namespace tocsin::ingest
