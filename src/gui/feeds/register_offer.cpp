#include "gui/feeds/register_offer.hpp"

#include "tocsin/desk/unknown_sensor.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/model/sensor.hpp"

#include <QEvent>
#include <QMenu>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

namespace tocsin::gui {

namespace {

constexpr std::size_t mostBytes = 64U << 10U; ///< of an item that are looked into
constexpr std::size_t mostOffered = 20;

void add(std::vector<model::Sensor>& to, const std::string& id, const std::string& unit) {
    if (id.empty() || id.size() > model::mostSensorId)
        return;
    auto found = std::find_if(to.begin(), to.end(), [&](const auto& sensor) { return sensor.id.value == id; });
    if (found == to.end()) {
        to.emplace_back();
        found = std::prev(to.end());
        found->id = model::SensorId(id);
    }
    if (found->unit.empty() && unit.size() <= model::mostSensorUnit)
        found->unit = unit;
}

/// The sensors that an item's lines name; the desk keeps a line for each reading.
std::vector<model::Sensor> sensorsOf(const store::QuarantineItem& item) {
    std::vector<model::Sensor> out;
    const auto first = desk::unknownSensorOf(item.error);
    if (!first)
        return out;
    add(out, *first, {});
    auto rest = std::string_view(item.bytes).substr(0, mostBytes);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = nlohmann::json::parse(rest.substr(0, end), nullptr, false);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto id = line.is_object() ? line.find("sensor") : line.end();
        if (!line.is_object() || id == line.end() || !id->is_string())
            continue;
        const auto unit = line.find("unit");
        add(out, id->get<std::string>(), unit != line.end() && unit->is_string() ? unit->get<std::string>() : std::string());
    }
    return out;
}

} // namespace

RegisterOffer::RegisterOffer(const UiContext& ui, QWidget* parent) : QPushButton(parent), m_ui(ui) {
    setObjectName(QStringLiteral("registerSensor"));
    setAutoDefault(false);
    hide();
    connect(this, &QPushButton::clicked, this, [this] {
        const auto& known = m_ui.desk.state().sensors;
        const auto one = std::find_if(m_sensors.begin(), m_sensors.end(), [&](const auto& s) { return !known.contains(s.id); });
        if (menu() == nullptr && one != m_sensors.end())
            emit wanted(*one);
    });
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || !changes.sensors.empty())
            refresh();
    });
}

void RegisterOffer::set(const store::QuarantineItem* item) {
    const auto id = item == nullptr ? 0 : item->id;
    if (std::exchange(m_item, id) == id && id != 0)
        return; // looked into already; an open menu stays
    m_sensors = item == nullptr ? std::vector<model::Sensor>{} : sensorsOf(*item);
    refresh();
}

void RegisterOffer::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QPushButton::changeEvent(event);
}

void RegisterOffer::refresh() {
    std::vector<model::Sensor> open;
    std::copy_if(m_sensors.begin(), m_sensors.end(), std::back_inserter(open),
                 [known = &m_ui.desk.state().sensors](const auto& sensor) { return !known->contains(sensor.id); });
    setText(tr("Register…"));
    setToolTip(open.size() == 1 ? tr("Put the sensor %1 into the register").arg(Words::quoted(Words::plain(open.front().id.value)))
                                : tr("Put one of these sensors into the register"));
    setAccessibleDescription(toolTip());
    setEnabled(!m_ui.desk.readOnly());
    setVisible(!open.empty());
    if (auto* old = menu()) {
        setMenu(nullptr);
        old->deleteLater(); // one of its choices may be what brought us here
    }
    if (open.size() < 2)
        return;
    auto* choices = new QMenu(this);
    for (std::size_t i = 0; i < std::min(open.size(), mostOffered); ++i) {
        const auto id = Words::plain(open[i].id.value);
        choices->addAction(QString(id).replace(QLatin1Char('&'), QStringLiteral("&&")), this, [this, sensor = open[i]] { emit wanted(sensor); });
    }
    if (open.size() > mostOffered)
        choices->addAction(tr("and %1 more").arg(open.size() - mostOffered))->setEnabled(false);
    setMenu(choices);
}

} // namespace tocsin::gui
