#include "app/resources_service.hpp"

#include "gui/tools/on_worker.hpp"

#include <QCoreApplication>
#include <QPointer>

namespace tocsin::app {

namespace {

constexpr std::size_t mostFaults = 1'000; ///< shown; the file of bad rows has all
constexpr std::size_t sampleRows = 3;

/// A progress function for a worker, that tells the GUI's thread.
std::function<void(double)> toldTo(const QPointer<QObject>& context, std::function<void(double)> progress) {
    return [context, progress = std::move(progress)](double part) {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [context, progress, part] {
                if (context && progress)
                    progress(part);
            },
            Qt::QueuedConnection);
    };
}

QString word(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

ResourcesService::ResourcesService(gui::DeskBridge& bridge, desk::Desk& desk, county::CountyFolder folder, const county::Config& config)
    : m_bridge(bridge), m_desk(desk), m_folder(std::move(folder)), m_typing{config.capabilities, config.codes}, m_config(config),
      m_shelf(std::make_shared<Shelf>()) {
    m_finder.setMaxThreadCount(1);
    m_workers.setMaxThreadCount(1);
    connect(&bridge, &gui::DeskBridge::changed, this, &ResourcesService::follow);
}

ResourcesService::~ResourcesService() {
    m_ending.request_stop();
    for (auto* pool : {&m_finder, &m_workers}) {
        pool->clear();
        pool->waitForDone();
    }
}

/// Nothing is indexed before somebody searches; from then on each change is.
void ResourcesService::follow(const gui::Changes& changes) {
    if (!m_indexed || (changes.resources.empty() && !changes.all))
        return;
    if (changes.all) {
        m_indexed = false;
        return;
    }
    std::vector<model::Resource> changed;
    for (const auto& id : changes.resources) {
        if (const auto it = m_bridge.state().resources.find(id); it != m_bridge.state().resources.end())
            changed.push_back(it->second);
    }
    m_finder.start([shelf = m_shelf, changed = std::move(changed)] {
        for (const auto& resource : changed)
            shelf->index->put(resource);
    });
}

void ResourcesService::search(const QString& text, std::optional<model::ResourceKind> kind, QObject* context, std::function<void(Found)> answer) {
    if (!m_indexed) {
        m_finder.start([shelf = m_shelf, typing = m_typing, resources = m_bridge.state().resources] {
            shelf->index = std::make_unique<county::RecordIndex>(typing);
            shelf->index->putAll(resources);
        });
        m_indexed = true;
    }
    gui::onWorker(m_finder, context,
                  [shelf = m_shelf, text = text.toStdString(), kind] {
                      auto found = shelf->index->search(text, kind, 5'000);
                      return Found{std::move(found.ids), found.more};
                  },
                  std::move(answer));
}

void ResourcesService::setTyping(model::CapabilityTables typing) {
    m_typing = std::move(typing);
    m_indexed = false; // made anew with the next search
}

ResourcesService::Limits ResourcesService::staleAfter(model::ResourceKind kind) const {
    Limits out{m_config.stale.position, m_config.stale.count};
    if (const auto own = m_config.stalePositionOf.find(kind); own != m_config.stalePositionOf.end())
        out.position = own->second;
    if (const auto own = m_config.staleCountOf.find(kind); own != m_config.staleCountOf.end())
        out.count = own->second;
    return out;
}

void ResourcesService::open(std::filesystem::path file, Tables what, const QString& encoding, QObject* context,
                            std::function<void(base::Result<Opened>)> answer) {
    // A file of resources is told by its columns: one of shifts alone is taken as that.
    const auto first = what == Tables::rosters     ? std::optional(county::RecordTable::duty)
                       : what == Tables::callLists ? std::optional(county::RecordTable::calls)
                                                   : std::nullopt;
    gui::onWorker(m_workers, context,
                  [first, shelf = m_shelf, file = std::move(file), encoding = encoding.toStdString(), ending = m_ending.get_token()]() -> base::Result<Opened> {
                      auto read = county::readSheets(file, encoding, {}, ending, first);
                      if (!read)
                          return tl::unexpected(read.error());
                      shelf->file = file;
                      shelf->sheets = std::move(*read);
                      const auto mapping = county::guessMapping(shelf->sheets);
                      Opened out;
                      out.encoding = word(shelf->sheets.encoding);
                      for (std::size_t s = 0; s < shelf->sheets.sheets.size(); ++s) {
                          const auto& sheet = shelf->sheets.sheets[s];
                          Table table;
                          table.name = word(sheet.name);
                          table.rows = sheet.rows.size();
                          for (const auto& column : sheet.header)
                              table.header << word(column);
                          for (const auto field : county::fieldsOf(sheet.table))
                              table.fields << word(county::toString(field));
                          for (const auto field : mapping[s])
                              table.mapping << word(county::toString(field));
                          for (std::size_t i = 0; i < sheet.rows.size() && i < sampleRows; ++i) {
                              QStringList cells;
                              for (const auto& cell : sheet.rows[i].cells)
                                  cells << word(cell).left(200);
                              table.sample.push_back(cells);
                          }
                          out.tables.push_back(std::move(table));
                      }
                      return out;
                  },
                  std::move(answer));
}

void ResourcesService::tryOut(std::vector<QStringList> mapping, model::Datum datum, std::optional<model::ResourceKind> kind, std::stop_token stop,
                              QObject* context, std::function<void(double)> progress, std::function<void(base::Result<Trial>)> answer) {
    gui::onWorker(
        m_workers, context,
        [shelf = m_shelf, mapping = std::move(mapping), datum, kind, stop = std::move(stop), ending = m_ending.get_token(), folder = m_folder,
         present = m_bridge.state().resources, lists = callListsOf(m_bridge.state()), now = m_bridge.now(), tell = toldTo(context, std::move(progress))]() -> base::Result<Trial> {
            std::stop_source either;
            const std::stop_callback asked(stop, [&] { either.request_stop(); });
            const std::stop_callback ends(ending, [&] { either.request_stop(); });
            county::RecordMapping fields;
            for (const auto& columns : mapping) {
                auto& out = fields.emplace_back();
                for (const auto& column : columns)
                    out.push_back(county::recordFieldFrom(column.toStdString()).value_or(county::RecordField::none));
            }
            auto options = importOptions(recordKnowledge(folder), datum, kind, "import " + shelf->file.filename().string(), now);
            options.callLists = lists;
            auto result = county::importRecords(shelf->sheets, fields, present, options, tell, either.get_token());
            if (!result)
                return tl::unexpected(result.error());
            shelf->import = std::move(*result);
            const auto& import = shelf->import;
            Trial trial{import.rows, import.added, import.changed, import.same, import.badRows, {}};
            for (std::size_t i = 0; i < import.errors.size() && i < mostFaults; ++i) {
                const auto& e = import.errors[i];
                trial.faults.push_back({word(shelf->sheets.sheets[e.sheet].name), e.row, word(e.column), word(e.value), word(e.expected)});
            }
            return trial;
        },
        std::move(answer));
}

void ResourcesService::take(std::stop_token stop, QObject* context, std::function<void(double)> progress,
                            std::function<void(base::Result<Taken>)> answer) {
    gui::onWorker(
        m_workers, context,
        [shelf = m_shelf, stop = std::move(stop), ending = m_ending.get_token(), desk = &m_desk, actor = m_bridge.actor().toStdString(),
         tell = toldTo(context, std::move(progress))]() -> base::Result<Taken> {
            std::stop_source either;
            const std::stop_callback asked(stop, [&] { either.request_stop(); });
            const std::stop_callback ends(ending, [&] { either.request_stop(); });
            Taken out;
            if (shelf->import.badRows > 0) {
                const auto bad = shelf->file.parent_path() / "bad-rows.csv";
                if (auto ok = county::writeText(bad, county::badRowsCsv(shelf->sheets, shelf->import)); !ok)
                    return tl::unexpected(ok.error());
                out.badFile = word(bad.string());
            }
            const auto taken = takeRecords(shelf->import, "import " + shelf->file.filename().string(),
                                           [&](desk::CommandBody command) {
                                               return desk->submit({desk->newCommandId(), actor, std::move(command)}).get();
                                           },
                                           tell, either.get_token());
            out.taken = taken.taken;
            out.cancelled = taken.cancelled;
            for (const auto& [name, why] : taken.refused)
                out.refused.emplace_back(word(name), word(why));
            return out;
        },
        std::move(answer));
}

void ResourcesService::exportTo(std::filesystem::path file, std::vector<model::ResourceId> only, QObject* context,
                                std::function<void(base::Result<QStringList>)> answer) {
    std::vector<model::Resource> records;
    const auto& all = m_bridge.state().resources;
    if (only.empty()) {
        for (const auto& [id, resource] : all)
            records.push_back(resource);
    }
    for (const auto& id : only) {
        if (const auto it = all.find(id); it != all.end())
            records.push_back(it->second);
    }
    gui::onWorker(m_workers, context,
                  [file = std::move(file), records = std::move(records)]() -> base::Result<QStringList> {
                      const auto written = county::exportRecords(records, file);
                      if (!written)
                          return tl::unexpected(written.error());
                      QStringList out;
                      for (const auto& path : *written)
                          out << word(path.string());
                      return out;
                  },
                  std::move(answer));
}

void ResourcesService::exportTables(std::filesystem::path file, Tables what, QObject* context,
                                    std::function<void(base::Result<QStringList>)> answer) {
    gui::onWorker(m_workers, context,
                  [file = std::move(file), what, resources = m_bridge.state().resources,
                   lists = callListsOf(m_bridge.state())]() -> base::Result<QStringList> {
                      std::vector<model::Resource> records;
                      if (what != Tables::callLists) {
                          for (const auto& [id, resource] : resources)
                              records.push_back(resource);
                      }
                      const auto tables = what == Tables::callLists ? county::callListsOf(lists, resources)
                                          : what == Tables::rosters ? county::rostersOf(records)
                                                                    : county::tablesOf(records);
                      const auto written = county::exportTables(tables, file);
                      if (!written)
                          return tl::unexpected(written.error());
                      QStringList out;
                      for (const auto& path : *written)
                          out << word(path.string());
                      return out;
                  },
                  std::move(answer));
}

} // namespace tocsin::app
