#include "store/projector.hpp"

#include "store/digest.hpp"
#include "store/journal_rows.hpp"
#include "tocsin/model/json.hpp"

#include <array>
#include <bit>
#include <set>

namespace tocsin::store {

namespace {

struct Table {
    const char* name;
    const char* key;
};
constexpr std::array<Table, 19> tables{{{"desk", "id"},
                                        {"incident", "id"},
                                        {"alarm", "id"},
                                        {"warning", "id"},
                                        {"report", "id"},
                                        {"earthquake", "id"},
                                        {"earthquake_key", "source_key"},
                                        {"resource", "id"},
                                        {"assignment", "id"},
                                        {"sensor", "id"},
                                        {"drawing", "id"},
                                        {"unit", "id"},
                                        {"cluster", "id"},
                                        {"decision", "id"},
                                        {"call_down", "id"},
                                        {"aid_request", "id"},
                                        {"call_list", "id"},
                                        {"chat", "source_key"},
                                        {"entry_subject", "subject, seq"}}};

/// The keys of after-images in an entry's data, by their place in model::Changed.
constexpr std::array<std::string_view, std::variant_size_v<model::Changed>> imageKeys{
    "desk",     "incident",   "alarm",  "warning", "report", "earthquake",
    "resource", "assignment", "sensor", "drawing", "unit",   "cluster",
    "decision", "callDown",   "aid",    "callList"};

/// INSERT … ON CONFLICT(id) DO UPDATE for a table with these columns, the first of them `id`.
std::string upsert(const std::string& table, const std::vector<std::string>& columns) {
    std::string names;
    std::string marks;
    std::string sets;
    for (const auto& column : columns) {
        names += (names.empty() ? "" : ", ") + column;
        marks += marks.empty() ? "?" : ", ?";
        if (column != "id") {
            sets += sets.empty() ? "" : ", ";
            sets += column;
            sets += " = excluded.";
            sets += column;
        }
    }
    return "INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ") ON CONFLICT (id) DO UPDATE SET " + sets;
}

/// Binds values one after the other.
class Row {
  public:
    explicit Row(SQLite::Statement& statement) : m_use(statement) {}
    Row& add(const std::string& value) {
        m_use->bind(++m_at, value);
        return *this;
    }
    /// Of a text that stays until store().
    Row& addStaying(const std::string& value) {
        m_use->bindNoCopy(++m_at, value);
        return *this;
    }
    Row& add(std::string_view value) { return add(std::string(value)); }
    Row& add(const char* value) { return add(std::string(value)); }
    Row& add(std::int64_t value) {
        m_use->bind(++m_at, value);
        return *this;
    }
    Row& add(bool value) { return add(static_cast<std::int64_t>(value ? 1 : 0)); }
    Row& add(double value) {
        m_use->bind(++m_at, value);
        return *this;
    }
    Row& add(model::Grade value) { return add(static_cast<std::int64_t>(value)); }
    Row& add(base::Time value) { return add(base::toUnixMicros(value)); }
    Row& add(const model::Position& value) { return add(value.latitude()).add(value.longitude()); }
    template <typename Tag>
    Row& add(const base::Id<Tag>& value) {
        return add(value.toString());
    }
    template <typename T>
    Row& add(const std::optional<T>& value) {
        if (value)
            return add(*value);
        m_use->bind(++m_at);
        return *this;
    }
    void store() { m_use->exec(); }

  private:
    Use m_use;
    int m_at{0};
};

template <typename T>
std::string bodyOf(const T& value) {
    return nlohmann::json(value).dump();
}

/// What an after-image is about beside itself.
void subjectsOf(const model::Changed& changed, std::set<std::string>& out) {
    struct Visit {
        std::set<std::string>& out;
        void operator()(const model::DeskStatus&) const {}
        void operator()(const model::Sensor& v) const { out.insert(v.id.value); }
        void operator()(const model::Incident& v) const { out.insert(v.id.toString()); }
        void operator()(const model::Warning& v) const { out.insert(v.id.toString()); }
        void operator()(const model::Earthquake& v) const { out.insert(v.id.toString()); }
        void operator()(const model::Resource& v) const { out.insert(v.id.toString()); }
        void operator()(const model::Drawing& v) const { out.insert(v.id.toString()); }
        void operator()(const model::Unit& v) const {
            out.insert(v.id.value);
            if (v.resource)
                out.insert(v.resource->toString());
        }
        void operator()(const model::ReportCluster& v) const {
            out.insert(v.id.toString());
            for (const auto& report : v.reports)
                out.insert(report.toString());
            if (v.incident)
                out.insert(v.incident->toString());
        }
        void operator()(const model::Alarm& v) const {
            out.insert(v.id.toString());
            if (!v.sensor.value.empty())
                out.insert(v.sensor.value);
            if (!v.source.empty())
                out.insert(v.source);
            if (v.incident)
                out.insert(v.incident->toString());
        }
        void operator()(const model::Report& v) const {
            out.insert(v.id.toString());
            if (v.incident)
                out.insert(v.incident->toString());
        }
        void operator()(const model::Assignment& v) const {
            out.insert(v.id.toString());
            out.insert(v.incident.toString());
            out.insert(v.resource.toString());
            if (v.decision)
                out.insert(v.decision->toString());
        }
        void operator()(const model::Decision& v) const {
            out.insert(v.id.toString());
            out.insert(v.incident.toString());
            for (const auto& line : v.lines)
                out.insert(line.resource.toString());
        }
        void operator()(const model::CallDown& v) const {
            out.insert(v.id.toString());
            if (v.incident)
                out.insert(v.incident->toString());
            if (v.resource)
                out.insert(v.resource->toString());
        }
        void operator()(const model::AidRequest& v) const {
            out.insert(v.id.toString());
            out.insert(v.incident.toString());
            out.insert(v.partner.toString());
        }
        void operator()(const model::CallList& v) const { out.insert(v.id.toString()); }
    };
    std::visit(Visit{out}, changed);
}

} // namespace

struct Projector::Statements {
    explicit Statements(SQLite::Database& db)
        : desk(db, upsert("desk", {"id", "body"})),
          incident(db, upsert("incident", {"id", "number", "state", "grade", "hazard", "latitude", "longitude",
                                           "opened_at", "closed_at", "exercise", "body"})),
          alarm(db, upsert("alarm", {"id", "rule", "sensor", "state", "severity", "raised_at", "incident", "latitude",
                                     "longitude", "body"})),
          warning(db, upsert("warning", {"id", "source_key", "state", "colour", "sent", "expires", "body"})),
          report(db, upsert("report", {"id", "source_key", "state", "category", "received_at", "incident", "latitude",
                                       "longitude", "body"})),
          earthquake(db,
                     upsert("earthquake", {"id", "source_key", "time", "magnitude", "latitude", "longitude", "body"})),
          earthquakeKey(db, "INSERT INTO earthquake_key (source_key, id) VALUES (?, ?) ON CONFLICT DO NOTHING"),
          resource(db, upsert("resource", {"id", "kind", "status", "latitude", "longitude", "body"})),
          assignment(db, upsert("assignment", {"id", "incident", "resource", "state", "proposed_at", "body"})),
          sensor(db, upsert("sensor", {"id", "kind", "latitude", "longitude", "body"})),
          drawing(db, upsert("drawing", {"id", "kind", "drawn_at", "until", "removed_at", "body"})),
          unit(db, upsert("unit", {"id", "resource", "body"})),
          cluster(db, upsert("cluster", {"id", "changed_at", "incident", "body"})),
          decision(db, upsert("decision", {"id", "incident", "state", "at", "body"})),
          callDown(db, upsert("call_down", {"id", "state", "incident", "body"})),
          aidRequest(db, upsert("aid_request", {"id", "incident", "partner", "state", "body"})),
          callList(db, upsert("call_list", {"id", "name", "removed", "body"})),
          chat(db, "INSERT INTO chat (source_key, id) VALUES (?, ?) ON CONFLICT DO NOTHING"),
          contact(db, "INSERT INTO contact (report, body) VALUES (?, ?) ON CONFLICT DO NOTHING"),
          subject(db, "INSERT INTO entry_subject (subject, seq) VALUES (?, ?)") {}

    void operator()(const model::DeskStatus&) { Row(desk).add(std::int64_t{1}).addStaying(body).store(); }
    void operator()(const model::Incident& v) {
        Row(incident)
            .add(v.id)
            .add(v.number)
            .add(model::toString(v.state))
            .add(v.grade)
            .add(v.hazard)
            .add(v.position)
            .add(v.openedAt)
            .add(v.closedAt)
            .add(v.exercise)
            .addStaying(body)
            .store();
    }
    void operator()(const model::Alarm& v) {
        Row(alarm)
            .add(v.id)
            .add(v.rule)
            .add(v.sensor.value)
            .add(model::toString(v.state))
            .add(v.severity)
            .add(v.raisedAt)
            .add(v.incident)
            .add(v.position)
            .addStaying(body)
            .store();
    }
    void operator()(const model::Warning& v) {
        Row(warning)
            .add(v.id)
            .add(sourceKey(v))
            .add(model::toString(v.state))
            .add(v.colour)
            .add(v.sent)
            .add(v.expires)
            .addStaying(body)
            .store();
    }
    void operator()(const model::Report& v) {
        const auto key = sourceKey(v);
        // Journals of before contacts were kept apart have them in the image: the body never has.
        const auto ofBefore = v.contact.empty() ? std::string() : bodyOf(v);
        Row row(report);
        row.add(v.id)
            .add(key.empty() ? std::nullopt : std::optional(key))
            .add(model::toString(v.state))
            .add(v.category)
            .add(v.receivedAt)
            .add(v.incident)
            .add(v.position ? std::optional(v.position->latitude()) : std::nullopt)
            .add(v.position ? std::optional(v.position->longitude()) : std::nullopt)
            .addStaying(ofBefore.empty() ? body : ofBefore)
            .store();
        if (!v.contact.empty())
            Row(contact).add(v.id).add(bodyOf(v.contact)).store();
    }
    void operator()(const model::Unit& v) { Row(unit).add(v.id.value).add(v.resource).addStaying(body).store(); }
    void operator()(const model::ReportCluster& v) {
        Row(cluster).add(v.id).add(v.changedAt).add(v.incident).addStaying(body).store();
    }
    void operator()(const model::Decision& v) {
        Row(decision).add(v.id).add(v.incident).add(model::toString(v.state)).add(v.at).addStaying(body).store();
    }
    void operator()(const model::CallDown& v) {
        Row(callDown).add(v.id).add(model::toString(v.state)).add(v.incident).addStaying(body).store();
    }
    void operator()(const model::AidRequest& v) {
        Row(aidRequest)
            .add(v.id)
            .add(v.incident)
            .add(v.partner)
            .add(model::toString(v.state))
            .addStaying(body)
            .store();
    }
    void operator()(const model::CallList& v) {
        Row(callList).add(v.id).add(v.name).add(v.removed).addStaying(body).store();
    }
    void operator()(const model::Earthquake& v) {
        Row(earthquake).add(v.id).add(sourceKey(v)).add(v.time).add(v.magnitude).add(v.position).addStaying(body).store();
        Row(earthquakeKey).add(sourceKey(v)).add(v.id).store();
        auto other = v;
        for (const auto& id : v.otherIds) {
            other.sourceId = id;
            Row(earthquakeKey).add(sourceKey(other)).add(v.id).store();
        }
    }
    void operator()(const model::Resource& v) {
        Row(resource)
            .add(v.id)
            .add(model::toString(v.kind))
            .add(model::toString(v.status))
            .add(v.position)
            .addStaying(body)
            .store();
    }
    void operator()(const model::Assignment& v) {
        Row(assignment)
            .add(v.id)
            .add(v.incident)
            .add(v.resource)
            .add(model::toString(v.state))
            .add(v.proposedAt)
            .addStaying(body)
            .store();
    }
    void operator()(const model::Sensor& v) {
        Row(sensor).add(v.id.value).add(model::toString(v.kind)).add(v.position).addStaying(body).store();
    }
    void operator()(const model::Drawing& v) {
        Row(drawing)
            .add(v.id)
            .add(model::toString(v.kind))
            .add(v.drawnAt)
            .add(v.until)
            .add(v.removedAt)
            .addStaying(body)
            .store();
    }

    std::string body; ///< of the image that is put next: its own text

    SQLite::Statement desk;
    SQLite::Statement incident;
    SQLite::Statement alarm;
    SQLite::Statement warning;
    SQLite::Statement report;
    SQLite::Statement earthquake;
    SQLite::Statement earthquakeKey;
    SQLite::Statement resource;
    SQLite::Statement assignment;
    SQLite::Statement sensor;
    SQLite::Statement drawing;
    SQLite::Statement unit;
    SQLite::Statement cluster;
    SQLite::Statement decision;
    SQLite::Statement callDown;
    SQLite::Statement aidRequest;
    SQLite::Statement callList;
    SQLite::Statement chat;
    SQLite::Statement contact;
    SQLite::Statement subject;
};

Projector::Projector(SQLite::Database& db) : m_db(db), m_statements(std::make_unique<Statements>(db)) {}
Projector::~Projector() = default;

void Projector::project(const model::Entry& entry, const DataText& text) {
    std::set<std::string> subjects{entry.subject};
    const auto images = model::changesOf(entry.data);
    std::size_t last = std::variant_npos;
    std::size_t n = 0;
    for (const auto& changed : images) {
        n = changed.index() == last ? n + 1 : 0; // changesOf() gives them kind by kind
        last = changed.index();
        m_statements->body.assign(text.member(imageKeys.at(last), n));
        subjectsOf(changed, subjects);
        std::visit(*m_statements, changed);
    }
    if (entry.type == "chat.received") { // changes nothing of the state, but must be known again
        const auto message = entry.data.find("message");
        if (message != entry.data.end() && message->is_object())
            if (const auto id = message->value("sourceId", std::string()); !id.empty())
                Row(m_statements->chat).add(id).add(entry.id).store();
    }
    for (const auto& subject : subjects)
        Row(m_statements->subject).addStaying(subject).add(entry.seq).store();
}

void Projector::replay(const std::function<void(std::int64_t done, std::int64_t all)>& progress) {
    for (const auto& table : tables)
        m_db.exec(std::string("DELETE FROM ") + table.name);
    const std::int64_t all = m_db.execAndGet("SELECT coalesce(max(seq), 0) FROM journal").getInt64();
    SQLite::Statement journal(m_db, "SELECT " TOCSIN_ENTRY_COLUMNS " FROM journal j ORDER BY j.seq");
    while (journal.executeStep()) {
        const auto entry = entryFrom(journal);
        try {
            project(entry, DataText(entry.data));
        } catch (const SQLite::Exception&) {
            throw;
        } catch (const std::exception& e) {
            throw Damaged{"entry " + std::to_string(entry.seq) + " has an after-image that is none: " + e.what()};
        }
        if (progress)
            progress(entry.seq, all);
    }
}

model::State Projector::load(SQLite::Database& db) {
    model::State state;
    const auto each = [&db]<typename T>(const char* table, const T& /*kind*/, const auto& put) {
        SQLite::Statement rows(db, std::string("SELECT body FROM ") + table);
        while (rows.executeStep()) {
            try {
                put(nlohmann::json::parse(rows.getColumn(0).getString()).template get<T>());
            } catch (const SQLite::Exception&) {
                throw;
            } catch (const std::exception& e) {
                throw Damaged{std::string("table ") + table + " holds what it should not: " + e.what()};
            }
        }
    };
    const auto put = [&state](const auto& value) { model::apply(state, model::Changed(value)); };
    each("desk", model::DeskStatus{}, put);
    each("incident", model::Incident{}, put);
    each("alarm", model::Alarm{}, put);
    each("warning", model::Warning{}, put);
    each("report", model::Report{}, put);
    each("earthquake", model::Earthquake{}, put);
    each("resource", model::Resource{}, put);
    each("assignment", model::Assignment{}, put);
    each("sensor", model::Sensor{}, put);
    each("drawing", model::Drawing{}, put);
    each("unit", model::Unit{}, put);
    each("cluster", model::ReportCluster{}, put);
    each("decision", model::Decision{}, put);
    each("call_down", model::CallDown{}, put);
    each("aid_request", model::AidRequest{}, put);
    each("call_list", model::CallList{}, put);
    return state;
}

std::string Projector::digest(SQLite::Database& db) {
    RunningDigest digest;
    const auto number = [&digest](char kind, std::uint64_t value) {
        std::array<char, 9> bytes{kind};
        for (std::size_t i = 1; i < bytes.size(); ++i, value >>= 8U)
            bytes.at(i) = static_cast<char>(value & 0xFFU);
        digest.add({bytes.data(), bytes.size()});
    };
    const auto text = [&](char kind, std::string_view value) {
        number(kind, value.size());
        digest.add(value);
    };
    for (const auto& table : tables) {
        text('T', table.name);
        SQLite::Statement rows(db, std::string("SELECT * FROM ") + table.name + " ORDER BY " + table.key);
        while (rows.executeStep()) {
            number('R', static_cast<std::uint64_t>(rows.getColumnCount()));
            for (int i = 0; i < rows.getColumnCount(); ++i) {
                const auto column = rows.getColumn(i);
                if (column.isNull())
                    number('N', 0);
                else if (column.isInteger())
                    number('I', static_cast<std::uint64_t>(column.getInt64()));
                else if (column.isFloat())
                    number('F', std::bit_cast<std::uint64_t>(column.getDouble()));
                else
                    text(column.isBlob() ? 'B' : 'S',
                         {static_cast<const char*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())});
            }
        }
    }
    return base::toHex(digest.finish());
}

} // namespace tocsin::store
