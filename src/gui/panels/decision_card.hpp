#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QTimer>
#include <QWidget>
#include <map>
#include <memory>
#include <optional>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace tocsin::gui {

class CandidateRow;
class KeyButton;

/// Who should go to the selected incident: asks for a recommendation, shows it with its reasons, lets a person choose
/// otherwise (and say why), and sends.
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

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    using Shared = std::shared_ptr<const dispatch::Recommendation>;
    [[nodiscard]] const model::Incident* incident() const;
    [[nodiscard]] QString placeName(const model::Incident& incident) const;
    [[nodiscard]] QString why(const dispatch::Candidate& candidate) const;
    void ask();
    void show(const Shared& recommendation);
    void fill();
    void choiceChanged(); ///< button, reason field and the map's routes follow the boxes
    void propose(const std::vector<const dispatch::Candidate*>& going);
    void labels(); ///< every text but the rows'
    void editNeeds();
    [[nodiscard]] std::vector<const dispatch::Candidate*> chosen() const;
    [[nodiscard]] bool otherwise() const; ///< the choice is not the recommended one

    UiContext m_ui;
    std::optional<model::IncidentId> m_incident;
    Shared m_recommendation;
    std::vector<const dispatch::Candidate*> m_offered; ///< into m_recommendation, one a row
    std::map<model::ResourceId, bool> m_own;           ///< what the person set otherwise
    Shared m_proposed;                                 ///< what the map was told last
    std::vector<model::ResourceId> m_proposedWho;
    bool m_sending{false};
    bool m_asking{false};
    QString m_failure;
    QTimer m_later;

    QLabel* m_title;
    QLabel* m_status;
    QVBoxLayout* m_rowsColumn;
    std::vector<CandidateRow*> m_rows;
    QLabel* m_unmet;
    QLabel* m_note;
    QPushButton* m_others;
    QLabel* m_othersText;
    QLineEdit* m_reason;
    QBoxLayout* m_foot;
    KeyButton* m_send;
    QPushButton* m_change;
};

} // namespace tocsin::gui
