#include "decode_email.hpp"

#include "decode_report_text.hpp"
#include "photo.hpp"
#include "xml_text.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <array>
#include <gmime/gmime.h>
#include <memory>
#include <mutex>

namespace tocsin::ingest {

using base::Code;
using model::Report;

namespace {

constexpr int mostNesting = 8;
constexpr std::size_t mostParts = 100;
constexpr std::size_t mostHeaderBytes = 256U << 10U;
constexpr std::size_t mostTextBytes = 1U << 20U;

template <typename T>
struct Unref {
    void operator()(T* object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref<T>>;

template <typename T>
T* as(GMimeObject* object, GType type) {
    return g_type_check_instance_is_a(reinterpret_cast<GTypeInstance*>(object), type) != 0
               ? reinterpret_cast<T*>(object)
               : nullptr;
}

std::string utf8(std::string_view text) {
    if (base::isUtf8(text))
        return std::string(text);
    std::string out;
    XmlText::convertLoosely("WINDOWS-1252", text, out);
    return base::isUtf8(out) ? out : std::string();
}

/// Counts, without parsing, what would make the parser nest or work without bound.
std::optional<base::Error> tooMuch(std::string_view bytes) {
    const auto empty = std::min(bytes.find("\n\n"), bytes.find("\n\r\n"));
    if (std::min(empty, bytes.size()) > mostHeaderBytes)
        return base::Error{Code::tooLarge, "the headers of an e-mail over 256 KiB", {.line = {}, .column = {}, .byte = mostHeaderBytes}};
    std::size_t types = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto end = std::min(bytes.find('\n', at), bytes.size());
        if (end - at >= 13 && (bytes[at] == 'C' || bytes[at] == 'c') && lowered(bytes.substr(at, 13)) == "content-type:" &&
            ++types > mostParts)
            return base::Error{Code::tooLarge, "an e-mail of more than " + std::to_string(mostParts) + " parts", {.line = {}, .column = {}, .byte = at}};
        at = end + 1;
    }
    return {};
}

class MailReader {
  public:
    explicit MailReader(Decoded& out) : m_out(out), m_notes(out.deviations) {}

    base::Result<void> read(GMimeMessage& message, std::string_view bytes) {
        Report report;
        const char* subjectText = g_mime_message_get_subject(&message);
        const auto subject = tidy(utf8(subjectText == nullptr ? "" : subjectText), 300);
        takeSender(message, report);
        if (GDateTime* date = g_mime_message_get_date(&message); date != nullptr)
            report.happenedAt = base::Time{std::chrono::seconds{g_date_time_to_unix(date)}};
        const char* id = g_mime_message_get_message_id(&message);
        report.sourceId = tidy(utf8(id == nullptr ? "" : id), 200);
        if (report.sourceId.empty())
            report.sourceId = contentId(bytes);
        walk(g_mime_message_get_mime_part(&message), 0);
        const auto& body = m_plain.empty() ? m_html : m_plain;
        report.text = tidy(subject.empty() || body.starts_with(subject) ? body : subject + "\n" + body,
                           maxReportCharacters, true, "the text", {.line = 1, .column = 1, .byte = {}}, m_notes);
        if (report.text.empty() && m_out.attachments.empty())
            return base::fail(Code::malformed, "an e-mail without subject, text or picture",
                              {.line = 1, .column = 1, .byte = 0});
        if (report.text.empty())
            report.text = "A picture by e-mail";
        report.category = knownCategory(report.text);
        if (report.category.empty())
            report.category = "other";
        m_out.messages.emplace_back(std::move(report));
        return {};
    }

  private:
    void note(const std::string& what) { m_notes.add({.line = 1, .column = 1, .byte = {}}, what); }

    static void takeSender(GMimeMessage& message, Report& report) {
        InternetAddressList* from = g_mime_message_get_from(&message);
        if (from == nullptr || internet_address_list_length(from) < 1)
            return;
        InternetAddress* first = internet_address_list_get_address(from, 0);
        const char* name = internet_address_get_name(first);
        report.contact.name = tidy(utf8(name == nullptr ? "" : name), 120);
        if (g_type_check_instance_is_a(reinterpret_cast<GTypeInstance*>(first), internet_address_mailbox_get_type()) !=
            0) {
            const char* address =
                internet_address_mailbox_get_addr(reinterpret_cast<InternetAddressMailbox*>(first));
            report.contact.email = tidy(utf8(address == nullptr ? "" : address), 200);
        }
    }

    void walk(GMimeObject* object, int depth) {
        if (object == nullptr || ++m_parts > mostParts)
            return;
        if (depth > mostNesting) {
            note("parts nested deeper than " + std::to_string(mostNesting) + " were left out");
            return;
        }
        if (auto* multipart = as<GMimeMultipart>(object, g_mime_multipart_get_type())) {
            const int count = std::min(g_mime_multipart_get_count(multipart), static_cast<int>(mostParts));
            for (int i = 0; i < count; ++i)
                walk(g_mime_multipart_get_part(multipart, i), depth + 1);
        } else if (auto* forwarded = as<GMimeMessagePart>(object, g_mime_message_part_get_type())) {
            if (GMimeMessage* inner = g_mime_message_part_get_message(forwarded); inner != nullptr)
                walk(g_mime_message_get_mime_part(inner), depth + 1);
        } else if (auto* part = as<GMimePart>(object, g_mime_part_get_type())) {
            leaf(object, *part);
        }
    }

    void leaf(GMimeObject* object, GMimePart& part) {
        GMimeContentType* type = g_mime_object_get_content_type(object);
        const bool attached = g_mime_part_is_attachment(&part) != 0;
        if (auto* words = as<GMimeTextPart>(object, g_mime_text_part_get_type()); words != nullptr && !attached) {
            char* raw = g_mime_text_part_get_text(words);
            const std::string_view seen = raw == nullptr ? std::string_view() : std::string_view(raw);
            const auto text = utf8(seen.substr(0, cut(seen)));
            g_free(raw);
            if (g_mime_content_type_is_type(type, "text", "html") != 0)
                add(m_html, textOfHtml(text));
            else
                add(m_plain, text);
        } else if (g_mime_content_type_is_type(type, "image", "*") != 0) {
            picture(part);
        } else {
            const char* name = g_mime_part_get_filename(&part);
            note("the attachment " + ingest::quoted(utf8(name == nullptr ? "" : name)) + " is no picture and was left out");
        }
    }

    /// Where to cut a text that is too long, not within a character.
    static std::size_t cut(std::string_view text) {
        auto at = std::min(text.size(), mostTextBytes);
        while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80)
            --at;
        return at;
    }
    static void add(std::string& all, std::string_view more) {
        if (all.size() > mostTextBytes || trimmed(more).empty())
            return;
        all += (all.empty() ? "" : "\n") + std::string(trimmed(more));
    }

    void picture(GMimePart& part) {
        if (m_out.attachments.size() >= maxPhotosOfReport) {
            note("only the first " + std::to_string(maxPhotosOfReport) + " pictures were taken");
            return;
        }
        GMimeDataWrapper* content = g_mime_part_get_content(&part);
        if (content == nullptr)
            return;
        const Owned<GMimeStream> memory(g_mime_stream_mem_new());
        g_mime_data_wrapper_write_to_stream(content, memory.get());
        const GByteArray* bytes = g_mime_stream_mem_get_byte_array(reinterpret_cast<GMimeStreamMem*>(memory.get()));
        if (bytes != nullptr && bytes->len > 0)
            m_out.attachments.push_back(
                {0, std::string(reinterpret_cast<const char*>(bytes->data), bytes->len)});
    }

    Decoded& m_out;
    Notes m_notes;
    std::string m_plain;
    std::string m_html;
    std::size_t m_parts{0};
};

bool isHeaderName(std::string_view name) {
    static constexpr std::array<std::string_view, 14> known{
        "from",         "to",          "subject",      "date",        "message-id",  "received", "mime-version",
        "return-path",  "content-type", "delivered-to", "reply-to",   "x-mailer",    "cc",       "dkim-signature"};
    return std::find(known.begin(), known.end(), lowered(name)) != known.end();
}

} // namespace

bool looksLikeEmail(const Glimpse& glimpse) {
    if (glimpse.kind != Glimpse::Kind::text)
        return false;
    int headers = 0;
    auto text = glimpse.text;
    for (int line = 0; line < 60 && !text.empty(); ++line) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto one = text.substr(0, end);
        if (trimmed(one).empty())
            break;
        const bool folded = one.front() == ' ' || one.front() == '\t';
        const auto colon = one.find(':');
        const bool envelope = line == 0 && one.starts_with("From ");
        if (!folded && !envelope) {
            if (colon == std::string_view::npos || colon == 0 || one.substr(0, colon).find(' ') != std::string_view::npos)
                return false;
            headers += isHeaderName(one.substr(0, colon)) ? 1 : 0;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return headers >= 2;
}

base::Result<Decoded> decodeEmail(std::string_view bytes, const Source& /*source*/) {
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
    if (auto why = tooMuch(bytes))
        return tl::unexpected(std::move(*why));
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    if (bytes.starts_with("From "))
        g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MBOX);
    const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (!message || g_mime_message_get_mime_part(message.get()) == nullptr)
        return base::fail(Code::malformed, "not an e-mail", {.line = 1, .column = 1, .byte = 0});
    Decoded out;
    out.format = Format::email;
    if (auto read = MailReader(out).read(*message, bytes); !read)
        return tl::unexpected(std::move(read.error()));
    return out;
}

} // namespace tocsin::ingest
