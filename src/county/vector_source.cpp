#include "county/vector_source.hpp"

#include "tocsin/base/ascii.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <array>
#include <cpl_string.h>
#include <cstring>
#include <fstream>
#include <zlib.h>

namespace tocsin::county {

namespace fs = std::filesystem;

namespace {

std::string head(const fs::path& file, std::size_t most) {
    std::string bytes(most, '\0');
    std::ifstream in(file, std::ios::binary);
    in.read(bytes.data(), static_cast<std::streamsize>(most));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return bytes;
}

std::uint64_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8U | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

std::uint64_t littleEndian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = count; i-- > 0;)
        value = value << 8U | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

void needWhole(const fs::path& file, std::uint64_t should) {
    std::error_code ec;
    const auto is = fs::file_size(file, ec);
    if (!ec && is < should)
        refuse(base::Code::malformed,
               file.filename().string() + " is cut off: " + std::to_string(is) + " of " + std::to_string(should) +
                   " bytes are there",
               {.byte = is});
}

/// GDAL reads what is there of a Shapefile that was cut off, and says nothing.
void needWholeShapefile(const fs::path& file) {
    for (const char* extension : {".shp", ".shx"}) {
        fs::path part = file;
        part.replace_extension(extension);
        const auto bytes = head(part, 100);
        if (bytes.size() < 100) {
            std::error_code ec;
            if (extension == std::string_view(".shx") && !fs::exists(part, ec))
                refuse(base::Code::notFound,
                       part.filename().string() + " is missing: a Shapefile is .shp, .shx and .dbf");
            refuse(base::Code::malformed, part.filename().string() + " is no part of a Shapefile, or cut off");
        }
        needWhole(part, bigEndian(bytes, 24, 4) * 2);
    }
    fs::path table = file;
    table.replace_extension(".dbf");
    if (const auto bytes = head(table, 32); bytes.size() == 32)
        needWhole(table, littleEndian(bytes, 8, 2) + littleEndian(bytes, 4, 4) * littleEndian(bytes, 10, 2));
}

void needWholeSqlite(const fs::path& file) {
    const auto bytes = head(file, 100);
    // The count of pages holds when it was written together with the change counter.
    if (bytes.size() == 100 && bytes.substr(24, 4) == bytes.substr(92, 4)) {
        const auto page = bigEndian(bytes, 16, 2);
        needWhole(file, (page == 1 ? 65536 : page) * bigEndian(bytes, 28, 4));
    }
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        database.exec("PRAGMA trusted_schema=0");
        SQLite::Statement check(database, "PRAGMA quick_check(1)");
        if (check.executeStep() && check.getColumn(0).getString() != "ok")
            refuse(base::Code::malformed, file.filename().string() + " is damaged: " + check.getColumn(0).getString());
    } catch (const SQLite::Exception& e) {
        refuse(base::Code::malformed, file.filename().string() + " is damaged: " + e.what());
    }
}

void unpack(const fs::path& from, const fs::path& to, const std::stop_token& cancel) {
    constexpr std::uint64_t most = 2ULL << 30U;
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> in(::gzopen(from.c_str(), "rb"), ::gzclose);
    std::ofstream out(to, std::ios::binary);
    if (!in || !out)
        refuse(base::Code::storage, "cannot unpack " + from.filename().string());
    std::vector<char> buffer(1U << 18U);
    std::uint64_t total = 0;
    for (;;) {
        stopIfCancelled(cancel);
        const int got = ::gzread(in.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
        int code = Z_OK;
        const char* why = ::gzerror(in.get(), &code);
        if (got < 0 || code != Z_OK)
            refuse(base::Code::malformed,
                   from.filename().string() +
                       (code == Z_BUF_ERROR ? " is cut off" : std::string(" is damaged: ") + (why ? why : "")));
        if (got == 0)
            break;
        total += static_cast<std::uint64_t>(got);
        if (total > most)
            refuse(base::Code::tooLarge, from.filename().string() + " unpacks to more than 2 GB");
        if (!out.write(buffer.data(), got))
            refuse(base::Code::storage, "cannot unpack " + from.filename().string() + ": the disk is full");
    }
    out.close();
    if (!out)
        refuse(base::Code::storage, "cannot unpack " + from.filename().string() + ": the disk is full");
}

} // namespace

VectorSource::VectorSource(const fs::path& file, const fs::path& room, const std::string& encoding, GdalSession& gdal,
                           const std::stop_token& cancel)
    : m_name(file.filename().string()) {
    std::error_code ec;
    if (!fs::is_regular_file(file, ec))
        refuse(base::Code::notFound, file.string() + " is not there, or is no file");
    fs::path real = fs::absolute(file, ec);
    auto start = head(real, 64);
    if (start.starts_with("\x1f\x8b")) {
        m_unpacked = std::make_unique<FileInMaking>(room / "unpacked.geojson");
        unpack(real, m_unpacked->path(), cancel);
        real = m_unpacked->path();
        start = head(real, 64);
    }
    if (start.starts_with("PMTiles") || m_name.ends_with(".mbtiles"))
        refuse(base::Code::malformed, m_name + " holds map tiles, not shapes");
    const std::string extension = base::lowerAscii(real.extension().string());
    if (extension == ".dbf" || extension == ".shx")
        real.replace_extension(".shp");
    const bool shapes = start.size() >= 4 && bigEndian(start, 0, 4) == 9994;
    gdal.forget();
    const std::string own = encoding.empty() ? "ENCODING=" : "ENCODING=" + encoding;
    if (shapes) {
        needWholeShapefile(real);
        fs::path table = real;
        const auto bytes = head(table.replace_extension(".dbf"), 32);
        fs::path page = real;
        // A language byte of 0 or 0x57 says "as this computer has it": nothing. Then the texts
        // come as their bytes are, and asUtf8() finds out what they mean.
        const bool raw = encoding.empty() && !fs::exists(page.replace_extension(".cpg"), ec) &&
                         (bytes.size() < 32 || bytes[29] == 0 || bytes[29] == 0x57);
        if (raw || !encoding.empty())
            m_set = openDataset(real.string(), GDAL_OF_VECTOR, {"ESRI Shapefile"}, {own.c_str()});
        else
            m_set = openDataset(real.string(), GDAL_OF_VECTOR, {"ESRI Shapefile"});
    } else if (start.starts_with("SQLite format 3")) {
        needWholeSqlite(real);
        const GdalSetting untrusted("OGR_SQLITE_PRAGMA", "trusted_schema=0"); // its views may call no functions of GDAL
        m_set = openDataset(real.string(), GDAL_OF_VECTOR, {"GPKG"});
    } else {
        m_set = openDataset(real.string(), GDAL_OF_VECTOR, {"GeoJSON", "TopoJSON", "LIBKML"});
    }
    if (!m_set)
        gdal.giveUp(base::Code::malformed,
                    m_name + " cannot be read as GeoPackage, GeoJSON, Shapefile or KML, or is damaged");
    gdal.check(base::Code::malformed, m_name + " is damaged");
}

OGRLayer& VectorSource::layer(const std::string& name) {
    if (!name.empty()) {
        if (auto* found = m_set->GetLayerByName(name.c_str()))
            return *found;
    }
    std::string names;
    OGRLayer* only = nullptr;
    int count = 0;
    for (auto* layer : m_set->GetLayers()) {
        names += (names.empty() ? "" : ", ") + std::string(layer->GetName());
        if (layer->GetGeomType() != wkbNone) {
            only = layer;
            ++count;
        }
    }
    if (!name.empty())
        refuse(base::Code::notFound, m_name + " has no layer " + name + "; it has " + (names.empty() ? "none" : names));
    if (count == 0)
        refuse(base::Code::malformed, m_name + " has no layer with shapes");
    if (count > 1)
        refuse(base::Code::conflict, m_name + " has several layers, say which by --layer: " + names);
    return *only;
}

std::string asUtf8(std::string text, const std::string& encoding, std::size_t& recoded) {
    if (base::isUtf8(text))
        return text;
    ++recoded;
    // The rows of GB 2312 that hold its characters and signs: both bytes high.
    bool chinese = true;
    for (std::size_t i = 0; i < text.size() && chinese; ++i) {
        const auto byte = static_cast<std::uint8_t>(text[i]);
        if (byte < 0x80)
            continue;
        const auto next = i + 1 < text.size() ? static_cast<std::uint8_t>(text[i + 1]) : std::uint8_t{0};
        chinese = byte >= 0xA1 && byte <= 0xF7 && next >= 0xA1 && next <= 0xFE;
        ++i;
    }
    const std::string from = !encoding.empty() ? encoding : chinese ? "GB18030" : "CP1252";
    const std::unique_ptr<char, void (*)(void*)> made(CPLRecode(text.c_str(), from.c_str(), CPL_ENC_UTF8), VSIFree);
    if (made && base::isUtf8(made.get()))
        return made.get();
    for (char& c : text)
        if (static_cast<std::uint8_t>(c) >= 0x80)
            c = '?';
    return text;
}

} // namespace tocsin::county
