#include "multipart.hpp"

#include "decode_place.hpp"

#include <algorithm>

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::size_t mostParts = 100;
constexpr std::size_t mostHeaderBytes = 8U << 10U;
constexpr std::size_t mostName = 300;

tl::unexpected<base::Error> bad(Code code, std::string what, std::size_t at) {
    return base::fail(code, std::move(what), {.line = {}, .column = {}, .byte = at});
}

/// The value of a parameter: `form-data; name="a \"b\""; filename=x`. False if it is not there.
bool parameter(std::string_view text, std::string_view name, std::string& value) {
    for (std::size_t at = text.find(';'); at < text.size();) {
        ++at;
        while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
            ++at;
        const auto equals = std::min(text.find_first_of("=;", at), text.size());
        const auto key = lowered(trimmed(text.substr(at, equals - at)));
        value.clear();
        at = equals;
        if (at < text.size() && text[at] == '=') {
            ++at;
            if (at < text.size() && text[at] == '"') {
                for (++at; at < text.size() && text[at] != '"'; ++at) {
                    // Browsers escape a quote; a backslash before anything else is one of a Windows path.
                    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == '"')
                        ++at;
                    value += text[at];
                }
                at = std::min(text.find(';', at), text.size());
            } else {
                const auto end = std::min(text.find(';', at), text.size());
                value = std::string(trimmed(text.substr(at, end - at)));
                at = end;
            }
        }
        if (key == name)
            return true;
    }
    return false;
}

base::Result<void> readHeaders(std::string_view headers, std::size_t at, FormPart& part) {
    bool named = false;
    while (!headers.empty()) {
        const auto end = std::min(headers.find("\r\n"), headers.size());
        const auto line = headers.substr(0, end);
        const auto colon = std::min(line.find(':'), line.size());
        const auto name = lowered(line.substr(0, colon));
        const auto value = trimmed(colon < line.size() ? line.substr(colon + 1) : "");
        if (name == "content-disposition") {
            named = parameter(value, "name", part.name);
            part.isFile = parameter(value, "filename", part.fileName);
        } else if (name == "content-type") {
            part.contentType = lowered(trimmed(value.substr(0, value.find(';'))));
        }
        headers.remove_prefix(std::min(headers.size(), end + 2));
    }
    if (!named || part.name.size() > mostName)
        return bad(Code::malformed, "a part of the form has no name, or one that is too long", at);
    part.fileName = excerpt(part.fileName, 100);
    return {};
}

} // namespace

std::string multipartBoundary(std::string_view contentType) {
    std::string boundary;
    if (!parameter(contentType, "boundary", boundary) || boundary.empty() || boundary.size() > 70)
        return {};
    const bool allowed = std::all_of(boundary.begin(), boundary.end(), [](char c) { return c >= ' ' && c <= '~'; });
    return allowed && boundary.back() != ' ' ? boundary : std::string();
}

base::Result<std::vector<FormPart>> parseMultipart(std::string_view body, std::string_view boundary) {
    const std::string mark = "--" + std::string(boundary);
    const std::string next = "\r\n" + mark;
    std::vector<FormPart> parts;
    std::size_t at = 0;
    if (!body.starts_with(mark)) {
        at = body.find(next); // a preamble, which is to be passed over
        if (at == std::string_view::npos)
            return bad(Code::malformed, "the form has no part: its boundary does not come", 0);
        at += 2;
    }
    for (;;) {
        at += mark.size();
        if (body.substr(at, 2) == "--")
            return parts;
        const auto line = body.find("\r\n", at);
        if (line == std::string_view::npos || !trimmed(body.substr(at, line - at)).empty())
            return bad(Code::malformed, "the form's boundary is followed by something else", std::min(at, body.size()));
        at = line + 2;
        if (parts.size() >= mostParts)
            return bad(Code::tooLarge, "the form has more than 100 parts", at);
        FormPart part;
        std::size_t end = 0;
        if (body.substr(at, 2) != "\r\n") {
            end = body.substr(at, mostHeaderBytes).find("\r\n\r\n");
            if (end == std::string_view::npos)
                return bad(Code::malformed, "the headers of a part have no end, or are over 8 KiB", at);
        }
        if (auto read = readHeaders(body.substr(at, end), at, part); !read)
            return tl::unexpected(read.error());
        at += end + (end == 0 ? 2 : 4);
        const auto close = body.find(next, at);
        if (close == std::string_view::npos)
            return bad(Code::malformed, "the form ends within a part", body.size());
        part.body = body.substr(at, close - at);
        parts.push_back(std::move(part));
        at = close + 2;
    }
}

} // namespace tocsin::ingest
