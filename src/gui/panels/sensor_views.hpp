#pragma once

#include "gui/panels/detail_view.hpp"

class QLabel;
class QPushButton;

namespace tocsin::gui {

class FactGrid;
class KeyButton;
class ReadingChart;
class TitleBlock;

/// A sensor: its value, its way, the last hour.
class SensorView : public DetailView {
    Q_OBJECT
  public:
    SensorView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override;

  private:
    [[nodiscard]] const model::Sensor* sensor() const;
    void facts();
    model::SensorId m_sensor;
    TitleBlock* m_title;
    QLabel* m_value;
    FactGrid* m_facts;
    QLabel* m_chartTitle;
    ReadingChart* m_chart;
};

/// An alarm: what, why, what to do, and the two acts: acknowledge it, open an incident from it.
class AlarmView : public DetailView {
    Q_OBJECT
  public:
    AlarmView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override;

  private:
    [[nodiscard]] const model::Alarm* alarm() const;
    void facts();
    void acknowledge();
    void openIncident();

    model::AlarmId m_alarm;
    TitleBlock* m_title;
    FactGrid* m_facts;
    KeyButton* m_acknowledge;
    KeyButton* m_open;
    QPushButton* m_link;
    QLabel* m_chartTitle;
    ReadingChart* m_chart;
    QLabel* m_guidanceTitle;
    QLabel* m_guidance;
};

/// Loads the last hour of a sensor into a chart and draws the limits of its alarms.
void fillChart(const UiContext& ui, ReadingChart& chart, const model::SensorId& sensor);
/// Adds the newest reading and the limits.
void updateChart(const UiContext& ui, ReadingChart& chart, const model::SensorId& sensor);

} // namespace tocsin::gui
