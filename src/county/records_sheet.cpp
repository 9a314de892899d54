#include "county/gdal_tools.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/county/records.hpp"

#include <algorithm>
#include <array>
#include <cpl_vsi.h>
#include <fstream>
#include <initializer_list>
#include <ogrsf_frmts.h>
#include <unicode/ucnv.h>

// Bytes of others' tables as rows of UTF-8.

namespace tocsin::county {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD
constexpr std::array<RecordTable, recordTables> allTables{RecordTable::resources, RecordTable::stock, RecordTable::crew,
                                                          RecordTable::duty, RecordTable::offers, RecordTable::calls};

/// What a table is whose name does not say it.
RecordTable tableByColumns(const Sheet& sheet) {
    const auto has = [&](RecordTable table, std::initializer_list<RecordField> wanted) {
        SheetFile file;
        file.sheets.emplace_back();
        file.sheets.back().table = table;
        file.sheets.back().header = sheet.header;
        const auto columns = guessMapping(file).front();
        return std::all_of(wanted.begin(), wanted.end(), [&](RecordField field) { return std::find(columns.begin(), columns.end(), field) != columns.end(); });
    };
    using F = RecordField;
    if (has(RecordTable::resources, {F::kind}))
        return RecordTable::resources;
    if (has(RecordTable::duty, {F::record, F::from, F::until, F::member}))
        return RecordTable::duty;
    const bool called = has(RecordTable::calls, {F::list, F::member}) || has(RecordTable::calls, {F::list, F::record});
    return called ? RecordTable::calls : RecordTable::resources;
}

/// Which encoding a text without a mark at its beginning most likely has.
std::string guessEncoding(std::string_view bytes) {
    const auto head = bytes.substr(0, 4096);
    const std::size_t even = [&] {
        std::size_t n = 0;
        for (std::size_t i = 0; i < head.size(); i += 2)
            n += head[i] == '\0' ? 1 : 0;
        return n;
    }();
    const std::size_t odd = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\0')) - even;
    if (even + odd > head.size() / 10)
        return even > odd ? "UTF-16BE" : "UTF-16LE";
    if (base::isUtf8(bytes))
        return "UTF-8";
    // One line in another encoding does not change what the file is in.
    std::size_t good = 0;
    std::size_t bad = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        auto end = bytes.find('\n', at);
        end = end == std::string_view::npos ? bytes.size() : end;
        const auto line = bytes.substr(at, end - at);
        if (std::any_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
            ++(base::isUtf8(line) ? good : bad);
        at = end + 1;
    }
    return good > bad ? "UTF-8" : "GB18030";
}

/// As UTF-8; what cannot be decoded becomes U+FFFD.
base::Result<std::string> decoded(std::string_view bytes, const std::string& encoding) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter* from = ucnv_open(encoding.c_str(), &error);
    UConverter* to = ucnv_open("UTF-8", &error);
    if (U_FAILURE(error)) {
        ucnv_close(from);
        ucnv_close(to);
        return base::fail(base::Code::malformed, "there is no encoding " + encoding.substr(0, 40));
    }
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    std::array<char, 64 * 1024> part{};
    std::array<UChar, 16 * 1024> pivot{};
    UChar* pivotSource = pivot.data();
    UChar* pivotTarget = pivot.data();
    const char* source = bytes.data();
    const char* const end = bytes.data() + bytes.size();
    bool first = true;
    do {
        char* target = part.data();
        error = U_ZERO_ERROR;
        ucnv_convertEx(to, from, &target, part.data() + part.size(), &source, end, pivot.data(), &pivotSource, &pivotTarget,
                       pivot.data() + pivot.size(), first ? TRUE : FALSE, TRUE, &error);
        first = false;
        out.append(part.data(), static_cast<std::size_t>(target - part.data()));
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    ucnv_close(from);
    ucnv_close(to);
    if (U_FAILURE(error) && error != U_TRUNCATED_CHAR_FOUND)
        return base::fail(base::Code::malformed, "the text cannot be read as " + encoding.substr(0, 40));
    return out;
}

/// Takes one record; false when a quotation mark is not closed.
bool takeRecord(std::string_view text, char separator, std::size_t& at, std::size_t& line, std::vector<std::string>& cells,
                const SheetLimits& limits) {
    cells.assign(1, {});
    bool quoted = false;
    while (at < text.size()) {
        const char c = text[at++];
        if (quoted) {
            if (c == '"' && at < text.size() && text[at] == '"') {
                cells.back() += '"';
                ++at;
            } else if (c == '"') {
                quoted = false;
            } else {
                line += c == '\n' ? 1 : 0;
                cells.back() += c;
            }
            if (cells.back().size() > limits.cellBytes)
                return false; // a mark that nobody closed, most likely
        } else if (c == '"' && cells.back().empty()) {
            quoted = true;
        } else if (c == separator) {
            if (cells.size() <= limits.columns)
                cells.emplace_back();
        } else if (c == '\n') {
            ++line;
            return true;
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    return !quoted;
}

bool allEmpty(const std::vector<std::string>& cells) {
    return std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); });
}

base::Result<void> addRow(Sheet& sheet, std::size_t number, std::vector<std::string> cells, const SheetLimits& limits) {
    if (sheet.rows.size() >= limits.rows)
        return base::fail(base::Code::tooLarge, sheet.name + " has more than " + std::to_string(limits.rows) + " rows", {.line = number});
    SheetRow row;
    row.number = number;
    row.ragged = cells.size() > sheet.header.size() &&
                 !std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(sheet.header.size()), cells.end(),
                              [](const auto& cell) { return cell.empty(); });
    cells.resize(sheet.header.size());
    for (auto& cell : cells) {
        if (cell.size() > limits.cellBytes) {
            cell.resize(limits.cellBytes);
            cell += replacement; // so it is refused, with its place
        }
    }
    row.cells = std::move(cells);
    sheet.rows.push_back(std::move(row));
    return {};
}

base::Result<void> takeHeader(Sheet& sheet, std::vector<std::string> cells, std::size_t line, const SheetLimits& limits) {
    while (!cells.empty() && cells.back().empty())
        cells.pop_back();
    if (cells.size() > limits.columns)
        return base::fail(base::Code::tooLarge, sheet.name + " has more than " + std::to_string(limits.columns) + " columns", {.line = line});
    sheet.header = std::move(cells);
    return {};
}

base::Result<std::string> bytesOf(const fs::path& file, const SheetLimits& limits) {
    std::error_code ec;
    if (!fs::is_regular_file(file, ec))
        return base::fail(base::Code::notFound, file.string() + " is not there, or is no file");
    const auto size = fs::file_size(file, ec);
    if (ec || size > limits.bytes)
        return base::fail(base::Code::tooLarge, file.filename().string() + " is larger than " + std::to_string(limits.bytes >> 20U) + " MB");
    std::ifstream in(file, std::ios::binary);
    std::string bytes(size, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    if (!in)
        return base::fail(base::Code::storage, file.string() + " cannot be read");
    return bytes;
}

/// An XLSX file is a ZIP file, which may be small and unpack to gigabytes.
void needModestZip(const std::string& path, const SheetLimits& limits) {
    const std::string inside = "/vsizip/{" + path + "}";
    char** names = VSIReadDirRecursive(inside.c_str());
    std::uintmax_t bytes = 0;
    for (char** name = names; name != nullptr && *name != nullptr; ++name) {
        VSIStatBufL stat{};
        if (VSIStatL((inside + "/" + *name).c_str(), &stat) == 0)
            bytes += static_cast<std::uintmax_t>(std::max<vsi_l_offset>(0, static_cast<vsi_l_offset>(stat.st_size)));
    }
    CSLDestroy(names);
    if (bytes > limits.bytes * 8)
        refuse(base::Code::tooLarge, "the sheets unpack to more than " + std::to_string((limits.bytes * 8) >> 20U) + " MB");
}

Sheet sheetOf(OGRLayer& layer, RecordTable table, const SheetLimits& limits, const std::stop_token& stop) {
    Sheet sheet;
    sheet.table = table;
    sheet.name = layer.GetName();
    const int columns = layer.GetLayerDefn()->GetFieldCount();
    layer.ResetReading();
    std::vector<std::string> cells;
    for (OGRFeatureUniquePtr feature(layer.GetNextFeature()); feature; feature.reset(layer.GetNextFeature())) {
        if (stop.stop_requested())
            refuse(base::Code::cancelled, "the import was cancelled");
        cells.assign(static_cast<std::size_t>(columns), {});
        for (int i = 0; i < columns; ++i) {
            if (feature->IsFieldSetAndNotNull(i))
                cells[static_cast<std::size_t>(i)] = feature->GetFieldAsString(i);
        }
        const auto number = static_cast<std::size_t>(std::max<GIntBig>(1, feature->GetFID()));
        if (allEmpty(cells))
            continue;
        if (auto ok = sheet.header.empty() ? takeHeader(sheet, cells, number, limits) : addRow(sheet, number, cells, limits); !ok)
            refuse(ok.error().code, ok.error().message, ok.error().place);
    }
    return sheet;
}

base::Result<SheetFile> readXlsx(const fs::path& file, const SheetLimits& limits, const std::stop_token& stop,
                                 std::optional<RecordTable> asked) {
    try {
        GdalSession gdal;
        const GdalSetting headers("OGR_XLSX_HEADERS", "DISABLE");
        const GdalSetting types("OGR_XLSX_FIELD_TYPES", "STRING");
        std::error_code ec;
        const auto path = fs::absolute(file, ec).string();
        needModestZip(path, limits);
        gdal.forget();
        const auto set = openDataset(path, GDAL_OF_VECTOR, {"XLSX"});
        if (!set)
            gdal.giveUp(base::Code::malformed, file.filename().string() + " cannot be read as XLSX");
        SheetFile out;
        out.encoding = "XLSX";
        bool first = true;
        for (auto* layer : set->GetLayers()) {
            const std::string name = layer->GetName();
            auto table = recordTableFrom(name);
            if (!first && (!table || *table == RecordTable::resources))
                continue; // somebody's notes
            if (first && asked)
                table = asked;
            out.sheets.push_back(sheetOf(*layer, table.value_or(RecordTable::resources), limits, stop));
            if (!table)
                out.sheets.back().table = tableByColumns(out.sheets.back());
            if (out.sheets.back().header.empty()) {
                if (first)
                    refuse(base::Code::malformed, "the sheet " + name + " is empty");
                out.sheets.pop_back();
            }
            first = false;
        }
        if (out.sheets.empty())
            refuse(base::Code::malformed, file.filename().string() + " has no sheet");
        return out;
    } catch (const ImportFault& fault) {
        return tl::unexpected(fault.error);
    }
}

} // namespace

base::Result<Sheet> readCsvSheet(std::string_view bytes, const std::string& name, std::string& encoding, const SheetLimits& limits,
                                 std::stop_token stop) {
    if (encoding.empty()) {
        encoding = bytes.starts_with("\xEF\xBB\xBF") ? "UTF-8"
                   : bytes.starts_with("\xFF\xFE")   ? "UTF-16LE"
                   : bytes.starts_with("\xFE\xFF")   ? "UTF-16BE"
                                                     : guessEncoding(bytes);
    }
    if (bytes.size() > limits.bytes)
        return base::fail(base::Code::tooLarge, name + " is larger than " + std::to_string(limits.bytes >> 20U) + " MB");
    auto text = decoded(bytes, encoding);
    if (!text)
        return base::fail(text.error().code, name + ": " + text.error().message);
    std::string_view rest = *text;
    if (rest.starts_with("\xEF\xBB\xBF"))
        rest.remove_prefix(3);
    Sheet sheet;
    sheet.name = name;
    std::size_t at = 0;
    std::size_t line = 1;
    char separator = ',';
    std::vector<std::string> cells;
    while (at < rest.size()) {
        if ((line & 0x3FF) == 0 && stop.stop_requested())
            return base::fail(base::Code::cancelled, "the import was cancelled");
        const auto start = line;
        if (sheet.header.empty()) {
            const auto end = std::min(rest.size(), rest.find('\n', at));
            if (rest[at] == '#') {
                at = end == rest.size() ? end : end + 1;
                ++line;
                continue;
            }
            const auto head = rest.substr(at, end - at);
            const auto count = [&](char c) { return std::count(head.begin(), head.end(), c); };
            separator = count('\t') > std::max(count(','), count(';')) ? '\t' : count(';') > count(',') ? ';' : ',';
        }
        if (!takeRecord(rest, separator, at, line, cells, limits))
            return base::fail(base::Code::malformed, name + ": a quotation mark is not closed, or a cell is longer than " +
                                                         std::to_string(limits.cellBytes) + " bytes", {.line = start});
        if (allEmpty(cells))
            continue;
        if (auto ok = sheet.header.empty() ? takeHeader(sheet, cells, start, limits) : addRow(sheet, start, cells, limits); !ok)
            return tl::unexpected(ok.error());
    }
    if (sheet.header.empty())
        return base::fail(base::Code::malformed, name + " is empty: a table begins with the names of its columns");
    return sheet;
}

base::Result<SheetFile> readSheets(const fs::path& file, const std::string& encoding, const SheetLimits& limits, std::stop_token stop,
                                   std::optional<RecordTable> first) {
    auto bytes = bytesOf(file, limits);
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (bytes->starts_with("PK\x03\x04"))
        return readXlsx(file, limits, stop, first);
    if (bytes->starts_with("\xD0\xCF\x11\xE0"))
        return base::fail(base::Code::malformed, file.filename().string() + " is an old Excel file: save it as .xlsx or .csv");
    SheetFile out;
    out.encoding = encoding;
    auto sheet = readCsvSheet(*bytes, file.filename().string(), out.encoding, limits, stop);
    if (!sheet)
        return tl::unexpected(sheet.error());
    sheet->table = first ? *first : tableByColumns(*sheet);
    const bool alone = sheet->table != RecordTable::resources;
    out.sheets.push_back(std::move(*sheet));
    for (std::size_t i = 1; i < allTables.size() && !alone; ++i) {
        auto beside = file;
        beside.replace_extension("." + std::string(toString(allTables[i])) + ".csv");
        std::error_code ec;
        if (!fs::exists(beside, ec))
            continue;
        auto more = bytesOf(beside, limits);
        if (!more)
            return tl::unexpected(more.error());
        std::string own = encoding;
        auto table = readCsvSheet(*more, beside.filename().string(), own, limits, stop);
        if (!table)
            return tl::unexpected(table.error());
        table->table = allTables[i];
        out.sheets.push_back(std::move(*table));
    }
    return out;
}

} // namespace tocsin::county
