#pragma once

#include "app/public_door.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/seat_message.hpp"
#include "tocsin/ingest/team_door.hpp"

#include <filesystem>
#include <map>
#include <mutex>
#include <string>

namespace tocsin::app {

/// In whose words a team is told what to do.
struct TeamWords {
    std::map<std::string, base::LocalText> capabilities{}; ///< the county's names of them, by code
    std::string language{"en"};                            ///< of what is written to a phone; a page is read in the reader's own
};

/// Each task order's own link, and what its team says by it. A link is the assignment's id with a part of its HMAC-SHA-256 under the
/// county's own random key (team-links.key), so nobody finds another's by counting. Thread safe; the desk must outlive it.
class TeamLinks final : public ingest::TeamDoor {
  public:
    /// The key is made where there is none. Code::storage where it can be neither read nor made.
    [[nodiscard]] static base::Result<std::shared_ptr<TeamLinks>> open(desk::Desk& desk, const std::filesystem::path& keyFile,
                                                                       TeamWords words = {});
    ~TeamLinks() override;
    TeamLinks(const TeamLinks&) = delete;
    TeamLinks& operator=(const TeamLinks&) = delete;

    /// "/team/…", to be put behind the desk's address.
    [[nodiscard]] std::string pathOf(model::AssignmentId assignment) const;

    [[nodiscard]] std::optional<ingest::TeamOrder> order(std::string_view token) const override;
    void say(std::string_view token, std::optional<model::AssignmentState> step, const std::string& text,
             std::function<void(base::Result<void>)> done) override;

  private:
    TeamLinks(desk::Desk& desk, std::string key, TeamWords words);
    void take(const model::Changed& changed);
    [[nodiscard]] std::string tokenOf(model::AssignmentId assignment) const;
    [[nodiscard]] std::optional<model::AssignmentId> assignmentOf(std::string_view token) const;

    desk::Desk& m_desk;
    const std::string m_key;
    const TeamWords m_words;
    mutable std::mutex m_mutex; ///< guards the members below
    std::map<model::AssignmentId, model::Assignment> m_assignments;
    std::map<model::IncidentId, model::Incident> m_incidents;
    std::map<model::ResourceId, base::LocalText> m_names;
    base::Subscription m_subscription;
};

/// Where a task order's own page is found, by whom the door lets in. Null: no links. Any thread.
[[nodiscard]] desk::TeamPage teamPageOf(const TeamLinks* links, const PublicDoor& door, model::AssignmentId assignment);

/// "400 piece Sandbag, filled": a load as a team reads it.
[[nodiscard]] std::string loadWords(const model::LoadItem& item, std::string_view language);

/// "12.3 km, via Depot North": the way as a team reads it; empty where none is known.
[[nodiscard]] std::string wayWords(const model::Assignment& assignment, std::string_view language);

/// "dyke defence", "stand by": what it is sent for, as a team reads it.
[[nodiscard]] base::LocalText taskWords(const model::Assignment& assignment, const TeamWords& words);

struct CountySession;
/// The county's own, as they are when it opens.
[[nodiscard]] TeamWords teamWords(const CountySession& session);
/// The county's own, or null where the key cannot be kept: then there are no links, and the log says why.
[[nodiscard]] std::shared_ptr<TeamLinks> openTeamLinks(CountySession& session);

} // namespace tocsin::app
