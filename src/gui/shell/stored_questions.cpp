#include "gui/shell/stored_questions.hpp"

namespace tocsin::gui {

void StoredQuestions::readingsOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t most,
                                 QObject* context, std::function<void(std::vector<store::ReadingPoint>)> answer) {
    m_workers.ask<std::vector<store::ReadingPoint>>(context, std::move(answer), [=, folder = m_readings] {
        const auto readings = store::ReadingStore::open(folder, store::Access::readOnly);
        return readings ? (*readings)->range(sensor, from, to, most).value_or(std::vector<store::ReadingPoint>{})
                        : std::vector<store::ReadingPoint>{};
    });
}

void StoredQuestions::seriesOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t mostPoints,
                               QObject* context, std::function<void(store::Series)> answer) {
    m_workers.ask<store::Series>(context, std::move(answer), [=, folder = m_readings] {
        const auto readings = store::ReadingStore::open(folder, store::Access::readOnly);
        return readings ? (*readings)->series(sensor, from, to, mostPoints).value_or(store::Series{}) : store::Series{};
    });
}

void StoredQuestions::trackOf(const model::UnitId& unit, base::Time from, base::Time to, std::size_t most,
                              QObject* context, std::function<void(std::vector<model::UnitPosition>)> answer) {
    const auto folder = m_readings.parent_path() / "tracks";
    m_workers.ask<std::vector<model::UnitPosition>>(context, std::move(answer), [=] {
        const auto tracks = store::TrackStore::open(folder, store::Access::readOnly);
        return tracks ? (*tracks)->range(unit, from, to, most).value_or(std::vector<model::UnitPosition>{})
                      : std::vector<model::UnitPosition>{};
    });
}

void StoredQuestions::quarantined(const store::QuarantineQuery& query, QObject* context,
                                  std::function<void(base::Result<store::QuarantinePage>)> answer) {
    using Page = base::Result<store::QuarantinePage>;
    m_workers.ask<Page>(context, std::move(answer), [query, file = m_database]() -> Page {
        const auto store = store::Store::open(file, store::Access::readOnly);
        if (!store)
            return tl::unexpected(store.error());
        return (*store)->quarantined(query);
    });
}
void StoredQuestions::quarantineItem(std::int64_t item, std::size_t mostBytes, QObject* context,
                                     std::function<void(base::Result<store::QuarantineItem>)> answer) {
    using Item = base::Result<store::QuarantineItem>;
    m_workers.ask<Item>(context, std::move(answer), [item, mostBytes, file = m_database]() -> Item {
        const auto store = store::Store::open(file, store::Access::readOnly);
        if (!store)
            return tl::unexpected(store.error());
        return (*store)->quarantineItem(item, mostBytes);
    });
}

void StoredQuestions::entriesAbout(const QString& subject, std::size_t most, QObject* context,
                                   std::function<void(std::vector<model::Entry>)> answer) {
    m_workers.ask<std::vector<model::Entry>>(
        context, std::move(answer), [key = subject.toStdString(), most, file = m_database] {
            const auto store = store::Store::open(file, store::Access::readOnly);
            return store ? (*store)->about(key, most).value_or(std::vector<model::Entry>{})
                         : std::vector<model::Entry>{};
        });
}

void StoredQuestions::newest(std::size_t most, QObject* context,
                             std::function<void(std::vector<model::Entry>)> answer) {
    m_workers.ask<std::vector<model::Entry>>(context, std::move(answer), [most, file = m_database] {
        const auto store = store::Store::open(file, store::Access::readOnly);
        return store ? (*store)->newest(most).value_or(std::vector<model::Entry>{}) : std::vector<model::Entry>{};
    });
}

} // namespace tocsin::gui
