#include "app/desk_window.hpp"

#include "app/county_words.hpp"
#include "app/populated.hpp"
#include "gui/tools/post_to.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/gui/desk_bridge.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"
#include "tocsin/gui/panels/detail_panel.hpp"
#include "tocsin/gui/panels/duty_log.hpp"
#include "tocsin/gui/panels/incident_panel.hpp"
#include "tocsin/gui/panels/new_incident_dialog.hpp"
#include "tocsin/gui/panels/report_panel.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QApplication>
#include <QEvent>
#include <QMessageBox>
#include <QPixmapCache>
#include <QPointer>
#include <QTimer>

namespace tocsin::app {

namespace {

/// Who acts while nobody has started a shift.
QString actorOf(const county::Config& config) {
    return config.officers.empty() ? QStringLiteral("duty officer") : QString::fromStdString(config.officers.front());
}

/// What recommendations weigh, and where people live: cells of the population, else the county's settlements.
gui::Dispatching dispatching(const CountySession& session) {
    gui::Dispatching out;
    out.weights = weightsOf(session.config);
    if (auto profiles = county::loadProfiles(session.folder))
        out.profiles = std::move(*profiles);
    else
        base::log::warn("the drivers' profiles are the program's own: {}", profiles.error().message);
    out.readPeople = [folder = session.folder] { return placesToCover(folder); };
    return out;
}

/// The window that is open already comes forward, too.
void bringForward(QWidget& window) {
    window.show();
    window.raise();
    window.activateWindow();
}

} // namespace

DeskWindow::DeskWindow(CountySession& session, const Options& options) : m_session(session) {
    // Signs and words as pictures: in a flood they do not have to be drawn anew while the map is painted.
    QPixmapCache::setCacheLimit(48 * 1024); // KiB
    std::error_code ec; // a seat's first time: as the desk's own window
    const auto place = std::filesystem::exists(session.windowFile(), ec) ? session.windowFile() : session.folder.root;
    const auto remembered = options.remember ? gui::remembered(place) : gui::Remembered{};
    m_language = std::make_unique<gui::Language>(m_languageCode);
    m_language->set(!options.language.isEmpty()      ? options.language
                    : !remembered.language.isEmpty() ? remembered.language
                                                     : gui::Language::ofSystem());
    auto look = remembered.look.value_or(gui::Theme::Look::dark);
    if (!options.theme.isEmpty())
        look = options.theme == QLatin1String("light") ? gui::Theme::Look::light : gui::Theme::Look::dark;
    m_theme = std::make_unique<gui::Theme>(look);

    // A large county's roads take seconds to read: the window does not wait for them.
    const auto readRoads = [roads = session.roads] { return roads->get(); };
    m_bridge = gui::makeDeskBridge(*session.desk, nullptr, session.folder.readings(), session.folder.database(),
                                   actorOf(session.config), readRoads, dispatching(session));
    m_triage = gui::makeReportTriage(*session.desk, loadReportWords(session.folder));
    m_tiles = map::makeTileRenderer(rendererOptions(session.folder));
    m_baseMaps = openBaseMaps(session.folder, session.config);
    auto places = openPlaces(session.folder);
    m_places = std::make_unique<gui::PlaceDesk>(*m_theme, places.search, places.knowledge);

    const gui::UiContext ui = context();
    const QTimeZone named(QByteArray::fromStdString(session.config.timeZone));
    const auto zone = named.isValid() ? named : QTimeZone::utc();
    gui::Words::useZone(zone);
    auto panels = makePanels(ui);
    const auto newIncident = [ui, this] {
        auto* dialog = gui::NewIncidentDialog::fromSelection(ui, m_window.get());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    };
    const auto settings = options.remember ? session.windowFile() : std::filesystem::path{};
    m_window = std::make_unique<gui::MainWindow>(gui::MainWindow::Parts{ui, panels, *m_language, zone, settings,
                                                                        places.search, newIncident, options.sound,
                                                                        options.tour, {},
                                                                        [this](const QString& feed) { openFeeds(feed); },
                                                                        [this] {
                                                                            return m_feeds == nullptr
                                                                                       ? std::vector<ingest::FeedStatus>{}
                                                                                       : m_feeds->status();
                                                                        },
                                                                        [this] { openRules(); },
                                                                        [this] { openDispatch(); },
                                                                        [this] { m_calls->newCall(); },
                                                                        [this] { openResources(); },
                                                                        [this] { openSensors({}); },
                                                                        [this] { openCapabilities(); },
                                                                        [this] { openRosters(); },
                                                                        [this] { openDispatch(gui::DispatchWindow::Page::callDowns); }});
    m_rules = std::make_unique<RulesService>(*m_bridge, session.folder, session.rules, [this] {
        if (m_rulesWindow)
            m_rulesWindow->refresh();
    });
    if (session.rulesKeeper)
        session.rulesKeeper->listen([this, window = QPointer<QObject>(m_window.get())](const RulesNotice& notice) {
            gui::postTo(window, [this, notice] { noteRules(notice); });
        });
    m_resources = std::make_unique<ResourcesService>(*m_bridge, *session.desk, session.folder, session.config);
    m_capabilities = std::make_unique<CapabilitiesService>(session, *m_bridge, m_window.get(),
                                                           [this](const model::CapabilityTables& tables) { takeCapabilities(tables); });
    nameCapabilities();
    QObject::connect(m_language.get(), &gui::Language::changed, m_window.get(), [this] { nameCapabilities(); });
    equipCalls(ui, places);
    if (options.remember) // what a crash has left is offered once the window stands
        QTimer::singleShot(0, m_calls.get(), [this] { m_calls->offerDrafts(); });
    equipMap(ui, zone, settings, std::move(places));
    QObject::connect(m_map, &gui::MapView::openIncidentRequested, m_window.get(), [ui, this](model::Position position) {
        auto* dialog = gui::NewIncidentDialog::at(ui, position, m_window.get());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    equipRoll(ui);
    if (session.seat != nullptr)
        equipSeat(ui);
    equipPins(ui);
    loadFacilities();
}

/// Who sits here acts here, whoever is on duty at the desk.
void DeskWindow::equipSeat(const gui::UiContext& ui) {
    std::vector<QString> officers;
    for (const auto& officer : m_session.config.officers)
        officers.push_back(QString::fromStdString(officer));
    m_seat = new gui::SeatPlace(ui, std::move(officers),
                                [this](const QString& person) { m_session.seat->sit(person.toStdString()); }, m_window.get());
    QObject::connect(m_seat, &gui::SeatPlace::said, m_window.get(), &gui::MainWindow::say);
    m_window->addMapActions(m_seat->actions());
    // What is set in the county's files has one writer, and what was read of them at the start may be others by now.
    m_session.seat->listen([roll = QPointer<QObject>(m_roll), this](const std::vector<desk::SeatInfo>& seats) {
        gui::postTo(roll, [this, seats] { m_roll->take(seats); });
    });
    m_session.seat->listenToSettings([seat = QPointer<QObject>(m_seat), folder = m_session.folder, this](const SeatSettings& told) {
        gui::postTo(seat, [this, told, files = settingsOf(folder)] { takeSettings(told, files); });
    });
    const auto reopen = [this] {
        m_reopens = m_window->close();
        if (m_reopens)
            QApplication::quit();
    };
    QObject::connect(m_seat, &gui::SeatPlace::reopenWanted, m_window.get(), reopen, Qt::QueuedConnection); // its question closes first
    QObject::connect(m_bridge.get(), &gui::DeskBridge::changed, m_seat, [this](const gui::Changes& changes) {
        if (changes.all && !m_bridge->readOnly()) // also a desk that has just come back
            m_capabilities->read(m_window.get(), [](const auto&) {});
    });
}

/// Whether who acts here is who they say.
void DeskWindow::equipPins(const gui::UiContext& ui) {
    std::vector<QString> rights;
    for (const auto* names : {&m_session.config.contactReaders, &m_session.config.leaders})
        for (const auto& name : *names)
            rights.push_back(QString::fromStdString(name));
    auto* pins = new gui::PinPlace(ui, std::move(rights), m_window.get());
    QObject::connect(pins, &gui::PinPlace::said, m_window.get(), &gui::MainWindow::say);
    m_window->addMapActions(pins->actions());
}

/// Of what this window goes by the tables of capabilities are taken over while it runs; for the rest it opens anew.
void DeskWindow::takeSettings(const SeatSettings& told, const SeatSettings& files) {
    const auto typing = told.find(typingSettings);
    const auto before = m_toldSettings.find(typingSettings);
    if (typing != told.end() && before != m_toldSettings.end() && typing->second != before->second)
        m_capabilities->read(m_window.get(), [](const auto&) {});
    m_toldSettings = told;
    const auto others = otherSettings(told, m_session.settings, files);
    m_seat->takeOthers(others.names, others.readAgain);
}

/// Who sits at this desk, at each window of it.
void DeskWindow::equipRoll(const gui::UiContext& ui) {
    if (m_session.lock == nullptr && m_session.seat == nullptr)
        return; // it only reads, and nobody tells it
    std::function<void(int)> end;
    if (m_session.lock != nullptr)
        end = [this](int seat) {
            if (m_session.seats)
                m_session.seats->dismiss(seat, m_bridge->actor().toStdString());
        };
    m_roll = new gui::SeatRoll(ui, m_session.seat != nullptr ? m_session.seat->seat() : 0, std::move(end), m_window.get());
    QObject::connect(m_roll, &gui::SeatRoll::changed, m_window.get(), [this] { m_window->setSeats(static_cast<int>(m_roll->seats().size())); });
    QObject::connect(m_window.get(), &gui::MainWindow::seatsWanted, m_roll, &gui::SeatRoll::open);
    m_window->addMapActions(m_roll->actions());
}

void DeskWindow::showSeats() {
    if (m_session.seats)
        m_session.seats->listen([roll = QPointer<QObject>(m_roll), this](const std::vector<desk::SeatInfo>& seats) {
            gui::postTo(roll, [this, seats] { m_roll->take(seats); });
        });
}

/// Before the window at which somebody has just asked for it, not behind it.
void DeskWindow::sayNotHere(const QString& sentence) {
    QWidget* before = QApplication::activeWindow();
    if (before == nullptr)
        before = m_window.get();
    auto* note = new QMessageBox(QMessageBox::Information, m_window->windowTitle(), sentence, QMessageBox::Ok, before);
    note->setObjectName(QStringLiteral("notHere"));
    note->setTextFormat(Qt::PlainText);
    note->setAttribute(Qt::WA_DeleteOnClose);
    note->open();
}

DeskWindow::~DeskWindow() {
    if (m_session.seat != nullptr) {
        m_session.seat->listen({});
        m_session.seat->listenToSettings({});
    }
    if (m_session.seats)
        m_session.seats->listen({});
    if (m_session.rulesKeeper)
        m_session.rulesKeeper->listen({});
    delete m_sensorsWindow.data(); // before the map that it points at
    m_places->setMap(nullptr);
}

void DeskWindow::noteRules(const RulesNotice& notice) {
    m_rules->note(notice);
    if (!notice.said.empty())
        m_window->say(gui::Words::local(notice.said, m_languageCode));
    if (m_rulesWindow)
        m_rulesWindow->refresh();
}

gui::UiContext DeskWindow::context() {
    return {*m_bridge, *m_theme, m_selection, m_languageCode, m_triage.get(),
            [this](model::AssignmentId id, QObject* receiver, std::function<void(const gui::TeamLink&)> told) {
                teamLink(id, receiver, std::move(told));
            },
            [this](model::ResourceKind kind) {
                return m_resources ? m_resources->staleAfter(kind).count : gui::ResourcesDesk::Limits{}.count;
            },
            m_places.get(), m_resources.get()};
}

void DeskWindow::teamLink(model::AssignmentId id, QObject* receiver, std::function<void(const gui::TeamLink&)> told) {
    using Reach = gui::TeamLink::Reach;
    const auto linkTo = [](const desk::TeamPage& page) {
        if (page.address.empty())
            return gui::TeamLink{};
        return gui::TeamLink{QString::fromStdString(page.address), page.phones ? Reach::phones : Reach::thisMachine, {}};
    };
    if (m_teamPages)
        return told(linkTo(m_teamPages(id)));
    if (m_session.seat == nullptr)
        return told({{}, Reach::notHere, {}});
    m_session.seat->teamPage(id, [receiver = QPointer<QObject>(receiver), told = std::move(told), linkTo](base::Result<desk::TeamPage> page) {
        gui::postTo(receiver, [told, link = page ? linkTo(*page) : gui::TeamLink{{}, Reach::unknown, page.error().message}] { told(link); });
    });
}

void DeskWindow::openFeeds(const QString& feed) {
    if (m_feeds == nullptr) {
        sayNotHere(gui::Words::sentence(
            m_session.seat != nullptr ? "Feeds are set up at the desk's own window: this one is a seat at it"
                                      : "Feeds run in the program that writes to this county: this window only reads"));
        return;
    }
    if (!m_feedsWindow) {
        m_feedsWindow = new gui::FeedsWindow(context(), *m_feeds, m_window.get());
        m_feedsWindow->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(m_feedsWindow, &gui::FeedsWindow::sensorsWanted, m_window.get(),
                         [this](const model::Sensor& sensor) { openSensors(sensor); });
    }
    bringForward(*m_feedsWindow);
    if (!feed.isEmpty())
        m_feedsWindow->select(feed);
}

void DeskWindow::openRules() {
    if (!m_rulesWindow) {
        m_rulesWindow = new gui::RulesWindow(context(), *m_rules, m_window.get());
        m_rulesWindow->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringForward(*m_rulesWindow);
}

void DeskWindow::openDispatch(gui::DispatchWindow::Page page) {
    if (!m_dispatchWindow) {
        m_dispatchWindow = new gui::DispatchWindow(context(), dispatchRules(m_session.config.dispatch), m_window.get());
        m_dispatchWindow->setLeaders(m_session.config.leaders);
        m_dispatchWindow->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringForward(*m_dispatchWindow);
    m_dispatchWindow->showPage(page);
}

void DeskWindow::openResources() {
    if (!m_resourcesWindow) {
        m_resourcesWindow = new gui::ResourcesWindow(context(), *m_resources, m_window.get());
        m_resourcesWindow->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(m_resourcesWindow, &gui::ResourcesWindow::capabilitiesWanted, m_window.get(), [this] { openCapabilities(); });
        QObject::connect(m_resourcesWindow, &gui::ResourcesWindow::rosterWanted, m_window.get(), [this](model::ResourceId id) {
            openRosters();
            if (!id.isNull())
                m_rosterWindow->select(id);
        });
    }
    bringForward(*m_resourcesWindow);
    if (m_session.seat != nullptr) // capabilities are edited elsewhere: as they are now
        m_capabilities->read(m_window.get(), [](const auto&) {});
    // What somebody has just looked at.
    if (const auto* id = std::get_if<model::ResourceId>(&m_selection.current()))
        m_resourcesWindow->select(*id);
}

void DeskWindow::openCapabilities() {
    if (m_session.seat != nullptr) { // config.toml has one writer
        sayNotHere(gui::Words::sentence("Capabilities are edited at the desk's own window: this one is a seat at it"));
        return;
    }
    if (!m_capabilitiesWindow) {
        m_capabilitiesWindow = new gui::CapabilitiesWindow(context(), *m_capabilities, m_window.get());
        m_capabilitiesWindow->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringForward(*m_capabilitiesWindow);
}

void DeskWindow::nameCapabilities() {
    std::map<std::string, base::LocalText> names;
    for (const auto& word : m_resources->typing().capabilities)
        names[word.code] = word.name;
    gui::Words::useCapabilities(std::move(names), m_languageCode);
}

void DeskWindow::takeCapabilities(const model::CapabilityTables& tables) {
    if (tables == m_resources->typing())
        return;
    m_resources->setTyping(tables);
    nameCapabilities();
    // Other words everywhere, as where the language changes; it goes to all that the window owns.
    QEvent words(QEvent::LanguageChange);
    QCoreApplication::sendEvent(m_window.get(), &words);
}

void DeskWindow::openRosters() {
    if (!m_rosterWindow) {
        m_rosterWindow = new gui::RosterWindow(context(), m_window.get());
        m_rosterWindow->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(m_rosterWindow, &gui::RosterWindow::recordWanted, m_window.get(), [this](model::ResourceId id) {
            openResources();
            m_resourcesWindow->select(id);
        });
    }
    bringForward(*m_rosterWindow);
}

void DeskWindow::openSensors(const model::Sensor& offered) {
    if (!m_sensorsWindow) {
        m_sensorsWindow = new gui::SensorsWindow(context(), m_map, m_window.get());
        m_sensorsWindow->setAttribute(Qt::WA_DeleteOnClose);
    }
    bringForward(*m_sensorsWindow);
    if (!offered.id.value.empty())
        m_sensorsWindow->offer(offered);
    else if (const auto* id = std::get_if<model::SensorId>(&m_selection.current())) // what somebody has just looked at
        m_sensorsWindow->select(*id);
}

void DeskWindow::equipCalls(const gui::UiContext& ui, const Places& places) {
    m_calls = std::make_unique<gui::CallDesk>(gui::CallDesk::Parts{ui, places.search, places.knowledge, m_map,
                                                                   m_session.drafts(), m_window.get()});
    m_placer = std::make_unique<gui::ReportPlacer>(
        gui::ReportPlacer::Parts{ui, places.search, places.knowledge, m_map, m_window.get()});
    QObject::connect(m_details, &gui::DetailPanel::amendCallWanted, m_calls.get(), &gui::CallDesk::amend);
    QObject::connect(m_calls.get(), &gui::CallDesk::said, m_window.get(), &gui::MainWindow::say);
    m_window->addMapActions(m_calls->actions());
}

gui::Panels DeskWindow::makePanels(const gui::UiContext& ui) {
    gui::Panels panels;
    panels.alarms = new gui::AlarmPanel(ui);
    panels.incidents = new gui::IncidentPanel(ui);
    panels.reports = new gui::ReportPanel(ui);
    auto* details = new gui::DetailPanel(ui);
    details->setPhotos(m_session.folder.photos());
    panels.details = details;
    m_details = details;
    panels.log = new gui::DutyLog(ui);
    m_map = new gui::MapView(ui, m_tiles.get());
    m_map->setObjectName(QStringLiteral("mapView"));
    m_places->setMap(m_map);
    panels.map = m_map;
    QObject::connect(details, &gui::DetailPanel::proposalChanged, m_map, &gui::MapView::setProposedRoutes);
    QObject::connect(details, &gui::DetailPanel::coverChanged, m_map, &gui::MapView::setCover);
    return panels;
}

/// All that the map has beside itself: base maps, tools, another time, following, search.
void DeskWindow::equipMap(const gui::UiContext& ui, const QTimeZone& zone, const std::filesystem::path& settings,
                          Places places) {
    m_map->setSearchWidget(m_window->makeSearchBox());
    m_map->setBaseMaps(m_baseMaps.maps);
    m_map->setView(m_session.config.mapCentre, m_session.config.mapZoom);
    m_time = new gui::TimeDesk(ui, *m_map, zone);
    auto* follow = new gui::MapFollow(ui, *m_map);
    // Above, beside and below each other: the tools' cards know the bar of time.
    m_mapDesk = std::make_unique<gui::MapDesk>(ui, *m_map, std::move(places.knowledge), settings, m_window.get());
    follow->setStops([desk = QPointer(m_mapDesk.get())] {
        return desk ? desk->stops() : std::vector<gui::MapFollow::Stop>{};
    });
    auto* mark = new gui::PlaceMark(ui, *m_map);
    m_window->palette().setNear([this] { return m_map->centre(); });
    QObject::connect(&m_window->palette(), &gui::CommandPalette::placeShown, mark, &gui::PlaceMark::mark);
    QObject::connect(m_time, &gui::TimeDesk::announce, m_window.get(), &gui::MainWindow::say);
    QObject::connect(m_mapDesk.get(), &gui::MapDesk::said, m_window.get(), &gui::MainWindow::say);
    m_window->addMapActions(m_time->actions());
    m_window->addMapActions(follow->actions());
    m_window->addMapActions(m_mapDesk->actions());
    m_window->setWallSwitches(follow->actions());
}

void DeskWindow::loadFacilities() {
    QObject::connect(m_language.get(), &gui::Language::changed, m_map, [this] { nameProtectedObjects(); });
    m_loader = std::jthread([this, file = m_session.folder.map()] {
        auto read = county::readFacilities(file);
        if (!read)
            base::log::warn("protected objects are not shown: {}", read.error().message);
        auto found = read ? std::move(*read) : std::vector<county::Facility>{};
        QMetaObject::invokeMethod(
            m_map,
            [this, facilities = std::move(found), towns = townNames(file)]() mutable {
                m_facilities = std::move(facilities);
                m_map->setTownNames(std::move(towns));
                nameProtectedObjects();
                m_loaded = true;
            },
            Qt::QueuedConnection);
    });
}

void DeskWindow::nameProtectedObjects() {
    const auto objects = protectedObjects(m_facilities, m_languageCode);
    m_map->setProtectedObjects(objects);
    m_mapDesk->setProtectedObjects(objects);
}

} // namespace tocsin::app
