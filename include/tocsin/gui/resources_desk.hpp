#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/model/capability_tables.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/resource.hpp"

#include <QObject>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::gui {

/// What the window may ask of the resource database beside the desk's own state: search, tables in and out. GUI thread only; what takes long
/// runs elsewhere, and answers are given on the GUI's thread unless `context` is gone by then.
class ResourcesDesk {
  public:
    virtual ~ResourcesDesk() = default;

    struct Found {
        std::vector<model::ResourceId> ids; ///< best first
        bool more{false};                   ///< there are more than these
    };
    virtual void search(const QString& text, std::optional<model::ResourceKind> kind, QObject* context,
                        std::function<void(Found)> answer) = 0;

    /// The county's capabilities and codes that are in force.
    [[nodiscard]] virtual const model::CapabilityTables& typing() const = 0;
    struct Limits {
        base::Duration position{std::chrono::minutes(30)}; ///< older than this, a position away from home is old
        base::Duration count{std::chrono::hours(24)};      ///< older than this, a count is old
    };
    [[nodiscard]] virtual Limits staleAfter(model::ResourceKind kind) const = 0;

    struct Table {
        QString name;
        QStringList header;
        std::vector<QStringList> sample; ///< the first rows
        QStringList fields;              ///< what a column can mean
        QStringList mapping;             ///< what each column is taken to mean; empty: not used
        std::size_t rows{0};
    };
    struct Opened {
        std::vector<Table> tables;
        QString encoding;
    };
    /// What a file holds: records, with their further tables; the duty rosters alone; call-down lists.
    enum class Tables : unsigned char { resources, rosters, callLists };
    /// Reads a file of records; the other two work on the one that was opened last. Empty `encoding`: found out.
    virtual void open(std::filesystem::path file, Tables what, const QString& encoding, QObject* context,
                      std::function<void(base::Result<Opened>)> answer) = 0;
    struct Fault {
        QString table;
        std::size_t row{0};
        QString column;
        QString value;
        QString expected;
    };
    struct Trial {
        std::size_t rows{0};
        std::size_t added{0};
        std::size_t changed{0};
        std::size_t same{0};
        std::size_t bad{0};
        std::vector<Fault> faults; ///< the first thousand
    };
    /// The dry run. `mapping` is of each table. `progress` gets 0…1 now and then. Stopped it is answered with Code::cancelled.
    virtual void tryOut(std::vector<QStringList> mapping, model::Datum datum, std::optional<model::ResourceKind> kind, std::stop_token stop,
                        QObject* context, std::function<void(double)> progress, std::function<void(base::Result<Trial>)> answer) = 0;
    struct Taken {
        std::size_t taken{0};
        std::vector<std::pair<QString, QString>> refused; ///< name, reason
        bool cancelled{false};
        QString badFile; ///< where the bad rows went; empty: there were none
    };
    /// Takes what the last trial found good.
    virtual void take(std::stop_token stop, QObject* context, std::function<void(double)> progress,
                      std::function<void(base::Result<Taken>)> answer) = 0;
    /// By the file's extension; `only` empty: all. Answers with the files written.
    virtual void exportTo(std::filesystem::path file, std::vector<model::ResourceId> only, QObject* context,
                          std::function<void(base::Result<QStringList>)> answer) = 0;
    /// The rosters or the call-down lists, all of them.
    virtual void exportTables(std::filesystem::path file, Tables what, QObject* context,
                              std::function<void(base::Result<QStringList>)> answer) = 0;
};

} // namespace tocsin::gui
