#pragma once

#include "gui/panels/row_model.hpp"
#include "tocsin/gui/ui_context.hpp"
#include "tocsin/triage/alarm_board.hpp"

#include <QCoreApplication>

namespace tocsin::gui {

/// What rows say of alarms and of their groups. GUI thread.
class AlarmFaces {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::AlarmFaces)
  public:
    explicit AlarmFaces(const UiContext& ui) : m_ui(ui) {}

    [[nodiscard]] RowFace alarm(const model::Alarm& alarm) const;
    /// One that is set aside: until when, by whom, why, by which other alarm.
    [[nodiscard]] RowFace aside(const model::Alarm& alarm) const;
    [[nodiscard]] RowFace group(const triage::AlarmGroup& group, bool open) const;
    /// The row's id of a group: the same while its key is.
    [[nodiscard]] static base::Uuid idOf(const triage::AlarmGroup& group);
    /// "until 14:30 · M. Keller: sensor is being repaired".
    [[nodiscard]] QString whyAside(const model::Alarm& alarm) const;
    /// The title of the gravest member, and what the group has in common where that is little.
    [[nodiscard]] QString titleOf(const triage::AlarmGroup& group) const;
    /// "2.4 km round Vaduz"; empty if there is nothing to say.
    [[nodiscard]] QString whereOf(const triage::AlarmGroup& group) const;
    [[nodiscard]] QString titleOf(model::AlarmId alarm) const;
    /// "4.46 m, limit 4.2 m", "52 mm in 3 h, limit 50 mm", "4.46 m" where there is no limit; empty where there is no value.
    [[nodiscard]] QString valueAndLimit(const model::Alarm& alarm) const;
    /// What the alarm forecasts, as long as that is still to come: not when the time is past, the value already there, or
    /// the sensor silent for longer than half of what the forecast was made from.
    [[nodiscard]] std::optional<model::AlarmForecast> forecastOf(const model::Alarm& alarm) const;
    /// "now: call Dyke warden": it was made louder, and still nobody has acknowledged it. Else empty.
    [[nodiscard]] QString whomToCall(const model::Alarm& alarm) const;

  private:
    [[nodiscard]] const model::Alarm* find(model::AlarmId id) const;
    [[nodiscard]] QString why(const model::Alarm& alarm) const;
    [[nodiscard]] QString stateOf(const model::Alarm& alarm) const;
    UiContext m_ui;
};

} // namespace tocsin::gui
