#include "ingest/http_page.hpp"

#include "embedded/web.hpp"
#include "ingest/xml_escape.hpp"

#include <algorithm>
#include <cctype>

namespace tocsin::ingest {

using nlohmann::json;

namespace {

constexpr std::size_t mostPlaces = 500;

std::string escaped(std::string_view text) {
    std::string out;
    addEscaped(out, text);
    return out;
}

} // namespace

std::string shortReceipt(std::string_view id) {
    std::string digits;
    for (const char c : id)
        if (c != '-')
            digits += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (digits.size() < 8)
        return digits;
    digits.erase(0, digits.size() - 8);
    return digits.insert(4, "-");
}

WebPage::WebPage(const HttpOptions& options) {
    for (const auto& file : embedded::web())
        m_files.emplace(file.name, file.bytes);
    for (const std::string language : {"en", "zh_CN"}) {
        auto& words = m_words[language];
        const auto texts = json::parse(m_files["text_" + language + ".json"], nullptr, false);
        if (texts.is_object())
            for (const auto& [key, value] : texts.items())
                if (value.is_string())
                    words[key] = value.get<std::string>();
        words["county"] = options.county.in(language);
        words["emergency_phone"] = options.emergencyPhone;
    }
}

HttpReply WebPage::fill(std::string_view name, const std::string& language, Words words, bool exercise,
                        const std::string& choices) const {
    words["exercise_class"] = exercise ? "" : "hidden";
    const auto& common = m_words.at(language);
    const auto& text = m_files.find(name)->second;
    HttpReply reply;
    reply.contentType = "text/html; charset=utf-8";
    for (std::size_t at = 0; at < text.size();) {
        const auto open = text.find("{{", at);
        const bool raw = open != std::string::npos && text.substr(open, 3) == "{{{"; // HTML of our own
        const auto shut = open == std::string::npos ? open : text.find("}}", open);
        if (shut == std::string::npos) {
            reply.body.append(text, at);
            break;
        }
        reply.body.append(text, at, open - at);
        if (raw) {
            reply.body += choices;
            at = shut + 3;
            continue;
        }
        const auto key = text.substr(open + 2, shut - open - 2);
        if (const auto own = words.find(key); own != words.end())
            reply.body += escaped(own->second);
        else if (const auto word = common.find(key); word != common.end())
            reply.body += escaped(word->second);
        at = shut + 2;
    }
    return reply;
}

WebPage::Html WebPage::choicesOf(const PageMap::Names& places) const {
    const std::lock_guard lock(m_mutex);
    if (!m_choices || places != m_places) {
        std::string html;
        for (std::size_t i = 0; places && i < places->size() && i < mostPlaces; ++i)
            html += "<option value=\"" + escaped((*places)[i]) + "\">";
        m_places = places;
        m_choices = std::make_shared<const std::string>(std::move(html));
    }
    return m_choices;
}

HttpReply WebPage::form(const std::string& language, const std::string& token, bool exercise,
                        const PageMap::Names& places) const {
    return fill("page.html", language, {{"token", token}}, exercise, *choicesOf(places));
}

HttpReply WebPage::result(const std::string& language, unsigned status, const std::string& receipt,
                          const std::string& reason, bool exercise) const {
    const auto& words = m_words.at(language);
    const bool good = status == 200 || status == 201;
    const auto word = [&](const char* key) {
        const auto found = words.find(key);
        return found == words.end() ? std::string() : found->second;
    };
    auto reply = fill("result.html", language,
                      {{"title", word(good ? "sent_title" : "failed_title")},
                       {"message", word(good            ? "sent_message"
                                        : status == 503 ? "busy_message"
                                                        : "failed_message")},
                       {"receipt_short", shortReceipt(receipt)},
                       {"receipt", receipt},
                       {"receipt_class", good ? "" : "hidden"},
                       {"reason", reason},
                       {"result_class", good ? "good" : "bad"}},
                      exercise);
    reply.status = status;
    return reply;
}

std::optional<HttpReply> WebPage::file(std::string_view path) const {
    struct Kind {
        std::string_view path;
        const char* type;
    };
    static constexpr Kind kinds[] = {{"/style.css", "text/css; charset=utf-8"},
                                     {"/page.js", "text/javascript; charset=utf-8"},
                                     {"/map.js", "text/javascript; charset=utf-8"},
                                     {"/icon.svg", "image/svg+xml"}};
    for (const auto& kind : kinds) {
        const auto found = m_files.find(kind.path.substr(1));
        if (kind.path == path && found != m_files.end()) {
            HttpReply reply;
            reply.contentType = kind.type;
            reply.body = found->second;
            reply.cacheable = true;
            return reply;
        }
    }
    return std::nullopt;
}

} // namespace tocsin::ingest
