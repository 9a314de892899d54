#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/capability_tables.hpp"

#include <QObject>
#include <filesystem>
#include <functional>

namespace tocsin::gui {

/// What the window of capabilities and codes asks for: the two tables as config.toml holds them, and their files. GUI thread only; what reads or
/// writes runs on a worker, and answers are given on the GUI's thread unless `context` is gone by then.
class CapabilitiesDesk {
  public:
    virtual ~CapabilitiesDesk() = default;

    using Tables = model::CapabilityTables;
    /// As config.toml has them now, whoever wrote it.
    virtual void read(QObject* context, std::function<void(base::Result<Tables>)> answer) = 0;
    /// Who goes by the capabilities that stand, now.
    [[nodiscard]] virtual std::map<std::string, model::CapabilityUse> uses() const = 0;
    /// Puts `wanted` in the place of `seen`: in force at once. Code::conflict where config.toml holds other tables than `seen` by now; Code::refused
    /// where something is wrong in them, or a capability that is still used would go.
    virtual void save(Tables seen, Tables wanted, QObject* context, std::function<void(base::Result<void>)> answer) = 0;
    /// What the tables become with a file's rows; nothing is kept by it.
    virtual void importFrom(std::filesystem::path file, model::TypingTable which, Tables present, QObject* context,
                            std::function<void(base::Result<Tables>)> answer) = 0;
    virtual void exportTo(std::filesystem::path file, model::TypingTable which, Tables tables, QObject* context,
                          std::function<void(base::Result<void>)> answer) = 0;
};

} // namespace tocsin::gui
