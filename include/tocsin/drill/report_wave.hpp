#pragma once

#include "tocsin/drill/scenario.hpp"
#include "tocsin/model/report.hpp"

namespace tocsin::drill {

/// A report of a wave with the truth about it, by which one can judge what finds reports of one event.
struct WaveReport {
    ReportInject inject;
    std::size_t event{0}; ///< reports of one event have the same number
    bool rumour{false};   ///< the event is one that people only tell of
    std::string language; ///< in which it is written
};

/// The reports of a wave in the order of time. Pure: the same wave and areas give the same reports. Without areas or
/// kinds there are none.
[[nodiscard]] std::vector<WaveReport> reportWave(const ReportWave& wave, const std::vector<Area>& areas);

/// What the desk would make of it once it has come, with an id and a sender that depend on the inject alone.
[[nodiscard]] model::Report asReport(const ReportInject& inject, base::Time start, std::string_view language = "en");

} // namespace tocsin::drill
