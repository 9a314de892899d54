#pragma once

#include "decode_place.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ingest {

/// An XML document as UTF-8, whatever it was sent in, with the way back to the sender's bytes.
class XmlText {
  public:
    ~XmlText();

    /// Finds the encoding (byte order mark, else the look of the first bytes, else the XML declaration, else UTF-8) and
    /// converts. Fails, at the very byte, where the bytes are not of that encoding, on a NUL, and on an encoding that
    /// Tocsin does not read.
    [[nodiscard]] static base::Result<std::unique_ptr<XmlText>> read(std::string_view bytes);

    XmlText(const XmlText&) = delete;
    XmlText& operator=(const XmlText&) = delete;

    [[nodiscard]] std::string_view text() const { return m_text; }
    /// Line and column in characters; `byte` in what was sent.
    [[nodiscard]] base::Place place(std::size_t offset) const;
    /// Without the byte, which costs a second conversion where the document was not sent in UTF-8.
    [[nodiscard]] base::Place lineAndColumn(std::size_t offset) const;
    /// What was odd about the encoding, and understood all the same; empty if nothing.
    [[nodiscard]] const std::string& deviation() const { return m_deviation; }

    /// Appends as much of the bytes as can be converted to UTF-8.
    static void convertLoosely(const std::string& charset, std::string_view bytes, std::string& out);

  private:
    class Converter;
    XmlText();

    std::string_view m_original;
    std::size_t m_skipped{0}; ///< bytes of the byte order mark
    std::string m_charset;    ///< iconv's name; empty where the original is UTF-8 itself
    std::string m_owned;
    std::string_view m_text;
    std::string m_deviation;
    std::optional<TextLines> m_lines;
    // How far the way back to the sender's bytes was gone: places are mostly asked for in the document's order.
    mutable std::unique_ptr<Converter> m_back;
    mutable std::size_t m_backOffset{0};
    mutable std::size_t m_backByte{0};
};

/// The encoding that an XML declaration at the start of `text` names, and where; nothing if it names none.
struct DeclaredEncoding {
    std::string name;
    std::size_t offset{0};
};
[[nodiscard]] std::optional<DeclaredEncoding> declaredEncoding(std::string_view text);

/// As much of the first `most` bytes as can be read as text, converted if they are UTF-16 or UTF-32; for sniffing.
[[nodiscard]] std::string looseText(std::string_view bytes, std::size_t most);

} // namespace tocsin::ingest
