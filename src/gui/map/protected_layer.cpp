#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QCoreApplication>
#include <algorithm>

namespace tocsin::gui {
namespace {

struct Kind {
    const char* key;
    const char* glyph;
    const char* word;
};

constexpr Kind kindTable[] = {
    {"school", "school", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "school")},
    {"kindergarten", "school", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "kindergarten")},
    {"hospital", "hospital", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "hospital")},
    {"clinic", "hospital", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "clinic")},
    {"doctors", "hospital", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "doctors")},
    {"pharmacy", "hospital", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "pharmacy")},
    {"care", "people", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "care home")},
    {"prison", "shield", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "prison")},
    {"fuel", "fuel", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "fuel")},
    {"dam", "dam", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "dam")},
    {"bridge", "bridge", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "bridge")},
    {"power-plant", "power", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "power plant")},
    {"substation", "power", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "substation")},
    {"siren", "sound", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "siren")},
    {"town-hall", "facility", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "town hall")},
    {"community-centre", "people", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "community centre")},
    {"stadium", "people", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "stadium")},
    {"helipad", "helicopter", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "helipad")},
};

const Kind* kindOf(const QString& key) {
    for (const Kind& kind : kindTable)
        if (key == QLatin1String(kind.key))
            return &kind;
    return nullptr;
}

} // namespace

QString protectedWord(const QString& key) {
    const Kind* kind = kindOf(key);
    return kind != nullptr ? QCoreApplication::translate("tocsin::gui::MapView", kind->word)
                           : QString(key).replace(QLatin1Char('-'), QLatin1Char(' '));
}

ProtectedLayer::ProtectedLayer() : PointLayer(QStringLiteral("protected"), QStringLiteral("shield")) {}
QString ProtectedLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Protected objects");
}

std::vector<LayerInfo::Word> ProtectedLayer::kinds() const {
    std::vector<LayerInfo::Word> words;
    for (const QString& key : m_kinds)
        words.push_back({key, protectedWord(key)});
    return words;
}

void ProtectedLayer::setObjects(const MapScene& scene, std::vector<ProtectedObject> objects) {
    m_objects = std::move(objects);
    m_kinds.clear();
    for (const ProtectedObject& object : m_objects)
        if (std::find(m_kinds.begin(), m_kinds.end(), object.kind) == m_kinds.end() && m_kinds.size() < 60)
            m_kinds.push_back(object.kind);
    std::sort(m_kinds.begin(), m_kinds.end());
    setFilter(filter());
    dropAll();
    for (Handle handle = 0; handle < m_objects.size(); ++handle)
        refresh(scene, handle);
}

void ProtectedLayer::sync(const MapScene& scene, const Changes& changes) {
    if (changes.all)
        refreshAll(scene);
}

std::optional<PointLayer::Facts> ProtectedLayer::facts(const MapScene&, Handle handle) const {
    if (handle >= m_objects.size())
        return std::nullopt;
    Facts out;
    out.at = map::toWorld(m_objects[handle].position);
    const auto kind = std::find(m_kinds.begin(), m_kinds.end(), m_objects[handle].kind);
    out.traits.kind = static_cast<int>(kind - m_kinds.begin());
    return out;
}

PointLayer::Drawn ProtectedLayer::draw(const MapScene& scene, double zoom, Handle handle, bool) const {
    const ProtectedObject& object = m_objects[handle];
    Drawn out;
    out.look.form = SymbolLook::Form::object;
    out.look.edge = 19;
    const Kind* kind = kindOf(object.kind);
    out.look.glyph = kind != nullptr ? QString::fromLatin1(kind->glyph) : glyph();
    out.optional = true;
    out.aside = false;
    if (zoom >= 15.9 && !object.name.isEmpty()) {
        Label label;
        label.text = object.name.size() > 30 ? object.name.left(29) + QChar(0x2026) : object.name;
        label.colour = scene.theme().colours().dim;
        out.label = std::move(label);
    }
    return out;
}

PointLayer::Drawn ProtectedLayer::drawCluster(const MapScene&, const ClusterTree::Group&) const {
    Drawn out;
    out.look.form = SymbolLook::Form::object;
    out.look.edge = 19;
    out.look.glyph = glyph();
    out.optional = true;
    out.aside = false;
    return out;
}

QString ProtectedLayer::tipOf(const MapScene&, Handle handle) const {
    if (handle >= m_objects.size())
        return {};
    const ProtectedObject& object = m_objects[handle];
    const QString word = protectedWord(object.kind);
    return object.name.isEmpty() ? word : object.name + QLatin1Char('\n') + word;
}

QString ProtectedLayer::clusterTip(const MapScene&, const ClusterTree::Group& group) const {
    return QCoreApplication::translate("tocsin::gui::MapView", "%n protected objects here", nullptr,
                                       static_cast<int>(group.count));
}

} // namespace tocsin::gui
