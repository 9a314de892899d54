#include "county/records_calls.hpp"
#include "county/records_cells.hpp"
#include "county/records_parts.hpp"
#include "county/text_fold.hpp"
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
constexpr double sameDegrees = 6e-8; ///< an export writes seven decimals

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
        : m_file(file), m_mapping(mapping), m_options(options), m_progress(progress), m_stop(stop), m_calls(options.callLists) {
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
                else if (sheet.table == RecordTable::calls)
                    takeCall(reader);
                else
                    takePart(reader, sheet.table);
                m_out.badRows += reader.good() ? 0 : 1;
            }
            if (s == 0)
                m_out.rows = sheet.rows.size();
        }
        m_calls.finish(m_out);
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

    /// Of the record that a row names. Says what is wrong where there is none.
    std::optional<std::size_t> named(RowReader& row) {
        const auto word = row.cell(F::record);
        auto at = Finder::find(m_finder.byId, word);
        if (!at)
            at = Finder::find(m_finder.byKey, word);
        if (!at)
            at = Finder::find(m_finder.byCall, fold(word));
        for (int kind = 0; !at && kind < model::resourceKinds; ++kind)
            at = Finder::find(m_finder.byName, nameKey(static_cast<model::ResourceKind>(kind), word));
        if (!at || *at == Finder::several) {
            row.wrong(F::record, at ? "a word that only one record has" : "a record of the database or of this file");
            return std::nullopt;
        }
        return at;
    }

    void takeCall(RowReader& row) {
        std::optional<model::ResourceId> whose;
        if (!row.cell(F::record).empty()) {
            const auto at = named(row);
            if (!at)
                return;
            if (view(*at).id.isNull()) { // the desk gives it its id
                row.wrong(F::record, "a record that is in the database already: take it first, then the call-down lists");
                return;
            }
            whose = view(*at).id;
        }
        m_calls.take(row, whose);
    }

    void takePart(RowReader& row, RecordTable table) {
        if (row.cell(F::record).empty()) {
            row.wrong(F::record, "which record it belongs to: its inventory number, call sign, name or id");
            return;
        }
        const auto at = named(row);
        if (!at)
            return;
        auto after = view(*at);
        switch (table) {
        case RecordTable::resources:
        case RecordTable::calls:
            break;
        case RecordTable::stock:
            takeStock(row, after, m_options);
            break;
        case RecordTable::crew:
            takeCrew(row, after, m_options);
            break;
        case RecordTable::duty:
            takeDuty(row, after);
            break;
        case RecordTable::offers:
            takeOffer(row, after, m_options);
            break;
        }
        if (row.good())
            open(m_work[*at]) = std::move(after);
    }

    const SheetFile& m_file;
    const RecordMapping& m_mapping;
    const RecordImportOptions& m_options;
    const std::function<void(double)>& m_progress;
    std::stop_token m_stop;
    CallListRows m_calls;
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
