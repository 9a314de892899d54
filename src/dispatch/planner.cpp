#include "tocsin/dispatch/planner.hpp"

namespace tocsin::dispatch {

base::Result<Answer> Planner::decide(const Question&) const {
    return base::fail(base::Code::unavailable, "plans over all incidents are not made yet");
}
model::Decision toDecision(const Answer&, model::IncidentId incident) {
    model::Decision decision;
    decision.incident = incident;
    return decision;
}

} // namespace tocsin::dispatch
