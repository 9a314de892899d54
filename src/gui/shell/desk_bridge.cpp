#include "tocsin/gui/desk_bridge.hpp"

#include "gui/shell/bridge_inbox.hpp"
#include "gui/shell/delta_fold.hpp"
#include "gui/shell/desk_sentences.hpp"
#include "gui/shell/past_worker.hpp"
#include "gui/shell/proofs.hpp"
#include "gui/shell/worker_facts.hpp"
#include "tocsin/dispatch/another_way.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/dispatch/nearest.hpp"
#include "tocsin/dispatch/road_times.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/model/waiting.hpp"

#include <QElapsedTimer>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <stop_token>
#include <utility>

namespace tocsin::gui {

namespace {

constexpr int kSignalIntervalMs = 50;   ///< at most 20 signals a second

/// Whether the ways of a plan that waits may be others by now.
bool isStale(const model::State& state, const model::Decision& plan, base::Time now) {
    constexpr auto fresh = std::chrono::minutes(2);
    return now - plan.factsAt > fresh || std::any_of(state.drawings.begin(), state.drawings.end(), [&](const auto& item) {
               return item.second.kind == model::DrawingKind::closure && item.second.drawnAt >= plan.factsAt;
           });
}

/// As if the plans that wait were approved, so that nobody is recommended twice; null where none waits. On a worker: it copies the facts.
std::unique_ptr<model::State> withWaiting(const model::State& facts, const std::vector<model::Decision>& waiting) {
    if (waiting.empty())
        return nullptr;
    auto bound = std::make_unique<model::State>(facts);
    model::bindWaiting(*bound, waiting);
    return bound;
}

class LiveBridge final : public DeskBridge {
    Q_OBJECT
  public:
    LiveBridge(desk::Desk& desk, std::shared_ptr<const route::RoadGraph> roads, std::filesystem::path readingsFolder,
               std::filesystem::path dbFile, QString actor, const RoadReader& readRoads, Dispatching dispatching)
        : m_desk(desk), m_roads(std::move(roads)), m_readingsFolder(std::move(readingsFolder)),
          m_dbFile(std::move(dbFile)), m_actor(std::move(actor)), m_weights(std::move(dispatching.weights)),
          m_profiles(std::make_shared<const std::vector<route::Profile>>(std::move(dispatching.profiles))), m_inbox(std::make_shared<BridgeInbox>(this)),
          m_past(m_dbFile, m_readingsFolder,
                 [inbox = m_inbox](std::function<void()> what) { inbox->post(std::move(what)); }) {
        m_pool.setMaxThreadCount(2);
        m_flush.setSingleShot(true);
        connect(&m_flush, &QTimer::timeout, this, &LiveBridge::flush);
        m_roadsComing = readRoads != nullptr;
        if (m_roadsComing)
            m_pool.start([this, inbox = m_inbox, readRoads, readPeople = std::move(dispatching.readPeople)] {
                auto people = std::make_shared<std::vector<dispatch::Populated>>();
                if (readPeople)
                    *people = readPeople();
                inbox->post([this, people, roads = readRoads()]() mutable {
                    m_people = std::move(people);
                    takeRoads(std::move(roads));
                });
            });
        const std::function<void()> wake = [this] { awaken(); };
        m_subscription = m_desk.subscribe(
            [this, inbox = m_inbox](desk::Snapshot snapshot) {
                auto shared = std::make_shared<desk::Snapshot>(std::move(snapshot));
                inbox->post([this, shared] { begin(std::move(*shared)); });
            },
            [this, wake, inbox = m_inbox](std::shared_ptr<const desk::Delta> delta) {
                if (delta->link) // another desk knows nothing of a PIN that was given to the one before
                    inbox->post([this] { m_proofs.forget(); });
                inbox->put(std::move(delta), wake);
            });
        connect(this, &DeskBridge::changed, this, [this](const Changes& changes) {
            if (changes.all || changes.desk)
                m_proofs.keepOf(this->actor().toStdString());
        });
    }

    ~LiveBridge() override {
        m_inbox->close();
        m_subscription.reset();
        for (auto& [incident, search] : m_searches)
            search.request_stop();
        m_pool.clear();
        m_pool.waitForDone();
    }

    const model::State& state() const override { return m_picture.state; }
    const std::map<model::SensorId, desk::SensorNow>& sensorsNow() const override { return m_picture.sensors; }
    const std::vector<detect::Rule>& rules() const override {
        return m_picture.rules ? *m_picture.rules : DeskBridge::rules();
    }
    const std::deque<model::Entry>& log() const override { return m_picture.log; }
    const std::map<QString, FeedHealth>& feeds() const override { return m_picture.feeds; }
    base::Time now() const override { return m_desk.clock().now(); }
    bool readOnly() const override { return m_desk.readOnly(); }
    bool isSeat() const override { return !m_desk.seated().empty(); }
    QString seatEnded() const override {
        const auto by = m_desk.dismissed();
        return by.empty() ? QString() : Words::sentence(by);
    }
    bool ready() const override { return m_ready; }
    const std::vector<model::Plan>& plans() const override { return m_desk.plans(); }
    const std::vector<route::Profile>& profiles() const override { return *m_profiles; }
    QString actor() const override {
        if (const auto here = m_desk.seated(); !here.empty())
            return QString::fromStdString(here);
        const std::string& officer = m_picture.state.desk.onDuty;
        return officer.empty() ? m_actor : QString::fromStdString(officer);
    }

    void send(desk::CommandBody body, QObject* context, Answer answer) override {
        desk::Command command{m_desk.newCommandId(), actor().toStdString(), std::move(body), {isSeat(), m_proofs.names()}};
        const bool tied = context != nullptr;
        const QPointer<QObject> guard(context);
        m_desk.submit(std::move(command), [this, inbox = m_inbox, tied, guard,
                                           answer = std::move(answer)](base::Result<desk::Done> result) {
            inbox->post([this, tied, guard, answer, result = std::move(result)] {
                if (!result)
                    emit trouble(sentenceFor(result.error()));
                if (answer && (!tied || !guard.isNull()))
                    answer(result);
            });
        });
    }

    bool proven(const QString& name) const override { return m_proofs.has(name.toStdString()); }
    void prove(const QString& name, const QString& pin, QObject* context, Proof answer) override {
        m_desk.prove(name.toStdString(), pin.toStdString(), 0, proofOf(name.toStdString(), context, std::move(answer)));
    }
    void changePin(const QString& old, const QString& fresh, QObject* context, Proof answer) override {
        const auto name = actor().toStdString();
        m_desk.changePin(name, old.toStdString(), fresh.toStdString(), 0,
                         proofOf(fresh.isEmpty() ? std::string() : name, context, std::move(answer)));
    }

    void recommend(model::IncidentId incident) override {
        const std::uint64_t question = ++m_questions;
        m_asked[incident] = question;
        if (m_roadsComing) {
            m_afterRoads.push_back([this, incident, question] {
                if (m_asked[incident] == question)
                    recommend(incident);
            });
            m_inbox->post([this, incident] {
                if (m_roadsComing)
                    emit recommendFailed(incident, tr("The roads are being read; the answer follows."));
            });
            return;
        }
        if (m_roads == nullptr) {
            m_inbox->post([this, incident] {
                emit recommendFailed(incident, tr("This county has no road network, so nobody's way can be found."));
            });
            return;
        }
        auto facts = m_facts.of(m_picture.state);
        m_searches[incident].request_stop();
        const std::stop_source search = m_searches[incident] = std::stop_source();
        dispatch::Question asked = questionAbout(incident, *facts);
        asked.stop = search.get_token();
        m_pool.start([this, inbox = m_inbox, roads = m_roads, people = m_people, profiles = m_profiles, facts = std::move(facts), incident,
                      question, waiting = model::waitingPlans(m_picture.state.decisions), asked = std::move(asked)]() mutable {
            const auto bound = withWaiting(*facts, waiting);
            asked.state = bound ? bound.get() : facts.get();
            asked.roads = roads.get();
            asked.profiles = profiles.get();
            asked.population = *people;
            auto result = dispatch::Planner().decide(asked);
            inbox->post([this, incident, question, facts = std::move(facts), result = std::move(result)]() mutable {
                facts.reset();
                if (m_asked[incident] != question)
                    return; // a newer question is on its way
                m_asked.erase(incident);
                if (result)
                    emit recommended(std::make_shared<const dispatch::Answer>(std::move(*result)));
                else
                    emit recommendFailed(incident, sentenceFor(result.error()));
            });
        });
    }

    void choicesByHand(model::IncidentId incident, QObject* context, std::function<void(HandChoices)> answer) override {
        askByHand<HandChoices>(incident, context, std::move(answer), [](const dispatch::Question& asked) { return dispatch::choicesByHand(asked); });
    }
    void wayByHand(model::IncidentId incident, model::ResourceId resource, std::vector<model::ResourceId> stores, QObject* context,
                   std::function<void(HandWay)> answer) override {
        askByHand<HandWay>(incident, context, std::move(answer), [resource, stores = std::move(stores)](const dispatch::Question& asked) {
            return dispatch::wayByHand(asked, resource, stores);
        });
    }

    void coverOf(std::set<model::ResourceId> taken, std::set<model::ResourceId> elsewhere, QObject* context,
                 std::function<void(CoverAnswer)> answer) override {
        auto facts = m_facts.of(m_picture.state);
        dispatch::CoverQuestion asked;
        asked.now = now();
        asked.conditions = dispatch::conditionsAt(*facts, asked.now);
        asked.weights = m_weights;
        asked.taken = std::move(taken);
        asked.elsewhere = std::move(elsewhere);
        onWorker<CoverAnswer>(context, std::move(answer), [roads = m_roads, people = m_people, profiles = m_profiles, facts = std::move(facts),
                                                           waiting = model::waitingPlans(m_picture.state.decisions),
                                                           asked = std::move(asked)]() mutable {
            const auto bound = withWaiting(*facts, waiting);
            asked.state = bound ? bound.get() : facts.get();
            asked.roads = roads.get();
            asked.profiles = profiles.get();
            asked.population = *people;
            return dispatch::coverOf(asked);
        });
    }

    void replan(model::AssignmentId assignment, const QString& reason, QObject* context, Answer answer) override {
        if (m_roads == nullptr) {
            emit trouble(m_roadsComing ? tr("The roads are being read; the answer follows.")
                                       : tr("This county has no road network, so nobody's way can be found."));
            return;
        }
        using Found = base::Result<dispatch::AnotherWay>;
        onWorker<Found>(
            context,
            [this, assignment, reason, guard = QPointer<QObject>(context), tied = context != nullptr,
             answer = std::move(answer)](Found found) {
                if (!found) {
                    emit trouble(sentenceFor(found.error()));
                    if (answer)
                        answer(tl::unexpected(found.error()));
                    return;
                }
                if (!tied || !guard.isNull())
                    send(desk::ReplanAssignment{assignment, std::move(found->route), found->eta, found->low, found->high,
                                                reason.toStdString(), found->plain, std::move(found->stops)},
                         guard, answer);
            },
            [roads = m_roads, profiles = m_profiles, facts = m_facts.of(m_picture.state), weights = m_weights, assignment, at = now()] {
                return dispatch::anotherWay(*facts, *roads, assignment, at, weights, profiles.get());
            });
    }

    void approve(model::DecisionId decision, QObject* context, Answer answer) override {
        const auto found = m_picture.state.decisions.find(decision);
        if (m_roads == nullptr || found == m_picture.state.decisions.end() || !isStale(m_picture.state, found->second, now())) {
            DeskBridge::approve(decision, context, std::move(answer));
            return;
        }
        using Found = std::vector<dispatch::LineWay>;
        const auto at = now();
        // Tied to nothing: the word is given, whoever looks at the plan meanwhile.
        onWorker<Found>(
            nullptr,
            [this, decision, at, guard = QPointer<QObject>(context), tied = context != nullptr, answer = std::move(answer)](Found ways) {
                desk::JudgeDecision word{decision, true, {}};
                word.waysAt = at;
                for (auto& [resource, way] : ways)
                    word.ways.push_back({resource, std::move(way.route), way.eta, way.low, way.high, way.plain, std::move(way.stops)});
                const bool gone = tied && guard.isNull();
                send(std::move(word), gone ? nullptr : guard.data(), gone ? Answer() : answer);
            },
            [roads = m_roads, profiles = m_profiles, facts = m_facts.of(m_picture.state), weights = m_weights, plan = found->second, at] {
                return dispatch::waysAnew(*facts, *roads, plan, at, weights, profiles.get());
            });
    }

    void readingsOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t most, QObject* context,
                    std::function<void(std::vector<store::ReadingPoint>)> answer) override {
        onWorker<std::vector<store::ReadingPoint>>(context, std::move(answer), [=, folder = m_readingsFolder] {
            const auto readings = store::ReadingStore::open(folder, store::Access::readOnly);
            return readings ? (*readings)->range(sensor, from, to, most).value_or(std::vector<store::ReadingPoint>{})
                            : std::vector<store::ReadingPoint>{};
        });
    }

    void seriesOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t mostPoints,
                  QObject* context, std::function<void(store::Series)> answer) override {
        onWorker<store::Series>(context, std::move(answer), [=, folder = m_readingsFolder] {
            const auto readings = store::ReadingStore::open(folder, store::Access::readOnly);
            return readings ? (*readings)->series(sensor, from, to, mostPoints).value_or(store::Series{})
                            : store::Series{};
        });
    }

    const std::map<model::UnitId, desk::UnitNow>& unitsNow() const override { return m_picture.units; }

    void trackOf(const model::UnitId& unit, base::Time from, base::Time to, std::size_t most, QObject* context,
                 std::function<void(std::vector<model::UnitPosition>)> answer) override {
        const auto folder = m_readingsFolder.parent_path() / "tracks";
        onWorker<std::vector<model::UnitPosition>>(context, std::move(answer), [=] {
            const auto tracks = store::TrackStore::open(folder, store::Access::readOnly);
            return tracks ? (*tracks)->range(unit, from, to, most).value_or(std::vector<model::UnitPosition>{})
                          : std::vector<model::UnitPosition>{};
        });
    }

    void nearestResources(model::Position place, std::size_t most, QObject* context,
                          std::function<void(std::vector<NearResource>)> answer) override {
        if (m_roadsComing) {
            afterRoads(context, [=, this]() mutable { nearestResources(place, most, context, std::move(answer)); });
            return;
        }
        onWorker<std::vector<NearResource>>(
            context, std::move(answer), [roads = m_roads, facts = m_facts.of(m_picture.state), place, most, at = now()] {
                std::vector<NearResource> near;
                for (const auto& one : dispatch::nearestResources(*facts, roads.get(), place, most, at))
                    near.push_back({one.resource, one.eta, one.distance});
                return near;
            });
    }

    void roadTimes(std::vector<model::ResourceId> sources, std::vector<model::Position> places, QObject* context,
                   std::function<void(RoadTimes)> answer) override {
        if (m_roadsComing) {
            afterRoads(context, [=, this]() mutable { roadTimes(std::move(sources), std::move(places), context, std::move(answer)); });
            return;
        }
        onWorker<RoadTimes>(context, std::move(answer),
                            [roads = m_roads, profiles = m_profiles, facts = m_facts.of(m_picture.state), sources = std::move(sources),
                             places = std::move(places), at = now()] {
                                return roads == nullptr ? RoadTimes()
                                                        : dispatch::roadTimes(*facts, roads.get(), profiles.get(), sources, places, at)
                                                              .value_or(RoadTimes());
                            });
    }

    void reachAround(std::vector<model::Position> places, route::ReachDirection direction, base::Seconds most,
                     QObject* context, std::function<void(Reached)> answer) override {
        if (m_roadsComing) {
            afterRoads(context, [=, this]() mutable {
                reachAround(std::move(places), direction, most, context, std::move(answer));
            });
            return;
        }
        onWorker<Reached>(context, std::move(answer),
                          [roads = m_roads, facts = m_facts.of(m_picture.state), at = now(), places = std::move(places), direction,
                           most]() -> Reached {
                              std::vector<route::ReachedRoad> reached;
                              if (roads != nullptr) {
                                  const auto open = dispatch::openRoads(*roads, *facts, at);
                                  reached = open->reachAround(places, direction, most);
                              }
                              return std::make_shared<const std::vector<route::ReachedRoad>>(std::move(reached));
                          });
    }

    void pictureAt(base::Time at, QObject* context, std::function<void(base::Result<PastPicture>)> answer) override {
        m_past.pictureAt(at, context, std::move(answer));
    }
    void journalSpan(QObject* context, std::function<void(base::Result<desk::JournalSpan>)> answer) override {
        m_past.journalSpan(context, std::move(answer));
    }

    void quarantined(const store::QuarantineQuery& query, QObject* context,
                     std::function<void(base::Result<store::QuarantinePage>)> answer) override {
        using Page = base::Result<store::QuarantinePage>;
        onWorker<Page>(context, std::move(answer), [query, file = m_dbFile]() -> Page {
            const auto store = store::Store::open(file, store::Access::readOnly);
            if (!store)
                return tl::unexpected(store.error());
            return (*store)->quarantined(query);
        });
    }
    void quarantineItem(std::int64_t item, std::size_t mostBytes, QObject* context,
                        std::function<void(base::Result<store::QuarantineItem>)> answer) override {
        using Item = base::Result<store::QuarantineItem>;
        onWorker<Item>(context, std::move(answer), [item, mostBytes, file = m_dbFile]() -> Item {
            const auto store = store::Store::open(file, store::Access::readOnly);
            if (!store)
                return tl::unexpected(store.error());
            return (*store)->quarantineItem(item, mostBytes);
        });
    }

    void entriesAbout(const QString& subject, std::size_t most, QObject* context,
                      std::function<void(std::vector<model::Entry>)> answer) override {
        onWorker<std::vector<model::Entry>>(
            context, std::move(answer), [key = subject.toStdString(), most, file = m_dbFile] {
                const auto store = store::Store::open(file, store::Access::readOnly);
                return store ? (*store)->about(key, most).value_or(std::vector<model::Entry>{})
                             : std::vector<model::Entry>{};
            });
    }

  private:
    /// Remembers on the GUI's thread what the desk has found right; an empty name: nothing.
    [[nodiscard]] desk::Desk::Proof proofOf(std::string name, QObject* context, Proof answer) {
        return [this, inbox = m_inbox, name = std::move(name), tied = context != nullptr, guard = QPointer<QObject>(context),
                answer = std::move(answer)](base::Result<void> proved) {
            inbox->post([this, name, tied, guard, answer, proved = std::move(proved)] {
                if (proved && !name.empty())
                    m_proofs.note(name);
                if (answer && (!tied || !guard.isNull()))
                    answer(proved);
            });
        };
    }

    [[nodiscard]] dispatch::Question questionAbout(model::IncidentId incident, const model::State& facts) const {
        dispatch::Question asked;
        asked.now = now();
        asked.focus = incident;
        asked.actor = actor().toStdString();
        asked.weights = m_weights;
        asked.conditions = dispatch::conditionsAt(facts, asked.now);
        return asked;
    }

    /// What a person asks who makes a plan by hand: once the roads are there, on a worker.
    template <typename Value, typename Ask>
    void askByHand(model::IncidentId incident, QObject* context, std::function<void(Value)> answer, Ask ask) {
        if (m_roadsComing) {
            afterRoads(context, [=, this]() mutable { askByHand<Value>(incident, context, std::move(answer), std::move(ask)); });
            return;
        }
        const auto facts = m_facts.of(m_picture.state);
        auto asked = questionAbout(incident, *facts);
        onWorker<Value>(context, std::move(answer), [roads = m_roads, profiles = m_profiles, facts, ask = std::move(ask),
                                                     waiting = model::waitingPlans(m_picture.state.decisions), asked = std::move(asked)] {
            const auto bound = withWaiting(*facts, waiting);
            auto question = asked;
            question.state = bound ? bound.get() : facts.get();
            question.roads = roads.get();
            question.profiles = profiles.get();
            return ask(question);
        });
    }

    void takeRoads(std::shared_ptr<const route::RoadGraph> roads) {
        m_roads = std::move(roads);
        m_roadsComing = false;
        for (const auto& question : std::exchange(m_afterRoads, {}))
            question();
    }

    /// Asks when the roads are there, unless who asks is gone by then.
    void afterRoads(QObject* context, std::function<void()> question) {
        const bool tied = context != nullptr;
        m_afterRoads.push_back([tied, guard = QPointer<QObject>(context), question = std::move(question)] {
            if (!tied || !guard.isNull())
                question();
        });
    }

    template <typename Value, typename Work>
    void onWorker(QObject* context, std::function<void(Value)> answer, Work work) {
        const bool tied = context != nullptr;
        const QPointer<QObject> guard(context);
        m_pool.start([inbox = m_inbox, tied, guard, answer = std::move(answer), work = std::make_shared<Work>(std::move(work))]() mutable {
            auto value = std::make_shared<Value>((*work)());
            inbox->post([tied, guard, answer, value, work = std::move(work)]() mutable {
                work.reset(); // what it read is let go of on the GUI's thread
                if (answer && (!tied || !guard.isNull()))
                    answer(std::move(*value));
            });
        });
    }

    void begin(desk::Snapshot snapshot) {
        m_picture.take(std::move(snapshot));
        m_ready = true;
        Changes changes;
        changes.all = changes.desk = true;
        m_sinceSignal.start();
        m_facts.note(changes);
        emit changed(changes);
        onWorker<std::vector<model::Entry>>(
            this,
            [this](std::vector<model::Entry> history) {
                if (history.empty())
                    return;
                m_picture.takeHistory(std::move(history));
                Changes more;
                more.all = true; // entries before those already shown: whoever shows them must begin anew
                emit changed(more);
            },
            [file = m_dbFile] {
                const auto store = store::Store::open(file, store::Access::readOnly);
                return store ? (*store)->newest(kLogEntries).value_or(std::vector<model::Entry>{})
                             : std::vector<model::Entry>{};
            });
    }

    void awaken() {
        if (m_flush.isActive())
            return;
        const qint64 since = m_sinceSignal.isValid() ? m_sinceSignal.elapsed() : kSignalIntervalMs;
        m_flush.start(static_cast<int>(std::clamp<qint64>(kSignalIntervalMs - since, 0, kSignalIntervalMs)));
    }

    void flush() {
        m_rest.add(m_inbox->takeAll());
        if (m_rest.empty)
            return;
        m_sinceSignal.start();
        auto slice = m_rest.slice(kSliceWork);
        if (!m_rest.empty)
            m_flush.start(0); // after what else waits in the event loop, a key before all
        const auto changes = m_picture.take(std::move(slice), now());
        m_facts.note(changes);
        emit changed(changes);
    }

    desk::Desk& m_desk;
    std::shared_ptr<const route::RoadGraph> m_roads;
    std::filesystem::path m_readingsFolder;
    std::filesystem::path m_dbFile;
    QString m_actor;
    Proofs m_proofs;
    Picture m_picture;
    WorkerFacts m_facts; ///< of it
    bool m_ready{false};
    bool m_roadsComing{false}; ///< a worker reads them
    std::vector<std::function<void()>> m_afterRoads;
    std::uint64_t m_questions{0};
    std::map<model::IncidentId, std::uint64_t> m_asked;
    std::map<model::IncidentId, std::stop_source> m_searches; ///< the last of each
    dispatch::Weights m_weights;
    std::shared_ptr<const std::vector<route::Profile>> m_profiles;
    std::shared_ptr<const std::vector<dispatch::Populated>> m_people{
        std::make_shared<const std::vector<dispatch::Populated>>()};
    QTimer m_flush;
    QElapsedTimer m_sinceSignal;
    FoldedDeltas m_rest; ///< of a large change, that is told of in slices
    QThreadPool m_pool;
    std::shared_ptr<BridgeInbox> m_inbox;
    PastWorker m_past;
    base::Subscription m_subscription;
};

} // namespace

std::unique_ptr<DeskBridge> makeDeskBridge(desk::Desk& desk, std::shared_ptr<const route::RoadGraph> roads,
                                           std::filesystem::path readingsFolder, std::filesystem::path dbFile,
                                           QString actor, RoadReader readRoads, Dispatching dispatching) {
    return std::make_unique<LiveBridge>(desk, std::move(roads), std::move(readingsFolder), std::move(dbFile),
                                        std::move(actor), readRoads, std::move(dispatching));
}

} // namespace tocsin::gui

#include "desk_bridge.moc"
