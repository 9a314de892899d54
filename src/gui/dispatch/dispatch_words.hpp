#pragma once

#include "gui/dispatch/supply_board.hpp"
#include "tocsin/model/state.hpp"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace tocsin::gui {

/// Words that several pages of the dispatch window share, in the language in force.
class DispatchWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::DispatchWords)
  public:
    DispatchWords() = delete;
    [[nodiscard]] static QString resource(const model::State& state, model::ResourceId id, const QString& language);
    [[nodiscard]] static QString incident(const model::State& state, model::IncidentId id, const QString& language);
    [[nodiscard]] static QString thing(const SupplyLine& line, const QString& language); ///< "sandbags", "dyke defence"
    [[nodiscard]] static QString amount(double quantity, const std::string& unit);
    /// "400 pcs short in the county; next: Store Vaduz 250 pcs, there in 12 min (14:32), Müller AG 150 pcs in 3 h (17:40)", with the distance
    /// while the roads have not answered; empty while nothing is open.
    [[nodiscard]] static QString shortfall(const SupplyLine& line, const model::State& state, const QString& language, base::Time now);
    [[nodiscard]] static QString source(const SupplyLine& line, const SupplySource& source, const model::State& state,
                                        const QString& language, base::Time now);
    [[nodiscard]] static QString aidState(model::AidState state);
    [[nodiscard]] static QString aidStep(model::AidState to); ///< on a button
    [[nodiscard]] static QString aidItems(const model::AidRequest& request, const QString& language);
    [[nodiscard]] static QString aidText(const model::AidRequest& request, const model::State& state,
                                         const QString& language, base::Time now);
    [[nodiscard]] static QString callDownState(const model::CallDown& list);
    [[nodiscard]] static QString decisionState(const model::Decision& decision);
    [[nodiscard]] static QString obstacle(const std::string& key); ///< dispatch's stable key; empty for "none"
    [[nodiscard]] static QString need(const model::Need& need, const QString& language, const model::State& state);
};

} // namespace tocsin::gui
