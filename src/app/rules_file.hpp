#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/subscription.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/detect/backtest.hpp"
#include "tocsin/store/store.hpp"

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tocsin::app {

// rules.toml is the county's to edit; a person at the desk changes it, too, and that change is an entry of the journal
// before it is a file. Beside it stands rules.good.toml: the rules that were in force last, in whose first line stands
// the journal's entry up to which changes are in the file. So a crash between the entry and the file loses nothing, and
// a slip of the pen in the file does not leave the county without rules.

struct LoadedRules {
    std::vector<detect::Rule> rules;
    base::LocalText trouble;   ///< why other rules are in force than rules.toml has; empty: they are the same
    std::string text{};        ///< from which they were read: the file's, or that of the good ones
    std::string file{};        ///< what stands in rules.toml
    bool changedByHand{false}; ///< since the desk had it in force last
    std::string before{};      ///< what was in force then
};
/// The rules at start. `mayWrite`: puts a change that is in the journal only into the file, and keeps the good ones.
/// Rules that the window would refuse are not in force: the last good ones are; where there are none, the others of the
/// file. Errors: rules.toml cannot be read, and no good ones are kept; with the place.
[[nodiscard]] base::Result<LoadedRules> loadRules(const county::CountyFolder& folder, const store::Store& journal,
                                                  bool mayWrite);

/// The rules of a county that was just made are its last good ones.
[[nodiscard]] base::Result<void> keepFirstRules(const county::CountyFolder& folder);

/// What whoever looks at the desk is to know of the file of rules.
struct RulesNotice {
    base::LocalText said;                   ///< empty: nothing to say now
    std::optional<base::LocalText> trouble; ///< as LoadedRules has it, where it is another now
    std::string aside;                      ///< rules that a person wrote into the file and that are put aside; may be empty
};

/// Writes rules.toml after each change of rules at the desk, and takes over what a person writes into it while the desk
/// runs, by the same command; all on a thread of its own. A person's work is never written over: it is put aside first.
/// Finishes what waits at its end.
class RulesKeeper {
  public:
    /// The desk must outlive it; `loaded` is as loadRules() gave it.
    RulesKeeper(desk::Desk& desk, county::CountyFolder folder, const LoadedRules& loaded);
    ~RulesKeeper();
    RulesKeeper(const RulesKeeper&) = delete;
    RulesKeeper& operator=(const RulesKeeper&) = delete;

    /// Who is told, on the keeper's thread, from here on and of what was to be told before; an empty one: nobody. Once it
    /// has returned the listener before is called no more.
    void listen(std::function<void(const RulesNotice&)> listener);
    /// Looks at the file now, and takes it over where it is another and good. Waits for the desk; not for the GUI's thread.
    void look();

  private:
    struct Change {
        std::int64_t entry{0};
        std::string text;
    };
    using Stamp = std::pair<std::filesystem::file_time_type, std::uintmax_t>;
    void note(const desk::Delta& delta);
    void run();
    [[nodiscard]] std::optional<Change> missed() const;
    void write(const Change& change);
    [[nodiscard]] base::Result<bool> putAside(RulesNotice& notice) const;
    void lookIfChanged();
    void lookAt(const std::string& text);
    [[nodiscard]] Stamp stampOf() const;
    void doubt();
    [[nodiscard]] std::vector<detect::Remark> pastRemarks(const std::vector<detect::Rule>& rules, const std::string& before) const;
    void tell(RulesNotice notice);

    desk::Desk& m_desk;
    county::CountyFolder m_folder;
    std::mutex m_fileMutex; ///< for all that follows up to the blank line
    std::string m_known;    ///< what the desk has put into the file or taken from it
    std::string m_seen;     ///< and what stood there when it was looked at last
    bool m_troubled{false};
    Stamp m_stamp;          ///< of the file when it was looked at last …
    Stamp m_newStamp;       ///< … and a moment ago: who still writes is not disturbed

    std::mutex m_listenMutex;
    std::function<void(const RulesNotice&)> m_listener; ///< guarded by m_listenMutex
    std::vector<RulesNotice> m_untold;                  ///< the same

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Change> m_waiting; ///< the newest; guarded by m_mutex
    /// Rules that a person wrote are to be judged by these sensors, and those that are others than `before` over the past.
    struct Doubtful {
        std::map<model::SensorId, model::Sensor> sensors;
        std::string before;
    };
    std::optional<Doubtful> m_doubtful; ///< the same
    bool m_missed{false};            ///< other rules were in force before anything was heard; guarded by m_mutex
    bool m_ending{false};            ///< the same
    std::stop_source m_stop;         ///< of looking over the past
    std::thread m_thread;
    base::Subscription m_subscription; ///< last: ends first
};

} // namespace tocsin::app
