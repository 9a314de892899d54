#pragma once

#include "tocsin/base/units.hpp"

#include <QCoreApplication>
#include <QString>

namespace tocsin::gui {

/// What is measured on the map, as people read it. GUI thread.
class Measures {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::Measures)
  public:
    Measures() = delete;
    [[nodiscard]] static QString distance(base::Metres metres);   ///< "34 m", "1.25 km", "12.3 km", "1,234 km"
    [[nodiscard]] static QString area(base::SquareMetres square); ///< "350 m²", "1.25 ha", "12.3 km²"
    [[nodiscard]] static QString bearing(base::Degrees degrees);  ///< "045° NE"
};

} // namespace tocsin::gui
