#include "tocsin/geo/coordinates.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QAbstractItemModel>
#include <QListView>
#include <algorithm>
#include <cmath>

// What the palette finds, and in which order.
namespace tocsin::gui {

namespace {

constexpr std::size_t kPlaces = 12;
constexpr int kExactPlace = 220;  ///< a place that is called just so stands above whatever only contains the name
constexpr double kNearKm = 5;     ///< nearness halves each time that the way doubles beyond it

/// Tells quickly what cannot be found, before words are made into Qt's: there may be 100,000 sensors. Looks at the
/// Latin letters and figures only; everything else passes.
class Sieve {
  public:
    explicit Sieve(const QString& text) {
        for (const QChar c : text) {
            if (c.unicode() < 0x80 && c.isLetterOrNumber())
                m_letters += static_cast<char>(c.toLower().unicode());
        }
        std::sort(m_letters.begin(), m_letters.end());
        m_letters.erase(std::unique(m_letters.begin(), m_letters.end()), m_letters.end());
        for (const char c : m_letters)
            m_wanted |= bitOf(c);
    }
    [[nodiscard]] bool passes(const std::string& words) const {
        std::uint64_t there = 0;
        for (const char c : words)
            there |= bitOf(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
        return (m_wanted & ~there) == 0;
    }

  private:
    static std::uint64_t bitOf(char c) {
        if (c >= 'a' && c <= 'z')
            return std::uint64_t{1} << static_cast<unsigned>(c - 'a');
        if (c >= '0' && c <= '9')
            return std::uint64_t{1} << static_cast<unsigned>(c - '0' + 26);
        return 0;
    }
    std::string m_letters;
    std::uint64_t m_wanted{0};
};

/// Scores words against what was typed, in every language that the county has them in.
class Scorer {
  public:
    explicit Scorer(const QString& text) : m_text(text), m_sieve(text) {}
    [[nodiscard]] int of(const std::string& words) const {
        return m_sieve.passes(words) ? fuzzyScore(m_text, QString::fromStdString(words)) : 0;
    }
    [[nodiscard]] int of(const base::LocalText& words) const {
        int best = of(words.text);
        for (const auto& [language, word] : words.translations)
            best = std::max(best, of(word));
        return best;
    }

  private:
    const QString& m_text;
    Sieve m_sieve;
};

QString nameOf(model::Datum datum) {
    switch (datum) {
    case model::Datum::gcj02:
        return QStringLiteral("GCJ-02");
    case model::Datum::bd09:
        return QStringLiteral("BD-09");
    case model::Datum::wgs84:
        break;
    }
    return QStringLiteral("WGS-84");
}

QString glyphOf(model::DrawingKind kind) {
    switch (kind) {
    case model::DrawingKind::closure:
        return QStringLiteral("closure");
    case model::DrawingKind::pin:
        return QStringLiteral("pin");
    case model::DrawingKind::area:
        break;
    }
    return QStringLiteral("area");
}

/// The middle of what encloses the line.
std::optional<model::Position> middleOf(const model::Line& line) {
    if (line.empty())
        return std::nullopt;
    const auto [south, north] = std::minmax_element(
        line.begin(), line.end(), [](const auto& a, const auto& b) { return a.latitude() < b.latitude(); });
    const auto [west, east] = std::minmax_element(
        line.begin(), line.end(), [](const auto& a, const auto& b) { return a.longitude() < b.longitude(); });
    return model::Position::trusted((south->latitude() + north->latitude()) / 2,
                                    (west->longitude() + east->longitude()) / 2);
}

} // namespace

int CommandPalette::nearness(const model::Position& position) const {
    if (!m_nearNow)
        return 0;
    const double km = geo::distance(*m_nearNow, position).value / 1000;
    return static_cast<int>(std::lround(12 / (1 + km / kNearKm)));
}

void CommandPalette::showPlace(const model::Position& position, const QString& name) {
    m_ui.selection.show(position);
    emit placeShown(position, name);
}

void CommandPalette::addCommands(const QString& text) {
    for (QAction* action : m_commands) {
        if (!action->isEnabled() || !action->isVisible())
            continue;
        // An English word finds a command in a Chinese window, too: the object's name is its English text.
        const int score = std::max(fuzzyScore(text, action->text()), fuzzyScore(text, action->objectName()));
        if (score == 0)
            continue;
        PaletteItem item;
        item.title = action->text();
        item.key = action->property("keyText").toString();
        item.glyph = action->data().toString();
        item.score = score;
        item.run = [action = QPointer<QAction>(action)] {
            if (action)
                action->trigger();
        };
        m_items.push_back(std::move(item));
    }
}

void CommandPalette::addThings(const QString& text) {
    const model::State& state = m_ui.desk.state();
    const std::string language = m_ui.language.toStdString();
    const auto local = [&language](const base::LocalText& words) { return QString::fromStdString(words.in(language)); };
    const Scorer score(text);
    const auto add = [this](PaletteItem::Kind kind, int points, const QString& title, const QString& detail,
                            const QString& glyph, Selected what, std::optional<model::Position> where) {
        PaletteItem item;
        item.kind = kind;
        item.title = title;
        item.detail = detail;
        item.glyph = glyph;
        item.score = points + (where ? nearness(*where) : 0);
        item.run = [this, what = std::move(what), where] {
            m_ui.selection.select(what);
            if (where)
                m_ui.selection.show(*where);
        };
        m_items.push_back(std::move(item));
    };
    for (const auto& [key, incident] : state.incidents) {
        const int points = std::max({score.of(incident.title), score.of(incident.place) * 3 / 4,
                                     score.of(incident.number)});
        const bool open = incident.state == model::IncidentState::open;
        const int gravity = 4 - static_cast<int>(incident.grade); // 0…3
        if (points > 0)
            add(PaletteItem::Kind::incident, points + (open ? 12 + 2 * gravity : -20), local(incident.title),
                QString::fromStdString(incident.number) + QStringLiteral(" · ") + local(incident.place),
                Symbols::forHazard(incident.hazard, incident.hazardClass), key, incident.position);
    }
    for (const auto& [key, alarm] : state.alarms) {
        const int points = model::isActive(alarm.state) ? score.of(alarm.title) : 0;
        if (points > 0)
            add(PaletteItem::Kind::alarm, points + 2 * (4 - static_cast<int>(alarm.severity)), local(alarm.title),
                local(alarm.place), QStringLiteral("alarm"), key, alarm.position);
    }
    for (const auto& [key, resource] : state.resources) {
        const int points =
            std::max({score.of(resource.name), score.of(resource.place) / 2, score.of(resource.callSign)});
        if (points > 0)
            add(PaletteItem::Kind::resource, points, local(resource.name), local(resource.place),
                Symbols::forResource(resource), key, resource.position);
    }
    for (const auto& [key, sensor] : state.sensors) {
        const int points = std::max(score.of(sensor.name), score.of(key.value));
        if (points == 0)
            continue;
        QString detail = local(sensor.place);
        if (const auto now = m_ui.desk.sensorsNow().find(key); now != m_ui.desk.sensorsNow().end())
            detail = QString::number(now->second.value, 'g', 4) + QChar(QChar::Nbsp) +
                     QString::fromStdString(sensor.unit) + QStringLiteral(" · ") + detail;
        add(PaletteItem::Kind::sensor, points, local(sensor.name), detail, Symbols::forSensor(sensor.kind), key,
            sensor.position);
    }
    for (const auto& [key, report] : state.reports) {
        const int points = score.of(report.text) * 3 / 4;
        if (points > 0)
            add(PaletteItem::Kind::report, points, QString::fromStdString(report.text),
                QString::fromStdString(report.place), QStringLiteral("report"), key, report.position);
    }
    for (const auto& [key, drawing] : state.drawings) {
        const int points = model::holds(drawing, m_ui.desk.now()) ? score.of(drawing.name) : 0;
        if (points > 0)
            add(PaletteItem::Kind::drawing, points + 6, local(drawing.name), QString::fromStdString(drawing.note),
                glyphOf(drawing.kind), key, middleOf(drawing.line));
    }
    for (const auto& [key, warning] : state.warnings) {
        const model::WarningInfo* info = model::infoFor(warning, language);
        if (info == nullptr || warning.state != model::WarningState::inForce)
            continue;
        const int points = std::max(score.of(info->headline), score.of(info->event));
        if (points > 0)
            add(PaletteItem::Kind::warning, points,
                QString::fromStdString(info->headline.empty() ? info->event : info->headline),
                QString::fromStdString(info->senderName), QStringLiteral("warning"), key, std::nullopt);
    }
}

void CommandPalette::addCoordinates(const QString& text) {
    int score = 1000; // in the order of their likelihood, above everything
    for (const geo::CoordinateReading& reading : geo::parseCoordinates(text.toStdString())) {
        PaletteItem item;
        item.kind = PaletteItem::Kind::coordinates;
        item.title = QString::fromStdString(geo::formatCoordinates(reading.position, geo::CoordinateForm::dms));
        // Read in another datum the place lies elsewhere: it says so.
        item.detail = reading.datum == model::Datum::wgs84
                          ? tr("Show on the map, as %1").arg(nameOf(reading.datum))
                          : tr("Show on the map, if it was meant as %1").arg(nameOf(reading.datum));
        item.glyph = QStringLiteral("coordinates");
        item.score = score--;
        item.run = [this, at = reading.position, name = item.title] { showPlace(at, name); };
        m_items.push_back(std::move(item));
    }
}

void CommandPalette::askPlaces(const QString& text) {
    if (!m_search)
        return;
    m_pool.clear(); // letters typed meanwhile make the waiting questions stale
    m_pool.start([this, search = m_search, near = m_nearNow, text, question = m_question] {
        auto found = std::make_shared<std::vector<FoundPlace>>(search(text, near, kPlaces));
        QMetaObject::invokeMethod(
            this,
            [this, found, text, question] {
                if (question == m_question && !found->empty())
                    takePlaces(text, *found);
            },
            Qt::QueuedConnection);
    });
}

void CommandPalette::takePlaces(const QString& text, const std::vector<FoundPlace>& found) {
    const QString wanted = foldedForSearch(text);
    const int row = std::max(0, m_list->currentIndex().row());
    int rank = 0; // the search's own order tells what is better; it knows names that are not shown
    for (const FoundPlace& place : found) {
        PaletteItem item;
        item.kind = PaletteItem::Kind::place;
        item.title = place.name;
        item.detail = place.detail;
        item.glyph = QStringLiteral("pin");
        const QString name = foldedForSearch(place.name);
        const int base = name == wanted ? kExactPlace : std::max(40, fuzzyScore(wanted, name));
        item.score = base + place.weight + nearness(place.position) - rank++;
        item.run = [this, at = place.position, shown = place.name] { showPlace(at, shown); };
        m_items.push_back(std::move(item));
    }
    // Nothing moves under a finger that has walked through the lines already: what came late stands below.
    if (!m_walked)
        sortItems();
    publish();
    if (m_walked)
        m_list->setCurrentIndex(m_list->model()->index(row, 0));
}

} // namespace tocsin::gui
