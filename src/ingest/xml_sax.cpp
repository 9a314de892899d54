#include "xml_sax.hpp"

#include "xml_scan.hpp"

#include <deque>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tocsin::ingest {

namespace {

using base::Code;

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

struct Run {
    const XmlText& text;
    XmlHandler& handler;
    xmlParserCtxtPtr context{nullptr};
    std::optional<base::Error> error;
    bool wantsAttributes{false};
    std::vector<XmlAttribute> attributes;
    std::deque<std::string> unescaped; ///< the values of `attributes` that are not as libxml2 holds them

    [[nodiscard]] std::size_t offset() const {
        const xmlParserInputPtr input = context->input;
        return input == nullptr
                   ? 0
                   : static_cast<std::size_t>(input->consumed) + static_cast<std::size_t>(input->cur - input->base);
    }
    void stop(base::Error why) {
        if (!error)
            error = std::move(why);
        xmlStopParser(context);
    }
    template <typename Call>
    void ask(Call call) {
        if (error)
            return;
        try {
            if (auto why = call())
                stop(std::move(*why));
        } catch (const std::exception& e) { // nothing may unwind through libxml2's C frames
            stop({Code::internal, std::string("while decoding: ") + e.what(), {}});
        }
    }
};

Run& runOf(void* data) {
    return *static_cast<Run*>(data);
}

/// libxml2 leaves one reference in attribute values as such, that of '&'.
std::string withAmpersands(std::string_view value) {
    std::string out;
    for (std::size_t at = 0; at < value.size();) {
        const std::size_t next = value.find("&#38;", at);
        out.append(value.substr(at, next - at));
        if (next == std::string_view::npos)
            break;
        out += '&';
        at = next + 5;
    }
    return out;
}

XmlHandler::Stop handOver(Run& run, int count, const xmlChar** attributes) {
    run.attributes.clear();
    run.unescaped.clear();
    for (int i = 0; i < count; ++i) {
        const xmlChar** const one = attributes + static_cast<std::ptrdiff_t>(i) * 5; // name, prefix, URI, value, its end
        std::string_view value(reinterpret_cast<const char*>(one[3]), static_cast<std::size_t>(one[4] - one[3]));
        if (value.find('&') != std::string_view::npos)
            value = run.unescaped.emplace_back(withAmpersands(value));
        run.attributes.push_back({view(one[0]), view(one[2]), value});
    }
    return run.handler.attributes(run.attributes);
}

void onStart(void* data, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int, const xmlChar**,
             int attributeCount, int, const xmlChar** attributes) {
    Run& run = runOf(data);
    run.ask([&]() -> XmlHandler::Stop {
        if (run.wantsAttributes && attributeCount > 0)
            if (auto why = handOver(run, attributeCount, attributes))
                return why;
        std::string_view foreign;
        for (int i = 0; i < attributeCount && foreign.empty(); ++i) {
            const std::string_view attributeUri = view(attributes[i * 5 + 2]);
            if (attributeUri != "http://www.w3.org/2001/XMLSchema-instance" &&
                attributeUri != "http://www.w3.org/XML/1998/namespace")
                foreign = view(attributes[i * 5]);
        }
        // libxml2 calls before it takes the '>': the last '<' before is the tag's own, for values cannot hold one.
        const std::size_t here = run.offset();
        const std::size_t tag = run.text.text().rfind('<', here == 0 ? 0 : here - 1);
        return run.handler.start(view(prefix), view(name), view(uri), foreign, tag == std::string_view::npos ? 0 : tag);
    });
}

void onEnd(void* data, const xmlChar*, const xmlChar*, const xmlChar*) {
    Run& run = runOf(data);
    run.ask([&] { return run.handler.end(run.offset()); });
}

void onText(void* data, const xmlChar* text, int length) {
    Run& run = runOf(data);
    run.ask([&] {
        const std::string_view piece(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
        const std::size_t here = run.offset();
        const std::string_view all = run.text.text();
        std::size_t from = here >= piece.size() ? here - piece.size() : 0;
        if (all.substr(from, piece.size()) != piece) { // CDATA is handed over with its "]]>" already taken, or not
            if (from >= 3 && all.substr(from - 3, piece.size()) == piece)
                from -= 3;
            else if (all.substr(here, piece.size()) == piece)
                from = here;
        }
        return run.handler.text(piece, from);
    });
}

void onDoctype(void* data, const xmlChar*, const xmlChar*, const xmlChar*) {
    Run& run = runOf(data);
    if (!run.error)
        run.stop({Code::malformed, "document type declarations are not allowed", run.text.place(run.offset())});
}

void onError(void* data, xmlErrorPtr error) {
    Run& run = runOf(data);
    // Namespace faults (an undeclared prefix) do not make a document unreadable; warnings are not faults.
    if (run.error || error == nullptr || error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE)
        return;
    std::string message = error->message == nullptr ? "not well-formed" : std::string(trimmed(error->message));
    while (message.ends_with('.') || message.ends_with(' '))
        message.pop_back();
    run.stop({Code::malformed, "not well-formed XML: " + excerpt(message, 200), run.text.place(run.offset())});
}

} // namespace

base::Result<void> parseXml(const XmlText& text, XmlHandler& handler) {
    static std::once_flag once;
    std::call_once(once, xmlInitParser);

    const std::string_view bytes = text.text();
    if (trimmed(bytes).empty())
        return base::fail(Code::malformed, "empty: no XML element in it", text.place(bytes.size()));
    if (const auto objection = scanXml(bytes))
        return base::fail(objection->tooMuch ? Code::tooLarge : Code::malformed, objection->message,
                          text.place(objection->offset));

    const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> context(
        xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())), &xmlFreeParserCtxt);
    if (!context)
        return base::fail(Code::internal, "no memory for the XML parser", {.line = 1, .column = 1, .byte = 0});
    Run run{text, handler, context.get(), {}, handler.wantsAttributes(), {}, {}};
    xmlSAXHandler sax{};
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = onStart;
    sax.endElementNs = onEnd;
    sax.characters = onText;
    sax.ignorableWhitespace = onText;
    sax.cdataBlock = onText;
    sax.internalSubset = onDoctype;
    sax.serror = onError;
    *context->sax = sax;
    context->userData = &run;
    context->_private = nullptr;
    // The text is UTF-8 by now, whatever its declaration says.
    xmlCtxtUseOptions(context.get(), XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    *context->sax = sax; // NOERROR and NOWARNING silence the default handlers; ours stays
    xmlParseDocument(context.get());
    if (run.error)
        return tl::unexpected<base::Error>(std::move(*run.error));
    if (context->wellFormed == 0)
        return base::fail(Code::malformed, "not well-formed XML", text.place(bytes.size()));
    return {};
}

} // namespace tocsin::ingest
