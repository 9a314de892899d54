#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/interrupt.hpp"
#include "app/record_files.hpp"
#include "app/stored_state.hpp"
#include "tocsin/county/record_index.hpp"
#include "tocsin/model/json.hpp"
#include "tocsin/model/stock_level.hpp"

#include <cstdio>
#include <utility>

namespace tocsin::app {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::optional<model::Datum> datumOf(const std::string& word) {
    return word == "gcj02" ? model::Datum::gcj02 : word == "bd09" ? model::Datum::bd09 : model::Datum::wgs84;
}

void tellRecord(const model::Resource& r, const Console& console) {
    json object(r);
    console.tell(object);
    console.say(r.name.text + (r.callSign.empty() ? "" : "  " + r.callSign) + (r.key.empty() ? "" : "  " + r.key) + "  " +
                std::string(toString(r.kind)) + "  " + std::string(toString(r.status)) + (r.retired ? "  retired" : ""));
}

struct Asked {
    std::optional<model::ResourceKind> kind;
    std::optional<model::ResourceStatus> status;
};

base::Result<Asked> askedOf(const ResourceWords& words) {
    Asked out;
    if (!words.kind.empty()) {
        out.kind = model::resourceKindFrom(words.kind);
        if (!out.kind)
            return base::fail(base::Code::malformed, "there is no kind of resource called '" + words.kind + "'");
    }
    if (!words.status.empty()) {
        out.status = model::resourceStatusFrom(words.status);
        if (!out.status)
            return base::fail(base::Code::malformed, "there is no status called '" + words.status + "'");
    }
    return out;
}

struct Kept {
    Asked asked;
    model::State state;
};
/// What is asked for, and the records as they are kept.
base::Result<Kept> keptFor(const ResourceWords& words) {
    const auto asked = askedOf(words);
    if (!asked)
        return tl::unexpected(asked.error());
    auto state = storedState({words.data});
    if (!state)
        return tl::unexpected(state.error());
    return Kept{*asked, std::move(*state)};
}

bool fits(const model::Resource& r, const Asked& asked) {
    return !r.retired && (!asked.kind || r.kind == *asked.kind) && (!asked.status || r.status == *asked.status);
}

void tellErrors(const county::SheetFile& file, const county::RecordImport& result, const Console& console) {
    constexpr std::size_t shown = 20;
    std::size_t count = 0;
    for (const auto& error : result.errors) {
        console.tell({{"error", {{"table", toString(file.sheets[error.sheet].table)}, {"row", error.row}, {"column", error.column}, {"value", error.value},
                                 {"expected", error.expected}}}});
        if (++count <= shown)
            console.say("row " + std::to_string(error.row) + (error.column.empty() ? "" : ", " + error.column + " \"" + error.value + "\"") +
                        ": expected " + error.expected);
    }
    if (count > shown)
        console.say("and " + std::to_string(count - shown) + " more");
}

} // namespace

int runResourcesList(const ResourceWords& words, const Console& console) {
    const auto kept = keptFor(words);
    if (!kept)
        return console.fail(kept.error());
    std::size_t count = 0;
    for (const auto& [id, resource] : kept->state.resources) {
        if (!fits(resource, kept->asked))
            continue;
        tellRecord(resource, console);
        ++count;
    }
    console.say(std::to_string(count) + " resources");
    return Exit::done;
}

int runResourcesSearch(const ResourceWords& words, const Console& console) {
    const auto kept = keptFor(words);
    if (!kept)
        return console.fail(kept.error());
    county::RecordIndex index(recordKnowledge({words.data}).typing);
    index.putAll(kept->state.resources);
    const auto found = index.search(words.text, kept->asked.kind);
    for (const auto& id : found.ids) {
        if (fits(kept->state.resources.at(id), kept->asked))
            tellRecord(kept->state.resources.at(id), console);
    }
    console.say(std::to_string(found.ids.size()) + (found.more ? " found, and more" : " found"));
    return Exit::done;
}

int runResourcesExport(const ResourceWords& words, const Console& console) {
    const auto kept = keptFor(words);
    if (!kept)
        return console.fail(kept.error());
    std::vector<model::Resource> records;
    for (const auto& [id, resource] : kept->state.resources) {
        if (fits(resource, kept->asked))
            records.push_back(resource);
    }
    const auto written = county::exportRecords(records, words.file);
    if (!written)
        return console.fail(written.error());
    for (const auto& file : *written) {
        console.tell({{"written", file.string()}});
        console.say("written: " + file.string());
    }
    console.tell({{"outcome", "exported"}, {"resources", records.size()}});
    console.say(std::to_string(records.size()) + " resources exported");
    return Exit::done;
}

int runTablesExport(const ResourceWords& words, county::RecordTable table, const Console& console) {
    const auto state = storedState({words.data});
    if (!state)
        return console.fail(state.error());
    std::vector<model::Resource> records;
    for (const auto& [id, resource] : state->resources)
        records.push_back(resource);
    const auto tables = table == county::RecordTable::calls ? county::callListsOf(callListsOf(*state), state->resources) : county::rostersOf(records);
    const auto written = county::exportTables(tables, words.file);
    if (!written)
        return console.fail(written.error());
    const auto rows = tables.sheets.front().rows.size();
    console.tell({{"outcome", "exported"}, {"file", words.file}, {"rows", rows}});
    console.say(std::to_string(rows) + " rows written to " + words.file);
    return Exit::done;
}

int runResourcesImport(const ResourceWords& words, const Console& console) {
    const auto asked = askedOf(words);
    if (!asked)
        return console.fail(asked.error());
    const Interrupt interrupt;
    auto file = county::readSheets(words.file, words.encoding, {}, interrupt.token(), words.table);
    if (!file)
        return console.fail(file.error());
    auto mapping = county::guessMapping(*file);
    if (!words.mapping.empty()) {
        auto text = county::readText(words.mapping);
        if (!text)
            return console.fail(text.error());
        auto read = county::readMapping(*text, *file);
        if (!read)
            return console.fail(read.error());
        mapping = std::move(*read);
    }
    for (std::size_t s = 0; s < file->sheets.size(); ++s) {
        for (std::size_t i = 0; i < mapping[s].size(); ++i) {
            const auto field = toString(mapping[s][i]);
            console.tell({{"table", toString(file->sheets[s].table)}, {"column", file->sheets[s].header[i]}, {"field", field}});
            console.say(file->sheets[s].header[i] + " = " + (field.empty() ? "(not used)" : std::string(field)));
        }
    }
    auto target = importTarget({words.data}, words.dryRun);
    if (!target)
        return console.fail(target.error());
    const auto& session = target->session;
    const auto& state = target->state;
    const auto knowledge = recordKnowledge({words.data});
    const auto name = fs::path(words.file).filename().string();
    auto options = importOptions(knowledge, *datumOf(words.datum), asked->kind, "import " + name, base::SystemClock().now());
    options.callLists = callListsOf(state);
    const auto result = county::importRecords(*file, mapping, state.resources, options,
                                              [&](double part) { console.progress("reading", part); }, interrupt.token());
    console.progressEnd();
    if (!result)
        return console.fail(result.error());
    tellErrors(*file, *result, console);
    std::string badFile;
    if (result->badRows > 0 && !words.dryRun) {
        badFile = words.bad.empty() ? (fs::path(words.file).parent_path() / "bad-rows.csv").string() : words.bad;
        if (auto ok = county::writeText(badFile, county::badRowsCsv(*file, *result)); !ok)
            return console.fail(ok.error());
        console.say("the bad rows are in " + badFile);
    }
    std::size_t taken = 0;
    std::size_t refused = 0;
    if (!words.dryRun) {
        const auto done = takeRecords(*result, "import " + name,
                                      [&](desk::CommandBody command) {
                                          return session->desk->submit({session->desk->newCommandId(), "import", std::move(command)}).get();
                                      },
                                      [&](double part) { console.progress("taking", part); }, interrupt.token());
        console.progressEnd();
        taken = done.taken;
        refused = done.refused.size();
        for (const auto& [who, why] : done.refused) {
            console.tell({{"refused", {{"name", who}, {"reason", why}}}});
            console.say("refused: " + who + ": " + why);
        }
    }
    console.tell({{"outcome", words.dryRun ? "tried" : "imported"}, {"encoding", file->encoding}, {"rows", result->rows}, {"new", result->added},
                  {"changed", result->changed}, {"same", result->same}, {"bad", result->badRows}, {"taken", taken}, {"refused", refused},
                  {"badRows", badFile}});
    console.say(std::string(words.dryRun ? "tried: " : "imported: ") + std::to_string(result->rows) + " rows, " + std::to_string(result->added) +
                " new, " + std::to_string(result->changed) + " changed, " + std::to_string(result->same) + " the same, " +
                std::to_string(result->badRows) + " bad" + (words.dryRun ? "; nothing was changed" : ""));
    return result->badRows + refused == 0 ? Exit::done : Exit::refused;
}

int runResourcesCheck(const ResourceWords& words, const Console& console) {
    const auto state = storedState({words.data});
    if (!state)
        return console.fail(state.error());
    const auto now = base::SystemClock().now();
    std::size_t count = 0;
    const auto remark = [&](const model::Resource& r, const std::string& what, const std::string& detail) {
        ++count;
        console.tell({{"resource", r.id.toString()}, {"name", r.name.text}, {"remark", what}, {"detail", detail}});
        console.say(r.name.text + ": " + what + (detail.empty() ? "" : ", " + detail));
    };
    for (const auto& [id, r] : state->resources) {
        if (r.retired)
            continue;
        for (const auto& line : r.stock) {
            if (line.expiry && line.quantity > 0 && *line.expiry <= now + std::chrono::hours(24 * 30))
                remark(r, *line.expiry <= now ? "expired" : "expires", line.code + " on " + base::formatTime(*line.expiry).substr(0, 10));
        }
        for (const auto& level : model::stockLevels(r, now)) {
            if (!level.isShort())
                continue;
            char amount[80];
            std::snprintf(amount, sizeof amount, " %.6g of %.6g ", level.free, level.minimum);
            remark(r, "short", level.line->code + amount + level.line->unit);
        }
        if (model::isStatusOverdue(r, now))
            remark(r, "status overdue", std::string(model::toString(r.status)) + " until " + base::formatTime(*r.statusUntil));
        if (r.checkDue && *r.checkDue <= now)
            remark(r, "check due", base::formatTime(*r.checkDue).substr(0, 10));
        if (r.maintenanceDue && *r.maintenanceDue <= now)
            remark(r, "maintenance due", base::formatTime(*r.maintenanceDue).substr(0, 10));
    }
    console.say(std::to_string(count) + " remarks");
    return count == 0 ? Exit::done : Exit::refused;
}

} // namespace tocsin::app
