#pragma once

#include "tocsin/store/readings.hpp"

#include <QCoreApplication>
#include <QString>

namespace tocsin::gui {

/// Readings whose own time does not count, or which set nothing off: what a chart says of those that it shows.
class FlaggedReadings {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::FlaggedReadings)
  public:
    /// How many, and of the newest both its times and why; where none is flagged but the newest came long after its time, that. Else empty: sums have
    /// no flags.
    [[nodiscard]] static QString words(const store::Series& series, base::Time now, const QString& language);
};

} // namespace tocsin::gui
