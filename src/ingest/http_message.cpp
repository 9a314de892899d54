#include "ingest/http_message.hpp"

#include "ingest/decode_report_text.hpp"
#include "tocsin/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <zlib.h>

namespace tocsin::ingest {

using base::Code;
using nlohmann::json;

namespace {

constexpr std::size_t mostFields = 200;

} // namespace

HttpReply jsonReply(unsigned status, const json& body) {
    HttpReply reply;
    reply.status = status;
    reply.body = body.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
    return reply;
}

void addPlace(json& to, const base::Place& place) {
    const auto set = [&](const char* key, const std::optional<std::uint64_t>& value) {
        to[key] = value ? json(*value) : json(nullptr);
    };
    set("line", place.line);
    set("column", place.column);
    set("byte", place.byte);
}

json refusal(std::string_view outcome, std::string_view reason, const base::Place& place) {
    json body = {{"outcome", outcome}, {"reason", reason}};
    addPlace(body, place);
    return body;
}

HttpReply busyReply(std::string_view reason) {
    auto reply = jsonReply(503, refusal("busy", reason));
    reply.headers.emplace_back("Retry-After", "2");
    return reply;
}

std::optional<std::string> percentDecode(std::string_view text, bool plusIsBlank) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size())
                return std::nullopt;
            const int high = base::hexDigit(text[i + 1]);
            const int low = base::hexDigit(text[i + 2]);
            if (high < 0 || low < 0)
                return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += plusIsBlank && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

base::Result<std::vector<std::pair<std::string, std::string>>> formFields(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> fields;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('&', at), text.size());
        const auto pair = text.substr(at, end - at);
        if (!pair.empty()) {
            const auto equals = std::min(pair.find('='), pair.size());
            auto name = percentDecode(pair.substr(0, equals), true);
            auto value = percentDecode(equals < pair.size() ? pair.substr(equals + 1) : "", true);
            if (!name || !value)
                return base::fail(Code::malformed, "a % in the form is not followed by two hexadecimal digits",
                                  {.line = {}, .column = {}, .byte = at});
            if (fields.size() >= mostFields)
                return base::fail(Code::tooLarge, "the form has more than 200 fields",
                                  {.line = {}, .column = {}, .byte = at});
            fields.emplace_back(std::move(*name), std::move(*value));
        }
        at = end + 1;
    }
    return fields;
}

base::Result<std::map<std::string, std::string>> parseForm(std::string_view text) {
    auto fields = formFields(text);
    if (!fields)
        return tl::unexpected(fields.error());
    std::map<std::string, std::string> out;
    for (auto& [name, value] : *fields)
        out.emplace(std::move(name), std::move(value));
    return out;
}

base::Result<std::string> gunzip(std::string_view bytes, std::size_t most) {
    z_stream stream{};
    if (inflateInit2(&stream, 15 + 16) != Z_OK) // 16: gzip's header, not zlib's
        return base::fail(Code::unavailable, "not enough memory to unpack the body");
    const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, &inflateEnd);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // zlib only reads
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    std::array<char, 32768> piece{};
    for (;;) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        const int state = inflate(&stream, Z_NO_FLUSH);
        const auto got = piece.size() - stream.avail_out;
        if (out.size() + got > most)
            return base::fail(Code::tooLarge, "the body unpacks to over " + std::to_string(most) + " bytes",
                              {.line = {}, .column = {}, .byte = most});
        out.append(piece.data(), got);
        if (state == Z_STREAM_END && stream.avail_in > 0 && inflateReset(&stream) == Z_OK)
            continue; // several members, as some programs write
        if (state == Z_STREAM_END)
            return out;
        if (state != Z_OK)
            return base::fail(Code::malformed, "the body is no gzip data, or is cut off",
                              {.line = {}, .column = {}, .byte = bytes.size() - stream.avail_in});
    }
}

std::string shownToken(std::string_view authorization) {
    const auto scheme = authorization.substr(0, authorization.find(' '));
    const auto rest = trimmed(authorization.substr(std::min(scheme.size() + 1, authorization.size())));
    const auto is = [&](std::string_view name) { return base::lowerAscii(scheme) == name; };
    if (is("bearer"))
        return std::string(rest);
    if (!is("basic"))
        return {};
    const auto both = base64Decode(rest.substr(0, 2000));
    const auto colon = both ? both->find(':') : std::string::npos;
    return colon == std::string::npos ? std::string() : both->substr(colon + 1);
}

std::string chooseLanguage(std::string_view query, std::string_view acceptLanguage) {
    if (const auto fields = parseForm(query.substr(0, 1000))) {
        if (const auto asked = fields->find("lang"); asked != fields->end())
            return asked->second.starts_with("zh") ? "zh_CN" : "en";
    }
    double english = 0;
    double chinese = 0;
    const auto text = acceptLanguage.substr(0, 1000);
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        const auto item = trimmed(text.substr(at, end - at));
        double quality = 1;
        if (const auto q = item.find(";q="); q != std::string_view::npos)
            std::from_chars(item.data() + q + 3, item.data() + item.size(), quality);
        if (item.starts_with("zh"))
            chinese = std::max(chinese, quality);
        else if (item.starts_with("en"))
            english = std::max(english, quality);
        at = end + 1;
    }
    return chinese > english ? "zh_CN" : "en";
}

} // namespace tocsin::ingest
