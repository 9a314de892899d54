#pragma once

#include "gui/dispatch/board_view.hpp"
#include "gui/dispatch/dispatch_page.hpp"

class QComboBox;

namespace tocsin::gui {

/// Those who were sent, step by step, with what can be done about them. GUI thread.
class BoardPage : public DispatchPage {
    Q_OBJECT
  public:
    BoardPage(const UiContext& ui, const desk::DispatchRules& rules, QWidget* parent);
    void refresh() override;
    void retranslate() override;
    void takeFocus() override { m_view->setFocus(); }
    [[nodiscard]] BoardView& view() { return *m_view; }

  private:
    void fillFilter();
    void buttons();
    void step();
    void release();
    /// Whom of those a stock of their own is below its minimum, in words; empty: nobody.
    [[nodiscard]] QString shortOf(const std::vector<model::AssignmentId>& ids) const;
    void rollCall();
    void order();
    void newest(); ///< the orders that went out last
    void showOrders(std::vector<model::AssignmentId> orders);
    void open(model::AssignmentId id);
    void drop(model::AssignmentState state);
    /// One step after the other, until `to`.
    void advance(model::AssignmentId id, model::AssignmentState to);
    [[nodiscard]] const model::Assignment* assignment(model::AssignmentId id) const;
    [[nodiscard]] QString nameOf(model::AssignmentId id) const;

    desk::DispatchRules m_rules;
    QComboBox* m_filter;
    QComboBox* m_sort;
    QLabel* m_summary;
    BoardView* m_view;
    QPushButton* m_step;
    QPushButton* m_release;
    QPushButton* m_rollCall;
    QPushButton* m_order;
    QPushButton* m_open;
    QLabel* m_keys;
    QPushButton* m_newOrders;
    bool m_filling{false};
};

} // namespace tocsin::gui
