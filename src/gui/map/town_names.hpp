#pragma once

#include "gui/map/viewport.hpp"
#include "tocsin/gui/map_layers.hpp"

#include <QRectF>
#include <QString>
#include <vector>

namespace tocsin::gui {

/// Where the county's base map writes the names of its towns and villages (resources/map/style.xml, "place-names"), so
/// that what may stand aside can leave them to be read. GUI thread.
class TownNames {
  public:
    void set(std::vector<TownName> names);
    /// In pixels of the view; of what it writes at the view's zoom, in the language, within `area`.
    [[nodiscard]] std::vector<QRectF> boxes(const Viewport& view, const QRectF& area, const QString& language);

  private:
    void measure(const QString& language);
    std::vector<TownName> m_names;
    std::vector<double> m_widths; ///< in ems, in m_language
    QString m_language;
};

} // namespace tocsin::gui
