#include "store/journal_store.hpp"

#include "tocsin/model/json.hpp"

// Who told a report, by what a name is proved, and which corrections the readings' files are still to take: beside the journal. The quarantine stands in journal_quarantine.cpp.

namespace tocsin::store {

base::Result<void> JournalStore::putContact(model::ReportId report, const model::Contact& contact) {
    if (auto can = writable(); !can)
        return can;
    return guarded(m_file, [&]() -> base::Result<void> {
        if (!m_putContact)
            m_putContact =
                std::make_unique<SQLite::Statement>(*m_db, "INSERT INTO contact (report, body) VALUES (?, ?) "
                                                           "ON CONFLICT (report) DO UPDATE SET body = excluded.body");
        Use put(*m_putContact);
        put->bind(1, report.toString());
        put->bind(2, nlohmann::json(contact).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        put->exec();
        return {};
    });
}

base::Result<model::Contact> JournalStore::contactOf(model::ReportId report) const {
    return guarded(m_file, [&]() -> base::Result<model::Contact> {
        SQLite::Statement row(*m_db, "SELECT body FROM contact WHERE report = ?");
        row.bind(1, report.toString());
        if (!row.executeStep())
            return model::Contact{};
        const auto body = nlohmann::json::parse(row.getColumn(0).getString(), nullptr, false);
        return body.is_object() ? body.get<model::Contact>() : model::Contact{};
    });
}

base::Result<void> JournalStore::putPin(const std::string& name, const std::string& record) {
    if (auto can = writable(); !can)
        return can;
    return guarded(m_file, [&]() -> base::Result<void> {
        SQLite::Statement put(*m_db, record.empty() ? "DELETE FROM name_pin WHERE name = ?"
                                                    : "INSERT INTO name_pin (name, record) VALUES (?, ?) "
                                                      "ON CONFLICT (name) DO UPDATE SET record = excluded.record");
        put.bind(1, name);
        if (!record.empty())
            put.bind(2, record);
        put.exec();
        return {};
    });
}

base::Result<std::string> JournalStore::pinOf(const std::string& name) const {
    return guarded(m_file, [&]() -> base::Result<std::string> {
        SQLite::Statement row(*m_db, "SELECT record FROM name_pin WHERE name = ?");
        row.bind(1, name);
        return row.executeStep() ? row.getColumn(0).getString() : std::string();
    });
}

base::Result<void> JournalStore::putCorrectionsDue(const std::vector<Correction>& corrections) {
    if (auto can = writable(); !can)
        return can;
    return guarded(m_file, [&]() -> base::Result<void> {
        SQLite::Statement put(*m_db, "INSERT INTO correction_due (sensor, time, received, before, value) VALUES (?, ?, ?, ?, ?)");
        for (const auto& one : corrections) {
            Use row(put);
            row->bindNoCopy(1, one.sensor.value);
            row->bind(2, base::toUnixMicros(one.time));
            row->bind(3, base::toUnixMicros(one.received));
            row->bind(4, one.before);
            row->bind(5, one.value);
            row->exec();
        }
        return {};
    });
}

base::Result<std::vector<Correction>> JournalStore::correctionsDue(std::size_t most) const {
    return guarded(m_file, [&]() -> base::Result<std::vector<Correction>> {
        std::vector<Correction> due;
        SQLite::Statement rows(*m_db, "SELECT sensor, time, received, before, value FROM correction_due ORDER BY id LIMIT ?");
        rows.bind(1, static_cast<std::int64_t>(most));
        while (rows.executeStep())
            due.push_back({model::SensorId(rows.getColumn(0).getString()), base::fromUnixMicros(rows.getColumn(1).getInt64()),
                           base::fromUnixMicros(rows.getColumn(2).getInt64()), rows.getColumn(3).getDouble(), rows.getColumn(4).getDouble()});
        return due;
    });
}

base::Result<void> JournalStore::dropCorrectionsDue(std::size_t first) {
    if (auto can = writable(); !can)
        return can;
    return guarded(m_file, [&]() -> base::Result<void> {
        SQLite::Statement drop(*m_db, "DELETE FROM correction_due WHERE id IN (SELECT id FROM correction_due ORDER BY id LIMIT ?)");
        drop.bind(1, static_cast<std::int64_t>(first));
        drop.exec();
        return {};
    });
}

} // namespace tocsin::store
