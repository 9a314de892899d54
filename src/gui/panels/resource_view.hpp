#pragma once

#include "gui/panels/detail_view.hpp"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace tocsin::gui {

class AssignmentRow;
class FactGrid;
class TitleBlock;

/// A team, vehicle, warehouse, shelter …: what it is, what it can do, what it has, where it is bound.
class ResourceView : public DetailView {
    Q_OBJECT
  public:
    ResourceView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override;

  private:
    class StockTable;
    [[nodiscard]] const model::Resource* resource() const;
    [[nodiscard]] const model::Assignment* running() const;

    model::ResourceId m_resource;
    TitleBlock* m_title;
    FactGrid* m_facts;
    QLabel* m_capabilitiesTitle;
    QLabel* m_capabilities;
    QLabel* m_assignmentTitle;
    QVBoxLayout* m_assignmentPlace;
    AssignmentRow* m_assignment{nullptr};
    QPushButton* m_incident;
    QLabel* m_stockTitle;
    StockTable* m_stock;
};

} // namespace tocsin::gui
