#include "app/desk_window.hpp"

#include "tocsin/gui/desk_bridge.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"
#include "tocsin/gui/panels/detail_panel.hpp"
#include "tocsin/gui/panels/duty_log.hpp"
#include "tocsin/gui/panels/incident_panel.hpp"
#include "tocsin/gui/panels/new_incident_dialog.hpp"
#include "tocsin/gui/panels/report_panel.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <spdlog/spdlog.h>

namespace tocsin::app {

namespace {

/// Who acts while nobody has started a shift.
QString actorOf(const county::Config& config) {
    return config.officers.empty() ? QStringLiteral("duty officer") : QString::fromStdString(config.officers.front());
}

gui::PlaceSearch placeSearch(std::shared_ptr<const county::Gazetteer> gazetteer, model::Position near) {
    if (!gazetteer)
        return {};
    return [gazetteer, near](const QString& text, std::size_t most) {
        std::vector<gui::FoundPlace> out;
        for (const auto& place : gazetteer->search(text.toStdString(), near, most)) {
            auto detail = QString::fromStdString(place.detail.empty() ? place.kind : place.detail);
            if (!place.within.empty())
                detail += QStringLiteral(" · ") + QString::fromStdString(place.within.text);
            out.push_back({QString::fromStdString(place.name.text), detail, place.position});
        }
        return out;
    };
}

} // namespace

DeskWindow::DeskWindow(CountySession& session, const Options& options) : m_session(session) {
    const auto remembered = options.remember ? gui::remembered(session.folder.root) : gui::Remembered{};
    m_language = std::make_unique<gui::Language>(m_languageCode);
    m_language->set(!options.language.isEmpty()      ? options.language
                    : !remembered.language.isEmpty() ? remembered.language
                                                     : gui::Language::ofSystem());
    auto look = remembered.look.value_or(gui::Theme::Look::dark);
    if (!options.theme.isEmpty())
        look = options.theme == QLatin1String("light") ? gui::Theme::Look::light : gui::Theme::Look::dark;
    m_theme = std::make_unique<gui::Theme>(look);

    std::shared_ptr<const route::RoadGraph> roads;
    if (auto loaded = loadRoads(session.folder))
        roads = *loaded;
    else
        spdlog::warn("there is no road network: {}", loaded.error().message);
    m_bridge = gui::makeDeskBridge(*session.desk, roads, session.folder.readings(), session.folder.database(),
                                   actorOf(session.config));
    if (auto gazetteer = county::Gazetteer::open(session.folder.map()))
        m_gazetteer = std::move(*gazetteer);

    map::RendererOptions tiles;
    tiles.map = session.folder.map();
    tiles.cache = session.folder.root / "tiles";
    m_tiles = map::makeTileRenderer(std::move(tiles));

    const gui::UiContext ui{*m_bridge, *m_theme, m_selection, m_languageCode};
    const QTimeZone named(QByteArray::fromStdString(session.config.timeZone));
    const auto zone = named.isValid() ? named : QTimeZone::utc();
    gui::Words::useZone(zone);
    auto panels = makePanels(ui);
    const auto newIncident = [ui, this] {
        auto* dialog = gui::NewIncidentDialog::fromSelection(ui, m_window.get());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    };
    m_window = std::make_unique<gui::MainWindow>(gui::MainWindow::Parts{
        ui, panels, *m_language, zone, options.remember ? session.folder.root / "window.ini" : std::filesystem::path{},
        placeSearch(m_gazetteer, session.config.mapCentre), newIncident, options.sound, options.tour});
    m_map->setSearchWidget(m_window->makeSearchBox());
    m_map->setView(session.config.mapCentre, session.config.mapZoom);
    QObject::connect(m_map, &gui::MapView::openIncidentRequested, m_window.get(), [ui, this](model::Position position) {
        auto* dialog = gui::NewIncidentDialog::at(ui, position, m_window.get());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

DeskWindow::~DeskWindow() = default;

gui::Panels DeskWindow::makePanels(const gui::UiContext& ui) {
    gui::Panels panels;
    panels.alarms = new gui::AlarmPanel(ui);
    panels.incidents = new gui::IncidentPanel(ui);
    panels.reports = new gui::ReportPanel(ui);
    auto* details = new gui::DetailPanel(ui);
    panels.details = details;
    panels.log = new gui::DutyLog(ui);
    m_map = new gui::MapView(ui, m_tiles.get());
    m_map->setObjectName(QStringLiteral("mapView"));
    panels.map = m_map;
    QObject::connect(details, &gui::DetailPanel::proposalChanged, m_map, &gui::MapView::setProposedRoutes);
    return panels;
}

} // namespace tocsin::app
