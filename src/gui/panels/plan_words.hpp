#pragma once

#include "gui/panels/plan_choice.hpp"
#include "tocsin/dispatch/optimum.hpp"
#include "tocsin/model/state.hpp"

#include <QCoreApplication>
#include <QString>
#include <optional>

namespace tocsin::gui {

/// What a plan's parts are called. `state` gives names; with `now` it is told what should have ended or been done by then.
class PlanWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::PlanWords)
  public:
    PlanWords(const model::State& state, const QString& language, std::optional<base::Time> now = std::nullopt)
        : m_state(state), m_language(language), m_now(now) {}

    [[nodiscard]] QString name(model::ResourceId id) const;
    /// "Dyke defence L2", "Sandbag", "shelter".
    [[nodiscard]] QString what(const model::Need& need) const;
    /// "60 bags", "2 teams", "40 people".
    [[nodiscard]] QString amount(const model::Need& need, double count) const;
    /// Why a need stays open, as a sentence.
    [[nodiscard]] QString unmet(const dispatch::NeedAnswer& answer) const;
    /// What keeps a resource, or that it costs so much more.
    [[nodiscard]] QString obstacle(const dispatch::Choice& choice) const;
    /// "check overdue since 18 Nov 08:00"; empty: nothing. It keeps nobody from being sent.
    [[nodiscard]] QString remark(model::ResourceId id) const;
    /// "60 Sandbag from Depot Schaan".
    [[nodiscard]] QString load(const std::vector<model::LoadItem>& load) const;
    /// "the weight of Steel pile is not known"; empty: that of all is.
    [[nodiscard]] QString unweighed(const std::vector<model::LoadItem>& load) const;
    /// Why a recommendation is not proven to be the optimum, in one clause after the other.
    [[nodiscard]] static QString reasons(const dispatch::OptimumWords& words);
    /// "4–7 min".
    [[nodiscard]] static QString range(base::Seconds low, base::Seconds high);
    [[nodiscard]] QString supply(const std::string& code) const;

  private:
    /// "maintenance should have ended 10:00"; empty: it has no such status.
    [[nodiscard]] QString overdue(model::ResourceId id) const;

    const model::State& m_state;
    const QString& m_language;
    std::optional<base::Time> m_now;
};

} // namespace tocsin::gui
