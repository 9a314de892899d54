#pragma once

#include "tocsin/gui/bridge.hpp"
#include "tocsin/gui/selection.hpp"
#include "tocsin/gui/theme.hpp"

#include <QString>
#include <cstdint>
#include <functional>
#include <string>

namespace tocsin::gui {

class PlaceDesk;
class ReportTriage;
class ResourcesDesk;

/// The address of a task order's own page, and who can open it.
struct TeamLink {
    enum class Reach : std::uint8_t { phones, thisMachine, none, notHere, unknown };
    QString address{};
    Reach reach{Reach::none}; ///< none: the desk has no such pages; notHere: a desk gives them; unknown: the desk could not be asked
    std::string why{};        ///< where it is unknown
};

/// The few things that every panel is given. The application owns them; they outlive every widget.
struct UiContext {
    DeskBridge& desk;
    Theme& theme;
    Selection& selection;
    /// "en" or "zh_CN", changed by the shell before it sends QEvent::LanguageChange round.
    QString& language;
    /// What is found in citizens' reports; null where nobody looks (a preview, a test).
    ReportTriage* reports{nullptr};
    /// Tells the link of a task order, for its team: at once, or, where the desk must be asked, later, unless `receiver` is gone by then. May be
    /// null: there is none.
    std::function<void(model::AssignmentId, QObject* receiver, std::function<void(const TeamLink&)> told)> teamLink{};
    /// Older than this a count of a resource's stock, beds or places is shown as old. May be null: a day.
    std::function<base::Duration(model::ResourceKind)> countLimit{};
    /// The gazetteer and the map, for who asks where something is; null where there are none.
    PlaceDesk* places{nullptr};
    /// Tables in and out; null where there is nobody who reads and writes them.
    ResourcesDesk* tables{nullptr};
};

} // namespace tocsin::gui
