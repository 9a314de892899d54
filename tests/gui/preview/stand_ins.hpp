#pragma once

#include "tocsin/gui/main_window.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"
#include "tocsin/gui/panels/incident_panel.hpp"
#include "tocsin/gui/panels/panel.hpp"
#include "tocsin/gui/panels/report_panel.hpp"

#include <QPainter>

namespace tocsin::gui::preview {

/// Stands where a panel will.
class StandIn : public Panel {
  public:
    StandIn(const UiContext& ui, const char* name, const char* key, QString title)
        : Panel(ui, QString::fromLatin1(name), QString::fromLatin1(key)), m_title(std::move(title)) {
        setFocusPolicy(Qt::StrongFocus);
        setMinimumHeight(80);
    }
    QString panelTitle() const override { return m_title; }

  private:
    QString m_title;
};

class MapStandIn : public QWidget {
  public:
    explicit MapStandIn(const UiContext& ui) : m_ui(ui) {
        setObjectName(QStringLiteral("mapView"));
        setFocusPolicy(Qt::StrongFocus);
        setMinimumSize(200, 150);
    }

  protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter(this).fillRect(rect(), m_ui.theme.colours().mapGround);
    }

  private:
    UiContext m_ui;
};

inline Panels makePanels(const UiContext& ui) {
    Panels panels;
    panels.alarms = new AlarmPanel(ui);
    panels.incidents = new IncidentPanel(ui);
    panels.reports = new ReportPanel(ui);
    panels.details = new StandIn(ui, "detailPanel", "F5", QStringLiteral("Details"));
    panels.log = new StandIn(ui, "logPanel", "F6", QStringLiteral("Duty log"));
    panels.map = new MapStandIn(ui);
    return panels;
}

} // namespace tocsin::gui::preview
