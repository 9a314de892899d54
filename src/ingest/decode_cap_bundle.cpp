#include "decode_cap_bundle.hpp"

#include "decode_formats.hpp"
#include "xml_text.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <memory>
#include <optional>
#include <utility>
#include <zlib.h>

namespace tocsin::ingest {

namespace {

using base::Code;
using namespace std::string_view_literals;

constexpr std::size_t blockBytes = 64U << 10U;
constexpr std::size_t glimpsedBytes = 4U << 10U;
constexpr int glimpsedEntries = 8;
constexpr std::size_t maxDeviations = 500;

bool isZip(std::string_view bytes) {
    return bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv);
}
bool isGzip(std::string_view bytes) {
    return bytes.starts_with("\x1F\x8B\x08"sv);
}
bool isArchive(std::string_view bytes) {
    return isZip(bytes) || isGzip(bytes) || bytes.starts_with("BZh"sv) || bytes.starts_with("7z\xBC\xAF"sv) ||
           bytes.starts_with("\xFD" "7zXZ"sv) || bytes.starts_with("Rar!"sv);
}

/// Of the beginning of a document.
bool looksLikeMessage(std::string_view begin) {
    const std::string text = looseText(begin, glimpsedBytes);
    return text.find('<') != std::string::npos && (text.find("urn:oasis:names:tc:emergency:") != std::string::npos ||
                                                   text.find("http://www.incident.com/cap/1.0") != std::string::npos ||
                                                   text.find("<alert") != std::string::npos);
}

std::optional<base::Error> tooMuch(std::size_t unpacked, std::size_t packed) {
    const auto at = base::Place{.line = {}, .column = {}, .byte = 0};
    if (unpacked > maxBundleBytes)
        return base::Error{Code::tooLarge, "unpacks to more than " + std::to_string(maxBundleBytes) + " bytes", at};
    constexpr std::size_t alwaysAllowed = 1U << 20U;
    if (unpacked > alwaysAllowed && unpacked / maxBundleRatio > packed)
        return base::Error{Code::tooLarge,
                           "unpacks to more than " + std::to_string(maxBundleRatio) + " times its size: a bomb", at};
    return {};
}

/// A ZIP archive in memory, entry by entry.
class Zip {
  public:
    explicit Zip(std::string_view bytes) : m_packed(bytes.size()), m_archive(archive_read_new(), &archive_read_free) {
        if (m_archive && archive_read_support_format_zip(m_archive.get()) == ARCHIVE_OK)
            m_open = archive_read_open_memory(m_archive.get(), bytes.data(), bytes.size()) == ARCHIVE_OK;
    }

    enum class Next : unsigned char { entry, end, broken };
    Next next() {
        if (!m_open)
            return Next::broken;
        const int result = archive_read_next_header(m_archive.get(), &m_entry);
        if (result == ARCHIVE_EOF)
            return Next::end;
        return result == ARCHIVE_OK || result == ARCHIVE_WARN ? Next::entry : Next::broken;
    }
    [[nodiscard]] std::string name() const {
        const char* name = archive_entry_pathname(m_entry);
        if (name == nullptr)
            name = archive_entry_pathname_utf8(m_entry);
        return name == nullptr ? std::string() : std::string(name);
    }
    [[nodiscard]] bool isFolder() const { return archive_entry_filetype(m_entry) == AE_IFDIR; }
    [[nodiscard]] bool isEncrypted() const { return archive_entry_is_encrypted(m_entry) != 0; }
    /// Where the entry's header begins, for what has no place of its own.
    [[nodiscard]] std::size_t position() const {
        const la_int64_t at = archive_read_header_position(m_archive.get());
        return at < 0 ? 0 : std::min(static_cast<std::size_t>(at), m_packed);
    }
    [[nodiscard]] std::string trouble() const {
        const char* text = archive_error_string(m_archive.get());
        return text == nullptr ? "damaged" : excerpt(text, 100);
    }

    /// Unpacks up to `most` bytes and one more. False where the data is damaged.
    bool read(std::string& out, std::size_t most) {
        std::array<char, 16U << 10U> block{};
        out.clear();
        while (out.size() <= most) {
            const la_ssize_t got = archive_read_data(m_archive.get(), block.data(),
                                                     std::min(block.size(), most + 1 - out.size()));
            if (got == 0)
                return true;
            if (got < 0)
                return false;
            out.append(block.data(), static_cast<std::size_t>(got));
        }
        return true;
    }

  private:
    std::size_t m_packed;
    std::unique_ptr<archive, int (*)(archive*)> m_archive;
    archive_entry* m_entry{nullptr};
    bool m_open{false};
};

class BundleReader {
  public:
    BundleReader(std::string_view bytes, const Source& source) : m_bytes(bytes), m_source(source), m_zip(bytes) {}
    base::Result<Decoded> read();

  private:
    std::optional<base::Error> entry();
    void fault(const std::string& name, Code code, const std::string& what, std::string content = {}) {
        m_out.faults.push_back({{code, "in " + name + ": " + what, {.line = {}, .column = {}, .byte = m_zip.position()}},
                                std::move(content)});
    }
    void take(const std::string& name, std::string content);

    std::string_view m_bytes;
    const Source& m_source;
    Zip m_zip;
    Decoded m_out;
    std::size_t m_entries{0};
    std::size_t m_unpacked{0};
};

void BundleReader::take(const std::string& name, std::string content) {
    const Format kind = sniff(content);
    if (kind != Format::cap && kind != Format::edxlDe && kind != Format::unknown)
        return fault(name, Code::malformed, "it is " + std::string(toString(kind)) + " and not a CAP message",
                     std::move(content));
    auto inner = decode(content, kind, m_source);
    if (!inner) {
        base::Error error = std::move(inner.error());
        error.message = "in " + name + ": " + error.message;
        error.place.byte = m_zip.position(); // bytes are counted in what came, lines in the entry
        m_out.faults.push_back({std::move(error), std::move(content)});
        return;
    }
    std::move(inner->messages.begin(), inner->messages.end(), std::back_inserter(m_out.messages));
    for (Fault& one : inner->faults) {
        one.error.message = "in " + name + ": " + one.error.message;
        one.error.place.byte = m_zip.position();
        m_out.faults.push_back(std::move(one));
    }
    for (const std::string& stray : inner->deviations)
        if (m_out.deviations.size() < maxDeviations)
            m_out.deviations.push_back(name + ": " + stray);
}

std::optional<base::Error> BundleReader::entry() {
    if (m_zip.isFolder())
        return {};
    if (++m_entries > maxBundleEntries)
        return base::Error{Code::tooLarge, "more than " + std::to_string(maxBundleEntries) + " entries in an archive",
                           {.line = {}, .column = {}, .byte = m_zip.position()}};
    const std::string own = m_zip.name();
    const std::string name = own.empty() ? "entry " + std::to_string(m_entries) : quoted(std::string_view(own), 120);
    if (m_zip.isEncrypted()) {
        fault(name, Code::malformed, "encrypted, so it cannot be read");
        return {};
    }
    std::string content;
    if (!m_zip.read(content, maxMessageBytes)) {
        fault(name, Code::malformed, "damaged: " + m_zip.trouble(), std::move(content));
        return {};
    }
    m_unpacked += content.size();
    if (auto bomb = tooMuch(m_unpacked, m_bytes.size()))
        return bomb;
    if (content.size() > maxMessageBytes)
        fault(name, Code::tooLarge, "more than the " + std::to_string(maxMessageBytes) + " bytes of a message");
    else if (isArchive(content))
        fault(name, Code::malformed, "an archive in an archive is not opened", std::move(content));
    else
        take(name, std::move(content));
    return {};
}

base::Result<Decoded> BundleReader::read() {
    m_out.format = Format::capBundle;
    for (;;) {
        const Zip::Next next = m_zip.next();
        if (next == Zip::Next::end)
            break;
        if (next == Zip::Next::broken) {
            base::Error error{Code::malformed, "the archive is damaged: " + m_zip.trouble(),
                              {.line = {}, .column = {}, .byte = m_zip.position()}};
            if (m_out.messages.empty())
                return tl::unexpected<base::Error>(std::move(error));
            m_out.faults.push_back({std::move(error), {}});
            break;
        }
        if (auto refused = entry())
            return tl::unexpected<base::Error>(std::move(*refused));
    }
    if (m_out.messages.empty() && !m_out.faults.empty())
        return tl::unexpected<base::Error>(std::move(m_out.faults.front().error));
    return std::move(m_out);
}

/// Unpacks gzip, with all its members, up to `most` bytes and one more. `at` gets how far it came.
std::optional<std::string> unpack(std::string_view bytes, std::size_t most, std::string& out, std::size_t* at) {
    z_stream stream{};
    constexpr int gzipOnly = 16 + MAX_WBITS;
    if (inflateInit2(&stream, gzipOnly) != Z_OK)
        return "no memory to unpack it";
    const std::unique_ptr<z_stream, int (*)(z_stream*)> closing(&stream, &inflateEnd);
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data())); // NOLINT: zlib's signature
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::array<char, blockBytes> block{};
    std::optional<std::string> fault;
    for (;;) {
        stream.next_out = reinterpret_cast<Bytef*>(block.data());
        stream.avail_out = static_cast<uInt>(std::min(block.size(), most + 1 - out.size()));
        const uInt room = stream.avail_out;
        const int result = inflate(&stream, Z_NO_FLUSH);
        out.append(block.data(), room - stream.avail_out);
        if (out.size() > most)
            break;
        if (result == Z_STREAM_END) {
            if (stream.avail_in == 0)
                break;
            if (inflateReset(&stream) != Z_OK)
                break;
        } else if (result != Z_OK) {
            fault = result == Z_BUF_ERROR ? "the gzip data ends too early"
                                          : "the gzip data is damaged: " +
                                                excerpt(stream.msg == nullptr ? "no reason given" : stream.msg);
            break;
        }
    }
    *at = bytes.size() - stream.avail_in;
    return fault;
}

base::Result<Decoded> readGzip(std::string_view bytes, const Source& source) {
    std::string content;
    std::size_t at = 0;
    const auto here = [&] { return base::Place{.line = {}, .column = {}, .byte = at}; };
    if (const auto fault = unpack(bytes, maxMessageBytes, content, &at))
        return base::fail(Code::malformed, *fault, here());
    if (content.size() > maxMessageBytes)
        return base::fail(Code::tooLarge,
                          "unpacks to more than the " + std::to_string(maxMessageBytes) + " bytes of a message", here());
    if (auto bomb = tooMuch(content.size(), bytes.size()))
        return tl::unexpected<base::Error>(std::move(*bomb));
    if (isArchive(content))
        return base::fail(Code::malformed, "an archive in an archive is not opened", here());
    const Format kind = sniff(content);
    if (kind != Format::cap && kind != Format::edxlDe && kind != Format::capIndex && kind != Format::unknown)
        return base::fail(Code::malformed, "gzip of " + std::string(toString(kind)) + " and not of a CAP message",
                          here());
    auto inner = decode(content, kind, source);
    const auto outside = [](base::Error& error) {
        error.message = "in the gzip data: " + error.message;
        error.place.byte = 0;
    };
    if (!inner) {
        outside(inner.error());
        return inner;
    }
    for (Fault& fault : inner->faults)
        outside(fault.error);
    inner->format = Format::capBundle;
    return inner;
}

} // namespace

base::Result<Decoded> decodeCapBundle(std::string_view bytes, const Source& source) {
    if (isGzip(bytes))
        return readGzip(bytes, source);
    if (!isZip(bytes))
        return base::fail(Code::malformed, "neither a ZIP archive nor gzip data", {.line = {}, .column = {}, .byte = 0});
    return BundleReader(bytes, source).read();
}

bool looksLikeCapBundle(std::string_view bytes) {
    std::string begin;
    if (isGzip(bytes)) {
        std::size_t at = 0;
        (void)unpack(bytes.substr(0, blockBytes), glimpsedBytes, begin, &at);
        return looksLikeMessage(begin);
    }
    if (!isZip(bytes) || bytes.size() > maxMessageBytes)
        return false;
    Zip zip(bytes);
    for (int i = 0; i < glimpsedEntries && zip.next() == Zip::Next::entry; ++i) {
        const std::string name = lowered(zip.name());
        if (zip.isEncrypted()) { // nothing but its name can be seen of it
            if (name.ends_with(".cap") || name.ends_with(".cap.xml"))
                return true;
            continue;
        }
        (void)zip.read(begin, glimpsedBytes);
        if (looksLikeMessage(begin))
            return true;
    }
    return false;
}

} // namespace tocsin::ingest
