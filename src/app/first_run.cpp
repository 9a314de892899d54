#include "app/first_run.hpp"

#include "app/make_county.hpp"
#include "tocsin/county/elevation.hpp"
#include "tocsin/county/vector_import.hpp"
#include "tocsin/gui/start/start_window.hpp"

#include <QApplication>

namespace tocsin::app {

namespace {

/// The county first: it stands or there is none. What else was given is added to it, and never takes it away again.
base::Result<gui::StartMade> make(const std::filesystem::path& data, const gui::StartChoice& choice,
                                  const std::function<void(const gui::StartProgress&)>& progress,
                                  const std::stop_token& stop) {
    const bool more = !choice.heights.empty() || !choice.borders.empty();
    const auto part = [&progress](double from, double to, const char* stage = nullptr) {
        return [&progress, from, to, stage](const county::Progress& now) {
            progress({stage != nullptr ? stage : std::string(now.stage), from + (to - from) * now.fraction});
        };
    };
    MakeCountyOptions options;
    options.data = data;
    options.demo = choice.demo;
    options.osm = choice.extract;
    options.name = choice.name;
    auto made = makeCounty(options, part(0, more ? 0.7 : 1.0), stop);
    if (!made)
        return tl::unexpected(made.error());
    gui::StartMade out;
    const county::CountyFolder folder{data};
    if (!choice.heights.empty()) {
        auto done = county::importElevation(folder, {choice.heights}, {}, part(0.7, 0.9, "Taking the heights"), stop);
        if (!done)
            out.notes.push_back(done.error().message);
    }
    if (!choice.borders.empty()) {
        county::VectorImportOptions borders;
        borders.boundary = county::BoundaryLevel::township;
        borders.made = base::SystemClock().now();
        auto done =
            county::importVector(folder, choice.borders, borders, part(0.9, 1.0, "Taking the boundaries"), stop);
        if (!done)
            out.notes.push_back(done.error().message);
    }
    return out;
}

} // namespace

FirstRun runFirstTime(const std::filesystem::path& data, const QString& language, const QString& theme) {
    QString code = QStringLiteral("en");
    gui::Language tongue(code);
    tongue.set(language.isEmpty() ? gui::Language::ofSystem() : language);
    gui::Theme look(theme == QLatin1String("light") ? gui::Theme::Look::light : gui::Theme::Look::dark);
    FirstRun out;
    gui::StartWindow window(look, tongue, QString::fromStdString(data.string()),
                            [data](const auto& choice, const auto& progress, const std::stop_token& stop) {
                                return make(data, choice, progress, stop);
                            });
    QObject::connect(&window, &gui::StartWindow::made, &window, [&out] {
        out.made = true;
        QApplication::exit(0);
    });
    QObject::connect(&window, &gui::StartWindow::abandoned, &window, [] { QApplication::exit(0); });
    window.show();
    QApplication::exec();
    out.language = tongue.code();
    out.theme = look.look() == gui::Theme::Look::light ? QStringLiteral("light") : QStringLiteral("dark");
    return out;
}

} // namespace tocsin::app
