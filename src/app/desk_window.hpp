#pragma once

#include "app/capabilities_service.hpp"
#include "app/county_session.hpp"
#include "app/resources_service.hpp"
#include "app/rules_service.hpp"
#include "app/map_parts.hpp"
#include "tocsin/gui/bridge.hpp"
#include "tocsin/gui/call_desk.hpp"
#include "tocsin/gui/capabilities_window.hpp"
#include "tocsin/gui/dispatch_window.hpp"
#include "tocsin/gui/feeds_window.hpp"
#include "tocsin/gui/resources_window.hpp"
#include "tocsin/gui/roster_window.hpp"
#include "tocsin/gui/rules_window.hpp"
#include "tocsin/gui/sensors_window.hpp"
#include "tocsin/gui/language.hpp"
#include "tocsin/gui/main_window.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/map_follow.hpp"
#include "tocsin/gui/pin_place.hpp"
#include "tocsin/gui/place_desk.hpp"
#include "tocsin/gui/place_mark.hpp"
#include "tocsin/gui/report_placer.hpp"
#include "tocsin/gui/report_triage.hpp"
#include "tocsin/gui/seat_place.hpp"
#include "tocsin/gui/seat_roll.hpp"
#include "tocsin/gui/selection.hpp"
#include "tocsin/gui/theme.hpp"
#include "tocsin/gui/time/time_desk.hpp"
#include "tocsin/gui/tools/map_desk.hpp"
#include "tocsin/map/tile_renderer.hpp"

#include <QPointer>
#include <QString>
#include <memory>
#include <thread>

namespace tocsin::gui {
class DetailPanel;
}

namespace tocsin::app {

/// The window with all its parts, wired to an opened county. Needs a QApplication. GUI thread.
class DeskWindow {
  public:
    struct Options {
        QString language;    ///< empty: as last time, else the system's
        QString theme;       ///< "dark", "light"; empty: as last time
        bool remember{true}; ///< layout, language and look are kept in the county's folder
        bool sound{true};
        bool tour{true};
    };
    DeskWindow(CountySession& session, const Options& options);
    ~DeskWindow();
    DeskWindow(const DeskWindow&) = delete;
    DeskWindow& operator=(const DeskWindow&) = delete;

    /// The feeds, which come to be after the window; must outlive it. Null: a desk that only reads.
    void setFeeds(gui::FeedsDesk* feeds) { m_feeds = feeds; }
    /// Of the desk's own window: where an order's own page is found. A seat's asks its desk.
    void setTeamPages(std::function<desk::TeamPage(model::AssignmentId)> pages) { m_teamPages = std::move(pages); }
    void openFeeds(const QString& feed);
    void openRules();
    void openDispatch(gui::DispatchWindow::Page page = gui::DispatchWindow::Page::board);
    [[nodiscard]] gui::DispatchWindow* dispatchWindow() { return m_dispatchWindow; } ///< null: not open
    void openResources();
    void openCapabilities();
    void openRosters();
    /// With an id: the form for this one, which is to be registered.
    void openSensors(const model::Sensor& offered);
    /// Asks who sits here; null where this is the desk's own window.
    [[nodiscard]] gui::SeatPlace* seat() { return m_seat; }
    /// Shows who sits at this desk, once it takes seats (openSeats()); a seat's window does so by itself.
    void showSeats();
    /// A seat's window that was closed to be opened anew, with the settings as they are now.
    [[nodiscard]] bool reopens() const { return m_reopens; }
    [[nodiscard]] gui::MainWindow& window() { return *m_window; }
    [[nodiscard]] gui::MapView& map() { return *m_map; }
    [[nodiscard]] gui::TimeDesk& time() { return *m_time; }
    /// True once what workers load at the start is shown.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] gui::DeskBridge& bridge() { return *m_bridge; }
    [[nodiscard]] gui::ReportTriage& triage() { return *m_triage; }
    [[nodiscard]] gui::Selection& selection() { return m_selection; }
    [[nodiscard]] const QString& language() const { return m_languageCode; }
    [[nodiscard]] gui::Language& languageSwitch() { return *m_language; }

  private:
    [[nodiscard]] gui::UiContext context();
    gui::Panels makePanels(const gui::UiContext& ui);
    void equipMap(const gui::UiContext& ui, const QTimeZone& zone, const std::filesystem::path& settings,
                  Places places);
    void equipCalls(const gui::UiContext& ui, const Places& places);
    void equipSeat(const gui::UiContext& ui);
    void takeSettings(const SeatSettings& told, const SeatSettings& files);
    void equipRoll(const gui::UiContext& ui);
    void equipPins(const gui::UiContext& ui);
    void sayNotHere(const QString& sentence);
    void teamLink(model::AssignmentId id, QObject* receiver, std::function<void(const gui::TeamLink&)> told);
    void noteRules(const RulesNotice& notice);
    void nameCapabilities();
    void takeCapabilities(const model::CapabilityTables& tables);
    void loadFacilities();
    void nameProtectedObjects();

    CountySession& m_session;
    QString m_languageCode{QStringLiteral("en")};
    std::function<desk::TeamPage(model::AssignmentId)> m_teamPages;
    std::unique_ptr<gui::Language> m_language;
    std::unique_ptr<gui::Theme> m_theme;
    gui::Selection m_selection;
    std::unique_ptr<gui::DeskBridge> m_bridge;
    std::unique_ptr<gui::ReportTriage> m_triage;
    std::unique_ptr<gui::PlaceDesk> m_places; ///< gone after the window whose dialogs ask it
    std::unique_ptr<RulesService> m_rules; ///< gone after the window that asks it
    std::unique_ptr<ResourcesService> m_resources; ///< the same
    std::unique_ptr<CapabilitiesService> m_capabilities; ///< the same
    std::unique_ptr<map::TileSource> m_tiles;
    BaseMaps m_baseMaps;
    std::unique_ptr<gui::MainWindow> m_window; ///< owns all widgets
    gui::MapView* m_map{nullptr};
    gui::DetailPanel* m_details{nullptr};
    std::unique_ptr<gui::MapDesk> m_mapDesk; ///< gone before the map that it works on
    std::unique_ptr<gui::CallDesk> m_calls;  ///< the same
    std::unique_ptr<gui::ReportPlacer> m_placer; ///< the same
    gui::TimeDesk* m_time{nullptr};
    gui::SeatPlace* m_seat{nullptr};
    gui::SeatRoll* m_roll{nullptr};
    gui::FeedsDesk* m_feeds{nullptr};
    QPointer<gui::FeedsWindow> m_feedsWindow;
    QPointer<gui::RulesWindow> m_rulesWindow;
    QPointer<gui::DispatchWindow> m_dispatchWindow;
    QPointer<gui::ResourcesWindow> m_resourcesWindow;
    QPointer<gui::RosterWindow> m_rosterWindow;
    QPointer<gui::SensorsWindow> m_sensorsWindow;
    QPointer<gui::CapabilitiesWindow> m_capabilitiesWindow;
    std::vector<county::Facility> m_facilities;
    bool m_loaded{false};
    bool m_reopens{false};
    SeatSettings m_toldSettings; ///< at a seat: what its desk goes by
    std::jthread m_loader; ///< last: it ends before what it tells
};

} // namespace tocsin::app
