#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/subscription.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/detect/rule.hpp"
#include "tocsin/store/store.hpp"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace tocsin::app {

// rules.toml is the county's to edit; a person at the desk changes it, too, and that change is an entry of the journal
// before it is a file. Beside it stands rules.good.toml: the rules that were in force last, in whose first line stands
// the journal's entry up to which changes are in the file. So a crash between the entry and the file loses nothing, and
// a slip of the pen in the file does not leave the county without rules.

struct LoadedRules {
    std::vector<detect::Rule> rules;
    base::LocalText trouble; ///< why other rules are in force than rules.toml has; empty: they are the same
};
/// The rules at start. `mayWrite`: puts a change that is in the journal only into the file, and keeps the good ones.
/// Errors: rules.toml cannot be read, and no good ones are kept; with the place.
[[nodiscard]] base::Result<LoadedRules> loadRules(const county::CountyFolder& folder, const store::Store& journal,
                                                  bool mayWrite);

/// The text of the rules that loadRules() gave: rules.toml, or the good ones where that cannot be read.
[[nodiscard]] std::string rulesInForce(const county::CountyFolder& folder);

/// Writes rules.toml after each change of rules at the desk, on a thread of its own. Finishes what waits at its end.
class RulesKeeper {
  public:
    /// The desk must outlive it.
    RulesKeeper(desk::Desk& desk, county::CountyFolder folder);
    ~RulesKeeper();
    RulesKeeper(const RulesKeeper&) = delete;
    RulesKeeper& operator=(const RulesKeeper&) = delete;

  private:
    struct Change {
        std::int64_t entry{0};
        std::string text;
    };
    void note(const desk::Delta& delta);
    void run();

    county::CountyFolder m_folder;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Change> m_waiting; ///< the newest; guarded by m_mutex
    bool m_ending{false};            ///< guarded by m_mutex
    std::thread m_thread;
    base::Subscription m_subscription; ///< last: ends first
};

} // namespace tocsin::app
