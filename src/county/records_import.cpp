#include "county/records_cells.hpp"
#include "county/text_fold.hpp"
#include "tocsin/county/records.hpp"
#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

// What the rows of others' tables come to over the records that stand.

namespace tocsin::county {
namespace {

using F = RecordField;
using model::Resource;

constexpr int mostPlaces = 10'000'000;
constexpr double mostStock = 1e12;
constexpr double sameDegrees = 6e-8; ///< an export writes seven decimals

/// A row with its columns' meanings, and what was found wrong with it.
class RowReader {
  public:
    RowReader(std::size_t sheetIndex, const Sheet& sheet, const std::vector<F>& mapping, const SheetRow& row, std::vector<RowError>& errors)
        : m_sheetIndex(sheetIndex), m_sheet(sheet), m_mapping(mapping), m_row(row), m_errors(errors), m_before(errors.size()) {
        if (row.ragged)
            wrong(F::none, "no more cells than the table has columns: " + std::to_string(sheet.header.size()));
        for (std::size_t i = 0; i < row.cells.size() && i < mapping.size(); ++i) {
            if (row.cells[i].find("\xEF\xBF\xBD") != std::string::npos)
                m_errors.push_back({m_sheetIndex, m_row.number, m_sheet.header[i], row.cells[i].substr(0, 200), "characters of the file's encoding"});
        }
    }

    [[nodiscard]] bool good() const { return m_errors.size() == m_before; }
    [[nodiscard]] const std::string& raw(F field) const {
        static const std::string none;
        for (std::size_t i = 0; i < m_mapping.size() && i < m_row.cells.size(); ++i) {
            if (m_mapping[i] == field)
                return m_row.cells[i];
        }
        return none;
    }
    [[nodiscard]] std::string cell(F field) const { return plainCell(raw(field)); }
    void wrong(F field, std::string expected) {
        std::string column;
        for (std::size_t i = 0; i < m_mapping.size(); ++i) {
            if (field != F::none && m_mapping[i] == field)
                column = m_sheet.header[i];
        }
        if (column.empty() && field != F::none)
            column = toString(field);
        m_errors.push_back({m_sheetIndex, m_row.number, column, raw(field).substr(0, 200), std::move(expected)});
    }

    /// Sets what the cell says; an empty one leaves it.
    template <typename T, typename Read>
    void take(F field, T& out, Read read) {
        const auto text = cell(field);
        if (text.empty())
            return;
        auto value = read(text);
        if (value.value)
            out = std::move(*value.value);
        else
            wrong(field, std::move(value.expected));
    }
    void number(F field, double& out, double lowest, double highest) {
        take(field, out, [&](const auto& text) { return numberCell(text, lowest, highest); });
    }
    void count(F field, int& out, int highest) {
        take(field, out, [&](const auto& text) { return countCell(text, highest); });
    }
    void text(F field, std::string& out, std::size_t most) {
        auto words = trimmed(raw(field));
        if (words.empty())
            return;
        if (const auto fault = textFault(words, most); !fault.empty())
            wrong(field, fault);
        else
            out = words == "-" ? std::string() : std::move(words);
    }
    void local(F field, F chinese, base::LocalText& out, std::size_t most) {
        text(field, out.text, most);
        std::string words = out.translations.contains("zh_CN") ? out.translations["zh_CN"] : std::string();
        text(chinese, words, most);
        if (words.empty())
            out.translations.erase("zh_CN");
        else
            out.translations["zh_CN"] = words;
    }
    void moment(F field, std::optional<base::Time>& out) {
        const auto text = cell(field);
        if (text == "-") {
            out.reset();
            return;
        }
        base::Time time{};
        const auto before = m_errors.size();
        take(field, time, [](const auto& t) { return momentCell(t); });
        if (!text.empty() && m_errors.size() == before)
            out = time;
    }

  private:
    static std::string trimmed(const std::string& text) {
        const auto first = text.find_first_not_of(" \t\r\n");
        return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
    }

    std::size_t m_sheetIndex;
    const Sheet& m_sheet;
    const std::vector<F>& m_mapping;
    const SheetRow& m_row;
    std::vector<RowError>& m_errors;
    std::size_t m_before;
};

std::string nameKey(model::ResourceKind kind, const std::string& name) {
    return std::to_string(static_cast<int>(kind)) + "|" + fold(name);
}

/// Finds records by what a row says of itself. Values are places in a list.
struct Finder {
    static constexpr std::size_t several = static_cast<std::size_t>(-2);
    std::unordered_map<std::string, std::size_t> byId, byKey, byCall, byName;

    static void add(std::unordered_map<std::string, std::size_t>& in, const std::string& word, std::size_t at) {
        if (word.empty())
            return;
        const auto [there, fresh] = in.emplace(word, at);
        if (!fresh && there->second != at)
            there->second = several;
    }
    void add(const Resource& r, std::size_t at) {
        if (!r.id.isNull())
            byId[r.id.toString()] = at;
        add(byKey, r.key, at);
        add(byCall, fold(r.callSign), at);
        add(byName, nameKey(r.kind, r.name.text), at);
        if (const auto chinese = r.name.translations.find("zh_CN"); chinese != r.name.translations.end() && chinese->second != r.name.text)
            add(byName, nameKey(r.kind, chinese->second), at);
    }
    static std::optional<std::size_t> find(const std::unordered_map<std::string, std::size_t>& in, const std::string& word) {
        const auto found = word.empty() ? in.end() : in.find(word);
        return found == in.end() ? std::nullopt : std::optional(found->second);
    }
};

class Importer {
  public:
    Importer(const SheetFile& file, const RecordMapping& mapping, const std::map<model::ResourceId, Resource>& present,
             const RecordImportOptions& options, const std::function<void(double)>& progress, const std::stop_token& stop)
        : m_file(file), m_mapping(mapping), m_options(options), m_progress(progress), m_stop(stop) {
        for (const auto& [id, resource] : present) {
            if (resource.retired)
                continue;
            m_finder.add(resource, m_work.size());
            m_work.push_back({&resource, {}, 0, false});
        }
        for (const auto& sheet : file.sheets)
            m_all += sheet.rows.size();
    }

    base::Result<RecordImport> run() {
        for (std::size_t s = 0; s < m_file.sheets.size(); ++s) {
            const auto& sheet = m_file.sheets[s];
            if (s >= m_mapping.size() || m_mapping[s].size() != sheet.header.size())
                return base::fail(base::Code::malformed, "the mapping is not of this file");
            for (const auto& row : sheet.rows) {
                if ((m_done++ & 0xFF) == 0) {
                    if (m_stop.stop_requested())
                        return base::fail(base::Code::cancelled, "the import was cancelled");
                    if (m_progress)
                        m_progress(static_cast<double>(m_done) / static_cast<double>(m_all + 1));
                }
                RowReader reader(s, sheet, m_mapping[s], row, m_out.errors);
                if (sheet.table == RecordTable::resources)
                    takeRecord(reader, row.number);
                else
                    takePart(reader, sheet.table);
                m_out.badRows += reader.good() ? 0 : 1;
            }
            if (sheet.table == RecordTable::resources)
                m_out.rows += sheet.rows.size();
        }
        for (auto& work : m_work) {
            if (!work.touched)
                continue;
            if (work.before == nullptr) {
                ++m_out.added;
                m_out.records.push_back(std::move(work.after));
            } else if (work.after == *work.before) {
                ++m_out.same;
            } else {
                ++m_out.changed;
                m_out.seen.push_back(*work.before);
                m_out.records.push_back(std::move(work.after));
            }
        }
        return std::move(m_out);
    }

  private:
    struct Work {
        const Resource* before{nullptr}; ///< null: new
        Resource after;                  ///< made once it is touched
        std::size_t row{0};              ///< of the first sheet, that speaks of it
        bool touched{false};
    };

    static Resource& open(Work& work) {
        if (!work.touched && work.before != nullptr)
            work.after = *work.before;
        work.touched = true;
        return work.after;
    }
    const Resource& view(std::size_t at) const {
        const auto& work = m_work[at];
        return work.touched || work.before == nullptr ? work.after : *work.before;
    }

    /// Which record a row speaks of; none: a new one. Says what is wrong where several could be meant.
    std::optional<std::size_t> find(RowReader& row, const Resource& said, const std::string& id) {
        if (!id.empty()) {
            if (const auto at = Finder::find(m_finder.byId, id))
                return at;
        }
        if (!said.key.empty()) {
            if (const auto at = Finder::find(m_finder.byKey, said.key)) {
                if (*at == Finder::several)
                    row.wrong(F::key, "an inventory number that only one record has");
                return at;
            }
        }
        // A record that has a number of its own is not the one of a row with another number.
        const auto fits = [&](std::size_t at) { return said.key.empty() || view(at).key.empty(); };
        if (const auto at = Finder::find(m_finder.byCall, fold(said.callSign))) {
            if (*at == Finder::several) {
                row.wrong(F::callSign, "a call sign that only one record has, or an inventory number");
                return at;
            }
            if (fits(*at) && view(*at).kind == said.kind)
                return at;
        }
        if (const auto at = Finder::find(m_finder.byName, nameKey(said.kind, said.name.text))) {
            if (*at == Finder::several) {
                if (said.key.empty() && said.callSign.empty())
                    row.wrong(F::name, "a name that only one record of its kind has, or an inventory number");
                return said.key.empty() && said.callSign.empty() ? at : std::nullopt;
            }
            if (fits(*at) && (said.callSign.empty() || view(*at).callSign.empty() || fold(view(*at).callSign) == fold(said.callSign)))
                return at;
        }
        return std::nullopt;
    }

    void takeRecord(RowReader& row, std::size_t number) {
        Resource said; // what finds it
        auto kind = m_options.kind;
        const auto kindText = row.cell(F::kind);
        if (!kindText.empty()) {
            const auto read = kindCell(kindText);
            if (!read.value)
                row.wrong(F::kind, read.expected);
            kind = read.value;
        }
        row.text(F::key, said.key, 100);
        row.text(F::callSign, said.callSign, 100);
        row.local(F::name, F::nameZh, said.name, 400);
        if (said.name.text.empty() && said.name.translations.contains("zh_CN"))
            said.name.text = said.name.translations["zh_CN"];
        const auto id = row.cell(F::id);
        const bool byId = !id.empty() && m_finder.byId.contains(id);
        const bool byKey = !said.key.empty() && m_finder.byKey.contains(said.key);
        if (!kind && !byId && !byKey) {
            if (kindText.empty())
                row.wrong(F::kind, "a kind, or one chosen for all rows");
            return;
        }
        said.kind = kind.value_or(model::ResourceKind::team);
        if (!row.good())
            return;
        const auto found = find(row, said, id);
        if (!row.good())
            return;
        if (!found && said.name.text.empty()) {
            row.wrong(F::name, "a name");
            return;
        }
        Work fresh;
        Work& work = found ? m_work[*found] : fresh;
        if (found && work.row != 0) {
            row.wrong(F::none, "one row for each record: row " + std::to_string(work.row) + " speaks of it already");
            return;
        }
        Resource after = found ? view(*found) : Resource{};
        if (!found) {
            after.origin = m_options.origin;
            after.positionTime = m_options.now;
        }
        if (kind)
            after.kind = *kind;
        fields(row, after, !found);
        if (!row.good())
            return;
        work.row = number;
        work.touched = true;
        work.after = std::move(after);
        if (!found) {
            m_work.push_back(std::move(fresh));
            m_finder.add(m_work.back().after, m_work.size() - 1);
            if (!id.empty())
                m_finder.byId.emplace(id, m_work.size() - 1); // so that its further tables find it
        }
    }

    void fields(RowReader& row, Resource& r, bool isNew) {
        row.local(F::name, F::nameZh, r.name, 400);
        if (r.name.text.empty() && r.name.translations.contains("zh_CN"))
            r.name.text = r.name.translations["zh_CN"];
        if (r.name.text.empty())
            row.wrong(F::name, "a name");
        row.text(F::callSign, r.callSign, 100);
        row.text(F::key, r.key, 100);
        row.text(F::code, r.code, 64);
        row.local(F::owner, F::ownerZh, r.owner, 400);
        row.text(F::division, r.division, 64);
        row.text(F::person, r.personInCharge, 400);
        row.text(F::phone, r.phone, 400);
        row.text(F::remarks, r.remarks, 8'000);
        row.take(F::capabilities, r.capabilities, [&](const auto& text) { return capabilitiesCell(text, m_options.capabilities); });
        row.count(F::people, r.people, mostPlaces);
        row.count(F::capacity, r.capacity, mostPlaces);
        row.count(F::occupied, r.occupied, mostPlaces);
        if (r.capacity > 0 && r.occupied > r.capacity && !row.cell(F::occupied).empty())
            row.wrong(F::occupied, "no more than the " + std::to_string(r.capacity) + " places that there are");
        row.take(F::beds, r.beds, [](const auto& text) { return bedsCell(text); });
        if (const auto services = row.cell(F::services); !services.empty()) {
            auto words = services == "-" ? std::vector<std::string>{} : wordsCell(services);
            std::set<std::string> once(words.begin(), words.end());
            if (once.size() != words.size() || words.size() > 200 || !textFault(services, 8'000).empty() ||
                std::any_of(words.begin(), words.end(), [](const auto& word) { return word.size() > 64; }))
                row.wrong(F::services, "words such as water heating medical, each once");
            else
                r.services = std::move(words);
        }
        row.number(F::speed, r.speedFactor, 0, 10);
        row.take(F::flies, r.flies, [](const auto& text) { return yesNoCell(text); });
        row.number(F::crewHours, r.crewHours, 0, 24);
        row.moment(F::checkDue, r.checkDue);
        row.moment(F::maintenanceDue, r.maintenanceDue);
        vehicle(row, r);
        if (isNew)
            row.take(F::status, r.status, [](const auto& text) { return statusCell(text); });
        place(row, r, isNew);
    }

    static void vehicle(RowReader& row, Resource& r) {
        auto v = r.vehicle.value_or(model::VehicleData{});
        row.text(F::speedClass, v.speedClass, 64);
        row.number(F::weight, v.weightTonnes, 0, 1'000);
        row.number(F::height, v.heightMetres, 0, 50);
        row.number(F::width, v.widthMetres, 0, 50);
        row.number(F::fording, v.fordingMetres, 0, 50);
        row.number(F::payload, v.loadKilograms, 0, 1e7);
        row.number(F::volume, v.loadCubicMetres, 0, 1e6);
        row.count(F::seats, v.seats, 10'000);
        if (r.vehicle || v != model::VehicleData{})
            r.vehicle = std::move(v);
    }

    void place(RowReader& row, Resource& r, bool isNew) {
        auto datum = m_options.datum;
        row.take(F::datum, datum, [](const auto& text) { return datumCell(text); });
        row.local(F::place, F::placeZh, r.place, 400);
        std::optional<model::Position> at;
        const auto latitude = row.cell(F::latitude);
        const auto longitude = row.cell(F::longitude);
        if (const auto text = row.cell(F::coordinates); !text.empty()) {
            const auto read = coordinatesCell(text, datum);
            if (!read.value)
                row.wrong(F::coordinates, read.expected);
            at = read.value;
        } else if (!latitude.empty() || !longitude.empty()) {
            double lat = 0;
            double lon = 0;
            const bool good = row.good();
            if (latitude.empty() || longitude.empty())
                row.wrong(latitude.empty() ? F::latitude : F::longitude, "both latitude and longitude");
            row.number(F::latitude, lat, -90, 90);
            row.number(F::longitude, lon, -180, 180);
            if (good && row.good()) {
                const auto moved = geo::normalise({lat, lon, datum});
                if (!moved)
                    row.wrong(F::latitude, "a place on earth");
                else
                    at = *moved;
            }
        } else if (isNew && row.good()) {
            const auto name = r.place.text.empty() ? r.place.in("zh_CN") : r.place.text;
            at = placeCalled(name);
            if (!at)
                row.wrong(F::place, name.empty() ? "coordinates, or a place that the county's map knows"
                                                 : "a place that the county's map knows, or coordinates");
        }
        if (!at)
            return;
        if (!isNew && std::abs(at->latitude() - r.position.latitude()) < sameDegrees &&
            std::abs(at->longitude() - r.position.longitude()) < sameDegrees)
            return;
        r.position = *at;
        r.positionTime = m_options.now;
        r.home = *at;
    }

    std::optional<model::Position> placeCalled(const std::string& name) {
        if (name.empty() || !m_options.placeOf)
            return std::nullopt;
        const auto [there, fresh] = m_places.try_emplace(name);
        if (fresh)
            there->second = m_options.placeOf(name);
        return there->second;
    }

    // ---- the further tables

    void takePart(RowReader& row, RecordTable table) {
        const auto word = row.cell(F::record);
        if (word.empty()) {
            row.wrong(F::record, "which record it belongs to: its inventory number, call sign, name or id");
            return;
        }
        auto at = Finder::find(m_finder.byId, word);
        if (!at)
            at = Finder::find(m_finder.byKey, word);
        if (!at)
            at = Finder::find(m_finder.byCall, fold(word));
        for (int kind = 0; !at && kind < model::resourceKinds; ++kind)
            at = Finder::find(m_finder.byName, nameKey(static_cast<model::ResourceKind>(kind), word));
        if (!at || *at == Finder::several) {
            row.wrong(F::record, at ? "a word that only one record has" : "a record of the database or of this file");
            return;
        }
        auto after = view(*at);
        switch (table) {
        case RecordTable::resources:
            break;
        case RecordTable::stock:
            stock(row, after);
            break;
        case RecordTable::crew:
            crew(row, after);
            break;
        case RecordTable::duty:
            duty(row, after);
            break;
        case RecordTable::offers:
            offer(row, after);
            break;
        }
        if (row.good())
            open(m_work[*at]) = std::move(after);
    }

    template <typename Line>
    void supplyOf(RowReader& row, Line& line) {
        const auto known = m_options.supplies.find(line.code);
        row.local(F::supplyName, F::supplyNameZh, line.name, 400);
        row.text(F::unit, line.unit, 64);
        if (known == m_options.supplies.end())
            return;
        if (line.name.empty())
            line.name = known->second.name;
        if (line.unit.empty())
            line.unit = known->second.unit;
    }

    void stock(RowReader& row, Resource& r) {
        model::Stock said;
        row.text(F::supply, said.code, 64);
        if (said.code.empty()) { // a table of names only
            std::string name = row.cell(F::supplyName);
            for (const auto& [code, word] : m_options.supplies) {
                if (!name.empty() && (fold(word.name.text) == fold(name) || fold(word.name.in("zh_CN")) == fold(name)))
                    said.code = code;
            }
        }
        if (said.code.empty()) {
            row.wrong(F::supply, "a supply's code, or a name of the county's table of supplies");
            return;
        }
        row.text(F::batch, said.batch, 64);
        supplyOf(row, said);
        const auto line = std::find_if(r.stock.begin(), r.stock.end(), [&](const auto& other) {
            return other.code == said.code && other.batch == said.batch && (said.unit.empty() || other.unit == said.unit);
        });
        const bool fresh = line == r.stock.end();
        const auto place = line - r.stock.begin();
        if (fresh) {
            if (row.cell(F::quantity).empty())
                row.wrong(F::quantity, "how much there is");
            if (said.unit.empty())
                row.wrong(F::unit, "in which unit");
            if (const auto known = m_options.supplies.find(said.code); known != m_options.supplies.end()) {
                said.kilograms = known->second.kilograms;
                said.cubicMetres = known->second.cubicMetres;
            }
            r.stock.push_back(said);
        }
        auto& into = r.stock[static_cast<std::size_t>(place)];
        row.local(F::supplyName, F::supplyNameZh, into.name, 400);
        row.number(F::quantity, into.quantity, 0, mostStock);
        if (into.quantity < into.reserved)
            row.wrong(F::quantity, "no less than the " + numberText(into.reserved) + " that are reserved");
        row.number(F::minimum, into.minimum, 0, mostStock);
        row.moment(F::expiry, into.expiry);
        row.number(F::kilograms, into.kilograms, 0, 1e7);
        row.number(F::cubicMetres, into.cubicMetres, 0, 1e6);
        if (r.stock.size() > 2'000)
            row.wrong(F::none, "at most 2000 lines of stock for one record");
    }

    void crew(RowReader& row, Resource& r) {
        std::string name;
        row.text(F::member, name, 400);
        if (name.empty()) {
            row.wrong(F::member, "a name");
            return;
        }
        auto found = std::find_if(r.crew.begin(), r.crew.end(), [&](const auto& member) { return member.name == name; });
        if (found == r.crew.end()) {
            r.crew.push_back({});
            found = std::prev(r.crew.end());
            found->name = name;
        }
        row.text(F::role, found->role, 400);
        row.text(F::phone, found->phone, 400);
        row.text(F::shift, found->shift, 400);
        row.take(F::skills, found->skills, [&](const auto& text) { return capabilitiesCell(text, m_options.capabilities); });
        if (r.crew.size() > 2'000)
            row.wrong(F::none, "at most 2000 crew members for one record");
    }

    void duty(RowReader& row, Resource& r) {
        model::DutyTurn turn;
        std::optional<base::Time> from;
        std::optional<base::Time> until;
        row.moment(F::from, from);
        row.moment(F::until, until);
        row.text(F::member, turn.person, 400);
        if (turn.person.empty())
            row.wrong(F::member, "a name");
        if (!from && row.good())
            row.wrong(F::from, "when it begins");
        if (!until && row.good())
            row.wrong(F::until, "when it ends");
        if (from && until && *until <= *from)
            row.wrong(F::until, "a moment after the beginning");
        if (!row.good())
            return;
        const auto found = std::find_if(r.duty.begin(), r.duty.end(),
                                        [&](const auto& other) { return other.from == *from && other.person == turn.person; });
        if (found == r.duty.end()) {
            turn.from = *from;
            const auto after = std::find_if(r.duty.begin(), r.duty.end(), [&](const auto& other) { return other.from > *from; });
            r.duty.insert(after, turn);
        }
        auto& into = *std::find_if(r.duty.begin(), r.duty.end(),
                                   [&](const auto& other) { return other.from == *from && other.person == turn.person; });
        into.until = *until;
        row.text(F::phone, into.phone, 400);
        row.text(F::role, into.role, 400);
    }

    void offer(RowReader& row, Resource& r) {
        model::Offer said;
        row.text(F::supply, said.code, 64);
        if (said.code.empty()) {
            row.wrong(F::supply, "a supply's or a capability's code");
            return;
        }
        const auto unit = row.cell(F::unit);
        auto found = std::find_if(r.offers.begin(), r.offers.end(), [&](const auto& other) {
            return other.code == said.code && (unit.empty() || other.unit == unit);
        });
        if (found == r.offers.end()) {
            supplyOf(row, said);
            r.offers.push_back(said);
            found = std::prev(r.offers.end());
        }
        row.local(F::supplyName, F::supplyNameZh, found->name, 400);
        row.text(F::unit, found->unit, 64);
        row.number(F::quantity, found->quantity, 0, mostStock);
        row.number(F::perDay, found->perDay, 0, mostStock);
        double hours = found->lead.value / 3600;
        row.number(F::leadHours, hours, 0, 366 * 24);
        if (std::abs(hours * 3600 - found->lead.value) > 1e-3)
            found->lead = base::Seconds(hours * 3600);
    }

    const SheetFile& m_file;
    const RecordMapping& m_mapping;
    const RecordImportOptions& m_options;
    const std::function<void(double)>& m_progress;
    std::stop_token m_stop;
    std::vector<Work> m_work;
    Finder m_finder;
    std::unordered_map<std::string, std::optional<model::Position>> m_places;
    std::size_t m_all{0};
    std::size_t m_done{0};
    RecordImport m_out;
};

} // namespace

base::Result<RecordImport> importRecords(const SheetFile& file, const RecordMapping& mapping,
                                         const std::map<model::ResourceId, Resource>& present, const RecordImportOptions& options,
                                         const std::function<void(double)>& progress, std::stop_token stop) {
    return Importer(file, mapping, present, options, progress, stop).run();
}

} // namespace tocsin::county
