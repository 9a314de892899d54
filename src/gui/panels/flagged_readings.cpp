#include "gui/panels/flagged_readings.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <algorithm>
#include <chrono>

namespace tocsin::gui {

using model::Reading;

QString FlaggedReadings::words(const store::Series& series, base::Time now, const QString& language) {
    const auto isFlagged = [](const store::SeriesPoint& point) { return point.flags != Reading::plain; };
    const auto newest = std::find_if(series.points.rbegin(), series.points.rend(), isFlagged);
    if (newest == series.points.rend()) {
        constexpr auto late = std::chrono::minutes(90);
        if (series.points.empty() || series.points.back().received - series.points.back().time <= late)
            return {};
        const auto& last = series.points.back();
        return tr("The newest was measured %1 and received %2: its clock is behind, or it is told late", "time, time")
            .arg(Words::moment(last.time, now, language), Words::moment(last.received, now, language));
    }
    const QString why = (newest->flags & Reading::fromFuture) != 0    ? tr("from the future, so it set nothing off")
                        : (newest->flags & Reading::fromFarPast) != 0 ? tr("from long ago, so it set nothing off")
                        : (newest->flags & Reading::ofRetired) != 0   ? tr("of a retired sensor, so it set nothing off")
                        : (newest->flags & Reading::corrected) != 0   ? tr("corrected, another value came first")
                                                                      : tr("ahead, so it counts as of when it came");
    return tr("◇ Flagged here: %1. The newest was measured %2 and received %3: %4", "count, time, time, why")
        .arg(std::count_if(series.points.begin(), series.points.end(), isFlagged))
        .arg(Words::moment(newest->time, now, language), Words::moment(newest->received, now, language), why);
}

} // namespace tocsin::gui
