#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/call_list.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/resource.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// The resource database, its rosters and the call-down lists as tables: CSV and XLSX in and out. Nothing here knows a desk; all functions may run on any thread.
namespace tocsin::county {

/// What a column can mean. The words are the headers of an export: docs/COUNTY.md lists them.
enum class RecordField : std::uint8_t {
    none, id, kind, name, nameZh, callSign, key, code, owner, ownerZh, division, person, phone, capabilities, people, capacity,
    occupied, beds, services, latitude, longitude, coordinates, datum, place, placeZh, status, speed, flies, speedClass, weight, height,
    width, fording, payload, volume, seats, crewHours, checkDue, maintenanceDue, remarks,
    // of the further tables: one row a stock line, crew member, duty turn or offer
    record, supply, supplyName, supplyNameZh, quantity, unit, minimum, batch, expiry, kilograms, cubicMetres, member, role, skills, shift,
    from, until, perDay, leadHours,
    // of the call-down lists: one row a step
    list, step, wait
};
[[nodiscard]] std::string_view toString(RecordField field);
[[nodiscard]] std::optional<RecordField> recordFieldFrom(std::string_view text);

/// The tables that an import or an export has. Of resources' tables only the first is needed; duty and calls may stand alone.
enum class RecordTable : std::uint8_t { resources, stock, crew, duty, offers, calls };
inline constexpr int recordTables = 6;
[[nodiscard]] std::string_view toString(RecordTable table);
[[nodiscard]] std::optional<RecordTable> recordTableFrom(std::string_view text);
/// What its columns can mean, in the order of an export.
[[nodiscard]] const std::vector<RecordField>& fieldsOf(RecordTable table);

struct SheetRow {
    std::size_t number{0};          ///< as a person counts: the line of the text, the row of the sheet
    std::vector<std::string> cells; ///< UTF-8; as many as the header has; what could not be decoded is U+FFFD
    bool ragged{false};             ///< had more cells than the header
};
struct Sheet {
    RecordTable table{RecordTable::resources};
    std::string name; ///< the file or the sheet
    std::vector<std::string> header;
    std::vector<SheetRow> rows;
};
struct SheetFile {
    std::vector<Sheet> sheets; ///< resources first, where there are some
    std::string encoding;      ///< "UTF-8", "GB18030", "UTF-16LE" … as it was found
};
struct SheetLimits {
    std::uintmax_t bytes{std::uintmax_t{128} << 20U};
    std::size_t rows{500'000};
    std::size_t columns{200};
    std::size_t cellBytes{64'000};
};

/// One CSV text: any bytes in any of UTF-8, UTF-16 and GB18030 (`encoding` empty: found out), comma, semicolon or tab. Blank lines and lines that
/// begin with '#' before the header are passed over. An open quotation mark, a missing header or a limit is an error of the whole, with its line.
[[nodiscard]] base::Result<Sheet> readCsvSheet(std::string_view bytes, const std::string& name, std::string& encoding,
                                               const SheetLimits& limits = {}, std::stop_token stop = {});
/// A CSV file with, beside NAME.csv, NAME.stock.csv, NAME.crew.csv, NAME.duty.csv, NAME.offers.csv and NAME.calls.csv where they are; or an
/// XLSX file with sheets so called. What the first table is, is said by `first`, else by its sheet's name, else by its columns: a roster has from
/// and until, a call-down list's table the list; all others are resources.
[[nodiscard]] base::Result<SheetFile> readSheets(const std::filesystem::path& file, const std::string& encoding = {},
                                                 const SheetLimits& limits = {}, std::stop_token stop = {},
                                                 std::optional<RecordTable> first = std::nullopt);

/// For each sheet, what each of its columns means.
using RecordMapping = std::vector<std::vector<RecordField>>;
/// By the header's words, in English or Chinese. No meaning is given twice.
[[nodiscard]] RecordMapping guessMapping(const SheetFile& file);
/// A mapping file: lines "column = field" (or "stock: column = field"), '#' comments. Columns that it does not name are guessed.
[[nodiscard]] base::Result<RecordMapping> readMapping(std::string_view text, const SheetFile& file);

struct SupplyWord {
    base::LocalText name;
    std::string unit;
    double kilograms{0};
    double cubicMetres{0};
};
/// supplies.csv (code, name, zh_CN, unit, and if it likes kg, m3), by code.
[[nodiscard]] base::Result<std::map<std::string, SupplyWord>> readSupplies(const std::filesystem::path& file);

struct RecordImportOptions {
    model::Datum datum{model::Datum::wgs84}; ///< of coordinates that say none themselves
    std::optional<model::ResourceKind> kind; ///< of rows that say none
    std::string origin;                      ///< of new records
    base::Time now;
    std::map<std::string, base::LocalText> capabilities; ///< the county's; empty: any code is taken
    std::map<std::string, SupplyWord> supplies;
    std::vector<model::CallList> callLists{}; ///< that are kept
    /// Where a named place is; called from the import's own thread.
    std::function<std::optional<model::Position>(const std::string& name)> placeOf;
};

/// A row that cannot be taken, and what would have been right.
struct RowError {
    std::size_t sheet{0};
    std::size_t row{0}; ///< SheetRow::number
    std::string column; ///< the header's word; empty: the whole row
    std::string value;
    std::string expected; ///< "a number from 0 to 1000"
};
struct RecordImport {
    std::vector<model::Resource> records; ///< new ones (nil ids) and changed ones
    std::vector<model::Resource> seen;    ///< the changed ones as they stood
    std::vector<model::CallList> lists;     ///< new ones (nil ids) and changed ones; they count below, too
    std::vector<model::CallList> listsSeen; ///< the changed ones as they stood
    std::size_t added{0};
    std::size_t changed{0};
    std::size_t same{0};
    std::size_t rows{0};          ///< of the first sheet
    std::size_t badRows{0};       ///< of all sheets
    std::vector<RowError> errors; ///< in the order of the rows
};

/// What the rows come to over the records that stand: nothing is changed by it, so it is the dry run as well. A row is found again by its id, else
/// its inventory number, else its call sign, else name and kind; a call-down list by its name, its steps by their resource or person. An empty cell changes nothing, "-" empties a text. `progress` gets 0…1.
/// Code::cancelled.
[[nodiscard]] base::Result<RecordImport> importRecords(const SheetFile& file, const RecordMapping& mapping,
                                                       const std::map<model::ResourceId, model::Resource>& present,
                                                       const RecordImportOptions& options,
                                                       const std::function<void(double)>& progress = {}, std::stop_token stop = {});
/// The bad rows as they came, with their numbers and what is wrong, as a CSV.
[[nodiscard]] std::string badRowsCsv(const SheetFile& file, const RecordImport& result);

/// Writes the records: CSV (with the further tables beside it, where there is something for them) or XLSX by the file's extension. Retired ones are
/// left out. Imported again they change nothing. Gives the files written.
[[nodiscard]] base::Result<std::vector<std::filesystem::path>> exportRecords(const std::vector<model::Resource>& records,
                                                                             const std::filesystem::path& file);
/// The tables of an export, as they would be read again.
[[nodiscard]] SheetFile tablesOf(const std::vector<model::Resource>& records);
/// The rosters alone, a row a turn, and the call-down lists, a row a step. Beside each resource's id stands its name, for people.
[[nodiscard]] SheetFile rostersOf(const std::vector<model::Resource>& records);
[[nodiscard]] SheetFile callListsOf(const std::vector<model::CallList>& lists, const std::map<model::ResourceId, model::Resource>& resources);
/// As exportRecords(), of tables that are made.
[[nodiscard]] base::Result<std::vector<std::filesystem::path>> exportTables(const SheetFile& tables, const std::filesystem::path& file);

} // namespace tocsin::county
