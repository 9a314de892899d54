#include "tocsin/gui/contact_right.hpp"

#include "tocsin/gui/bridge.hpp"

namespace tocsin::gui {

bool mayNameReaders(const DeskBridge& desk, const std::vector<std::string>& now, const std::vector<std::string>& wanted) {
    if (wanted == now)
        return true;
    bool guarded = false;
    for (const auto& each : now) {
        const QString name = QString::fromStdString(each);
        if (desk.proven(name))
            return true;
        guarded = guarded || desk.hasPin(name);
    }
    return !guarded;
}

} // namespace tocsin::gui
