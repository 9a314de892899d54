#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/grade.hpp"
#include "tocsin/model/position.hpp"

#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace tocsin::gui {

/// What a layer leaves out. A member at rest leaves nothing out.
struct LayerFilter {
    QStringList hiddenKinds;                ///< of LayerInfo::kinds
    QStringList hiddenStates;               ///< of LayerInfo::states
    std::optional<model::Grade> leastGrade; ///< this one and graver
    std::optional<base::Duration> newest;   ///< not older than this
    friend bool operator==(const LayerFilter&, const LayerFilter&) = default;
    [[nodiscard]] bool atRest() const { return *this == LayerFilter{}; }
};

/// A layer of the situation map as the layers panel shows it.
struct LayerInfo {
    struct Word {
        QString key;   ///< stable, for settings
        QString title; ///< in the language in force
    };
    QString name; ///< stable: "incidents", "alarms", "teams", "reports", "warnings", "sensors", "earthquakes", "units",
                  ///< "resources", "routes", "drawings", "protected", "hotspots", "heat", "reach"
    QString title;
    QString glyph; ///< its symbol in the Symbols family
    bool visible{true};
    double opacity{1};       ///< 0.1…1
    std::vector<Word> kinds; ///< that it can be filtered by; empty: it cannot
    std::vector<Word> states;
    bool hasGrade{false};
    bool hasAge{false};
    int shown{0}; ///< things in view
    int all{0};   ///< things there are
    LayerFilter filter;
};

/// Which layers are shown and how: what a named view keeps. Top layer first.
struct LayerSet {
    struct Layer {
        QString name;
        bool visible{true};
        double opacity{1};
        LayerFilter filter;
        friend bool operator==(const Layer&, const Layer&) = default;
    };
    std::vector<Layer> layers;
    QString baseMap; ///< empty: the county's own
    friend bool operator==(const LayerSet&, const LayerSet&) = default;
};

/// A settlement whose name the county's base map writes.
struct TownName {
    base::LocalText name;
    model::Position position;
    int rank{0}; ///< 1: a city … 4: a part of a town; county::Settlement::rank
};

/// Something that must be protected and does not act by itself: a school, a dam, a bridge. From the county's map.
struct ProtectedObject {
    QString name;
    QString kind; ///< "school", "hospital", "dam", …: county::Facility::kind
    model::Position position;
};

} // namespace tocsin::gui
