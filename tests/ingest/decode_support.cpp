#include "ingest/decode_support.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

namespace tocsin::ingest::test {

std::string readFile(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::optional<std::filesystem::path> corpora() {
    const char* path = std::getenv("TOCSIN_CORPORA");
    if (path == nullptr || !std::filesystem::is_directory(path))
        return {};
    return path;
}

std::string ownFile(std::string_view name) {
    return readFile(std::filesystem::path(TOCSIN_SOURCE_DIR) / "tests/data/ingest" / name);
}

void expectPlace(const base::Error& error, std::size_t size) {
    EXPECT_TRUE(error.place.line || error.place.byte) << error.message;
    if (error.place.byte) {
        EXPECT_LE(*error.place.byte, size) << error.message;
    }
    if (error.place.line) {
        EXPECT_GE(*error.place.line, 1U);
    }
    EXPECT_FALSE(error.message.empty());
    EXPECT_NE(error.message.back(), '.');
    EXPECT_NE(error.code, base::Code::internal) << error.message;
}

void expectWhole(std::string_view bytes, std::optional<Format> format) {
    const auto decoded = decode(bytes, format);
    if (!decoded) {
        expectPlace(decoded.error(), bytes.size());
        return;
    }
    EXPECT_NE(decoded->format, Format::unknown);
    for (const auto& fault : decoded->faults)
        expectPlace(fault.error, bytes.size());
    for (const auto& message : decoded->messages) {
        if (const auto* warning = std::get_if<model::Warning>(&message)) {
            EXPECT_FALSE(warning->identifier.empty());
            EXPECT_FALSE(warning->sender.empty());
        }
    }
}

std::string infoWith(const std::string& tail, const std::string& head) {
    return "<info>" + head +
           "<category>Met</category><event>Flood</event><urgency>Immediate</urgency><severity>Severe</severity>"
           "<certainty>Likely</certainty>" +
           tail + "</info>";
}

std::string areaWith(const std::string& shapes) {
    return infoWith("<area><areaDesc>Vaduz</areaDesc>" + shapes + "</area>");
}

Decoded decoded(std::string_view bytes, std::optional<Format> format) {
    auto result = decode(bytes, format);
    EXPECT_TRUE(result) << (result ? std::string() : result.error().describe());
    return result ? std::move(*result) : Decoded{};
}

base::Error refused(std::string_view bytes, std::optional<Format> format) {
    auto result = decode(bytes, format);
    EXPECT_FALSE(result) << "was taken";
    if (result)
        return {};
    expectPlace(result.error(), bytes.size());
    return std::move(result.error());
}

model::Warning warningOf(std::string_view bytes) {
    Decoded out = decoded(bytes, Format::cap);
    EXPECT_EQ(out.messages.size(), 1U);
    return out.messages.empty() ? model::Warning{} : std::get<model::Warning>(out.messages.front());
}

std::string Cap::text() const {
    return "<alert xmlns=\"" + version + "\">" + identifier + sender + sent + kind + rest + "</alert>";
}

} // namespace tocsin::ingest::test
