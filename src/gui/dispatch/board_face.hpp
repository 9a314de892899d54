#pragma once

#include "gui/dispatch/follow_state.hpp"

#include <QCoreApplication>
#include <QString>
#include <QStringList>
#include <vector>

namespace tocsin::gui {

/// What a card of the board says.
struct CardFace {
    model::AssignmentId id;
    model::IncidentId incident;
    model::AssignmentState state{model::AssignmentState::notified};
    QString glyph;
    QString name;
    QString place;  ///< "2026-0147 · Rhine dyke km 54.2"
    QString task;   ///< "/3 · dyke defence", or its load
    QString arrival; ///< the running figure: "04:12", "02:10 late", "on scene 00:12"
    QString range;  ///< "3–6 min"
    QString clock;  ///< "accepted 01:10 ago"
    QStringList warnings; ///< gravest first
    QString hours;  ///< "7.5 of 12 h"; empty without a limit
    double hoursPart{0};
    bool late{false}; ///< the running figure is
    Followed followed;
};

/// The words of the board.
class BoardWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::BoardWords)
  public:
    BoardWords() = delete;
    [[nodiscard]] static CardFace face(const Followed& followed, const model::State& state, const QString& language,
                                       base::Time now);
    [[nodiscard]] static QString worry(const Followed& followed, Worry worry, const model::State& state,
                                       const QString& language);
    /// "2 overdue · 1 not accepted"; empty: nobody is late.
    [[nodiscard]] static QString summary(const std::vector<Followed>& all);
    [[nodiscard]] static QString column(model::AssignmentState state);
    /// A card read out.
    [[nodiscard]] static QString spoken(const CardFace& face);
};

} // namespace tocsin::gui
