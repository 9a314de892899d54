#pragma once

#include "tocsin/base/sha256.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/ids.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace tocsin::model {

/// What is going to be an entry: all but the parts that the journal gives it.
struct EntryDraft {
    EntryId id;
    std::string type;    ///< "incident.opened": aggregate, dot, what happened
    std::string subject; ///< id of the thing it is about
    base::Time time;     ///< desk time
    std::string actor;   ///< who: a person's name, "desk", "feed:cap", "drill"
    CommandId command;   ///< the command that caused it
    nlohmann::json data; ///< after-images of all that changed, by kind (see State), beside facts about the event itself

    EntryDraft(); // these are compiled once, in copies.cpp
    EntryDraft(const EntryDraft&);
    EntryDraft(EntryDraft&&) noexcept;
    EntryDraft& operator=(const EntryDraft&);
    EntryDraft& operator=(EntryDraft&&) noexcept;
    ~EntryDraft();
};

/// A CloudEvents 1.0 envelope in the chain. Never changed, never deleted.
struct Entry : EntryDraft {
    std::int64_t seq{0};    ///< 1, 2, 3 … without gaps
    std::string source;     ///< CloudEvents source: "urn:tocsin:" + county
    base::Digest hash{};    ///< SHA-256 over the previous hash and this entry's fields

    Entry(); // these are compiled once, in copies.cpp
    Entry(const Entry&);
    Entry(Entry&&) noexcept;
    Entry& operator=(const Entry&);
    Entry& operator=(Entry&&) noexcept;
    ~Entry();
};

/// The CloudEvents JSON of an entry, with the extensions seq, actor, command, hash.
[[nodiscard]] nlohmann::json toCloudEvent(const Entry& entry);

/// The hash an entry must have after `previous`. Fields are length-prefixed, so none can run into the next.
[[nodiscard]] base::Digest chainHash(const base::Digest& previous, std::int64_t seq, const std::string& source,
                                     const EntryDraft& draft, const std::string& dataText);

} // namespace tocsin::model
