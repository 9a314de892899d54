#pragma once

#include "gui/resources/roster.hpp"

#include <QCoreApplication>
#include <QStringList>

namespace tocsin::gui {

/// Words of the rosters.
class RosterWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::RosterWords)
  public:
    /// Who is on duty, until when, and who comes next; or that nobody is.
    [[nodiscard]] static QString now(const model::Resource& resource, base::Time now, const QString& language);
    /// The same of one of its people.
    [[nodiscard]] static QString now(const model::Resource& resource, const std::string& person, base::Time now, const QString& language);
    [[nodiscard]] static QString turn(const model::DutyTurn& turn, base::Time now, const QString& language); ///< "R. Frick, 08:00 – 20:00"
    [[nodiscard]] static QString span(RosterSpan span, base::Time now, const QString& language);
    [[nodiscard]] static QString gap(const CapabilityGap& gap, base::Time now, const QString& language);

    /// What speaks against a shift beside those that the resource has; empty: nothing.
    [[nodiscard]] static QString fault(const model::Resource& resource, const model::DutyTurn& turn, base::Time now, const QString& language);
    /// That somebody of that name and phone has a shift with another resource at that time; empty: nobody has.
    [[nodiscard]] static QString elsewhere(const model::State& state, const model::Resource& resource, const model::DutyTurn& turn,
                                           base::Time now, const QString& language);
};

} // namespace tocsin::gui
