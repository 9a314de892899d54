#pragma once

#include "gui/panels/plan_choice.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <QTimer>
#include <functional>
#include <map>
#include <optional>
#include <set>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

class RowList;

/// Finds anybody who could be sent, whoever is recommended: a list of all resources by their time to the incident, each with what speaks against
/// it; some words of its name, kind, capability, place or number filter it. Enter claims the one and asks its way; then it is given to `taken`.
/// Who cannot be sent is shown with the reason, and refused in words.
class HandFinder : public QDialog {
    Q_OBJECT
  public:
    /// `needs` of the incident, those that are open first preferred; `planned`: who is in the plan already.
    HandFinder(const UiContext& ui, model::IncidentId incident, std::vector<dispatch::NeedAnswer> needs, std::set<model::ResourceId> planned,
               std::function<void(HandLine)> taken, QWidget* parent);

    void reject() override;

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    class Rows;
    void ask();
    void fill();
    void words();
    void take();
    void claimed(HandLine line);
    void say(const QString& sentence);
    void letGo();
    [[nodiscard]] dispatch::NeedAnswer needFor(const model::Resource& resource, dispatch::Obstacle& obstacle, const dispatch::Choice& judged) const;
    [[nodiscard]] QString against(const dispatch::HandChoice& one, const model::Resource& resource) const;
    [[nodiscard]] QString haystack(const model::Resource& resource) const;

    UiContext m_ui;
    model::IncidentId m_incident;
    std::vector<dispatch::NeedAnswer> m_needs;
    std::set<model::ResourceId> m_planned;
    std::function<void(HandLine)> m_taken;
    std::vector<dispatch::HandChoice> m_choices; ///< as the worker told
    std::map<model::ResourceId, QString> m_texts; ///< what is looked through
    std::optional<model::ResourceId> m_claim;    ///< held while its way is asked
    bool m_asking{false};
    bool m_again{false}; ///< things have changed since it was asked
    QTimer m_later;
    Rows* m_rows;
    QLineEdit* m_find;
    QLabel* m_forTitle;
    QComboBox* m_for;
    RowList* m_list;
    QLabel* m_count;
    QLabel* m_said;
    QPushButton* m_add;
    QPushButton* m_cancel;
};

} // namespace tocsin::gui
