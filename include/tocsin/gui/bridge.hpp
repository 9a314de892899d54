#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/replay.hpp"
#include "tocsin/dispatch/by_hand.hpp"
#include "tocsin/dispatch/planner.hpp"
#include "tocsin/dispatch/recommend.hpp"
#include "tocsin/store/readings.hpp"

#include <QObject>
#include <QString>
#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <ranges>
#include <set>
#include <vector>

namespace tocsin::gui {

class AlarmWatch;

/// What became different since the last signal, coalesced: at most 20 signals a second, however fast the desk commits,
/// but for one large change that is told of in several.
struct Changes {
    bool all{false}; ///< everything may differ: first picture
    bool desk{false};
    bool rules{false}; ///< others are in force
    std::set<model::IncidentId> incidents;
    std::set<model::AlarmId> alarms;
    std::set<model::WarningId> warnings;
    std::set<model::ReportId> reports;
    std::set<model::EarthquakeId> earthquakes;
    std::set<model::ResourceId> resources;
    std::set<model::AssignmentId> assignments;
    std::set<model::SensorId> sensors; ///< registered or changed themselves
    std::set<model::DrawingId> drawings;
    std::set<model::SensorId> readings; ///< have a new reading
    std::set<model::UnitId> units;      ///< heard first, or changed themselves
    std::set<model::UnitId> positions;  ///< are somewhere else now
    std::set<model::ClusterId> clusters;
    std::set<model::DecisionId> decisions;
    std::set<model::CallDownId> callDowns;
    std::set<model::AidRequestId> aidRequests;
    std::set<model::CallListId> callLists;
    std::size_t entries{0}; ///< new in the duty log: its last
};

/// What a feed has done lately, for its lamp.
struct FeedHealth {
    QString name;
    std::size_t taken{0};
    std::size_t quarantined{0}; ///< and not judged yet
    std::size_t cut{0};         ///< those of them of which only the head is kept
    base::Time lastGood;
    bool ever{false};
};

/// The desk as the window sees it: a copy of its state on the GUI's thread, kept up by queued, coalesced deltas, and
/// a way to send commands. Everything here is GUI thread only, and nothing here waits.
class DeskBridge : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

    [[nodiscard]] virtual const model::State& state() const = 0;
    [[nodiscard]] virtual const std::map<model::SensorId, desk::SensorNow>& sensorsNow() const = 0;
    [[nodiscard]] virtual const std::map<model::UnitId, desk::UnitNow>& unitsNow() const {
        static const std::map<model::UnitId, desk::UnitNow> none;
        return none;
    }
    /// The rules in force, also those that are switched off.
    [[nodiscard]] virtual const std::vector<detect::Rule>& rules() const {
        static const std::vector<detect::Rule> none;
        return none;
    }
    /// The newest entries, oldest first; at most 2,000.
    [[nodiscard]] virtual const std::deque<model::Entry>& log() const = 0;
    /// Those of them that a change brought, oldest first.
    [[nodiscard]] auto newEntries(const Changes& changes) const {
        const auto& all = log();
        return std::ranges::subrange(all.end() - static_cast<std::ptrdiff_t>(std::min(changes.entries, all.size())),
                                     all.end());
    }
    [[nodiscard]] virtual const std::map<QString, FeedHealth>& feeds() const = 0;
    [[nodiscard]] virtual base::Time now() const = 0; ///< the desk's clock
    [[nodiscard]] virtual bool readOnly() const = 0;
    /// The desk runs in another program, and this window is a seat at it: read-only while that one does not run.
    [[nodiscard]] virtual bool isSeat() const { return false; }
    /// It was ended at the desk's own window, and stays read-only: by whom, as a sentence. Empty: it was not.
    [[nodiscard]] virtual QString seatEnded() const { return {}; }
    [[nodiscard]] virtual bool ready() const = 0; ///< the first picture is here
    [[nodiscard]] virtual const std::vector<model::Plan>& plans() const = 0;
    [[nodiscard]] virtual QString actor() const = 0; ///< who sits here
    /// How the county's vehicles drive, by their speed class: by them recommendations and ways are found.
    [[nodiscard]] virtual const std::vector<route::Profile>& profiles() const { return route::defaultProfiles(); }

    /// The alarms grouped, counted and judged; made when it is first asked for. Who shows them asks for it before it
    /// connects to changed(): the watch then has taken each change before they hear of it.
    [[nodiscard]] AlarmWatch& alarmWatch();

    using Answer = std::function<void(const base::Result<desk::Done>&)>;
    /// Sends a command as actor(); `answer` is called on the GUI's thread unless `context` is gone by then.
    virtual void send(desk::CommandBody body, QObject* context = nullptr, Answer answer = {}) = 0;

    // ---- names that are proved by a PIN (desk::Desk::prove)
    [[nodiscard]] bool hasPin(const QString& name) const { return state().desk.pins.contains(name.toStdString()); }
    /// Whether its PIN was given at this window since this person sits here.
    [[nodiscard]] virtual bool proven(const QString& name) const {
        (void)name;
        return false;
    }
    using Proof = std::function<void(const base::Result<void>&)>;
    /// `answer` as for send(). What is sent from then on is sent with it.
    virtual void prove(const QString& name, const QString& pin, QObject* context, Proof answer) {
        (void)name, (void)pin, (void)context;
        answer(base::fail(base::Code::unavailable, "no PIN can be given here"));
    }
    /// Of actor(); `fresh` empty: none.
    virtual void changePin(const QString& old, const QString& fresh, QObject* context, Proof answer) {
        (void)old, (void)fresh, (void)context;
        answer(base::fail(base::Code::unavailable, "no PIN can be given here"));
    }

    /// Asks a worker who should go, over all open incidents, with this one in focus; recommended() follows. A newer
    /// question for the same incident replaces it and ends its search.
    virtual void recommend(model::IncidentId incident) = 0;

    /// All whom a person might send to an incident by hand, with what speaks against each (dispatch::choicesByHand), and how one would go by
    /// stores in their order (dispatch::wayByHand). On a worker; `answer` on the GUI's thread.
    using HandChoices = base::Result<std::vector<dispatch::HandChoice>>;
    using HandWay = base::Result<dispatch::Choice>;
    virtual void choicesByHand(model::IncidentId incident, QObject* context, std::function<void(HandChoices)> answer) {
        (void)incident, (void)context;
        answer(base::fail(base::Code::unavailable, "nobody can tell"));
    }
    virtual void wayByHand(model::IncidentId incident, model::ResourceId resource, std::vector<model::ResourceId> stores, QObject* context,
                           std::function<void(HandWay)> answer) {
        (void)incident, (void)resource, (void)stores, (void)context;
        answer(base::fail(base::Code::unavailable, "nobody can tell"));
    }

    /// What the next call would find if those in `taken` went and those in `elsewhere` were wanted for other incidents (dispatch::coverOf). On a
    /// worker; `answer` on the GUI's thread.
    using CoverAnswer = base::Result<dispatch::Cover>;
    virtual void coverOf(std::set<model::ResourceId> taken, std::set<model::ResourceId> elsewhere, QObject* context,
                         std::function<void(CoverAnswer)> answer) {
        (void)taken, (void)elsewhere, (void)context;
        answer(base::fail(base::Code::unavailable, "nobody can tell"));
    }

    /// Gives the leader's word for a plan that waits. One that is some minutes old, or older than a closure, first has its ways found anew, on
    /// a worker; `answer` as for send().
    virtual void approve(model::DecisionId decision, QObject* context = nullptr, Answer answer = {}) {
        send(desk::JudgeDecision{decision, true, {}}, context, std::move(answer));
    }

    /// Finds another way for somebody who is on it already, on a worker, and writes it down; `answer` as for send().
    virtual void replan(model::AssignmentId assignment, const QString& reason, QObject* context = nullptr,
                        Answer answer = {}) {
        (void)assignment, (void)reason, (void)context, (void)answer;
    }

    /// Readings of a sensor, ascending, on a worker; `answer` on the GUI's thread.
    virtual void readingsOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t most,
                            QObject* context, std::function<void(std::vector<store::ReadingPoint>)> answer) = 0;
    /// What a chart of that time shows with at most `mostPoints` points (store::ReadingStore::series), on a worker;
    /// `answer` on the GUI's thread.
    virtual void seriesOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t mostPoints,
                          QObject* context, std::function<void(store::Series)> answer) {
        readingsOf(sensor, from, to, mostPoints, context,
                   [answer = std::move(answer)](const std::vector<store::ReadingPoint>& points) {
                       store::Series series;
                       for (const store::ReadingPoint& p : points)
                           series.points.push_back({p.time, p.value, p.value, p.value, 1, p.flags, p.received});
                       answer(std::move(series));
                   });
    }
    /// Where a unit was, ascending, on a worker; `answer` on the GUI's thread.
    virtual void trackOf(const model::UnitId& unit, base::Time from, base::Time to, std::size_t most, QObject* context,
                         std::function<void(std::vector<model::UnitPosition>)> answer) {
        (void)unit, (void)from, (void)to, (void)most, (void)context;
        answer({});
    }
    /// What stands in quarantine, without its bytes, on a worker; `answer` on the GUI's thread.
    virtual void quarantined(const store::QuarantineQuery& query, QObject* context,
                             std::function<void(base::Result<store::QuarantinePage>)> answer) {
        (void)query, (void)context;
        answer(store::QuarantinePage{});
    }
    /// One item of it with at most so many of its bytes, on a worker; `answer` on the GUI's thread.
    virtual void quarantineItem(std::int64_t item, std::size_t mostBytes, QObject* context,
                                std::function<void(base::Result<store::QuarantineItem>)> answer) {
        (void)item, (void)mostBytes, (void)context;
        answer(base::fail(base::Code::notFound, "nothing stands in quarantine"));
    }
    /// Entries about a thing, newest first, on a worker; `answer` on the GUI's thread.
    virtual void entriesAbout(const QString& subject, std::size_t most, QObject* context,
                              std::function<void(std::vector<model::Entry>)> answer) = 0;

    /// Which resources would be at the place first, by the roads that are open: available ones that travel by
    /// themselves, nearest in time first. On a worker; `answer` on the GUI's thread.
    struct NearResource {
        model::ResourceId resource;
        base::Seconds eta;
        base::Metres distance;
    };
    virtual void nearestResources(model::Position place, std::size_t most, QObject* context,
                                  std::function<void(std::vector<NearResource>)> answer) = 0;
    /// How long it takes from each resource to each place by the roads that are open (dispatch::roadTimes): by place, then source; infinite where no
    /// way leads; empty while nobody can tell. On a worker; `answer` on the GUI's thread.
    using RoadTimes = std::vector<std::vector<base::Seconds>>;
    virtual void roadTimes(std::vector<model::ResourceId> sources, std::vector<model::Position> places, QObject* context,
                           std::function<void(RoadTimes)> answer) {
        (void)sources, (void)places, (void)context;
        answer({});
    }
    /// The roads within `most` of the places, closures kept off. On a worker; `answer` on the GUI's thread.
    using Reached = std::shared_ptr<const std::vector<route::ReachedRoad>>;
    virtual void reachAround(std::vector<model::Position> places, route::ReachDirection direction, base::Seconds most,
                             QObject* context, std::function<void(Reached)> answer) = 0;

    /// The desk as it was at a moment of the journal. On a worker; a newer question replaces one that waits, which is
    /// then not answered. `answer` on the GUI's thread.
    using PastPicture = std::shared_ptr<const desk::Picture>;
    virtual void pictureAt(base::Time at, QObject* context, std::function<void(base::Result<PastPicture>)> answer) = 0;
    virtual void journalSpan(QObject* context, std::function<void(base::Result<desk::JournalSpan>)> answer) = 0;

  signals:
    void changed(const tocsin::gui::Changes& changes);
    void recommended(std::shared_ptr<const tocsin::dispatch::Answer> answer);
    void recommendFailed(tocsin::model::IncidentId incident, QString reason);
    /// A command was refused, or the desk cannot write: a sentence for the person.
    void trouble(QString sentence);

  private:
    AlarmWatch* m_alarmWatch{nullptr}; ///< a child
};

} // namespace tocsin::gui
