#pragma once

#include "gui/panels/plan_choice.hpp"
#include "tocsin/model/state.hpp"

#include <QCoreApplication>
#include <QString>

namespace tocsin::gui {

/// What a plan's parts are called. `state` gives names.
class PlanWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::PlanWords)
  public:
    PlanWords(const model::State& state, const QString& language) : m_state(state), m_language(language) {}

    [[nodiscard]] QString name(model::ResourceId id) const;
    /// "Dyke defence L2", "Sandbag", "shelter".
    [[nodiscard]] QString what(const model::Need& need) const;
    /// "60 bags", "2 teams", "40 people".
    [[nodiscard]] QString amount(const model::Need& need, double count) const;
    /// Why a need stays open, as a sentence.
    [[nodiscard]] QString unmet(const dispatch::NeedAnswer& answer) const;
    /// What keeps a resource, or that it costs so much more.
    [[nodiscard]] QString obstacle(const dispatch::Choice& choice) const;
    /// "60 Sandbag from Depot Schaan".
    [[nodiscard]] QString load(const std::vector<model::LoadItem>& load) const;
    /// "4–7 min".
    [[nodiscard]] static QString range(base::Seconds low, base::Seconds high);
    [[nodiscard]] QString supply(const std::string& code) const;

  private:
    const model::State& m_state;
    const QString& m_language;
};

} // namespace tocsin::gui
