#include "tocsin/base/text.hpp"
#include "tocsin/county/records.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>

// What must hold for any bytes: they are a table or one error; each row becomes a record whose numbers are finite and whose texts are UTF-8, or an
// error with its row and what is expected; and what was taken and written out is the same when it is read again.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tocsin;
    county::SheetFile file;
    auto sheet = county::readCsvSheet({reinterpret_cast<const char*>(data), size}, "fuzz.csv", file.encoding);
    if (!sheet) {
        if (sheet.error().message.empty())
            std::abort();
        return 0;
    }
    file.sheets.push_back(std::move(*sheet));
    county::RecordImportOptions options;
    options.kind = model::ResourceKind::team;
    options.placeOf = [](const std::string&) { return std::optional(model::Position::trusted(47, 9)); };
    const auto result = county::importRecords(file, county::guessMapping(file), {}, options);
    if (!result)
        std::abort();
    if (result->added + result->badRows != result->rows)
        std::abort();
    for (const auto& error : result->errors) {
        if (error.row == 0 || error.expected.empty())
            std::abort();
    }
    std::map<model::ResourceId, model::Resource> present;
    std::vector<model::Resource> records;
    std::uint8_t count = 0;
    for (auto record : result->records) {
        if (!base::isUtf8(record.name.text) || !std::isfinite(record.speedFactor) || record.people < 0)
            std::abort();
        record.id.value.bytes[0] = ++count;
        record.id.value.bytes[6] = 0x70;
        record.id.value.bytes[8] = 0x80;
        if (count == 0)
            return 0; // enough of them
        present[record.id] = record;
        records.push_back(record);
    }
    const auto tables = county::tablesOf(records);
    const auto again = county::importRecords(tables, county::guessMapping(tables), present, options);
    if (!again || again->added != 0 || again->changed != 0)
        std::abort();
    (void)county::badRowsCsv(file, *result);
    return 0;
}
