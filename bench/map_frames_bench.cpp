// How long the situation map takes for a picture: 100,000 sensors, 10,000 incidents and 2,000 moving teams, panned by
// hand and zoomed by the wheel over zooms 9 to 17 at 1920×1080; what it costs at rest; and what 5,000 position updates
// a second cost. Without a graphics card: the offscreen platform paints as the real one does. Prints JSON.
// map_frames_bench [--sensors N] [--incidents N] [--teams N] [--seconds S] [--picture OUT.png]
#include "gui/fake_bridge.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QMouseEvent>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <random>
#include <ctime>
#include <sys/resource.h>

using namespace tocsin;
using namespace tocsin::gui;
using test::id;

namespace {

/// Tiles of one pattern, at once.
class PatternTiles : public map::TileSource {
  public:
    std::unique_ptr<map::TileClient> connect(TileReady ready, StatusChanged status) override {
        status({map::MapStatus::Kind::ready, {}});
        struct Client : map::TileClient {
            TileReady ready;
            explicit Client(TileReady r) : ready(std::move(r)) {}
            void want(const map::TileVariant& variant, std::vector<map::TileKey> tiles,
                      const std::optional<map::WorldBox>&) override {
                for (const auto& key : tiles) {
                    auto image = std::make_shared<map::TileImage>();
                    image->edge = variant.pixels;
                    image->pixels.resize(static_cast<std::size_t>(variant.pixels) *
                                         static_cast<std::size_t>(variant.pixels));
                    for (std::size_t i = 0; i < image->pixels.size(); ++i)
                        image->pixels[i] = 0xff1b222aU + static_cast<std::uint32_t>((i / 64 + i / 32768) % 5);
                    ready(key, variant, image);
                }
            }
        };
        return std::make_unique<Client>(std::move(ready));
    }
    map::MapStatus status() const override { return {map::MapStatus::Kind::ready, {}}; }
    std::optional<geo::Box> bounds() const override {
        geo::Box box;
        box.add(model::Position::trusted(46.4, 8.5));
        box.add(model::Position::trusted(47.8, 10.5));
        return box;
    }
    void reload() override {}
};

struct Sizes {
    unsigned sensors{100'000};
    unsigned incidents{10'000};
    unsigned teams{2'000};
    double seconds{5};
};

/// Towns with a crowd each, and a thin rest over the land.
class Places {
  public:
    Places() {
        for (int i = 0; i < 40; ++i)
            m_towns.push_back({46.5 + 1.2 * m_unit(m_random), 8.6 + 1.8 * m_unit(m_random)});
    }
    model::Position next() {
        if (m_unit(m_random) < 0.25)
            return model::Position::trusted(46.4 + 1.4 * m_unit(m_random), 8.5 + 2.0 * m_unit(m_random));
        const auto& [latitude, longitude] = m_towns[static_cast<std::size_t>(m_unit(m_random) * 39.99)];
        return model::Position::trusted(latitude + 0.03 * m_normal(m_random), longitude + 0.045 * m_normal(m_random));
    }
    double unit() { return m_unit(m_random); }

  private:
    std::mt19937 m_random{7};
    std::uniform_real_distribution<double> m_unit{0, 1};
    std::normal_distribution<double> m_normal{0, 1};
    std::vector<std::pair<double, double>> m_towns;
};

test::Scene makeScene(const Sizes& sizes) {
    using namespace std::chrono_literals;
    test::Scene s;
    Places places;
    for (unsigned i = 0; i < sizes.sensors; ++i) {
        model::Sensor sensor;
        sensor.id = model::SensorId("sensor-" + std::to_string(i));
        sensor.name = base::LocalText("Sensor " + std::to_string(i));
        sensor.kind = static_cast<model::SensorKind>(i % 7);
        sensor.unit = "m";
        sensor.position = places.next();
        s.sensors[sensor.id] = {test::sceneNow() - std::chrono::seconds(i % 1000), (i % 977) * 0.01, (i % 971) * 0.01};
        s.state.sensors[sensor.id] = std::move(sensor);
    }
    for (unsigned i = 0; i < sizes.incidents; ++i) {
        model::Incident incident;
        incident.id = id<model::IncidentId>(i + 1);
        incident.number = std::to_string(i);
        incident.title = base::LocalText("Incident " + std::to_string(i));
        incident.hazardClass = static_cast<model::HazardClass>(i % 4);
        incident.grade = static_cast<model::Grade>(i % 97 == 0 ? 1 : (i % 13 == 0 ? 2 : 3 + i % 2));
        incident.position = places.next();
        incident.openedAt = test::sceneNow() - std::chrono::minutes(i % 300);
        s.state.incidents[incident.id] = std::move(incident);
    }
    for (unsigned i = 0; i < 2 * sizes.teams; ++i) { // half of them on their way, half told by their own receivers
        model::Resource resource;
        resource.id = id<model::ResourceId>(i + 1);
        resource.kind = model::ResourceKind::team;
        resource.callSign = "T " + std::to_string(i);
        resource.name = base::LocalText(resource.callSign);
        resource.position = resource.home = places.next();
        resource.status = model::ResourceStatus::assigned;
        s.state.resources[resource.id] = resource;
        if (i >= sizes.teams)
            continue;
        model::Assignment assignment;
        assignment.id = id<model::AssignmentId>(i + 1);
        assignment.incident = id<model::IncidentId>(1 + i % std::max(1U, sizes.incidents));
        assignment.resource = resource.id;
        assignment.state = model::AssignmentState::enRoute;
        assignment.departedAt = test::sceneNow() - std::chrono::seconds(i % 600);
        double latitude = resource.position.latitude();
        double longitude = resource.position.longitude();
        for (int k = 0; k < 40; ++k) {
            assignment.route.points.push_back(model::Position::trusted(latitude, longitude));
            assignment.route.secondsAt.push_back(k * 60.0);
            latitude += 0.006 * (places.unit() - 0.45);
            longitude += 0.008 * (places.unit() - 0.45);
        }
        assignment.route.duration = base::Seconds(39 * 60.0);
        s.state.assignments[assignment.id] = std::move(assignment);
    }
    return s;
}

/// Milliseconds that this thread has worked: what a picture costs, whoever else uses the machine.
double threadMillis() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) * 1e-6;
}

double cpuSeconds() {
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    return seconds(use.ru_utime) + seconds(use.ru_stime);
}

class Paints : public QObject {
  public:
    int count{0};
    bool eventFilter(QObject*, QEvent* event) override {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

/// Pictures one after the other, each with the input that leads to it.
class Camera {
  public:
    explicit Camera(MapView& view) : m_view(view), m_image(view.size(), QImage::Format_ARGB32_Premultiplied) {}
    std::vector<double> frames; ///< milliseconds by the wall's clock
    std::vector<double> work;   ///< milliseconds of this thread's work

    void shoot(const char* what) {
        QElapsedTimer timer;
        timer.start();
        const double before = threadMillis();
        QCoreApplication::processEvents();
        m_view.render(&m_image);
        const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        frames.push_back(ms);
        work.push_back(threadMillis() - before);
        if (work.back() > m_worst) {
            m_worst = work.back();
            worstAt = QStringLiteral("%1 at zoom %2").arg(QLatin1String(what)).arg(m_view.zoom(), 0, 'f', 1);
        }
    }
    void drag(QPointF by, int steps) {
        const QPointF from(960, 540);
        send(QEvent::MouseButtonPress, from, Qt::LeftButton);
        for (int i = 1; i <= steps; ++i) {
            send(QEvent::MouseMove, from + by * i, Qt::NoButton);
            shoot("pan");
        }
        send(QEvent::MouseButtonRelease, from + by * steps, Qt::LeftButton);
        shoot("rest after a pan");
    }
    void wheel(int steps) {
        const QPointF at(960, 540);
        QWheelEvent event(at, m_view.mapToGlobal(at), {}, {0, 120 * steps}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&m_view, &event);
        shoot("zoom");
        for (int i = 0; i < 200 && !m_view.isComplete(); ++i)
            shoot("zoom");
        shoot("rest after a zoom");
    }
    void save(const QString& file) { m_image.save(file); }
    QString worstAt;

  private:
    void send(QEvent::Type type, const QPointF& at, Qt::MouseButton button) {
        QMouseEvent event(type, at, m_view.mapToGlobal(at), button,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&m_view, &event);
    }
    MapView& m_view;
    QImage m_image;
    double m_worst{0};
};

nlohmann::json frameFigures(std::vector<double> sorted) {
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&](double part) {
        return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(part * double(sorted.size())))];
    };
    nlohmann::json out;
    out["frames"] = sorted.size();
    out["p50_ms"] = at(0.50);
    out["p95_ms"] = at(0.95);
    out["p99_ms"] = at(0.99);
    out["worst_ms"] = sorted.back();
    const std::pair<const char*, double> buckets[] = {{"0-4", 4},   {"4-8", 8},   {"8-12", 12}, {"12-16", 16},
                                                      {"16-24", 24}, {"24-50", 50}, {">50", 1e9}};
    double from = 0;
    for (const auto& [name, to] : buckets) {
        out["histogram"][name] =
            std::count_if(sorted.begin(), sorted.end(), [&](double ms) { return ms >= from && ms < to; });
        from = to;
    }
    return out;
}

void runFor(double seconds) {
    QEventLoop loop;
    QTimer::singleShot(static_cast<int>(seconds * 1000), Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList args = QCoreApplication::arguments();
    const auto arg = [&](const char* name, double otherwise) {
        const qsizetype at = args.indexOf(QLatin1String(name));
        return at > 0 && at + 1 < args.size() ? args[at + 1].toDouble() : otherwise;
    };
    Sizes sizes;
    sizes.sensors = static_cast<unsigned>(arg("--sensors", sizes.sensors));
    sizes.incidents = std::min(60'000U, static_cast<unsigned>(arg("--incidents", sizes.incidents)));
    sizes.teams = std::min(30'000U, static_cast<unsigned>(arg("--teams", sizes.teams)));
    sizes.seconds = arg("--seconds", sizes.seconds);

    test::FakeBridge desk(makeScene(sizes));
    Theme theme(Theme::Look::dark);
    Selection selection;
    QString language = QStringLiteral("en");
    PatternTiles tiles;
    QElapsedTimer timer;
    timer.start();
    MapView view(UiContext{desk, theme, selection, language}, &tiles);
    nlohmann::json out;
    out["sensors"] = sizes.sensors;
    out["incidents"] = sizes.incidents;
    out["teams"] = sizes.teams;
    out["index_ms"] = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    view.resize(1920, 1080);
    view.show();
    view.setView(model::Position::trusted(47.1, 9.5), 9);
    runFor(0.3);

    Camera camera(view);
    camera.shoot("first");
    camera.frames.clear();
    camera.work.clear();
    for (int zoom = 9; zoom <= 17; ++zoom) {
        camera.drag({-9, 4}, 60);
        camera.drag({14, -6}, 40);
        if (zoom < 17)
            camera.wheel(2);
    }
    for (int zoom = 17; zoom > 9; --zoom) {
        camera.wheel(-2);
        camera.drag({-22, -9}, 30);
    }
    const qsizetype picture = args.indexOf(QLatin1String("--picture"));
    if (picture > 0 && picture + 1 < args.size()) {
        view.setView(model::Position::trusted(47.1, 9.5), arg("--at", 11));
        runFor(0.3);
        camera.shoot("last");
        camera.frames.pop_back();
        camera.work.pop_back();
        camera.save(args[picture + 1]);
    }
    out["frames_wall"] = frameFigures(camera.frames);
    out["frames_cpu"] = frameFigures(camera.work);
    out["worst_at"] = camera.worstAt.toStdString();

    Paints paints;
    view.installEventFilter(&paints);
    const auto measure = [&](const auto& work) {
        paints.count = 0;
        const double cpu = cpuSeconds();
        QElapsedTimer wall;
        wall.start();
        work();
        const double seconds = static_cast<double>(wall.elapsed()) / 1000;
        nlohmann::json figures;
        figures["seconds"] = seconds;
        figures["cpu_share"] = (cpuSeconds() - cpu) / seconds;
        figures["paints_per_second"] = paints.count / seconds;
        return figures;
    };
    view.setView(model::Position::trusted(47.1, 9.5), 12);
    runFor(0.5);
    out["teams_moving"] = measure([&] { runFor(sizes.seconds); });

    for (auto& [key, assignment] : desk.scene().state.assignments)
        assignment.state = model::AssignmentState::onScene;
    desk.tellAll();
    runFor(0.5);
    out["idle"] = measure([&] { runFor(sizes.seconds); });

    unsigned next = 0;
    out["updates_5000_a_second"] = measure([&] {
        QTimer tick; // as the bridge signals: at most twenty times a second
        QObject::connect(&tick, &QTimer::timeout, &view, [&] {
            Changes changes;
            for (int i = 0; i < 250; ++i) {
                const auto key = id<model::ResourceId>(1 + sizes.teams + next++ % std::max(1U, sizes.teams));
                auto& resource = desk.scene().state.resources.at(key);
                const double aside = next % 2 == 0 ? 1e-4 : -1e-4;
                resource.position = model::Position::trusted(resource.position.latitude() + aside,
                                                             resource.position.longitude() + aside);
                changes.resources.insert(key);
            }
            desk.tell(changes);
        });
        tick.setTimerType(Qt::PreciseTimer);
        tick.start(50);
        runFor(sizes.seconds);
    });
    std::printf("%s\n", out.dump(2).c_str());
    return 0;
}
