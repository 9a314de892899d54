#pragma once

#include "store/projector.hpp"
#include "store/sql.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace tocsin::store {

/// Store over one SQLite connection.
class JournalStore final : public Store {
  public:
    /// Takes over an open, migrated database; writes the county's name into a new one. Throws SQLite::Exception.
    JournalStore(std::filesystem::path file, std::unique_ptr<SQLite::Database> db, Access access,
                 const std::string& county);
    ~JournalStore() override;

    [[nodiscard]] base::Result<model::State> loadState() const override;

    [[nodiscard]] base::Result<void> begin() override;
    [[nodiscard]] base::Result<model::Entry> append(const model::EntryDraft& draft) override;
    [[nodiscard]] base::Result<std::int64_t> quarantine(const QuarantineItem& item,
                                                        const QuarantineBounds& bounds) override;
    [[nodiscard]] base::Result<void> commit() override;
    void rollback() override;

    [[nodiscard]] base::Result<std::vector<model::Entry>> entriesOf(model::CommandId command) const override;
    [[nodiscard]] base::Result<void> read(std::int64_t from,
                                          const std::function<bool(const model::Entry&)>& each) const override;
    [[nodiscard]] base::Result<void> readOf(const std::vector<std::string>& types, std::int64_t from,
                                            const std::function<bool(const model::Entry&)>& each) const override;
    [[nodiscard]] base::Result<void> heads(std::int64_t from,
                                           const std::function<bool(const EntryHead&)>& each) const override;
    [[nodiscard]] base::Result<std::vector<model::Entry>> newest(std::size_t most) const override;
    [[nodiscard]] base::Result<std::vector<model::Entry>> about(const std::string& subject,
                                                                std::size_t most) const override;
    [[nodiscard]] std::int64_t lastSeq() const override;

    [[nodiscard]] base::Result<std::optional<JournalFault>>
    verify(const std::function<void(std::int64_t done, std::int64_t all)>& progress) const override;
    [[nodiscard]] base::Result<void>
    rebuild(const std::function<void(std::int64_t done, std::int64_t all)>& progress) override;
    [[nodiscard]] base::Result<std::string> projectionDigest() const override;

    [[nodiscard]] base::Result<QuarantinePage> quarantined(const QuarantineQuery& query) const override;
    [[nodiscard]] base::Result<std::map<std::string, QuarantineTally>> quarantineTallies() const override;
    [[nodiscard]] base::Result<QuarantineTally> quarantineTally(const std::string& feed) const override;
    [[nodiscard]] base::Result<QuarantineItem> quarantineItem(std::int64_t id, std::size_t mostBytes) const override;
    [[nodiscard]] base::Result<std::vector<std::int64_t>> quarantineAlike(std::int64_t id) const override;
    [[nodiscard]] base::Result<void> judgeQuarantine(std::int64_t id, QuarantineState state, const std::string& by,
                                                     base::Time at) override;
    [[nodiscard]] base::Result<std::size_t> giveBackQuarantine(base::Time before, std::size_t most) override;
    [[nodiscard]] base::Result<void> putContact(model::ReportId report, const model::Contact& contact) override;
    [[nodiscard]] base::Result<model::Contact> contactOf(model::ReportId report) const override;
    [[nodiscard]] base::Result<void> putPin(const std::string& name, const std::string& record) override;
    [[nodiscard]] base::Result<std::string> pinOf(const std::string& name) const override;
    [[nodiscard]] base::Result<void> putCorrectionsDue(const std::vector<Correction>& corrections) override;
    [[nodiscard]] base::Result<std::vector<Correction>> correctionsDue(std::size_t most) const override;
    [[nodiscard]] base::Result<void> dropCorrectionsDue(std::size_t first) override;
    [[nodiscard]] std::string senderOf(const model::Contact& contact) const override;
    [[nodiscard]] base::Result<std::optional<std::string>> findBySource(const std::string& kind,
                                                                        const std::string& sourceKey) const override;
    [[nodiscard]] const std::string& source() const override { return m_source; }

  private:
    /// The end of the chain.
    struct Head {
        std::int64_t seq{0};
        base::Digest hash{};
        friend bool operator==(const Head&, const Head&) = default;
    };

    [[nodiscard]] Head readHead() const;
    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] base::Result<void> writable() const;
    [[nodiscard]] model::Entry write(const model::EntryDraft& draft);
    [[nodiscard]] std::int64_t keep(const QuarantineItem& item, const QuarantineBounds& bounds);

    std::filesystem::path m_file;
    std::unique_ptr<SQLite::Database> m_db;
    bool m_readOnly;
    std::string m_source;
    std::string m_senderKey;
    Head m_head;     ///< committed
    Head m_openHead; ///< with what the open transaction added
    std::unique_ptr<Projector> m_projector;
    std::unique_ptr<SQLite::Statement> m_headStatement;
    std::unique_ptr<SQLite::Statement> m_insert;
    std::unique_ptr<SQLite::Statement> m_ofCommand;
    /// Prepared at their first use: one question for each report that comes.
    mutable std::map<std::string, std::unique_ptr<SQLite::Statement>, std::less<>> m_bySource; ///< by table
    std::unique_ptr<SQLite::Statement> m_putContact;
};

} // namespace tocsin::store
