#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QCoreApplication>
#include <QDate>
#include <functional>
#include <optional>

class QWidget;

namespace tocsin::gui {

/// A moment as it is typed, by the county's clock: "2026-12-31 08:00", or "08:00", which is on `day`. Pure.
[[nodiscard]] std::optional<base::Time> rosterMoment(const QString& text, const QDate& day);

/// The dialogs of the rosters. Each shows itself and goes when it is done; what the desk refuses is said in it.
class RosterDialogs {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::RosterDialogs)
  public:
    /// A new shift, or another in the place of `instead`. `day`: where a new one begins if the roster tells nothing.
    /// `done`: the desk has taken it.
    static void shift(const UiContext& ui, const model::Resource& resource, const std::optional<model::DutyTurn>& instead, const QDate& day,
                      QWidget* parent, std::function<void()> done = {});
    static void remove(const UiContext& ui, const model::Resource& resource, const model::DutyTurn& turn, QWidget* parent);
};

} // namespace tocsin::gui
