#include "gui/panels/drill_mark.hpp"

#include <QCoreApplication>

namespace tocsin::gui {

namespace {

struct Say {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::DrillMark)
};

} // namespace

bool isDrill(const model::State& state, std::optional<model::IncidentId> incident) {
    const auto found = incident ? state.incidents.find(*incident) : state.incidents.end();
    return state.desk.exercise || (found != state.incidents.end() && found->second.exercise);
}

QString drillMark(const model::State& state, std::optional<model::IncidentId> incident) {
    return isDrill(state, incident) ? Say::tr("EXERCISE EXERCISE EXERCISE") : QString();
}

QString drillHtml(const model::State& state, std::optional<model::IncidentId> incident) {
    const QString mark = drillMark(state, incident);
    return mark.isEmpty() ? mark : QStringLiteral("<p align='center'><b>%1</b></p>").arg(mark.toHtmlEscaped());
}

} // namespace tocsin::gui
