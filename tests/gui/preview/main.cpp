// Draws the window with the fake desk into PNG files, to look at: gui_preview OUT.png [WxH] [en|zh_CN] [dark|light]
// [what] what: window (default), palette, tour, keys, response, duty, toast
#include "gui/fake_bridge.hpp"
#include "tocsin/gui/main_window.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"
#include "tocsin/gui/panels/detail_panel.hpp"
#include "tocsin/gui/panels/duty_log.hpp"
#include "tocsin/gui/panels/incident_panel.hpp"
#include "tocsin/gui/panels/report_panel.hpp"
#include "tocsin/gui/tour.hpp"

#include <QApplication>
#include <QDialog>
#include <QElapsedTimer>
#include <QPainter>
#include <cstdio>

using namespace tocsin;
using namespace tocsin::gui;

namespace {

void settle(int ms) {
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < ms)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList args = QCoreApplication::arguments();
    const auto arg = [&args](int n, const char* otherwise) {
        return args.size() > n ? args[n] : QString::fromLatin1(otherwise);
    };
    const QStringList size = arg(2, "1920x1080").split(QLatin1Char('x'));
    QString current = QStringLiteral("en");
    Theme theme(arg(4, "dark") == QLatin1String("light") ? Theme::Look::light : Theme::Look::dark);
    Selection selection;
    Language language(current);
    language.set(arg(3, "en"));
    test::FakeBridge desk;
    const QString what = arg(5, "window");
    if (what == QLatin1String("mute"))
        desk.scene().state.desk.soundMutedUntil = desk.time + std::chrono::minutes(15);
    desk.isReadOnly = what == QLatin1String("readonly");
    const UiContext ui{desk, theme, selection, current};
    auto* map = new MapView(ui, nullptr);
    map->setObjectName(QStringLiteral("mapView"));
    auto* details = new DetailPanel(ui);
    QObject::connect(details, &DetailPanel::proposalChanged, map, &MapView::setProposedRoutes);
    const Panels panels{new AlarmPanel(ui), new IncidentPanel(ui), new ReportPanel(ui), details, new DutyLog(ui), map};
    MainWindow::Parts parts{ui, panels, language, QTimeZone("Europe/Vaduz"), {}, {}, [] {}, false, false};
    MainWindow window(std::move(parts));
    map->setSearchWidget(window.makeSearchBox());
    map->setView(model::Position::trusted(47.128, 9.525), 13.5);
    window.resize(size[0].toInt(), size[1].toInt());
    window.show();
    settle(200);
    selection.select(test::id<model::IncidentId>(1));
    if (what == QLatin1String("palette"))
        window.openPalette(arg(6, "tri"));
    else if (what == QLatin1String("tour")) {
        window.startTour();
    } else if (what == QLatin1String("toast")) {
        desk.complain(QStringLiteral("Refused: Vaduz fire brigade 1 is already assigned to Stones on Bergstrasse"));
    } else if (QAction* action = window.action(what)) {
        action->trigger();
    }
    settle(arg(7, "500").toInt());
    QPixmap picture = window.grab();
    for (QDialog* dialog : window.findChildren<QDialog*>()) {
        QPainter painter(&picture);
        const QPixmap own = dialog->grab();
        painter.drawPixmap((picture.width() - own.width()) / 2, (picture.height() - own.height()) / 2, own);
    }
    const bool saved = picture.save(arg(1, "preview.png"));
    std::printf("%s\n", saved ? "saved" : "not saved");
    return saved ? 0 : 1;
}
