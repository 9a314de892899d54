#pragma once

#include "tocsin/gui/bridge.hpp"
#include "tocsin/gui/selection.hpp"
#include "tocsin/gui/theme.hpp"

#include <QString>
#include <functional>

namespace tocsin::gui {

class PlaceDesk;
class ReportTriage;
class ResourcesDesk;

/// The few things that every panel is given. The application owns them; they outlive every widget.
struct UiContext {
    DeskBridge& desk;
    Theme& theme;
    Selection& selection;
    /// "en" or "zh_CN", changed by the shell before it sends QEvent::LanguageChange round.
    QString& language;
    /// What is found in citizens' reports; null where nobody looks (a preview, a test).
    ReportTriage* reports{nullptr};
    /// The address of a task order's own page, for its team; empty where there is none. May be null.
    std::function<QString(model::AssignmentId)> teamLink{};
    /// Older than this a count of a resource's stock, beds or places is shown as old. May be null: a day.
    std::function<base::Duration(model::ResourceKind)> countLimit{};
    /// The gazetteer and the map, for who asks where something is; null where there are none.
    PlaceDesk* places{nullptr};
    /// Tables in and out; null where there is nobody who reads and writes them.
    ResourcesDesk* tables{nullptr};
};

} // namespace tocsin::gui
