#pragma once

#include "gui/dispatch/dispatch_page.hpp"
#include "gui/dispatch/timeline_view.hpp"

namespace tocsin::gui {

/// The timeline with its buttons. GUI thread.
class TimelinePage : public DispatchPage {
    Q_OBJECT
  public:
    TimelinePage(const UiContext& ui, const desk::DispatchRules& rules, QWidget* parent);
    void refresh() override;
    void retranslate() override;
    void takeFocus() override { m_view->setFocus(); }

  private:
    void print();

    desk::DispatchRules m_rules;
    TimelineView* m_view;
    QLabel* m_legend;
    QPushButton* m_now;
    QPushButton* m_closer;
    QPushButton* m_wider;
    QPushButton* m_print;
};

} // namespace tocsin::gui
