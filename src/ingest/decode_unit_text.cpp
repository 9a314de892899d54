#include "decode_unit_text.hpp"

#include "tocsin/base/text.hpp"

#include <charconv>
#include <cmath>

namespace tocsin::ingest::units {

std::optional<double> numberIn(std::string_view text) {
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<double> degreesIn(std::string_view text) {
    const auto value = numberIn(text);
    if (!value || *value < -360 || *value > 720)
        return std::nullopt;
    return turnedIn(*value);
}

double turnedIn(double degrees) {
    const double turned = std::fmod(degrees + 720, 360);
    return turned >= 360 ? 0 : turned;
}

namespace {

std::string clean(std::string_view text, std::size_t most, bool allowLines) {
    text = trimmed(text);
    if (text.size() > most) {
        while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U)
            --most;
        text = text.substr(0, most);
    }
    std::string out(text);
    for (std::size_t bad = 0; !base::isUtf8(out, &bad);)
        out[bad] = '?';
    std::size_t kept = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto c = static_cast<unsigned char>(out[i]);
        const bool line = c == '\t' || c == '\n' || c == '\r';
        const bool c1 = c == 0xC2 && i + 1 < out.size() && static_cast<unsigned char>(out[i + 1]) < 0xA0;
        out[kept++] = (c < 0x20 && !(allowLines && line)) || (line && !allowLines) || c == 0x7F || c1 ? ' ' : out[i];
        if (c1)
            ++i; // it has two bytes
    }
    out.resize(kept);
    return out;
}

} // namespace

std::string oneLine(std::string_view text, std::size_t most) {
    std::string out = clean(text, most, false);
    out.resize(out.find_last_not_of(' ') + 1);
    return out;
}

std::string lines(std::string_view text, std::size_t most) {
    return clean(text, most, true);
}

} // namespace tocsin::ingest::units
