#pragma once

#include "tocsin/gui/bridge.hpp"
#include "tocsin/route/road_graph.hpp"

#include <filesystem>
#include <functional>
#include <memory>

namespace tocsin::gui {

/// What recommendations weigh, and who lives where (read on a worker; may be null).
struct Dispatching {
    dispatch::Weights weights{};
    std::vector<route::Profile> profiles{}; ///< of vehicles, by their speed class
    std::function<std::vector<dispatch::Populated>()> readPeople{};
};

/// Reads the roads, on a worker; null when there are none.
using RoadReader = std::function<std::shared_ptr<const route::RoadGraph>()>;

/// The bridge to a running desk. It subscribes at once; ready() is true from the first changed() on. Merges all that
/// the desk commits between two signals, so a flood of commits costs the window no more than 20 updates a second.
///
/// `roads` may be null: recommend() then fails with a sentence. With `readRoads` they come later: until then recommend()
/// says so and answers when they are there, and the other questions about ways wait. `readingsFolder` and `dbFile` are opened read-only by
/// workers, once a question. `actor` is who acts while nobody is on duty; else the officer on duty does; at a seat whoever
/// sits there (Desk::seated).
/// The desk must outlive the bridge; destroying the bridge waits for its workers (not for the desk). GUI thread.
[[nodiscard]] std::unique_ptr<DeskBridge> makeDeskBridge(desk::Desk& desk,
                                                         std::shared_ptr<const route::RoadGraph> roads,
                                                         std::filesystem::path readingsFolder,
                                                         std::filesystem::path dbFile, QString actor,
                                                         RoadReader readRoads = {}, Dispatching dispatching = {});

} // namespace tocsin::gui
