#include "gui/tools/view_store.hpp"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {

constexpr qsizetype mostLayers = 64;
constexpr qsizetype mostWords = 200;
constexpr qsizetype mostLetters = 200;

QString iniFile(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}
QString slotKey(int slot) {
    return QStringLiteral("map/view%1").arg(slot);
}

QString wordFrom(const QJsonValue& value) {
    return value.toString().left(mostLetters);
}
QStringList wordsFrom(const QJsonValue& value) {
    QStringList words;
    for (const QJsonValue& each : value.toArray())
        if (each.isString() && words.size() < mostWords)
            words << wordFrom(each);
    return words;
}

QJsonObject objectOf(const LayerSet::Layer& layer) {
    QJsonObject out{{"name", layer.name}, {"visible", layer.visible}, {"opacity", layer.opacity}};
    if (!layer.filter.hiddenKinds.isEmpty())
        out["hiddenKinds"] = QJsonArray::fromStringList(layer.filter.hiddenKinds);
    if (!layer.filter.hiddenStates.isEmpty())
        out["hiddenStates"] = QJsonArray::fromStringList(layer.filter.hiddenStates);
    if (layer.filter.leastGrade)
        out["leastGrade"] = static_cast<int>(*layer.filter.leastGrade);
    if (layer.filter.newest)
        out["newestSeconds"] =
            static_cast<double>(std::chrono::duration_cast<std::chrono::seconds>(*layer.filter.newest).count());
    return out;
}

LayerSet::Layer layerFrom(const QJsonObject& in) {
    LayerSet::Layer layer;
    layer.name = wordFrom(in["name"]);
    layer.visible = in["visible"].toBool(true);
    const double opacity = in["opacity"].toDouble(1);
    layer.opacity = std::isfinite(opacity) ? std::clamp(opacity, 0.1, 1.0) : 1;
    layer.filter.hiddenKinds = wordsFrom(in["hiddenKinds"]);
    layer.filter.hiddenStates = wordsFrom(in["hiddenStates"]);
    if (const int grade = in["leastGrade"].toInt(0); grade >= 1 && grade <= 4)
        layer.filter.leastGrade = static_cast<model::Grade>(grade);
    const double newest = in["newestSeconds"].toDouble(0);
    if (std::isfinite(newest) && newest >= 1 && newest <= 366.0 * 86400)
        layer.filter.newest = std::chrono::seconds(static_cast<std::int64_t>(newest));
    return layer;
}

QJsonObject objectOf(const LayerSet& set) {
    QJsonArray layers;
    for (const LayerSet::Layer& layer : set.layers)
        layers.append(objectOf(layer));
    return {{"layers", layers}, {"baseMap", set.baseMap}};
}

std::optional<LayerSet> setFrom(const QJsonObject& in) {
    if (!in["layers"].isArray())
        return std::nullopt;
    LayerSet set;
    for (const QJsonValue& each : in["layers"].toArray()) {
        if (static_cast<qsizetype>(set.layers.size()) >= mostLayers)
            break;
        LayerSet::Layer layer = layerFrom(each.toObject());
        if (!layer.name.isEmpty())
            set.layers.push_back(std::move(layer));
    }
    set.baseMap = wordFrom(in["baseMap"]);
    return set;
}

} // namespace

QByteArray toJson(const LayerSet& set) {
    return QJsonDocument(objectOf(set)).toJson(QJsonDocument::Compact);
}

std::optional<LayerSet> layerSetFrom(const QByteArray& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json);
    return document.isObject() ? setFrom(document.object()) : std::nullopt;
}

QByteArray toJson(const NamedView& view) {
    return QJsonDocument(QJsonObject{{"name", view.name},
                                     {"latitude", view.centre.latitude()},
                                     {"longitude", view.centre.longitude()},
                                     {"zoom", view.zoom},
                                     {"shows", objectOf(view.layers)}})
        .toJson(QJsonDocument::Compact);
}

std::optional<NamedView> namedViewFrom(const QByteArray& json) {
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return std::nullopt;
    const QJsonObject in = document.object();
    if (!in["latitude"].isDouble() || !in["longitude"].isDouble() || !in["zoom"].isDouble())
        return std::nullopt;
    const auto centre = model::Position::checked({in["latitude"].toDouble(), in["longitude"].toDouble()});
    const double zoom = in["zoom"].toDouble();
    if (!centre || !std::isfinite(zoom) || zoom < 0 || zoom > 30)
        return std::nullopt;
    NamedView view;
    view.name = wordFrom(in["name"]);
    view.centre = *centre;
    view.zoom = zoom;
    view.layers = setFrom(in["shows"].toObject()).value_or(LayerSet{});
    return view;
}

// ---- the file

ViewStore::ViewStore(std::filesystem::path ini) : m_ini(std::move(ini)) {
    if (m_ini.empty())
        return;
    const QSettings settings(iniFile(m_ini), QSettings::IniFormat);
    for (int slot = 1; slot <= slots_; ++slot)
        if (auto view = namedViewFrom(settings.value(slotKey(slot)).toByteArray()))
            m_views[slot] = std::move(*view);
}

std::optional<LayerSet> ViewStore::layers() const {
    if (m_ini.empty())
        return std::nullopt;
    return layerSetFrom(
        QSettings(iniFile(m_ini), QSettings::IniFormat).value(QStringLiteral("map/layers")).toByteArray());
}

void ViewStore::keepLayers(const LayerSet& set) {
    if (!m_ini.empty())
        QSettings(iniFile(m_ini), QSettings::IniFormat).setValue(QStringLiteral("map/layers"), toJson(set));
}

void ViewStore::keepView(int slot, const NamedView& view) {
    if (slot < 1 || slot > slots_)
        return;
    m_views[slot] = view;
    if (!m_ini.empty())
        QSettings(iniFile(m_ini), QSettings::IniFormat).setValue(slotKey(slot), toJson(view));
}

void ViewStore::dropView(int slot) {
    m_views.erase(slot);
    if (!m_ini.empty())
        QSettings(iniFile(m_ini), QSettings::IniFormat).remove(slotKey(slot));
}

} // namespace tocsin::gui
