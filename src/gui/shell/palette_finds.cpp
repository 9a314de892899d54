#include "tocsin/gui/command_palette.hpp"

#include "gui/shell/palette_score.hpp"
#include "tocsin/geo/coordinates.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QAbstractItemModel>
#include <QListView>
#include <algorithm>

// What the palette finds, and in which order.
namespace tocsin::gui {

namespace {

constexpr std::size_t kPlaces = 12;
constexpr int kExactPlace = 220; ///< a place that is called just so stands above whatever only contains the name
constexpr std::size_t kMostOfAKind = 40;
constexpr std::size_t kAtOnce = 5'000; ///< more sensors than that are looked through by a worker

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

/// Calls `take` with the best of the things and their scores: lines are made of these alone, however many there are.
template <typename Things, typename Score, typename Take>
void bestOf(const Things& things, Score score, Take take) {
    std::vector<Hit> hits;
    std::vector<const typename Things::value_type*> found;
    for (const auto& each : things) {
        if (const std::optional<int> points = score(each.second)) {
            hits.push_back({*points, found.size()});
            found.push_back(&each);
        }
    }
    keepBest(hits, kMostOfAKind);
    for (const Hit& hit : hits)
        take(found[hit.index]->first, found[hit.index]->second, hit.score);
}

} // namespace

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
        item.detail = action->property("detail").toString();
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

void CommandPalette::addThing(PaletteItem::Kind kind, int score, const QString& title, const QString& detail,
                              const QString& glyph, Selected what, std::optional<model::Position> where) {
    PaletteItem item;
    item.kind = kind;
    item.title = title;
    item.detail = detail;
    item.glyph = glyph;
    item.score = score;
    item.run = [this, what = std::move(what), where] {
        m_ui.selection.select(what);
        if (where)
            m_ui.selection.show(*where);
    };
    m_items.push_back(std::move(item));
}

void CommandPalette::addThings(const QString& text) {
    const model::State& state = m_ui.desk.state();
    const std::string language = m_ui.language.toStdString();
    const auto local = [&language](const base::LocalText& words) { return QString::fromStdString(words.in(language)); };
    const Scorer score(text);
    using Points = std::optional<int>;
    const auto found = [this](int points, int more, const std::optional<model::Position>& where) {
        return points > 0 ? Points(points + more + (where ? nearness(m_nearNow, *where) : 0)) : std::nullopt;
    };
    bestOf(
        state.incidents,
        [&](const model::Incident& incident) {
            const int points =
                std::max({score.of(incident.title), score.of(incident.place) * 3 / 4, score.of(incident.number)});
            const bool open = incident.state == model::IncidentState::open;
            const int gravity = 4 - static_cast<int>(incident.grade); // 0…3
            return found(points, open ? 12 + 2 * gravity : -20, incident.position);
        },
        [&](const auto& key, const model::Incident& incident, int points) {
            addThing(PaletteItem::Kind::incident, points, local(incident.title),
                     QString::fromStdString(incident.number) + QStringLiteral(" · ") + local(incident.place),
                     Symbols::forHazard(incident.hazard, incident.hazardClass), key, incident.position);
        });
    bestOf(
        state.alarms,
        [&](const model::Alarm& alarm) {
            return found(model::isActive(alarm.state) ? score.of(alarm.title) : 0,
                         2 * (4 - static_cast<int>(alarm.severity)), alarm.position);
        },
        [&](const auto& key, const model::Alarm& alarm, int points) {
            addThing(PaletteItem::Kind::alarm, points, local(alarm.title), local(alarm.place), QStringLiteral("alarm"),
                     key, alarm.position);
        });
    bestOf(
        state.resources,
        [&](const model::Resource& resource) {
            const int points = std::max({score.of(resource.name), score.of(resource.place) / 2, score.of(resource.callSign)});
            return found(resource.retired ? 0 : points, 0, resource.position);
        },
        [&](const auto& key, const model::Resource& resource, int points) {
            addThing(PaletteItem::Kind::resource, points, local(resource.name), local(resource.place),
                     Symbols::forResource(resource), key, resource.position);
        });
    addSensors(text);
    bestOf(
        state.reports,
        [&](const model::Report& report) { return found(score.of(report.text) * 3 / 4, 0, report.position); },
        [&](const auto& key, const model::Report& report, int points) {
            addThing(PaletteItem::Kind::report, points, QString::fromStdString(report.text),
                     QString::fromStdString(report.place), QStringLiteral("report"), key, report.position);
        });
    bestOf(
        state.drawings,
        [&](const model::Drawing& drawing) {
            return found(model::holds(drawing, m_ui.desk.now()) ? score.of(drawing.name) : 0, 6,
                         middleOf(drawing.line));
        },
        [&](const auto& key, const model::Drawing& drawing, int points) {
            addThing(PaletteItem::Kind::drawing, points, local(drawing.name), QString::fromStdString(drawing.note),
                     glyphOf(drawing.kind), key, middleOf(drawing.line));
        });
    bestOf(
        state.warnings,
        [&](const model::Warning& warning) {
            const model::WarningInfo* info = model::infoFor(warning, language);
            const bool stands =
                warning.state == model::WarningState::inForce || warning.state == model::WarningState::held;
            if (info == nullptr || !stands)
                return Points();
            return found(std::max(score.of(info->headline), score.of(info->event)), 0, std::nullopt);
        },
        [&](const auto& key, const model::Warning& warning, int points) {
            const model::WarningInfo* info = model::infoFor(warning, language);
            addThing(PaletteItem::Kind::warning, points,
                     QString::fromStdString(info->headline.empty() ? info->event : info->headline),
                     warning.state == model::WarningState::held ? Words::warningState(warning.state)
                                                                : QString::fromStdString(info->senderName),
                     QStringLiteral("warning"), key, std::nullopt);
        });
}

/// A county may have 100,000 sensors: then a worker looks through their names, and what it finds comes later.
void CommandPalette::addSensors(const QString& text) {
    const auto& sensors = m_ui.desk.state().sensors;
    if (!m_sensorNames) {
        auto names = std::make_shared<std::vector<SensorName>>();
        names->reserve(sensors.size());
        for (const auto& [key, sensor] : sensors)
            if (sensor.retired.empty())
                names->push_back({key, sensor.name, sensor.position});
        m_sensorNames = std::move(names);
    }
    if (sensors.size() <= kAtOnce) {
        for (const Hit& hit : findSensors(*m_sensorNames, text, m_nearNow, kMostOfAKind))
            addSensor((*m_sensorNames)[hit.index].id, hit.score);
        return;
    }
    m_pool.start([this, names = m_sensorNames, near = m_nearNow, text, question = m_question] {
        auto hits = findSensors(*names, text, near, kMostOfAKind);
        QMetaObject::invokeMethod(
            this,
            [this, names, hits = std::move(hits), question] {
                if (question != m_question || hits.empty())
                    return;
                for (const Hit& hit : hits)
                    addSensor((*names)[hit.index].id, hit.score);
                showLate();
            },
            Qt::QueuedConnection);
    });
}

void CommandPalette::addSensor(const model::SensorId& id, int score) {
    const auto& sensors = m_ui.desk.state().sensors;
    const auto known = sensors.find(id);
    if (known == sensors.end())
        return;
    const model::Sensor& sensor = known->second;
    const auto local = [this](const base::LocalText& words) {
        return QString::fromStdString(words.in(m_ui.language.toStdString()));
    };
    QString detail = local(sensor.place);
    if (const auto now = m_ui.desk.sensorsNow().find(id); now != m_ui.desk.sensorsNow().end())
        detail = QString::number(now->second.value, 'g', 4) + QChar(QChar::Nbsp) + QString::fromStdString(sensor.unit) +
                 QStringLiteral(" · ") + detail;
    addThing(PaletteItem::Kind::sensor, score, local(sensor.name), detail, Symbols::forSensor(sensor.kind), id,
             sensor.position);
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
    m_pool.start([this, search = m_search, near = m_nearNow, text, question = m_question] {
        auto found = std::make_shared<std::vector<FoundPlace>>(search(text, near, kPlaces));
        QMetaObject::invokeMethod(
            this,
            [this, found, text, question] {
                if (question != m_question)
                    return;
                m_asking = false;
                if (found->empty())
                    showLate();
                else
                    takePlaces(text, *found);
            },
            Qt::QueuedConnection);
    });
}

void CommandPalette::takePlaces(const QString& text, const std::vector<FoundPlace>& found) {
    const QString wanted = foldedForSearch(text);
    int rank = 0; // the search's own order tells what is better; it knows names that are not shown
    for (const FoundPlace& place : found) {
        PaletteItem item;
        item.kind = PaletteItem::Kind::place;
        item.title = place.name;
        item.detail = place.detail;
        item.glyph = QStringLiteral("pin");
        const QString name = foldedForSearch(place.name);
        const int base = name == wanted ? kExactPlace : std::max(40, fuzzyScore(wanted, name));
        item.score = base + place.weight + nearness(m_nearNow, place.position) - rank++;
        item.run = [this, at = place.position, shown = place.name] { showPlace(at, shown); };
        m_items.push_back(std::move(item));
    }
    showLate();
}

/// What came from a worker. Nothing moves under a finger that has walked through the lines already: it stands below.
void CommandPalette::showLate() {
    const int row = std::max(0, m_list->currentIndex().row());
    if (!m_walked)
        sortItems();
    publish();
    if (m_walked)
        m_list->setCurrentIndex(m_list->model()->index(row, 0));
}

} // namespace tocsin::gui
