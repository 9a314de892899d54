#pragma once

#include "gui/panels/alarm_acts.hpp"
#include "gui/panels/alarm_faces.hpp"
#include "gui/panels/detail_view.hpp"
#include "gui/panels/link_list.hpp"
#include "gui/panels/near_reports.hpp"

#include <QElapsedTimer>
#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace tocsin::gui {

class FactGrid;
class KeyButton;
class SensorChart;
class TimeLine;
class TitleBlock;

/// An alarm: what, why, what to do, all that can be done with it, its sensor's chart, who is to be told, what else
/// belongs to it, and how it came to be as it is. S, O, R, H, U, I and K do what the buttons say; [ and ] change the
/// chart's time. One that several sensors have raised lists them, and charts the one that was chosen.
class AlarmView : public DetailView {
    Q_OBJECT
  public:
    AlarmView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override;

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    struct Act {
        AlarmAct act;
        KeyButton* button;
    };
    [[nodiscard]] const model::Alarm* alarm() const;
    [[nodiscard]] AlarmTarget target() const;
    void facts();
    void acts();
    void people();
    // ---- what belongs to it: alarm_view_links.cpp
    [[nodiscard]] model::SensorId charted(const model::Alarm& alarm) const;
    void chart(const model::SensorId& sensor);
    void sensors();
    [[nodiscard]] QString inGroup(const triage::AlarmGroup& found, std::vector<LinkList::Link>& links);
    void related();
    void group();
    void history();
    void told(const std::string& who, bool is);

    AlarmFaces m_faces;
    model::AlarmId m_alarm;
    TitleBlock* m_title;
    QLabel* m_state;
    FactGrid* m_facts;
    QLabel* m_guidanceTitle;
    QLabel* m_guidance;
    std::vector<Act> m_acts;
    QGridLayout* m_grid; ///< two columns; acts() puts into them what can be done now
    SensorChart* m_chart;
    QLabel* m_forecast;
    model::SensorId m_chosen;   ///< of several sensors; empty: the first
    bool m_wholeSensors{false}; ///< all of several are listed
    QLabel* m_sensorsTitle;
    LinkList* m_sensors;
    QLabel* m_peopleTitle;
    QVBoxLayout* m_people;
    QLabel* m_tellTrouble; ///< why that somebody was told was not taken
    std::vector<QCheckBox*> m_told;
    QLabel* m_groupTitle;
    QLabel* m_groupFacts;
    LinkList* m_group;
    QLabel* m_reportsTitle;
    LinkList* m_reports;
    QLabel* m_historyTitle;
    TimeLine* m_history;
    void index(const Changes& changes);

    static constexpr std::size_t mostLinks = 6; ///< of a kind, before "all"

    NearReports m_near;
    bool m_historyStale{false};
    bool m_relatedStale{false};
    bool m_groupStale{false};
    QElapsedTimer m_asked;
};

} // namespace tocsin::gui
