#pragma once

#include "gui/dispatch/dispatch_page.hpp"

#include <string>
#include <vector>

class QListWidget;
class QTextBrowser;

namespace tocsin::gui {

/// A decided card with what really happened beside it, as rich text. Pure but for the language in force.
[[nodiscard]] QString decisionHtml(const model::State& state, const model::Decision& decision, const QString& language,
                                   base::Time now);

/// The decisions that were made: recommended and chosen, what it left open, the leader's word, and what came of it. GUI thread.
class DecisionPage : public DispatchPage {
    Q_OBJECT
  public:
    DecisionPage(const UiContext& ui, QWidget* parent);
    void refresh() override;
    void retranslate() override;
    void takeFocus() override;
    void select(model::DecisionId id);
    void setLeaders(std::vector<std::string> leaders) { m_leaders = std::move(leaders); } ///< whom the county names; refresh() follows
    void approve();
    void refuse();

  private:
    void choose();
    [[nodiscard]] const model::Decision* current() const;

    QListWidget* m_list;
    QTextBrowser* m_card;
    QLabel* m_empty;
    QLabel* m_waits; ///< for whose word, where it is not that of who sits here
    QPushButton* m_approve;
    QPushButton* m_refuse;
    QPushButton* m_print;
    QString m_shown;
    std::vector<std::string> m_leaders;
};

} // namespace tocsin::gui
