#include "app/alarm_trace.hpp"
#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/desk_sink.hpp"
#include "app/desk_window.hpp"
#include "app/drill_runner.hpp"
#include "app/feed_host.hpp"
#include "app/page_map.hpp"
#include "app/order_sender.hpp"
#include "app/quarantine_lamps.hpp"
#include "app/report_shelf.hpp"
#include "app/team_links.hpp"
#include "app/feeds_service.hpp"
#include "app/first_run.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QApplication>
#include <QEvent>
#include <QEventLoop>
#include <QMessageBox>
#include <QObject>
#include <QScreen>
#include <QSocketNotifier>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <sys/signalfd.h>
#include <thread>
#include <unistd.h>

namespace tocsin::app {

namespace {

/// Ends the window in good order on SIGTERM and SIGINT, as its close button does. Made before the application, whose
/// platform plugin has threads: all must inherit the mask, else one of them dies of the signal.
class SignalsEndTheWindow {
  public:
    SignalsEndTheWindow() {
        sigset_t wanted;
        sigemptyset(&wanted);
        sigaddset(&wanted, SIGTERM);
        sigaddset(&wanted, SIGINT);
        pthread_sigmask(SIG_BLOCK, &wanted, nullptr);
        m_fd = ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
    }
    void attach(QApplication& application) {
        m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, &application, [this] {
            m_asked = true;
            QApplication::quit();
        });
    }
    /// The system wants it, or who started the program: nobody is asked anything more.
    [[nodiscard]] bool asked() const { return m_asked; }
    void detach() { m_notifier.reset(); }
    ~SignalsEndTheWindow() { ::close(m_fd); }
    SignalsEndTheWindow(const SignalsEndTheWindow&) = delete;
    SignalsEndTheWindow& operator=(const SignalsEndTheWindow&) = delete;

  private:
    int m_fd{-1};
    bool m_asked{false};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

/// What was done at a seat in its last moment is with the desk before the program ends, or it is said that it may not be.
void leaveSeat(SeatDesk& seat, QWidget& window, bool mayAsk) {
    constexpr auto within = std::chrono::seconds(2);
    window.hide();
    std::vector<SeatDesk::Unconfirmed> left;
    QEventLoop loop; // the thread of the window goes on: answers are taken there
    std::thread leaving([&] {
        left = seat.end(within);
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec();
    leaving.join();
    std::vector<std::pair<std::string, base::Error>> told;
    for (auto& one : left) {
        base::log::warn("not confirmed by the desk when this window closed: {}: {}", one.command, one.why.describe());
        told.emplace_back(std::move(one.command), std::move(one.why));
    }
    if (told.empty() || !mayAsk)
        return;
    QMessageBox note(QMessageBox::Warning, QStringLiteral("Tocsin"), gui::SeatPlace::unconfirmed(told), QMessageBox::Ok);
    note.setTextFormat(Qt::PlainText);
    note.exec();
}

/// One window, from opening its county to closing it. Absent: it is to be opened anew, for `options.person`.
std::optional<int> runOnce(WindowOptions& options, QApplication& application, const SignalsEndTheWindow& ending, const Console& console) {
    auto language = QString::fromStdString(options.language);
    auto theme = QString::fromStdString(options.theme);
    auto session = openCounty(options.data, Wish::writeOrSit);
    if (!session && session.error().code == base::Code::notFound) {
        const auto first = runFirstTime(options.data, language, theme);
        if (!first.made)
            return console.fail(session.error());
        language = first.language;
        theme = first.theme;
        session = openCounty(options.data, Wish::writeOrSit);
    }
    if (!session) {
        QMessageBox::critical(nullptr, QStringLiteral("Tocsin"), QString::fromStdString(session.error().message));
        return console.fail(session.error());
    }
    auto& county = **session;
    if (!county.readOnlyReason.empty())
        base::log::warn("the desk is read-only: {}", county.readOnlyReason);
    const bool isDesk = county.lock != nullptr; // else a seat at another program's, or one that only reads
    if (county.seat != nullptr && !options.person.empty())
        county.seat->sit(options.person);
    DeskSink sink(*county.desk);
    ReportShelf shelf(*county.desk);
    std::unique_ptr<FeedHost> feeds;
    std::unique_ptr<FeedsService> feedsDesk;
    std::unique_ptr<OrderSender> orders;
    std::unique_ptr<WayWatch> ways;
    std::unique_ptr<QuarantineLamps> lamps;
    std::unique_ptr<DrillRunner> drill;
    // The tour shows what happens in a drill; who works in earnest finds it under F1.
    DeskWindow desk(county, {language, theme, true, true, county.config.exercise});
    if (gui::remembered(county.windowFile()).isPlaced) {
        desk.window().show();
    } else { // the first time a desk fills its screen, also where no window manager makes it
        if (const auto* screen = desk.window().screen())
            desk.window().setGeometry(screen->availableGeometry());
        desk.window().showMaximized();
    }
    desk.window().activateWindow(); // without a window manager nobody else gives it the keys
    if (!county.rules.trouble.empty())
        desk.window().say(QString::fromStdString(county.rules.trouble.in(desk.language().toStdString())));
    if (qEnvironmentVariableIsSet("TOCSIN_TRACE_ALARMS"))
        new AlarmTrace(desk.bridge(), desk.window()); // the window owns it
    if (desk.seat() != nullptr && options.person.empty())
        desk.seat()->ask();
    if (isDesk) {
        const auto teams = openTeamLinks(county);
        feeds = std::make_unique<FeedHost>(
            FeedHost::Parts{county.config, county.folder.root, county.feeds, *county.clock, *county.ids, sink,
                            county.folder.photos(),
                            [&sink](std::set<std::string> who) { sink.adopt(std::move(who)); },
                            [&sink](std::set<std::string> who) { sink.correct(std::move(who)); }, [&sink] { return sink.trouble(); },
                            [&shelf](const ingest::ReportQuery& query) { return shelf.find(query); },
                            makePageMap(county.folder, county.config), teams});
        orders = std::make_unique<OrderSender>(*county.desk, *feeds, teamWords(county));
        ways = watchWays(county);
        lamps = std::make_unique<QuarantineLamps>(*county.desk, feeds->board());
        const auto pages = [teams, host = feeds.get()](model::AssignmentId id) { return teamPageOf(teams.get(), host->publicDoor(), id); };
        desk.setTeamPages(pages);
        if (auto ok = feeds->listen(options.readings, options.http); !ok) {
            base::log::error("a feed cannot listen: {}", ok.error().message);
            desk.window().say(gui::Words::sentence(ok.error().message));
        }
        feedsDesk = std::make_unique<FeedsService>(county, feeds.get(), desk.bridge());
        desk.setFeeds(feedsDesk.get());
        auto scenario = options.scenario;
        if (scenario.empty() && county.config.exercise && county.config.autoplay && !options.noScenario)
            scenario = county.config.scenario;
        if (!scenario.empty()) {
            auto started =
                DrillRunner::start(county, sink, scenario, desk.language().toStdString());
            if (started) {
                drill = std::move(*started);
                drill->runByItself();
                QObject::connect(&desk.languageSwitch(), &gui::Language::changed, &application,
                                 [&] { drill->setLanguage(desk.language().toStdString()); });
            } else {
                base::log::error("the scenario cannot be played: {}", started.error().describe());
                desk.window().say(gui::Words::sentence(started.error().message));
            }
        }
        openSeats(county, pages); // what somebody orders there must find its way out already
        desk.showSeats();
    }
    const int code = QApplication::exec();
    if (county.seat != nullptr) {
        QCoreApplication::removePostedEvents(&application, QEvent::Quit); // else of the window that was closed it ends the wait that follows
        if (const auto here = county.seat->seated(); here != "seat " + std::to_string(county.seat->seat())) // somebody has said who
            options.person = here;
        leaveSeat(*county.seat, desk.window(), !ending.asked());
    }
    county.seats.reset(); // before what carries orders out
    if (desk.reopens() && !ending.asked()) // also not while it was left
        return std::nullopt;
    return code == 0 ? Exit::done : Exit::refused;
}

} // namespace

int runWindow(const WindowOptions& wanted, int /*argc*/, char** argv, const Console& console) {
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        return console.fail(
            {base::Code::unavailable, "there is no display: 'tocsin serve' runs the desk without its window", {}});
    SignalsEndTheWindow ending;
    int count = 1;
    QApplication application(count, argv);
    ending.attach(application);
    QApplication::setApplicationName(QStringLiteral("Tocsin"));
    QApplication::setDesktopFileName(QStringLiteral("tocsin"));
    auto options = wanted;
    auto code = runOnce(options, application, ending, console);
    while (!code) {
        QCoreApplication::removePostedEvents(&application, QEvent::Quit); // of the windows that were closed
        code = runOnce(options, application, ending, console);
    }
    ending.detach();
    return *code;
}

} // namespace tocsin::app
