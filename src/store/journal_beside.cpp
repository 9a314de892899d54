#include "store/journal_store.hpp"

#include "tocsin/model/json.hpp"

// Who told a report, and by what a name is proved: beside the journal. The quarantine stands in journal_quarantine.cpp.

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

} // namespace tocsin::store
