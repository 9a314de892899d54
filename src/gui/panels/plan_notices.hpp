#pragma once

#include "tocsin/model/decision.hpp"
#include "tocsin/model/state.hpp"

#include <QCoreApplication>
#include <QString>
#include <string>
#include <vector>

namespace tocsin::gui {

/// Who must be told what when a plan goes out, beside those who are sent: who keeps a store, who runs a shelter, and the people who
/// have to leave. Sentences that can be read out over the telephone, in the desk's language.
class PlanNotices {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::PlanNotices)
  public:
    PlanNotices(const model::State& state, const QString& language, base::Time now)
        : m_state(state), m_language(language), m_now(now) {}
    [[nodiscard]] std::vector<std::string> of(const model::Decision& decision) const;

  private:
    [[nodiscard]] QString person(const model::Resource& resource) const;
    [[nodiscard]] QString at(base::Seconds fromNow) const;

    const model::State& m_state;
    const QString& m_language;
    base::Time m_now;
};

} // namespace tocsin::gui
