#pragma once

#include "gui/panels/detail_view.hpp"

class QLabel;

namespace tocsin::gui {

class FactGrid;
class KeyButton;
class SensorChart;
class TitleBlock;

/// A sensor: its value, its way over time, whether it is in service.
class SensorView : public DetailView {
    Q_OBJECT
  public:
    SensorView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override;

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void changeService();
    [[nodiscard]] const model::Sensor* sensor() const;
    void facts();
    model::SensorId m_sensor;
    TitleBlock* m_title;
    QLabel* m_value;
    FactGrid* m_facts;
    SensorChart* m_chart;
    KeyButton* m_service;
};

} // namespace tocsin::gui
