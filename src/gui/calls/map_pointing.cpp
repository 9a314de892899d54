#include "gui/calls/map_pointing.hpp"

namespace tocsin::gui {

MapPointing::MapPointing(const Theme& theme, MapView* map, QObject* parent) : QObject(parent), m_map(map), m_tool(theme) {
    connect(&m_tool, &PickTool::picked, this, [this](const model::Position& position) { end(position); });
    connect(&m_tool, &PickTool::left, this, [this] { end(std::nullopt); });
}

MapPointing::~MapPointing() {
    m_tool.disconnect(this);
    stop();
}

void MapPointing::start(QDialog& dialog, std::function<void(const model::Position&)> then) {
    if (m_map == nullptr || m_dialog)
        return;
    m_dialog = &dialog;
    m_then = std::move(then);
    m_closed = connect(&dialog, &QDialog::finished, this, &MapPointing::stop);
    m_gone = connect(&dialog, &QObject::destroyed, this, &MapPointing::stop);
    dialog.hide();
    m_map->setTool(&m_tool);
    m_map->window()->activateWindow();
}

void MapPointing::stop() {
    disconnect(m_closed);
    disconnect(m_gone);
    m_dialog.clear();
    if (m_map != nullptr && m_map->tool() == &m_tool)
        m_map->setTool(nullptr);
}

void MapPointing::end(const std::optional<model::Position>& position) {
    const QPointer<QDialog> dialog = m_dialog;
    stop();
    const auto then = std::exchange(m_then, {});
    if (!dialog)
        return;
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
    if (position && then)
        then(*position);
}

} // namespace tocsin::gui
