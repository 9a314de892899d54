#include "county/gdal_tools.hpp"
#include "county/records_cells.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/county/records.hpp"

#include <algorithm>
#include <map>
#include <ogrsf_frmts.h>

// Records as tables, and tables as CSV and XLSX.

namespace tocsin::county {

namespace fs = std::filesystem;

namespace {

using F = RecordField;

std::string orEmpty(double value) {
    return value == 0 ? std::string() : numberText(value);
}

std::string degrees(double value) {
    char out[32];
    std::snprintf(out, sizeof out, "%.7f", value);
    return out;
}

std::string chinese(const base::LocalText& text) {
    const auto found = text.translations.find("zh_CN");
    return found == text.translations.end() ? std::string() : found->second;
}

std::string skillsText(const std::vector<model::Capability>& skills) {
    std::string out;
    for (const auto& skill : skills)
        out += (out.empty() ? "" : " ") + skill.code + ":" + std::to_string(skill.level);
    return out;
}

std::string optionalMoment(const std::optional<base::Time>& time) {
    return time ? momentText(*time) : std::string();
}

std::string recordCell(const model::Resource& r, F field) {
    const auto v = r.vehicle.value_or(model::VehicleData{});
    switch (field) {
    case F::kind: return std::string(toString(r.kind));
    case F::name: return r.name.text;
    case F::nameZh: return chinese(r.name);
    case F::callSign: return r.callSign;
    case F::key: return r.key;
    case F::code: return r.code;
    case F::owner: return r.owner.text;
    case F::ownerZh: return chinese(r.owner);
    case F::division: return r.division;
    case F::person: return r.personInCharge;
    case F::phone: return r.phone;
    case F::capabilities: return skillsText(r.capabilities);
    case F::people: return orEmpty(r.people);
    case F::capacity: return orEmpty(r.capacity);
    case F::occupied: return orEmpty(r.occupied);
    case F::beds: {
        std::string out;
        for (const auto& beds : r.beds)
            out += (out.empty() ? "" : " ") + beds.kind + ":" + std::to_string(beds.total) + "/" + std::to_string(beds.free);
        return out;
    }
    case F::services: {
        std::string out;
        for (const auto& service : r.services)
            out += (out.empty() ? "" : " ") + service;
        return out;
    }
    case F::latitude: return degrees(r.position.latitude());
    case F::longitude: return degrees(r.position.longitude());
    case F::place: return r.place.text;
    case F::placeZh: return chinese(r.place);
    case F::status: return std::string(toString(r.status));
    case F::speed: return numberText(r.speedFactor);
    case F::flies: return r.flies ? "yes" : "no";
    case F::speedClass: return v.speedClass;
    case F::weight: return orEmpty(v.weightTonnes);
    case F::height: return orEmpty(v.heightMetres);
    case F::width: return orEmpty(v.widthMetres);
    case F::fording: return orEmpty(v.fordingMetres);
    case F::payload: return orEmpty(v.loadKilograms);
    case F::volume: return orEmpty(v.loadCubicMetres);
    case F::seats: return orEmpty(v.seats);
    case F::crewHours: return orEmpty(r.crewHours);
    case F::checkDue: return optionalMoment(r.checkDue);
    case F::maintenanceDue: return optionalMoment(r.maintenanceDue);
    case F::remarks: return r.remarks;
    case F::id: return r.id.isNull() ? std::string() : r.id.toString();
    default: return {};
    }
}

void addRow(Sheet& sheet, std::vector<std::string> cells) {
    sheet.rows.push_back({sheet.rows.size() + 2, std::move(cells), false});
}

Sheet emptySheet(RecordTable table) {
    Sheet sheet;
    sheet.table = table;
    sheet.name = toString(table);
    for (const auto field : fieldsOf(table)) {
        // Those two are other ways to say what stands in latitude and longitude.
        if (field != F::coordinates && field != F::datum)
            sheet.header.emplace_back(toString(field));
    }
    return sheet;
}

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",;\t\"\r\n") == std::string::npos && !cell.starts_with('#') && !cell.starts_with(' ') && !cell.ends_with(' '))
        return cell;
    std::string out = "\"";
    for (const char c : cell) {
        out += c;
        if (c == '"')
            out += '"';
    }
    return out + "\"";
}

} // namespace

std::string csvLine(const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out += i == 0 ? "" : ",";
        out += quoted(cells[i]);
    }
    return out + "\r\n";
}

namespace {

/// With the mark by which spreadsheets know UTF-8.
std::string csvText(const Sheet& sheet) {
    std::string out = "\xEF\xBB\xBF" + csvLine(sheet.header);
    for (const auto& row : sheet.rows)
        out += csvLine(row.cells);
    return out;
}

bool isNumber(F field) {
    switch (field) {
    case F::people: case F::capacity: case F::occupied: case F::speed: case F::weight: case F::height: case F::width: case F::fording:
    case F::payload: case F::volume: case F::seats: case F::crewHours: case F::quantity: case F::minimum: case F::kilograms:
    case F::cubicMetres: case F::perDay: case F::leadHours: case F::latitude: case F::longitude: case F::step: case F::wait:
        return true;
    default:
        return false;
    }
}

void writeXlsx(const SheetFile& tables, const fs::path& file) {
    GdalSession gdal;
    auto& driver = gdalDriver("XLSX");
    fs::path half = file;
    half.replace_extension(".part.xlsx");
    std::error_code ec;
    fs::remove(half, ec);
    {
        Dataset set(driver.Create(half.string().c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        if (!set)
            gdal.giveUp(base::Code::storage, file.string() + " cannot be written");
        for (const auto& sheet : tables.sheets) {
            auto* layer = set->CreateLayer(sheet.name.c_str(), nullptr, wkbNone, nullptr);
            if (layer == nullptr)
                gdal.giveUp(base::Code::storage, file.string() + " cannot be written");
            std::vector<F> fields;
            for (const auto& word : sheet.header) {
                fields.push_back(recordFieldFrom(word).value_or(F::none));
                OGRFieldDefn column(word.c_str(), isNumber(fields.back()) ? OFTReal : OFTString);
                (void)layer->CreateField(&column);
            }
            for (const auto& row : sheet.rows) {
                const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer->GetLayerDefn()));
                for (std::size_t i = 0; i < row.cells.size(); ++i) {
                    if (!row.cells[i].empty())
                        feature->SetField(static_cast<int>(i), row.cells[i].c_str());
                }
                if (layer->CreateFeature(feature.get()) != OGRERR_NONE)
                    gdal.giveUp(base::Code::storage, file.string() + " cannot be written");
            }
        }
    }
    gdal.check(base::Code::storage, file.string() + " cannot be written");
    fs::rename(half, file, ec);
    if (ec)
        refuse(base::Code::storage, file.string() + " cannot be written: " + ec.message());
}

} // namespace

SheetFile tablesOf(const std::vector<model::Resource>& records) {
    SheetFile out;
    out.encoding = "UTF-8";
    std::map<RecordTable, Sheet> more;
    auto main = emptySheet(RecordTable::resources);
    const auto part = [&](RecordTable table) -> Sheet& { return more.try_emplace(table, emptySheet(table)).first->second; };
    for (const auto& r : records) {
        if (r.retired)
            continue;
        std::vector<std::string> cells;
        for (const auto& word : main.header)
            cells.push_back(recordCell(r, recordFieldFrom(word).value_or(F::none)));
        addRow(main, std::move(cells));
        const auto id = r.id.toString();
        for (const auto& s : r.stock)
            addRow(part(RecordTable::stock), {id, s.code, s.name.text, chinese(s.name), numberText(s.quantity), s.unit, orEmpty(s.minimum), s.batch,
                                              optionalMoment(s.expiry), orEmpty(s.kilograms), orEmpty(s.cubicMetres)});
        for (const auto& c : r.crew)
            addRow(part(RecordTable::crew), {id, c.name, c.role, skillsText(c.skills), c.phone, c.shift});
        for (const auto& d : r.duty)
            addRow(part(RecordTable::duty), {id, momentText(d.from), momentText(d.until), d.person, d.phone, d.role});
        for (const auto& o : r.offers)
            addRow(part(RecordTable::offers), {id, o.code, o.name.text, chinese(o.name), numberText(o.quantity), o.unit, orEmpty(o.perDay),
                                               orEmpty(o.lead.value / 3600)});
    }
    out.sheets.push_back(std::move(main));
    for (auto& [table, sheet] : more)
        out.sheets.push_back(std::move(sheet));
    return out;
}

namespace {

constexpr const char* nameColumn = "record_name"; ///< is not read again: the id says it

} // namespace

SheetFile rostersOf(const std::vector<model::Resource>& records) {
    SheetFile out;
    out.encoding = "UTF-8";
    auto& sheet = out.sheets.emplace_back(emptySheet(RecordTable::duty));
    sheet.header.emplace_back(nameColumn);
    for (const auto& r : records) {
        if (r.retired)
            continue;
        for (const auto& d : r.duty)
            addRow(sheet, {r.id.toString(), momentText(d.from), momentText(d.until), d.person, d.phone, d.role, r.name.text});
    }
    return out;
}

SheetFile callListsOf(const std::vector<model::CallList>& lists, const std::map<model::ResourceId, model::Resource>& resources) {
    SheetFile out;
    out.encoding = "UTF-8";
    auto& sheet = out.sheets.emplace_back(emptySheet(RecordTable::calls));
    sheet.header.emplace_back(nameColumn);
    for (const auto& list : lists) {
        if (list.removed)
            continue;
        std::size_t number = 0;
        for (const auto& step : list.steps) {
            const auto found = step.resource ? resources.find(*step.resource) : resources.end();
            addRow(sheet, {list.name, std::to_string(++number), step.resource ? step.resource->toString() : std::string(), step.name, step.phone,
                           step.role, numberText(step.wait.value), found == resources.end() ? std::string() : found->second.name.text});
        }
    }
    return out;
}

base::Result<std::vector<fs::path>> exportRecords(const std::vector<model::Resource>& records, const fs::path& file) {
    return exportTables(tablesOf(records), file);
}

base::Result<std::vector<fs::path>> exportTables(const SheetFile& tables, const fs::path& file) {
    if (file.extension() == ".xlsx" || file.extension() == ".XLSX") {
        try {
            writeXlsx(tables, file);
        } catch (const ImportFault& fault) {
            return tl::unexpected(fault.error);
        }
        return std::vector{file};
    }
    std::vector<fs::path> written;
    for (const auto& sheet : tables.sheets) {
        auto path = file;
        if (!written.empty()) // beside the first
            path.replace_extension("." + sheet.name + ".csv");
        if (auto ok = writeText(path, csvText(sheet)); !ok)
            return tl::unexpected(ok.error());
        written.push_back(path);
    }
    return written;
}

std::string badRowsCsv(const SheetFile& file, const RecordImport& result) {
    std::string out = "\xEF\xBB\xBF";
    std::size_t at = 0;
    for (std::size_t s = 0; s < file.sheets.size(); ++s) {
        const auto& sheet = file.sheets[s];
        bool headed = false;
        for (const auto& row : sheet.rows) {
            std::string why;
            for (; at < result.errors.size() && result.errors[at].sheet == s && result.errors[at].row == row.number; ++at) {
                const auto& error = result.errors[at];
                why += why.empty() ? "" : "; ";
                if (!error.column.empty())
                    why += error.column + " \"" + error.value + "\": ";
                why += "expected " + error.expected;
            }
            if (why.empty())
                continue;
            if (!headed) {
                auto header = sheet.header;
                header.insert(header.begin(), {"row", "why"});
                out += csvLine(header);
                headed = true;
            }
            auto cells = row.cells;
            cells.insert(cells.begin(), {std::to_string(row.number), why});
            out += csvLine(cells);
        }
    }
    return out;
}

} // namespace tocsin::county
