#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <algorithm>
#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

/// The places of a shelter, as they stand now.
struct ShelterPlaces {
    int capacity{0};
    int occupied{0};
    int promised{0}; ///< to people who are on their way
    [[nodiscard]] int free() const { return std::max(0, capacity - occupied - promised); }
};
[[nodiscard]] ShelterPlaces placesOf(const model::State& state, model::ResourceId shelter);

/// How many people go to a shelter of the plan: typed, held against what is free there, with what of the need the plan then meets. Changes nothing by
/// itself; the desk judges again.
class ShelterForm : public QDialog {
    Q_OBJECT
  public:
    struct Question {
        model::ResourceId shelter;
        int people{0};   ///< to begin with
        double open{0};  ///< people who need shelter; 0: no need asks for it
        double others{0}; ///< of them those whom the plan's other lines take
    };
    ShelterForm(const UiContext& ui, const Question& question, std::function<void(int people)> taken, QWidget* parent);

    /// A number of people as typed, 1 to `free`; else 0, and `fault` is a sentence.
    [[nodiscard]] static int peopleFrom(const QString& text, int free, QString& fault);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void judge();
    void words();
    void take();

    UiContext m_ui;
    Question m_question;
    std::function<void(int people)> m_taken;
    QLabel* m_headline;
    QLabel* m_places;
    QLabel* m_label;
    QLineEdit* m_people;
    QLabel* m_met;
    QLabel* m_fault;
    QPushButton* m_act;
    QPushButton* m_cancel;
};

} // namespace tocsin::gui
