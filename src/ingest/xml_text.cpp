#include "xml_text.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iconv.h>

namespace tocsin::ingest {

namespace {

using base::Code;
using namespace std::string_view_literals;

/// What the first bytes say. `width` is 1 where they only say that the declaration can be read as ASCII.
struct FirstBytes {
    std::string_view charset; ///< empty: no sign, so UTF-8 unless declared otherwise
    std::size_t markBytes{0};
};

FirstBytes look(std::string_view bytes) {
    struct Sign {
        std::string_view start;
        std::string_view charset;
        bool isMark;
    };
    // XML 1.0, appendix F. The four-byte signs come first: UTF-32LE starts like UTF-16LE.
    static constexpr std::array<Sign, 9> signs{{{"\x00\x00\xFE\xFF"sv, "UTF-32BE", true},
                                                {"\xFF\xFE\x00\x00"sv, "UTF-32LE", true},
                                                {"\x00\x00\x00<"sv, "UTF-32BE", false},
                                                {"<\x00\x00\x00"sv, "UTF-32LE", false},
                                                {"\xFE\xFF"sv, "UTF-16BE", true},
                                                {"\xFF\xFE"sv, "UTF-16LE", true},
                                                {"\x00<"sv, "UTF-16BE", false},
                                                {"<\x00"sv, "UTF-16LE", false},
                                                {"\xEF\xBB\xBF"sv, "UTF-8", true}}};
    for (const Sign& sign : signs)
        if (bytes.starts_with(sign.start))
            return {sign.charset, sign.isMark ? sign.start.size() : 0};
    return {};
}

/// iconv's name for a declared encoding; empty for those not read. A closed list: the system's converters are many,
/// old, and not all of them fit to be fed by strangers.
std::string charsetFor(const std::string& declared) {
    std::string name = lowered(declared);
    std::replace(name.begin(), name.end(), '_', '-');
    if (name == "utf-8" || name == "utf8")
        return "UTF-8";
    if (name == "us-ascii" || name == "ascii" || name == "ansi-x3.4-1968" || name == "iso646-us")
        return "US-ASCII";
    if (name == "gb2312" || name == "gbk" || name == "gb18030" || name == "cp936" || name == "euc-cn" ||
        name == "x-gbk")
        return "GB18030"; // GB 18030 holds the others, and "gb2312" is often written where GBK is meant
    if (name == "shift-jis" || name == "sjis" || name == "x-sjis" || name == "windows-31j" || name == "cp932")
        return "CP932";
    if (name == "euc-kr" || name == "ks-c-5601-1987" || name == "cp949" || name == "windows-949")
        return "CP949";
    if (name == "latin1" || name == "latin-1" || name == "l1")
        return "ISO-8859-1";
    if (name == "big5" || name == "big5-hkscs" || name == "euc-jp" || name == "euc-tw" || name == "koi8-r" ||
        name == "koi8-u" || name == "tis-620" || name == "macintosh" || name == "ibm437" || name == "ibm850" ||
        name == "ibm852" || name == "ibm855" || name == "ibm866" || name == "viscii")
        return name;
    if (name.starts_with("iso8859-"))
        name.insert(3, "-");
    if (name.starts_with("iso-8859-")) {
        const std::string part = name.substr(9);
        static constexpr std::array<std::string_view, 15> parts{"1", "2",  "3",  "4",  "5",  "6",  "7", "8",
                                                                "9", "10", "11", "13", "14", "15", "16"};
        return std::find(parts.begin(), parts.end(), part) != parts.end() ? name : std::string();
    }
    for (const std::string_view prefix : {"windows-"sv, "cp"sv, "x-cp"sv}) {
        if (!name.starts_with(prefix))
            continue;
        const std::string page = name.substr(prefix.size());
        if (page == "874" || (page.size() == 4 && page.starts_with("125") && page[3] >= '0' && page[3] <= '8'))
            return "CP" + page;
    }
    return {};
}

std::string hexByte(char c) {
    std::array<char, 8> out{};
    std::snprintf(out.data(), out.size(), "0x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    return out.data();
}

} // namespace

class XmlText::Converter {
  public:
    explicit Converter(const std::string& from) : m_handle(iconv_open("UTF-8", from.c_str())) {}
    ~Converter() {
        if (usable())
            iconv_close(m_handle);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    [[nodiscard]] bool usable() const {
        return m_handle != reinterpret_cast<iconv_t>(-1); // NOLINT(performance-no-int-to-ptr): iconv's own way
    }
    /// Appends what can be converted, up to `most` bytes of output; returns how much of the input that took.
    std::size_t convert(std::string_view in, std::string& out, std::size_t most) {
        std::array<char, 16384> block{};
        char* from = const_cast<char*>(in.data()); // NOLINT(cppcoreguidelines-pro-type-const-cast): iconv's signature
        std::size_t left = in.size();
        std::size_t written = 0;
        while (left > 0 && written < most) {
            char* to = block.data();
            const std::size_t room = std::min(block.size(), most - written);
            std::size_t free = room;
            const std::size_t result = iconv(m_handle, &from, &left, &to, &free);
            const std::size_t made = room - free;
            out.append(block.data(), made);
            written += made;
            if (result == static_cast<std::size_t>(-1) && (errno != E2BIG || made == 0))
                break;
        }
        return in.size() - left;
    }

  private:
    iconv_t m_handle;
};

XmlText::XmlText() = default;
XmlText::~XmlText() = default;

std::optional<DeclaredEncoding> declaredEncoding(std::string_view text) {
    if (!text.starts_with("<?xml") || text.size() < 6 || std::string_view(" \t\r\n").find(text[5]) == text.npos)
        return {};
    const std::string_view declaration = text.substr(0, std::min<std::size_t>(text.find("?>"), 1024));
    std::size_t at = declaration.find("encoding");
    if (at == std::string_view::npos)
        return {};
    at = declaration.find_first_not_of(" \t\r\n", at + 8);
    if (at == std::string_view::npos || declaration[at] != '=')
        return {};
    at = declaration.find_first_not_of(" \t\r\n", at + 1);
    if (at == std::string_view::npos || (declaration[at] != '"' && declaration[at] != '\''))
        return {};
    const std::size_t end = declaration.find(declaration[at], at + 1);
    if (end == std::string_view::npos)
        return {};
    return DeclaredEncoding{std::string(declaration.substr(at + 1, end - at - 1)), at + 1};
}

base::Result<std::unique_ptr<XmlText>> XmlText::read(std::string_view bytes) {
    auto out = std::unique_ptr<XmlText>(new XmlText());
    const FirstBytes first = look(bytes);
    out->m_original = bytes;
    out->m_skipped = first.markBytes;
    bytes.remove_prefix(first.markBytes);

    std::string charset(first.charset);
    if (charset.empty() || charset == "UTF-8") {
        if (const auto declared = declaredEncoding(bytes)) {
            const base::Place where = TextLines(bytes, out->m_skipped).at(declared->offset);
            const std::string named = lowered(declared->name);
            const bool wide = named.starts_with("utf-16") || named.starts_with("utf-32") || named.starts_with("ucs-") ||
                              named.starts_with("iso-10646");
            const std::string known = wide ? "UTF-8" : charsetFor(declared->name);
            if (known.empty() && charset.empty())
                return base::fail(
                    Code::malformed,
                    "the declared encoding \"" + excerpt(declared->name) + "\" is not one that Tocsin reads", where);
            if (charset.empty() && wide)
                out->m_deviation = placed(where, "declared as " + excerpt(declared->name) + ", but its bytes are not");
            else if (charset == "UTF-8" && known != "UTF-8")
                out->m_deviation = placed(where, "the byte order mark says UTF-8, the declaration " +
                                                     excerpt(declared->name) + "; read as UTF-8");
            if (charset.empty())
                charset = known;
        }
    }
    if (charset.empty() || charset == "UTF-8") {
        std::size_t bad = 0;
        if (!base::isUtf8(bytes, &bad))
            return base::fail(Code::malformed, "byte " + hexByte(bytes[bad]) + " is not UTF-8 here",
                              TextLines(bytes, out->m_skipped).at(bad));
        out->m_text = bytes;
    } else {
        Converter converter(charset);
        if (!converter.usable())
            return base::fail(Code::malformed, "this system cannot convert from " + charset,
                              {.line = 1, .column = 1, .byte = 0});
        out->m_charset = charset;
        const std::size_t used = converter.convert(bytes, out->m_owned, bytes.size() * 4 + 16);
        if (used < bytes.size()) {
            base::Place place = TextLines(out->m_owned).at(out->m_owned.size());
            place.byte = used + out->m_skipped;
            return base::fail(Code::malformed, "byte " + hexByte(bytes[used]) + " is not " + charset + " here", place);
        }
        out->m_text = out->m_owned;
        if (first.charset.starts_with("UTF-")) {
            const auto declared = declaredEncoding(out->m_text);
            const std::string named = declared ? lowered(declared->name) : std::string();
            if (declared && !named.starts_with("utf-16") && !named.starts_with("utf-32") &&
                !named.starts_with("ucs-") && !named.starts_with("iso-10646"))
                out->m_deviation = placed(TextLines(out->m_text).at(declared->offset),
                                          "declared as " + excerpt(declared->name) + ", but its bytes are " + charset);
        }
    }
    out->m_lines.emplace(out->m_text, out->m_charset.empty() ? out->m_skipped : 0);
    if (const std::size_t nul = out->m_text.find('\0'); nul != std::string_view::npos)
        return base::fail(Code::malformed, "a NUL byte", out->place(nul));
    return out;
}

base::Place XmlText::lineAndColumn(std::size_t offset) const {
    base::Place place = m_lines->at(offset);
    place.byte.reset();
    return place;
}

base::Place XmlText::place(std::size_t offset) const {
    base::Place place = m_lines->at(offset);
    if (m_charset.empty())
        return place;
    // Converting once more, up to the place, tells how many of the sender's bytes that took.
    offset = std::min(offset, m_text.size());
    if (!m_back || offset < m_backOffset) {
        m_back = std::make_unique<Converter>(m_charset);
        m_backOffset = 0;
        m_backByte = 0;
    }
    if (m_back->usable()) {
        std::string scratch;
        m_backByte += m_back->convert(m_original.substr(m_skipped + m_backByte), scratch, offset - m_backOffset);
        m_backOffset = offset;
    }
    place.byte = m_skipped + m_backByte;
    return place;
}

void XmlText::convertLoosely(const std::string& charset, std::string_view bytes, std::string& out) {
    Converter converter(charset);
    if (converter.usable())
        converter.convert(bytes, out, bytes.size() * 4);
}

std::string looseText(std::string_view bytes, std::size_t most) {
    const FirstBytes first = look(bytes);
    std::string_view body = bytes.substr(first.markBytes, most);
    if (first.charset.empty() || first.charset == "UTF-8")
        return std::string(body);
    std::string out;
    XmlText::convertLoosely(std::string(first.charset), body, out);
    return out;
}

} // namespace tocsin::ingest
