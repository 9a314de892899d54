#pragma once

#include "gui/fake_scene.hpp"
#include "tocsin/gui/bridge.hpp"

#include <functional>
#include <map>
#include <optional>
#include <variant>
#include <vector>

namespace tocsin::gui::test {

/// A desk without a desk: shows the scene, records what is sent, and does the simplest commands to its own state.
/// Everything it answers, it answers at once.
class FakeBridge : public DeskBridge {
  public:
    FakeBridge();
    explicit FakeBridge(Scene scene);
    ~FakeBridge() override;

    // What a test sets.
    base::Time time{sceneNow()};
    bool isReadOnly{false};
    QString seatOf; ///< who sits here, where it is a seat
    QString endedSeat; ///< by whom it was ended
    bool isReady{true};
    bool effects{true};                    ///< do what was sent, in the simplest way
    std::vector<desk::CommandBody> sent;   ///< oldest first
    std::vector<model::IncidentId> asked;  ///< for recommendations
    std::optional<base::Error> refuseNext; ///< answers the next command with this
    std::map<QString, FeedHealth> feedHealth;
    std::map<model::SensorId, std::vector<store::ReadingPoint>> series;
    std::vector<model::SensorId> charted; ///< sensors whose readings were asked for
    std::vector<detect::Rule> inForce;
    std::map<model::ResourceId, double> drives; ///< seconds to any place; who is not named has no way; empty: nobody can tell
    int waysAsked{0};
    struct AskedWay {
        model::ResourceId resource;
        std::vector<model::ResourceId> stores;
    };
    std::vector<AskedWay> waysByHand; ///< asked for
    struct AskedCover {
        std::set<model::ResourceId> taken;
        std::set<model::ResourceId> elsewhere;
    };
    std::vector<AskedCover> coversAsked;
    std::optional<dispatch::Cover> cover; ///< answers each of them; without it none can be told
    bool coverComes{true};                ///< else none of them is answered
    std::optional<base::Error> noWay; ///< answers each of them with this
    std::vector<route::ReachedRoad> reached;                   ///< what reachAround answers
    std::function<base::Result<PastPicture>(base::Time)> past; ///< what pictureAt answers
    desk::JournalSpan span;

    /// The state, to be changed before changed() is emitted by tell().
    [[nodiscard]] Scene& scene() { return m_scene; }
    void tell(const Changes& changes);
    void tellAll();
    void complain(const QString& sentence);

    template <typename Command>
    [[nodiscard]] const Command* lastSent() const {
        return sent.empty() ? nullptr : sent.back().as<Command>();
    }

    const model::State& state() const override;
    const std::map<model::SensorId, desk::SensorNow>& sensorsNow() const override;
    const std::vector<detect::Rule>& rules() const override;
    const std::deque<model::Entry>& log() const override;
    const std::map<QString, FeedHealth>& feeds() const override;
    base::Time now() const override;
    bool readOnly() const override;
    bool isSeat() const override;
    QString seatEnded() const override { return endedSeat; }
    bool ready() const override;
    const std::vector<model::Plan>& plans() const override;
    QString actor() const override;

    void send(desk::CommandBody body, QObject* context = nullptr, Answer answer = {}) override;
    void recommend(model::IncidentId incident) override;
    void readingsOf(const model::SensorId& sensor, base::Time from, base::Time to, std::size_t most, QObject* context,
                    std::function<void(std::vector<store::ReadingPoint>)> answer) override;
    void nearestResources(model::Position place, std::size_t most, QObject* context,
                          std::function<void(std::vector<NearResource>)> answer) override;
    void roadTimes(std::vector<model::ResourceId> sources, std::vector<model::Position> places, QObject* context,
                   std::function<void(RoadTimes)> answer) override;
    /// Those who are free can go, by the straight line; a place goes nowhere.
    void choicesByHand(model::IncidentId incident, QObject* context, std::function<void(HandChoices)> answer) override;
    void wayByHand(model::IncidentId incident, model::ResourceId resource, std::vector<model::ResourceId> stores, QObject* context,
                   std::function<void(HandWay)> answer) override;
    void coverOf(std::set<model::ResourceId> taken, std::set<model::ResourceId> elsewhere, QObject* context,
                 std::function<void(CoverAnswer)> answer) override;
    void reachAround(std::vector<model::Position> places, route::ReachDirection direction, base::Seconds most,
                     QObject* context, std::function<void(Reached)> answer) override;
    void pictureAt(base::Time at, QObject* context, std::function<void(base::Result<PastPicture>)> answer) override;
    void journalSpan(QObject* context, std::function<void(base::Result<desk::JournalSpan>)> answer) override;
    void entriesAbout(const QString& subject, std::size_t most, QObject* context,
                      std::function<void(std::vector<model::Entry>)> answer) override;

    /// Three teams chosen of four, as in the drawing.
    [[nodiscard]] dispatch::Answer answerFor(model::IncidentId incident) const;

  private:
    template <typename Command>
    void perform(const Command& command, desk::Done& done, Changes& changes);
    void acknowledge(model::Alarm& alarm);
    void setAside(const std::vector<model::AlarmId>& alarms, model::AlarmState to, const std::string& reason,
                  Changes& changes);
    void givePlan(model::IncidentId id, const desk::PlanChange& change);
    void openIncident(const desk::OpenIncident& command, desk::Done& done, Changes& changes);
    void sendLines(const model::Decision& decision, desk::Done& done, Changes& changes);

    Scene m_scene;
};

} // namespace tocsin::gui::test
