#pragma once

#include "gui/panels/detail_view.hpp"

#include <array>

class QLabel;

namespace tocsin::gui {

class FactGrid;

/// With nothing selected: how things stand, and what to do first.
class OverviewView : public DetailView {
    Q_OBJECT
  public:
    OverviewView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;

  private:
    QLabel* m_headline;
    QLabel* m_hint;
    FactGrid* m_facts;
    QLabel* m_stepsTitle;
    std::array<QLabel*, 5> m_steps{}; ///< each beside its number, so that a step that wraps hangs
};

} // namespace tocsin::gui
