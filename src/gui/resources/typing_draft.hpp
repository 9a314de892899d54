#pragma once

#include "tocsin/model/capability_tables.hpp"

#include <QObject>
#include <QString>
#include <array>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace tocsin::gui {

/// The two tables while somebody edits them, with what is wrong in them. GUI thread.
class TypingDraft : public QObject {
    Q_OBJECT
  public:
    using Tables = model::CapabilityTables;
    using Uses = std::map<std::string, model::CapabilityUse>;
    using QObject::QObject;

    /// As they stand in config.toml; what was edited is dropped.
    void set(Tables tables, Uses uses);
    void setUses(Uses uses); ///< as it is now
    /// Others in their place, of which those rows are known again that have a code that stood.
    void take(Tables tables);
    [[nodiscard]] const Tables& seen() const { return m_seen; }
    [[nodiscard]] const Tables& tables() const { return m_tables; }
    [[nodiscard]] bool isDirty() const { return m_isDirty; }

    [[nodiscard]] std::size_t rows(model::TypingTable which) const;
    [[nodiscard]] std::string cell(model::TypingTable which, std::size_t row, model::TypingColumn column) const;
    void setCell(model::TypingTable which, std::size_t row, model::TypingColumn column, std::string text);
    void add(model::TypingTable which); ///< an empty row at the end
    void remove(model::TypingTable which, const std::set<std::size_t>& rows);
    /// Who uses the capability that this row stands for in config.toml; null: nobody, or it is a new row.
    [[nodiscard]] const model::CapabilityUse* usedBy(std::size_t row) const;

    /// All that is wrong, in the order of the tables.
    [[nodiscard]] const std::vector<model::TypingFault>& faults() const { return m_faults; }
    /// Those of one row.
    [[nodiscard]] std::span<const model::TypingFault> faultsIn(model::TypingTable which, std::size_t row) const;
    /// The rows of capabilities whose code is another than the one that is still used, ascending.
    [[nodiscard]] const std::vector<std::size_t>& renamed() const { return m_renamed; }
    [[nodiscard]] bool isRenamed(std::size_t row) const;
    [[nodiscard]] bool isGood() const { return m_faults.empty() && m_renamed.empty(); }

  signals:
    void aboutToReset(); ///< rows come or go
    void reset();
    void checked(); ///< cells or what is wrong with them

  private:
    void check(); ///< what every edit ends with, and nothing else asks for
    [[nodiscard]] std::vector<std::string>& from(model::TypingTable which) { return m_from[static_cast<std::size_t>(which)]; }

    Tables m_seen;
    Tables m_tables;
    std::array<std::vector<std::string>, 2> m_from; ///< by row: its code in `m_seen`; empty: new
    Uses m_uses;
    std::vector<model::TypingFault> m_faults;
    std::vector<std::size_t> m_renamed;
    bool m_isDirty{false};
};

} // namespace tocsin::gui
