#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/pin_record.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/base/subscription.hpp"
#include "tocsin/desk/command.hpp"
#include "tocsin/desk/dispatch_rules.hpp"
#include "tocsin/desk/newest_readings.hpp"
#include "tocsin/desk/own_alarms.hpp"
#include "tocsin/detect/detector.hpp"
#include "tocsin/detect/messages.hpp"
#include "tocsin/model/reading_rows.hpp"
#include "tocsin/store/readings.hpp"
#include "tocsin/store/store.hpp"
#include "tocsin/store/tracks.hpp"

#include <functional>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::desk {

/// The words by which quarantine knows what the desk itself refused: kept is then the value, not what the feed sent.
inline constexpr std::string_view refusedReadings = "desk/readings"; ///< lines of NDJSON, sensors by their full names
inline constexpr std::string_view refusedPosition = "desk/position"; ///< JSON of a model::UnitPosition

/// Where a unit was last, and where before.
struct UnitNow {
    model::UnitPosition newest;
    std::optional<model::Position> previous;
    friend bool operator==(const UnitNow&, const UnitNow&) = default;
};

/// The rules in force, also those that are switched off. Shared: nobody changes them, others take their place.
using RulesInForce = std::shared_ptr<const std::vector<detect::Rule>>;

/// What one commit changed. Given after the commit, on the desk's thread.
struct Delta {
    std::vector<model::Entry> entries;
    std::vector<model::Changed> changed;          ///< after-images, in order
    NewestReadings sensors;                 ///< that came
    std::map<model::UnitId, UnitNow> units; ///< newest positions that came
    std::size_t readings{0};                ///< stored in this commit
    std::map<std::string, std::size_t> readingsByFeed;
    std::size_t quarantined{0};
    std::map<std::string, std::size_t> quarantinedByFeed;
    RulesInForce rules{}; ///< where they are others from now on
    std::map<std::string, store::QuarantineTally> quarantine; ///< as it stands now, of feeds of which it changed
    bool link{false}; ///< of a seat: the desk has ended, or is there again (Desk::readOnly)
};

/// The whole picture at one commit, and from then on the deltas: nothing between is missed or seen twice.
struct Snapshot {
    model::State state;
    std::map<model::SensorId, SensorNow> sensors;
    std::map<model::UnitId, UnitNow> units;
    std::int64_t lastSeq{0};
    std::int64_t quarantined{0}; ///< not judged, of all feeds
    std::map<std::string, store::QuarantineTally> quarantine{};
    RulesInForce rules{};
};

struct ReadingsInput {
    std::string feed;
    std::vector<model::Reading> readings;
    std::vector<store::QuarantineItem> faults; ///< time is filled in by the desk
    model::ReadingRows rows{};                 ///< or, instead of `readings`, the same packed
    bool takeCorrections{false};               ///< another value than the stored one takes its place, by UseValues of "feed:NAME"
};
struct ReadingsDone {
    std::size_t stored{0};
    std::size_t duplicates{0};
    std::size_t quarantined{0};
};

/// Positions of units, in the order in which they came.
struct PositionsInput {
    std::string feed;
    std::vector<model::UnitPosition> positions;
};

/// Something that ought to speak, and whose silence is an alarm.
struct Watch {
    std::string id;       ///< "feed:NAME", "sensor:ID", or the county's own word: "village:Planken"
    base::LocalText name; ///< as the alarm names it
    std::vector<std::string> feeds; ///< any of these is a sign of life
    std::vector<model::SensorId> sensors;
    std::vector<model::UnitId> units;
    base::Duration silentAfter{0};
    model::Grade severity{model::Grade::III};
    std::optional<model::Position> position;
};

/// The single writer. Owns the store, the live state and the rules, on one thread of its own.
/// All public functions are thread safe; callbacks run on the desk's thread after the commit and must not block.
class Desk {
  public:
    struct Parts {
        std::unique_ptr<store::Store> store;
        std::unique_ptr<store::ReadingStore> readings;
        detect::Detector detector;
        std::vector<model::Plan> plans;
        const base::Clock& clock;
        base::IdSource& ids;
        bool readOnly{false}; ///< commands are refused; the picture is shown
        std::unique_ptr<store::TrackStore> tracks{}; ///< absent: positions are refused
        std::vector<Watch> watches{};                ///< for silence
        std::vector<std::string> contactReaders{};   ///< who may see who told a report; empty: every person at the desk
        store::UpkeepPolicy upkeep{};                ///< of the readings' files
        detect::CountyArea area{};                   ///< for rules over warnings and earthquakes
        DispatchRules dispatch{};
        store::QuarantineBounds quarantine{};
        std::vector<std::string> leaders{}; ///< who may be the leader on duty; empty: everybody
        base::PinCost pinCost{};            ///< of PINs that are set from now on
        OwnAlarms ownAlarms{};              ///< how loud the desk's own alarms become, and who is told of them
        /// What a part of a warning warns of, as plans name it, where its rule only says "warning"; absent, or empty: that.
        /// Called on the desk's thread.
        std::function<std::string(const model::WarningInfo&)> hazardOfWarning{};
    };
    [[nodiscard]] static base::Result<std::unique_ptr<Desk>> start(Parts parts);
    /// Finishes what is queued, commits, ends the thread.
    virtual ~Desk() = default;

    using Answer = std::function<void(base::Result<Done>)>;
    /// Queues a command. Code::unavailable at once when the queue is full or the desk is ending (`answer` is then
    /// called on the caller's thread).
    virtual void submit(Command command, Answer answer) = 0;
    [[nodiscard]] std::future<base::Result<Done>> submit(Command command);

    virtual void readings(ReadingsInput input, std::function<void(base::Result<ReadingsDone>)> answer) = 0;
    /// False while readings of this feed would be refused as too many.
    [[nodiscard]] virtual bool hasRoom(const std::string& feed) const {
        (void)feed;
        return true;
    }
    /// Positions: committed to the tracks, as readings are.
    virtual void positions(PositionsInput input, std::function<void(base::Result<ReadingsDone>)> answer) = 0;
    /// A feed's source has answered, though perhaps with nothing new: it is not silent. Cheap.
    virtual void heard(const std::string& feed) = 0;
    /// What is watched for silence from now on.
    virtual void watch(std::vector<Watch> watches) = 0;
    virtual void quarantine(store::QuarantineItem item, std::function<void(base::Result<std::int64_t>)> answer) = 0;

    using Listener = std::function<void(std::shared_ptr<const Delta>)>;
    /// `first` gets the picture, then `listener` every later delta, both on the desk's thread.
    [[nodiscard]] virtual base::Subscription subscribe(std::function<void(Snapshot)> first, Listener listener) = 0;
    [[nodiscard]] virtual Snapshot snapshot() = 0; ///< waits for the desk; not for the GUI's thread

    [[nodiscard]] virtual model::CommandId newCommandId() = 0;
    [[nodiscard]] virtual const base::Clock& clock() const = 0;
    [[nodiscard]] virtual const std::vector<model::Plan>& plans() const = 0;
    [[nodiscard]] virtual bool readOnly() const = 0;
    /// Who sits here, where the desk runs in another program and this is a seat at it (app/seat_desk). Empty: it runs here,
    /// and whoever is on duty acts.
    [[nodiscard]] virtual std::string seated() const { return {}; }
    /// Of a seat that was ended at the desk: by whom, as a sentence. It is read-only from then on. Empty: it was not.
    [[nodiscard]] virtual std::string dismissed() const { return {}; }
    [[nodiscard]] virtual std::size_t backlog() const = 0;

    // ---- names that are proved by a PIN (model::DeskStatus::pins)
    using Proof = std::function<void(base::Result<void>)>;
    /// Whether that is the name's PIN; `seat` is where it was given, for the log (0: here). Code::refused for a wrong one, and without a look
    /// while the wait after too many wrong ones lasts; Code::notFound where the name has none. Answered on another thread. At a seat
    /// the desk decides, and remembers for this seat's commands.
    virtual void prove(std::string name, std::string pin, int seat, Proof answer);
    /// Gives a name another PIN (empty: none) for its old one, which is asked as above; the first one needs none, but the name must have a
    /// right. Whoever calls it answers for the caller being that person.
    virtual void changePin(std::string name, std::string old, std::string fresh, int seat, Proof answer);
};

} // namespace tocsin::desk
