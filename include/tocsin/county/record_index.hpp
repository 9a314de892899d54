#pragma once

#include "tocsin/model/capability_tables.hpp"
#include "tocsin/model/resource.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::county {

/// Full-text search over the resource database, Chinese and Latin: everything that a record says in words (names, call sign, number, owner, place,
/// people, phones, capabilities, stock, crew, services, offers, remarks). Kept in memory beside the state, put() with each change (some
/// microseconds). One thread at a time; const members may run together.
class RecordIndex {
  public:
    /// `typing`: names and codes of capabilities, kinds and supplies, so that records are found by these too.
    explicit RecordIndex(const model::CapabilityTables& typing = {});
    ~RecordIndex();
    RecordIndex(RecordIndex&&) noexcept;
    RecordIndex& operator=(RecordIndex&&) noexcept;

    /// Adds it or takes it in the place of what it was; retired ones are taken out.
    void put(const model::Resource& resource);
    /// 200,000 in about a second.
    void putAll(const std::map<model::ResourceId, model::Resource>& resources);
    void remove(model::ResourceId id);
    [[nodiscard]] std::size_t size() const;

    struct Found {
        std::vector<model::ResourceId> ids; ///< whole name, number or call sign first; then such as begin so; in one; elsewhere
        bool more{false};                   ///< there are more than `most`: of these the first that were met, all whole ones among them
    };
    /// Records with every word of `text` somewhere. From one letter on, anywhere. Case, accents and full-width forms do not matter. Blank text finds nothing; no more than 200 bytes are looked at. Some milliseconds over 200,000
    /// records (bench/record_search_bench).
    [[nodiscard]] Found search(std::string_view text, std::optional<model::ResourceKind> kind = {}, std::size_t most = 2'000) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::county
