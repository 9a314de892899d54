#pragma once

#include "gui/dispatch/dispatch_page.hpp"

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
    void approve();
    void refuse();

  private:
    void choose();
    [[nodiscard]] const model::Decision* current() const;
    [[nodiscard]] bool takesBack(const model::Decision& decision) const; ///< who sits here proposed it and is not the leader

    QListWidget* m_list;
    QTextBrowser* m_card;
    QLabel* m_empty;
    QPushButton* m_approve;
    QPushButton* m_refuse;
    QPushButton* m_print;
    QString m_shown;
};

} // namespace tocsin::gui
