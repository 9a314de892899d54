#pragma once

#include "gui/panels/plan_choice.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QTimer>
#include <QWidget>
#include <map>
#include <memory>
#include <optional>
#include <set>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace tocsin::gui {

class CandidateRow;
class KeyButton;
class PlanCalls;

/// Who should go to the selected incident: asks for the optimum over all that is open, shows it with its reasons, what the second
/// choice costs, what is not met and what the next call would find; lets a person choose otherwise (and say why), and
/// sends the whole plan. Anybody can be added by hand, loads and the order of stops be changed. While a plan waits for the leader's word it says so: the leader
/// approves or refuses it here, to everybody else what it leaves open is offered, and whoever proposed it takes it back.
class DecisionCard : public QWidget {
    Q_OBJECT
  public:
    DecisionCard(const UiContext& ui, QWidget* parent);

    void setIncident(std::optional<model::IncidentId> incident);
    void take(const Changes& changes);
    void words();
    /// Sends the checked ones; asks for a reason first if they are not the recommended.
    void send();

  signals:
    /// What is chosen now, for the map; null when nothing is proposed.
    void proposalChanged(std::shared_ptr<const tocsin::dispatch::Recommendation> proposal);
    /// What the next call would find, to be drawn on the map; null when it is not wanted.
    void coverChanged(std::shared_ptr<const tocsin::dispatch::Cover> cover);

  protected:
    void hideEvent(QHideEvent* event) override; ///< its window closes, too: a plan that waits for its cover goes without it
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    using Shared = std::shared_ptr<const dispatch::Answer>;
    [[nodiscard]] const model::Incident* incident() const;
    [[nodiscard]] const model::Decision* waiting() const; ///< for the leader's word; of several the actor's own first
    [[nodiscard]] std::vector<const model::Decision*> allWaiting() const;
    [[nodiscard]] const model::Decision* toJudge() const; ///< of those, where the act here is to give that word
    [[nodiscard]] QString placeName(const model::Incident& incident) const;
    [[nodiscard]] QString why(const Offered& one) const;
    [[nodiscard]] QStringList counts(const Offered& one) const;
    [[nodiscard]] QStringList leftBelowMinimum(const Offered& one) const;
    void ask();
    void show(const Shared& answer);
    void fill();
    void fillRows();
    void fillTexts();
    void choiceChanged(); ///< button, reason field and the map's routes follow the boxes
    void layFoot();
    void propose();
    void labels(); ///< every text but the rows'
    [[nodiscard]] QString unmetText() const;
    [[nodiscard]] QString othersText() const;
    [[nodiscard]] QString coverText() const;
    [[nodiscard]] QString toldText() const;
    /// As it would be sent now, with what is chosen.
    [[nodiscard]] model::Decision card(std::vector<model::AssignmentId>* releases = nullptr) const;
    void showCover();
    /// Who would leave with this choice, those who stand by not counted; and who is recommended here, or for the other incidents.
    [[nodiscard]] std::set<model::ResourceId> going() const;
    [[nodiscard]] std::set<model::ResourceId> wanted(bool here) const;
    void followCover(); ///< asks for the cover of another choice, a moment after the last change
    void askCover();
    void editNeeds();
    void judge(bool approve);
    void claim();
    void renewClaim();
    void release(std::vector<model::ResourceId> gone);
    void letGo();
    void sendHeld(const dispatch::Cover* cover); ///< null: it was not told in time
    void sendPlan(desk::SendPlan command);
    [[nodiscard]] std::vector<bool> taken() const;
    [[nodiscard]] bool otherwise() const; ///< the choice is not the recommended one

    // ---- by hand
    void add();
    void addLine(HandLine line);  ///< whom the finder has found and claimed
    void put(const HandLine& line);
    void change(model::ResourceId resource); ///< its load, or how many go there
    [[nodiscard]] HandLine handOf(const Offered& one, const model::DecisionLine& line) const; ///< as it is, to be changed
    void editLoad(const Offered& one);
    void askPeople(const HandLine& line);
    void changeLoad(const HandLine& line, std::vector<model::LoadItem> load, const std::vector<model::ResourceId>& stores);
    void takeOut(model::ResourceId resource);
    void askWays(); ///< of the lines made by hand, anew
    void forget(model::ResourceId resource); ///< its claim
    void say(const QString& sentence);
    [[nodiscard]] const Offered* offered(model::ResourceId resource) const;
    [[nodiscard]] std::vector<dispatch::NeedAnswer> needsLeft() const; ///< of the incident, with what is missing now; no choices
    [[nodiscard]] std::vector<model::DecisionLine> linesTaken(std::optional<model::ResourceId> but = std::nullopt) const;
    [[nodiscard]] QString handText(const Offered& one) const;

    UiContext m_ui;
    std::optional<model::IncidentId> m_incident;
    Shared m_answer;
    std::vector<Offered> m_offered;          ///< into m_answer, one a row
    std::map<model::ResourceId, bool> m_own; ///< what the person set otherwise
    HandLines m_hand;                        ///< what the person added or changed
    std::size_t m_handChange{0};             ///< grows with each change of it
    std::size_t m_proposedHand{0};           ///< as the map was told last
    std::vector<model::ResourceId> m_claimed;
    base::Time m_touchedAt{}; ///< when a person last chose something
    QTimer* m_claimClock;     ///< looks whether the claim is to be renewed
    Shared m_proposed; ///< what the map was told last
    std::vector<bool> m_proposedTaken;
    bool m_coverShown{false};
    std::set<model::ResourceId> m_coverOf;                   ///< whose going the answer's cover is about
    std::optional<std::set<model::ResourceId>> m_coverAsked; ///< whose is being reckoned
    QTimer* m_coverClock;
    std::optional<desk::SendPlan> m_held;                ///< waits for the cover of its choice …
    std::optional<std::set<model::ResourceId>> m_heldOf; ///< … which is that of these
    QTimer* m_heldClock;                                 ///< how long it does
    bool m_sending{false};
    bool m_asking{false};
    /// What of an incident the answer rests on: the optimum is over all that are open.
    struct Asked {
        model::IncidentId incident;
        model::Grade grade;
        model::Position position;
        std::vector<model::Need> needs;
        friend bool operator==(const Asked&, const Asked&) = default;
    };
    [[nodiscard]] std::vector<Asked> openIncidents() const;
    std::vector<Asked> m_askedAbout; ///< when it was asked last
    model::RoadWeather m_askedWeather{model::RoadWeather::clear}; ///< when it was asked last …
    model::RoadWeather m_weather{model::RoadWeather::clear};      ///< … and for what is shown
    QString m_failure;
    QTimer m_later;

    QLabel* m_title;
    QLabel* m_status;
    QVBoxLayout* m_rowsColumn;
    std::vector<CandidateRow*> m_rows;
    PlanCalls* m_calls; ///< whom the incident's plan has called with it
    QLabel* m_hint;
    QLabel* m_said; ///< why something by hand was not done
    QLabel* m_unmet;
    QLabel* m_note;
    QLabel* m_facts;
    QLabel* m_voice;
    QLabel* m_cover;
    QLabel* m_told; ///< who else must be told
    QPushButton* m_coverOnMap;
    QPushButton* m_refuse;
    QPushButton* m_others;
    QLabel* m_othersText;
    QLineEdit* m_reason;
    QBoxLayout* m_foot;
    KeyButton* m_send;
    QPushButton* m_change;
    KeyButton* m_add;
};

} // namespace tocsin::gui
