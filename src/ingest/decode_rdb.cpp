#include "decode_rdb.hpp"

#include "decode_place.hpp"
#include "decode_sniff.hpp"
#include "decode_waterml_series.hpp"

#include "tocsin/base/text.hpp"
#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <map>

// help.waterdata.usgs.gov/faq/about-tab-delimited-output

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::size_t mostRows = 500'000;
constexpr std::size_t mostColumns = 200;
constexpr std::size_t none = mostColumns;

std::vector<std::string_view> cells(std::string_view line) {
    std::vector<std::string_view> out;
    for (std::size_t from = 0; out.size() < mostColumns;) {
        const auto tab = std::min(line.find('\t', from), line.size());
        out.push_back(trimmed(line.substr(from, tab - from)));
        if (tab == line.size())
            break;
        from = tab + 1;
    }
    return out;
}

bool allDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "5s", "15s", "20d", "14n"
bool isWidths(const std::vector<std::string_view>& row) {
    return std::all_of(row.begin(), row.end(), [](std::string_view cell) {
        return cell.size() >= 2 && allDigits(cell.substr(0, cell.size() - 1)) &&
               std::string_view("sdnSDN").find(cell.back()) != std::string_view::npos;
    });
}

/// "01_00060_00003" or "69928_00065": the parameter and, for daily values, its statistic.
struct Quantity {
    std::string series;
    std::string parameter;
    std::string statistic;
};
std::optional<Quantity> quantityOf(std::string_view column) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= column.size() && parts.size() < 5;) {
        const auto end = std::min(column.find('_', from), column.size());
        parts.push_back(column.substr(from, end - from));
        from = end + 1;
    }
    if (parts.size() < 2 || parts.size() > 3 || !std::all_of(parts.begin(), parts.end(), allDigits) || parts[1].size() != 5)
        return std::nullopt;
    return Quantity{std::string(parts[0]), std::string(parts[1]), parts.size() == 3 ? std::string(parts[2]) : std::string()};
}

std::string_view offsetOf(std::string_view zone) {
    struct Zone {
        std::string_view name;
        std::string_view offset;
    };
    static constexpr std::array<Zone, 18> zones{{{"UTC", "Z"},       {"GMT", "Z"},       {"AST", "-04:00"}, {"ADT", "-03:00"},
                                                 {"EST", "-05:00"},  {"EDT", "-04:00"},  {"CST", "-06:00"}, {"CDT", "-05:00"},
                                                 {"MST", "-07:00"},  {"MDT", "-06:00"},  {"PST", "-08:00"}, {"PDT", "-07:00"},
                                                 {"AKST", "-09:00"}, {"AKDT", "-08:00"}, {"HST", "-10:00"}, {"SST", "-11:00"},
                                                 {"ChST", "+10:00"}, {"GST", "+10:00"}}};
    for (const auto& one : zones)
        if (one.name == zone)
            return one.offset;
    return {};
}

/// One header and what follows, until the next.
struct Table {
    std::vector<std::string> names;
    std::size_t agency{none}, site{none}, time{none}, zone{none}, latitude{none}, longitude{none}, name{none}, parameter{none};
    struct Column {
        std::size_t index;
        Quantity quantity;
        bool several{false}; ///< the same quantity stands in several columns
    };
    std::vector<Column> values;

    explicit Table(const std::vector<std::string_view>& header) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            names.emplace_back(header[i]);
            struct Known {
                std::string_view name;
                std::size_t Table::*member;
            };
            static constexpr std::array<Known, 8> known{{{"agency_cd", &Table::agency},
                                                         {"site_no", &Table::site},
                                                         {"datetime", &Table::time},
                                                         {"tz_cd", &Table::zone},
                                                         {"dec_lat_va", &Table::latitude},
                                                         {"dec_long_va", &Table::longitude},
                                                         {"station_nm", &Table::name},
                                                         {"parm_cd", &Table::parameter}}};
            for (const auto& one : known)
                if (one.name == header[i])
                    this->*one.member = i;
            if (auto quantity = quantityOf(header[i]))
                values.push_back({i, std::move(*quantity), false});
        }
        for (auto& one : values)
            one.several = std::count_if(values.begin(), values.end(), [&](const Column& other) {
                              return other.quantity.parameter == one.quantity.parameter &&
                                     other.quantity.statistic == one.quantity.statistic;
                          }) > 1;
    }
    [[nodiscard]] bool has(std::string_view column) const { return std::find(names.begin(), names.end(), column) != names.end(); }
};

class Reader {
  public:
    Reader(const TextLines& lines, const Source& source, water::Gathered& out) : m_lines(lines), m_source(source), m_out(out) {}

    /// Comments name the sites: "#    USGS 02177000 CHATTOOGA RIVER NEAR CLAYTON, GA".
    void comment(std::string_view line) {
        auto text = trimmed(line.substr(line.find_first_not_of('#') == std::string_view::npos ? line.size() : line.find_first_not_of('#')));
        const auto blank = text.find(' ');
        if (blank == std::string_view::npos || blank < 2 || blank > 5 || m_names.size() > 50'000)
            return;
        text = trimmed(text.substr(blank));
        const auto end = text.find(' ');
        if (end != std::string_view::npos && end >= 8 && allDigits(text.substr(0, end)))
            m_names[std::string(text.substr(0, end))] = water::nameOf(text.substr(end));
    }

    base::Result<void> row(const Table& table, std::string_view line, std::size_t offset) {
        const auto row = cells(line);
        const auto at = m_lines.at(offset);
        if (table.site >= row.size() || row[table.site].empty())
            return fault("a row without a site", line, at);
        const auto agency = table.agency < row.size() ? lowered(row[table.agency]) : std::string("usgs");
        const auto site = (agency.empty() ? std::string("usgs") : water::idPart(agency)) + "-" + water::idPart(row[table.site]);
        if (table.latitude < row.size())
            return describe(table, row, site, line, at);
        if (row.size() != table.names.size())
            m_out.deviate(placed(at, std::to_string(row.size()) + " cells in a table of " + std::to_string(table.names.size()) + " columns"));
        if (table.time >= row.size())
            return fault("a row without a time", line, at);
        const auto time = timeOf(table, row);
        if (!time)
            return fault("the time: " + time.error().message, line, at);
        for (const auto& column : table.values)
            if (column.index < row.size())
                value(table, column, row, site, *time, line, at);
        return {};
    }
    void end() const {
        m_out.described(m_bareSites, "sites without the parameters that they measure: nothing to register");
    }

  private:
    base::Result<void> fault(std::string message, std::string_view line, const base::Place& at) {
        m_out.fault({Code::malformed, std::move(message), at}, line.substr(0, 10'000));
        return {};
    }

    base::Result<base::Time> timeOf(const Table& table, const std::vector<std::string_view>& row) {
        const auto text = row[table.time];
        if (table.zone < row.size() && !row[table.zone].empty()) {
            if (const auto offset = offsetOf(row[table.zone]); !offset.empty())
                return base::parseTime(std::string(text) + std::string(offset));
            if (m_unknownZones.insert(std::string(row[table.zone].substr(0, 20))).second)
                m_out.deviate("the time zone " + quoted(row[table.zone], 20) + " is not known: its times are taken in the feed's own");
        }
        return water::timeIn(text, m_source);
    }

    void value(const Table& table, const Table::Column& column, const std::vector<std::string_view>& row, const std::string& site,
               base::Time time, std::string_view line, const base::Place& at) {
        const auto text = row[column.index];
        const auto flag = column.index + 1 < row.size() && table.names[column.index + 1].ends_with("_cd") ? row[column.index + 1] : std::string_view();
        if (text.empty() && flag.empty())
            return; // another instrument's row
        for (std::string_view rest = flag; !rest.empty();) { // "P Ice", "A:e", "P:***"
            const auto cut = std::min(rest.find_first_of(": ,"), rest.size());
            if (water::spoilsValue(rest.substr(0, cut))) {
                m_out.flagged(rest.substr(0, cut), at);
                return;
            }
            rest.remove_prefix(std::min(cut + 1, rest.size()));
        }
        const auto number = water::numberIn(text);
        if (number == -999999.0 || (!number && water::isFlag(text))) {
            m_out.flagged(text, at);
            return;
        }
        if (!number) {
            (void)fault("a value that is no number: " + quoted(text), line, at);
            return;
        }
        const auto& quantity = column.quantity;
        auto id = site + "-" + quantity.parameter;
        if (!quantity.statistic.empty() && quantity.statistic != "00000" && quantity.statistic != "00011")
            id += "-" + quantity.statistic;
        if (column.several)
            id += "-m" + quantity.series;
        const auto unit = water::unitOf(water::unitOfParameter(quantity.parameter), quantity.parameter, m_source);
        sensor(id, row[table.site], quantity.parameter, unit, std::nullopt);
        m_out.reading(id, time, *number, unit);
    }

    void sensor(const std::string& id, std::string_view site, std::string_view parameter, const std::string& unit,
                std::optional<model::Position> position) {
        model::Sensor sensor;
        sensor.id.value = id;
        if (const auto name = m_names.find(std::string(site)); name != m_names.end()) {
            sensor.name = name->second + ": " + std::string(parameter);
            sensor.place = name->second;
        }
        sensor.unit = unit;
        sensor.kind = water::kindOf(parameter);
        m_out.sensor(std::move(sensor), position);
    }

    base::Result<void> describe(const Table& table, const std::vector<std::string_view>& row, const std::string& site,
                                std::string_view line, const base::Place& at) {
        const auto latitude = water::numberIn(row[table.latitude]);
        const auto longitude = table.longitude < row.size() ? water::numberIn(row[table.longitude]) : std::nullopt;
        if (!latitude || !longitude)
            return fault("a site without a position", line, at);
        const auto position = geo::normalise({.latitude = *latitude, .longitude = *longitude, .datum = m_source.datum});
        if (!position)
            return fault("the site's position: " + position.error().message, line, at);
        if (table.name < row.size())
            m_names[std::string(row[table.site])] = water::nameOf(row[table.name]);
        if (table.parameter >= row.size() || row[table.parameter].empty()) {
            ++m_bareSites;
            return {};
        }
        const auto parameter = water::idPart(row[table.parameter]);
        sensor(site + "-" + parameter, row[table.site], parameter,
               water::unitOf(water::unitOfParameter(parameter), parameter, m_source), *position);
        return {};
    }

    const TextLines& m_lines;
    const Source& m_source;
    water::Gathered& m_out;
    std::map<std::string, std::string> m_names;
    std::set<std::string> m_unknownZones;
    std::size_t m_bareSites{0};
};

/// Tables that hold neither values nor sites, by what only they have.
std::string otherTable(const Table& table) {
    if (table.has("INDEP") && table.has("DEP"))
        return "a rating (which level means which discharge), not readings";
    if (table.has("mean_va") || table.has("month_nu") || table.has("year_nu"))
        return "statistics of years, not readings";
    if (table.has("measurement_nu"))
        return "measurements by hand for a rating, not readings";
    if (table.has("peak_va"))
        return "the highest discharges of years, not readings";
    return {};
}

} // namespace

bool looksLikeRdb(const Glimpse& glimpse) {
    if (glimpse.kind != Glimpse::Kind::text)
        return false;
    const auto first = glimpse.text.substr(0, glimpse.text.find('\n'));
    if (!glimpse.text.starts_with('#'))
        return first.starts_with("agency_cd\tsite_no") || first.starts_with("agency_cd\tparm");
    return glimpse.text.find("\nagency_cd\t") != std::string_view::npos || glimpse.text.find("\nINDEP\t") != std::string_view::npos ||
           (glimpse.text.find("U.S. Geological Survey") != std::string_view::npos && glimpse.text.find("\n#") != std::string_view::npos) ||
           glimpse.text.find("waterdata.usgs.gov/nwis") != std::string_view::npos;
}

base::Result<Decoded> decodeRdb(std::string_view bytes, const Source& source) {
    const std::size_t mark = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const auto text = bytes.substr(mark);
    const TextLines lines(text, mark);
    std::size_t bad = 0;
    if (!base::isUtf8(text, &bad))
        return base::fail(Code::malformed, "a byte that is not UTF-8", lines.at(bad));
    Decoded out;
    out.format = Format::usgsRdb;
    water::Gathered gathered(out, source);
    Reader reader(lines, source, gathered);
    std::optional<Table> table;
    bool afterComment = true;
    bool anything = false;
    std::size_t rows = 0;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        const auto line = text.substr(from, end - from);
        const auto here = from;
        from = end + 1;
        if (trimmed(line).empty())
            continue;
        if (line.starts_with('#')) {
            reader.comment(line);
            afterComment = true;
            anything = true;
            continue;
        }
        const auto row = cells(line);
        if (afterComment || (table && row.front() == "agency_cd")) {
            table.emplace(row);
            afterComment = false;
            if (const auto other = otherTable(*table); !other.empty())
                return base::fail(Code::malformed, other, lines.at(here));
            if (table->site == none)
                return base::fail(Code::malformed, "not a table of the USGS: it has no column site_no", lines.at(here));
            if (table->values.empty() && table->latitude == none)
                return base::fail(Code::malformed, "a table without a column of values (01_00060_00003) or of positions", lines.at(here));
            continue;
        }
        if (isWidths(row))
            continue;
        if (++rows > mostRows)
            return base::fail(Code::tooLarge, "more than " + std::to_string(mostRows) + " rows", lines.at(here));
        if (auto done = reader.row(*table, line, here); !done)
            return tl::unexpected(done.error());
    }
    if (!anything && !table)
        return base::fail(Code::malformed, "empty: no table in it", lines.at(text.size()));
    reader.end();
    return gathered.finish();
}

} // namespace tocsin::ingest
