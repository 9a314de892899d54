#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>

namespace tocsin::gui {
namespace {

SymbolLook::AlarmLook lookOf(const model::Alarm& alarm) {
    if (model::wantsAcknowledgement(alarm))
        return alarm.holds && alarm.state != model::AlarmState::returnedUnacknowledged ? SymbolLook::wanting
                                                                                       : SymbolLook::returned;
    return model::isSetAside(alarm.state) ? SymbolLook::setAside : SymbolLook::acknowledged;
}

} // namespace

AlarmLayer::AlarmLayer() : IdLayer(QStringLiteral("alarms"), QStringLiteral("alarm")) {}
QString AlarmLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Alarms");
}

std::vector<LayerInfo::Word> AlarmLayer::kinds() const {
    return hazardClassWords();
}

std::vector<LayerInfo::Word> AlarmLayer::states() const {
    return {{QStringLiteral("unacknowledged"),
             QCoreApplication::translate("tocsin::gui::MapView", "not acknowledged", "state of alarms")},
            {QStringLiteral("acknowledged"),
             QCoreApplication::translate("tocsin::gui::MapView", "acknowledged", "state of alarms")},
            {QStringLiteral("returned"),
             QCoreApplication::translate("tocsin::gui::MapView", "returned to normal", "state of alarms")},
            {QStringLiteral("set-aside"),
             QCoreApplication::translate("tocsin::gui::MapView", "set aside", "state of alarms")}};
}

void AlarmLayer::sync(const MapScene& scene, const Changes& changes) {
    if (changes.all)
        lookAtAll(scene, scene.state.alarms);
    else
        lookAt(scene, changes.alarms);
}

double AlarmLayer::together(double zoom) const {
    return zoom < 13 ? 36 : 22;
}

std::optional<PointLayer::Facts> AlarmLayer::facts(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.alarms.find(idOf(handle));
    if (found == scene.state.alarms.end())
        return std::nullopt;
    const model::Alarm& alarm = found->second;
    if (!model::isActive(alarm.state) || alarm.position == model::Position())
        return std::nullopt;
    const bool wanting = model::wantsAcknowledgement(alarm);
    Facts out;
    out.at = map::toWorld(alarm.position);
    out.rank = static_cast<int>(alarm.severity) - 1 + (wanting ? 0 : 4);
    out.tally = lookOf(alarm);
    out.grave = alarm.state == model::AlarmState::unacknowledged && alarm.severity <= model::Grade::II;
    out.traits = {static_cast<int>(alarm.hazardClass), lookOf(alarm), alarm.severity, alarm.raisedAt};
    return out;
}

PointLayer::Drawn AlarmLayer::draw(const MapScene& scene, double, Handle handle, bool selected) const {
    const model::Alarm& alarm = scene.state.alarms.at(idOf(handle));
    Drawn out;
    out.look.form = SymbolLook::Form::alarm;
    out.look.grade = static_cast<std::uint8_t>(alarm.severity);
    out.look.state = lookOf(alarm);
    const bool aside = model::isSetAside(alarm.state);
    out.look.edge = aside ? 22 : 28;
    out.look.selected = selected;
    out.room = aside ? 22 : 38;
    out.optional = aside && !selected; // what is set aside hides nothing that is not
    out.rank = static_cast<int>(alarm.severity) - 1 + (model::wantsAcknowledgement(alarm) ? 0 : 4);
    return out;
}

PointLayer::Drawn AlarmLayer::drawCluster(const MapScene&, const ClusterTree::Group& group) const {
    Drawn out;
    // The worst of them: one that nobody has looked at before one that somebody has, then by severity.
    const int worst = group.worst();
    out.look.form = SymbolLook::Form::alarm;
    out.look.grade = static_cast<std::uint8_t>(worst % 4 + 1);
    out.look.edge = 28;
    if (group.byState[SymbolLook::setAside] == group.count) {
        out.look.state = SymbolLook::setAside;
        out.look.edge = 22;
        out.room = 22;
        out.rank = worst;
        out.optional = true;
        return out;
    }
    out.look.state = worst >= 4 ? SymbolLook::acknowledged
                                : (group.byState[SymbolLook::wanting] > 0 ? SymbolLook::wanting : SymbolLook::returned);
    out.room = 38;
    out.rank = worst;
    return out;
}

QString AlarmLayer::tipOf(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.alarms.find(idOf(handle));
    if (found == scene.state.alarms.end())
        return {};
    return Words::severity(found->second.severity) + QStringLiteral(" · ") +
           Words::local(found->second.title, scene.language()) + QStringLiteral(" · ") +
           Words::alarmStateLong(found->second);
}

QString AlarmLayer::clusterTip(const MapScene&, const ClusterTree::Group& group) const {
    QString tip = QCoreApplication::translate("tocsin::gui::MapView", "%n alarms here", nullptr,
                                              static_cast<int>(group.count));
    for (std::size_t i = 0; i < 4; ++i)
        if (const std::uint32_t count = group.byRank[i] + group.byRank[i + 4]; count > 0)
            tip += QLatin1Char('\n') + QString::number(count) + QStringLiteral(" × ") +
                   Words::severity(static_cast<model::Grade>(i + 1));
    const std::uint32_t open = group.byState[SymbolLook::wanting] + group.byState[SymbolLook::returned];
    if (open > 0)
        tip += QLatin1Char('\n') + QCoreApplication::translate("tocsin::gui::MapView", "%n not acknowledged", nullptr,
                                                               static_cast<int>(open));
    if (const std::uint32_t aside = group.byState[SymbolLook::setAside]; aside > 0)
        tip += QLatin1Char('\n') +
               QCoreApplication::translate("tocsin::gui::MapView", "%n set aside", nullptr, static_cast<int>(aside));
    return tip;
}

} // namespace tocsin::gui
