#include "tocsin/gui/desk_bridge.hpp"

#include "gui/shell/bridge_inbox.hpp"
#include "gui/shell/delta_fold.hpp"
#include "gui/shell/desk_sentences.hpp"
#include "gui/shell/dispatch_questions.hpp"
#include "gui/shell/past_worker.hpp"
#include "gui/shell/proofs.hpp"
#include "gui/shell/stored_questions.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <algorithm>
#include <utility>

namespace tocsin::gui {

namespace {

constexpr int kSignalIntervalMs = 50;   ///< at most 20 signals a second

class LiveBridge final : public DeskBridge {
    Q_OBJECT
  public:
    LiveBridge(desk::Desk& desk, std::shared_ptr<const route::RoadGraph> roads, std::filesystem::path readingsFolder,
               std::filesystem::path dbFile, QString actor, const RoadReader& readRoads, Dispatching dispatching)
        : m_desk(desk), m_actor(std::move(actor)), m_inbox(std::make_shared<BridgeInbox>(this)), m_workers(m_inbox),
          m_stored(m_workers, readingsFolder, dbFile),
          m_dispatch(*this, m_workers, std::move(roads), readRoads, std::move(dispatching)),
          m_past(dbFile, readingsFolder, [inbox = m_inbox](std::function<void()> what) { inbox->post(std::move(what)); }) {
        m_flush.setSingleShot(true);
        connect(&m_flush, &QTimer::timeout, this, &LiveBridge::flush);
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
        m_dispatch.stop();
        m_workers.end();
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
    const std::vector<route::Profile>& profiles() const override { return m_dispatch.profiles(); }
    const std::map<model::UnitId, desk::UnitNow>& unitsNow() const override { return m_picture.units; }
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

    // ---- of the roads
    void recommend(model::IncidentId incident) override { m_dispatch.recommend(incident); }
    void choicesByHand(model::IncidentId incident, QObject* context, std::function<void(HandChoices)> answer) override {
        m_dispatch.choicesByHand(incident, context, std::move(answer));
    }
    void wayByHand(model::IncidentId incident, model::ResourceId resource, std::vector<model::ResourceId> stores, QObject* context,
                   std::function<void(HandWay)> answer) override {
        m_dispatch.wayByHand(incident, resource, std::move(stores), context, std::move(answer));
    }
    void coverOf(std::set<model::ResourceId> taken, std::set<model::ResourceId> elsewhere, QObject* context,
                 std::function<void(CoverAnswer)> answer) override {
        m_dispatch.coverOf(std::move(taken), std::move(elsewhere), context, std::move(answer));
    }
    void replan(model::AssignmentId assignment, const QString& reason, QObject* context, Answer answer) override {
        m_dispatch.replan(assignment, reason, context, std::move(answer));
    }
    void approve(model::DecisionId decision, QObject* context, Answer answer) override {
        m_dispatch.approve(decision, context, std::move(answer));
    }
    void nearestResources(model::Position place, std::size_t most, QObject* context,
                          std::function<void(std::vector<NearResource>)> answer) override {
        m_dispatch.nearestResources(place, most, context, std::move(answer));
    }
    void roadTimes(std::vector<model::ResourceId> sources, std::vector<model::Position> places, QObject* context,
                   std::function<void(RoadTimes)> answer) override {
        m_dispatch.roadTimes(std::move(sources), std::move(places), context, std::move(answer));
    }
    void reachAround(std::vector<model::Position> places, route::ReachDirection direction, base::Seconds most, QObject* context,
                     std::function<void(Reached)> answer) override {
        m_dispatch.reachAround(std::move(places), direction, most, context, std::move(answer));
    }

    // ---- of what is stored
    void readingsOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t most, QObject* context,
                    std::function<void(std::vector<store::ReadingPoint>)> answer) override {
        m_stored.readingsOf(sensor, from, to, most, context, std::move(answer));
    }
    void seriesOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t mostPoints, QObject* context,
                  std::function<void(store::Series)> answer) override {
        m_stored.seriesOf(sensor, from, to, mostPoints, context, std::move(answer));
    }
    void trackOf(const model::UnitId& unit, base::Time from, base::Time to, std::size_t most, QObject* context,
                 std::function<void(std::vector<model::UnitPosition>)> answer) override {
        m_stored.trackOf(unit, from, to, most, context, std::move(answer));
    }
    void quarantined(const store::QuarantineQuery& query, QObject* context,
                     std::function<void(base::Result<store::QuarantinePage>)> answer) override {
        m_stored.quarantined(query, context, std::move(answer));
    }
    void quarantineItem(std::int64_t item, std::size_t mostBytes, QObject* context,
                        std::function<void(base::Result<store::QuarantineItem>)> answer) override {
        m_stored.quarantineItem(item, mostBytes, context, std::move(answer));
    }
    void entriesAbout(const QString& subject, std::size_t most, QObject* context,
                      std::function<void(std::vector<model::Entry>)> answer) override {
        m_stored.entriesAbout(subject, most, context, std::move(answer));
    }
    void pictureAt(base::Time at, QObject* context, std::function<void(base::Result<PastPicture>)> answer) override {
        m_past.pictureAt(at, context, std::move(answer));
    }
    void journalSpan(QObject* context, std::function<void(base::Result<desk::JournalSpan>)> answer) override {
        m_past.journalSpan(context, std::move(answer));
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

    void begin(desk::Snapshot snapshot) {
        m_picture.take(std::move(snapshot));
        m_ready = true;
        Changes changes;
        changes.all = changes.desk = true;
        m_sinceSignal.start();
        m_dispatch.note(changes);
        emit changed(changes);
        m_stored.newest(kLogEntries, this, [this](std::vector<model::Entry> history) {
            if (history.empty())
                return;
            m_picture.takeHistory(std::move(history));
            Changes more;
            more.all = true; // entries before those already shown: whoever shows them must begin anew
            emit changed(more);
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
        m_dispatch.note(changes);
        emit changed(changes);
    }

    desk::Desk& m_desk;
    QString m_actor;
    Proofs m_proofs;
    Picture m_picture;
    bool m_ready{false};
    QTimer m_flush;
    QElapsedTimer m_sinceSignal;
    FoldedDeltas m_rest; ///< of a large change, that is told of in slices
    std::shared_ptr<BridgeInbox> m_inbox;
    BridgeWorkers m_workers;
    StoredQuestions m_stored;
    DispatchQuestions m_dispatch;
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
