#include "gui/resources/field_read.hpp"
#include "gui/resources/grid_edit.hpp"
#include "gui/resources/resource_form.hpp"
#include "gui/resources/resource_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <algorithm>

// The lists of a record: stock, crew, duty, beds, offers. What a row does not show (reserved stock, other languages) stays with it.

namespace tocsin::gui {

using model::Resource;

namespace {

QString chinese(const base::LocalText& text) {
    const auto found = text.translations.find("zh_CN");
    return found == text.translations.end() ? QString() : Words::plain(found->second);
}

void setLocal(base::LocalText& out, const QString& text, const QString& zh) {
    out.text = FieldRead::utf8(text);
    if (zh.isEmpty())
        out.translations.erase("zh_CN");
    else
        out.translations["zh_CN"] = FieldRead::utf8(zh);
}

bool set(double& out, const QString& text) {
    const auto value = FieldRead::number(text);
    out = value.value_or(0);
    return value.has_value();
}

bool set(int& out, const QString& text) {
    const auto value = FieldRead::count(text);
    out = value.value_or(0);
    return value.has_value();
}

} // namespace

void ResourceForm::makeGrids() {
    addGrid(QT_TR_NOOP("In store"), Part::stock,
            {"supply", "supply_name", "supply_name_zh_CN", "quantity", "unit", "minimum", "batch", "expiry", "kg_each", "m3_each"},
            [](const Resource& r) {
                std::vector<QStringList> rows;
                for (const auto& s : r.stock)
                    rows.push_back({Words::plain(s.code), Words::plain(s.name.text), chinese(s.name), QString::number(s.quantity, 'g', 15),
                                    Words::plain(s.unit), ResourceWords::number(s.minimum), Words::plain(s.batch), ResourceWords::day(s.expiry),
                                    ResourceWords::number(s.kilograms), ResourceWords::number(s.cubicMetres)});
                return rows;
            },
            [](Resource& r, const std::vector<QStringList>& rows) {
                std::vector<model::Stock> out;
                bool good = true;
                for (const auto& row : rows) {
                    const auto code = FieldRead::utf8(row[0]);
                    const auto unit = FieldRead::utf8(row[4]);
                    const auto batch = FieldRead::utf8(row[6]);
                    const auto known = std::find_if(r.stock.begin(), r.stock.end(), [&](const auto& s) {
                        return s.code == code && s.unit == unit && s.batch == batch;
                    });
                    auto s = known == r.stock.end() ? model::Stock{} : *known;
                    s.code = code;
                    s.unit = unit;
                    s.batch = batch;
                    setLocal(s.name, row[1], row[2]);
                    const auto expiry = FieldRead::moment(row[7]);
                    s.expiry = expiry.time;
                    good = set(s.quantity, row[3]) && set(s.minimum, row[5]) && set(s.kilograms, row[8]) && set(s.cubicMetres, row[9]) &&
                           expiry.good && !code.empty() && good;
                    out.push_back(std::move(s));
                }
                r.stock = std::move(out);
                return good;
            },
            QT_TR_NOOP("a code, numbers and a day such as 2026-12-31 in each row"));
    addGrid(QT_TR_NOOP("Beds by kind"), Part::hospital, {"code", "capacity", "free"},
            [](const Resource& r) {
                std::vector<QStringList> rows;
                for (const auto& b : r.beds)
                    rows.push_back({Words::plain(b.kind), QString::number(b.total), QString::number(b.free)});
                return rows;
            },
            [](Resource& r, const std::vector<QStringList>& rows) {
                r.beds.clear();
                bool good = true;
                for (const auto& row : rows) {
                    model::Beds beds;
                    beds.kind = FieldRead::utf8(row[0]);
                    good = set(beds.total, row[1]) && set(beds.free, row[2]) && good;
                    r.beds.push_back(std::move(beds));
                }
                return good;
            },
            QT_TR_NOOP("whole numbers"));
    addGrid(QT_TR_NOOP("Crew"), Part::people, {"person", "role", "skills", "phone", "shift"},
            [](const Resource& r) {
                std::vector<QStringList> rows;
                for (const auto& c : r.crew)
                    rows.push_back({Words::plain(c.name), Words::plain(c.role), ResourceWords::skillCodes(c.skills), Words::plain(c.phone),
                                    Words::plain(c.shift)});
                return rows;
            },
            [](Resource& r, const std::vector<QStringList>& rows) {
                r.crew.clear();
                bool good = true;
                for (const auto& row : rows) {
                    auto skills = FieldRead::skills(row[2]);
                    good = good && skills.has_value();
                    r.crew.push_back({FieldRead::utf8(row[0]), FieldRead::utf8(row[1]), skills.value_or(std::vector<model::Capability>{}),
                                      FieldRead::utf8(row[3]), FieldRead::utf8(row[4])});
                }
                return good;
            },
            QT_TR_NOOP("skills such as pumping:2 medical:1"));
    addGrid(QT_TR_NOOP("On duty"), Part::always, {"from", "until", "person", "phone", "role"},
            [](const Resource& r) {
                std::vector<QStringList> rows;
                for (const auto& d : r.duty)
                    rows.push_back({ResourceWords::day(d.from), ResourceWords::day(d.until), Words::plain(d.person), Words::plain(d.phone),
                                    Words::plain(d.role)});
                return rows;
            },
            [](Resource& r, const std::vector<QStringList>& rows) {
                r.duty.clear();
                bool good = true;
                for (const auto& row : rows) {
                    const auto from = FieldRead::moment(row[0]);
                    const auto until = FieldRead::moment(row[1]);
                    good = good && from.time && until.time;
                    r.duty.push_back({from.time.value_or(base::Time{}), until.time.value_or(base::Time{}), FieldRead::utf8(row[2]),
                                      FieldRead::utf8(row[3]), FieldRead::utf8(row[4])});
                }
                return good;
            },
            QT_TR_NOOP("moments such as 2026-12-31T08:00Z"));
    addGrid(QT_TR_NOOP("Can lend or make"), Part::offers, {"supply", "supply_name", "supply_name_zh_CN", "quantity", "unit", "per_day", "lead_hours"},
            [](const Resource& r) {
                std::vector<QStringList> rows;
                for (const auto& o : r.offers)
                    rows.push_back({Words::plain(o.code), Words::plain(o.name.text), chinese(o.name), ResourceWords::number(o.quantity),
                                    Words::plain(o.unit), ResourceWords::number(o.perDay), ResourceWords::number(o.lead.value / 3600)});
                return rows;
            },
            [](Resource& r, const std::vector<QStringList>& rows) {
                std::vector<model::Offer> out;
                bool good = true;
                for (const auto& row : rows) {
                    model::Offer o;
                    o.code = FieldRead::utf8(row[0]);
                    setLocal(o.name, row[1], row[2]);
                    o.unit = FieldRead::utf8(row[4]);
                    double hours = 0;
                    good = set(o.quantity, row[3]) && set(o.perDay, row[5]) && set(hours, row[6]) && good;
                    o.lead = base::Seconds(hours * 3600);
                    out.push_back(std::move(o));
                }
                r.offers = std::move(out);
                return good;
            },
            QT_TR_NOOP("numbers"));
}

} // namespace tocsin::gui
