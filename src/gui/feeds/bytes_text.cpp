#include "gui/feeds/bytes_text.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <string_view>

namespace tocsin::gui {

namespace {

constexpr std::size_t bytesInARow = 16;

/// As much of it as ends with a whole character.
std::string_view wholeCharacters(std::string_view bytes, std::size_t most) {
    auto part = bytes.substr(0, most);
    if (part.size() == bytes.size())
        return part;
    while (!part.empty() && (static_cast<unsigned char>(bytes[part.size()]) & 0xC0U) == 0x80U)
        part.remove_suffix(1);
    return part;
}

QString dump(std::string_view bytes) {
    QString out;
    for (std::size_t row = 0; row < bytes.size(); row += bytesInARow) {
        QString hex;
        QString letters;
        for (const char byte : bytes.substr(row, bytesInARow)) {
            const auto value = static_cast<unsigned char>(byte);
            hex += QStringLiteral("%1 ").arg(value, 2, 16, QLatin1Char('0'));
            letters += value >= 0x20 && value < 0x7f ? QChar(value) : QChar(u'·');
        }
        out += QStringLiteral("%1  %2 %3\n").arg(row, 8, 16, QLatin1Char('0')).arg(hex, -48).arg(letters);
    }
    return out;
}

} // namespace

BytesText bytesText(const std::string& bytes, std::size_t most) {
    const auto part = wholeCharacters(bytes, most);
    if (base::isUtf8(part) && part.find('\0') == std::string_view::npos)
        return {QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size())), false, part.size() == bytes.size()};
    return {dump(std::string_view(bytes).substr(0, most)), true, false};
}

} // namespace tocsin::gui
