#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/desk_window.hpp"
#include "tocsin/geo/coordinates.hpp"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>
#include <charconv>

namespace tocsin::app {

namespace {

constexpr int mostEdge = 16'384;
constexpr int patienceMs = 60'000;
constexpr int quietMs = 700; ///< nothing may be outstanding for this long: answers of workers, fonts, late layouts

std::optional<QSize> parseSize(const std::string& text) {
    int w = 0;
    int h = 0;
    const auto* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, w);
    if (first.ec != std::errc{} || first.ptr == end || (*first.ptr != 'x' && *first.ptr != 'X'))
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, h);
    if (second.ec != std::errc{} || second.ptr != end || w < 320 || h < 240 || w > mostEdge || h > mostEdge)
        return std::nullopt;
    return QSize(w, h);
}

/// A thing of the desk by its id, an incident by its number, a sensor by its name, or "last": the newest open incident.
gui::Selected find(const model::State& state, const std::string& wanted) {
    const model::Incident* newest = nullptr;
    for (const auto& [id, incident] : state.incidents) {
        if (incident.number == wanted)
            return id;
        if (incident.state == model::IncidentState::open && (newest == nullptr || incident.openedAt > newest->openedAt))
            newest = &incident;
    }
    if (wanted == "last" && newest != nullptr)
        return newest->id;
    if (state.sensors.contains(model::SensorId(wanted)))
        return model::SensorId(wanted);
    const auto uuid = base::Uuid::parse(wanted);
    if (!uuid)
        return std::monostate{};
    if (state.incidents.contains(model::IncidentId(*uuid)))
        return model::IncidentId(*uuid);
    if (state.alarms.contains(model::AlarmId(*uuid)))
        return model::AlarmId(*uuid);
    if (state.warnings.contains(model::WarningId(*uuid)))
        return model::WarningId(*uuid);
    if (state.reports.contains(model::ReportId(*uuid)))
        return model::ReportId(*uuid);
    if (state.resources.contains(model::ResourceId(*uuid)))
        return model::ResourceId(*uuid);
    if (state.assignments.contains(model::AssignmentId(*uuid)))
        return model::AssignmentId(*uuid);
    if (state.earthquakes.contains(model::EarthquakeId(*uuid)))
        return model::EarthquakeId(*uuid);
    return std::monostate{};
}

gui::DispatchWindow::Page pageOf(const std::string& name) {
    using Page = gui::DispatchWindow::Page;
    return name == "timeline"     ? Page::timeline
           : name == "supplies"   ? Page::supplies
           : name == "call-downs" ? Page::callDowns
           : name == "aid"        ? Page::aid
           : name == "decisions"  ? Page::decisions
                                  : Page::board;
}

} // namespace

int runScreenshot(const ScreenshotOptions& options, int /*argc*/, char** argv, const Console& console) {
    const auto size = parseSize(options.size);
    if (!size) {
        std::fprintf(stderr, "tocsin: --size is WIDTHxHEIGHT, from 320x240 to %dx%d\n", mostEdge, mostEdge);
        return Exit::calledWrongly;
    }
    std::vector<geo::CoordinateReading> centre;
    if (!options.centre.empty()) {
        centre = geo::parseCoordinates(options.centre);
        if (centre.empty()) {
            std::fprintf(stderr, "tocsin: --centre is LAT,LON, such as 47.14,9.52\n");
            return Exit::calledWrongly;
        }
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
    int count = 1;
    QApplication application(count, argv);
    auto session = openCounty(options.data, Wish::writeOrRead);
    if (!session)
        return console.fail(session.error());
    DeskWindow desk(**session, {QString::fromStdString(options.language), QString::fromStdString(options.theme), false,
                                false, false});
    desk.window().resize(*size);
    desk.window().show();
    if (options.mapOnly) {
        desk.window().toggleMapAlone();
        QApplication::processEvents();
        desk.window().resize(*size + (desk.window().size() - desk.map().size()));
    }
    if (options.zoom || !centre.empty())
        desk.map().setView(centre.empty() ? desk.map().centre() : centre.front().position,
                           options.zoom.value_or(desk.map().zoom()));

    QEventLoop loop;
    QElapsedTimer all;
    QElapsedTimer quiet;
    all.start();
    bool selected = options.select.empty();
    bool found = true;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (desk.bridge().ready() && !selected) {
            const auto what = find(desk.bridge().state(), options.select);
            found = !std::holds_alternative<std::monostate>(what);
            desk.selection().select(what);
            selected = true;
            quiet.invalidate();
        }
        if (desk.bridge().ready() && !options.page.empty() && desk.dispatchWindow() == nullptr) {
            desk.openDispatch(pageOf(options.page));
            desk.dispatchWindow()->resize(*size);
            quiet.invalidate();
        }
        const bool still = desk.bridge().ready() && selected && desk.isLoaded() && desk.triage().isSettled() && desk.map().isComplete();
        if (!still)
            quiet.invalidate();
        else if (!quiet.isValid())
            quiet.start();
        if ((still && quiet.elapsed() >= quietMs) || all.elapsed() > patienceMs || !found)
            loop.quit();
    });
    poll.start(50);
    loop.exec();
    if (!found)
        return console.fail({base::Code::notFound, "there is nothing with the id '" + options.select + "'", {}});
    if (!desk.map().isComplete())
        return console.fail({base::Code::unavailable, "the map was not complete within a minute", {}});
    const auto file = QString::fromStdString(options.out);
    const QPixmap picture = desk.dispatchWindow() != nullptr ? desk.dispatchWindow()->grab()
                            : options.mapOnly ? desk.map().grab() : desk.window().grab();
    if (!picture.save(file, "PNG"))
        return console.fail({base::Code::storage, "cannot write " + options.out, {}});
    console.say("wrote " + options.out);
    console.tell({{"outcome", "written"}, {"file", options.out}, {"width", picture.width()}, {"height", picture.height()}});
    return Exit::done;
}

} // namespace tocsin::app
