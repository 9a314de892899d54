#include "tocsin/gui/panels/detail_panel.hpp"

#include "gui/panels/alarm_view.hpp"
#include "gui/panels/drawing_view.hpp"
#include "gui/panels/incident_view.hpp"
#include "gui/panels/message_views.hpp"
#include "gui/panels/overview_view.hpp"
#include "gui/panels/report_view.hpp"
#include "gui/panels/resource_view.hpp"
#include "gui/panels/sensor_views.hpp"
#include "gui/panels/unit_view.hpp"

#include <QAction>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace tocsin::gui {

/// One view a kind, made when its kind is first selected and kept.
struct DetailPanel::Views {
    OverviewView* overview{nullptr};
    IncidentView* incident{nullptr};
    AlarmView* alarm{nullptr};
    SensorView* sensor{nullptr};
    ReportView* report{nullptr};
    WarningView* warning{nullptr};
    EarthquakeView* earthquake{nullptr};
    ResourceView* resource{nullptr};
    DrawingView* drawing{nullptr};
    UnitView* unit{nullptr};
};

DetailPanel::DetailPanel(const UiContext& context, QWidget* parent)
    : Panel(context, QStringLiteral("detailPanel"), QStringLiteral("F5"), parent), m_scroll(new QScrollArea(this)),
      m_views(std::make_shared<Views>()) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    column->addWidget(m_scroll);

    connect(&m_ui.selection, &Selection::changed, this, &DetailPanel::follow);
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        // What is selected may have come or gone with this change.
        if (viewFor(m_ui.selection.current()) != m_shown)
            follow();
        else if (m_shown)
            m_shown->take(changes);
    });
    auto* second = new QTimer(this);
    connect(second, &QTimer::timeout, this, [this] {
        if (m_shown && isVisible())
            m_shown->tick();
    });
    second->start(1000);
    follow();
}

QString DetailPanel::panelTitle() const {
    switch (m_ui.selection.current().index()) {
    case 1:
        return tr("Incident");
    case 2:
        return tr("Alarm");
    case 3:
        return tr("Warning");
    case 4:
        return tr("Report");
    case 5:
        return tr("Earthquake");
    case 6:
        return tr("Resource");
    case 7:
        return tr("Assignment");
    case 8:
        return tr("Sensor");
    case 9: {
        const auto& drawings = m_ui.desk.state().drawings;
        const auto it = drawings.find(*m_ui.selection.as<model::DrawingId>());
        return it == drawings.end() ? tr("Overview") : DrawingView::kindWord(it->second.kind);
    }
    case 10:
        return tr("Unit");
    default:
        return tr("Overview");
    }
}

QString DetailPanel::emptyText() const {
    return tr("Choose a row on the left or a symbol on the map, and it stands here.");
}

template <typename View>
DetailView* DetailPanel::only(View*& view) {
    if (!view) {
        view = new View(m_ui, this);
        view->hide();
        if constexpr (std::is_same_v<View, IncidentView>) {
            connect(view, &IncidentView::proposalChanged, this, &DetailPanel::proposalChanged);
            connect(view, &IncidentView::coverChanged, this, &DetailPanel::coverChanged);
        }
        if constexpr (std::is_same_v<View, ReportView>) {
            view->setPhotos(m_photos);
            connect(view, &ReportView::amendWanted, this, &DetailPanel::amendCallWanted);
        }
    }
    return view;
}

DetailView* DetailPanel::viewFor(const Selected& what) {
    const model::State& state = m_ui.desk.state();
    if (const auto* id = std::get_if<model::IncidentId>(&what); id && state.incidents.contains(*id))
        return only(m_views->incident);
    if (const auto* id = std::get_if<model::AlarmId>(&what); id && state.alarms.contains(*id))
        return only(m_views->alarm);
    if (const auto* id = std::get_if<model::WarningId>(&what); id && state.warnings.contains(*id))
        return only(m_views->warning);
    if (const auto* id = std::get_if<model::ReportId>(&what); id && state.reports.contains(*id))
        return only(m_views->report);
    if (const auto* id = std::get_if<model::EarthquakeId>(&what); id && state.earthquakes.contains(*id))
        return only(m_views->earthquake);
    if (const auto* id = std::get_if<model::ResourceId>(&what); id && state.resources.contains(*id))
        return only(m_views->resource);
    if (const auto* id = std::get_if<model::AssignmentId>(&what)) {
        const auto it = state.assignments.find(*id);
        if (it != state.assignments.end() && state.resources.contains(it->second.resource))
            return only(m_views->resource);
    }
    if (const auto* id = std::get_if<model::SensorId>(&what); id && state.sensors.contains(*id))
        return only(m_views->sensor);
    if (const auto* id = std::get_if<model::DrawingId>(&what); id && state.drawings.contains(*id))
        return only(m_views->drawing);
    if (const auto* id = std::get_if<model::UnitId>(&what); id && state.units.contains(*id))
        return only(m_views->unit);
    return only(m_views->overview);
}

void DetailPanel::follow() {
    Selected what = m_ui.selection.current();
    DetailView* view = viewFor(what);
    if (const auto* id = std::get_if<model::AssignmentId>(&what)) {
        // An assignment is shown with who it binds.
        const auto& all = m_ui.desk.state().assignments;
        if (const auto it = all.find(*id); it != all.end())
            what = it->second.resource;
    }
    if (view != m_shown) {
        if (m_shown) {
            m_shown->show(Selected{});
            m_scroll->takeWidget();
            m_shown->setParent(this);
            m_shown->hide();
        }
        m_shown = view;
        view->show(what);
        m_scroll->setWidget(view);
        view->setAutoFillBackground(false);
        view->QWidget::show();
    } else {
        view->show(what);
    }
    m_scroll->verticalScrollBar()->setValue(0);
    emit titleChanged();
}

void DetailPanel::takeFocus() {
    m_scroll->setFocus(Qt::ShortcutFocusReason);
    if (m_shown) {
        // The first thing that can be acted on.
        QWidget* next = m_shown->nextInFocusChain();
        for (int i = 0; next && i < 200; ++i, next = next->nextInFocusChain()) {
            if (m_shown->isAncestorOf(next) && next->isVisible() && next->isEnabled() &&
                (next->focusPolicy() & Qt::TabFocus) != 0) {
                next->setFocus(Qt::ShortcutFocusReason);
                return;
            }
        }
    }
}

QList<QAction*> DetailPanel::keyActions() {
    const std::pair<const char*, QString> keys[] = {{"[  ]", tr("Less or more time in the chart")},
                                                    {"O", tr("Take the sensor out of service, or put it back")}};
    for (std::size_t i = 0; i < std::size(keys); ++i) {
        if (m_keyActions.size() == static_cast<qsizetype>(i))
            m_keyActions.append(new QAction(this));
        QAction* action = m_keyActions[static_cast<qsizetype>(i)];
        action->setProperty("keyText", QString::fromLatin1(keys[i].first));
        action->setText(keys[i].second);
        action->setProperty("sheetOnly", true);
    }
    return m_keyActions;
}

void DetailPanel::sendTeams() {
    if (m_views->incident && m_shown == m_views->incident)
        m_views->incident->send();
}

void DetailPanel::retranslate() {
    if (m_shown)
        m_shown->words();
}

void DetailPanel::restyle() {
    retranslate();
}

} // namespace tocsin::gui
