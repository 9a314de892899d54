#include "desk/handlers.hpp"

namespace tocsin::desk {

base::Result<Effect> Handlers::operator()(const SendPlan& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const JudgeDecision& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const ReplanAssignment& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const AnswerRollCall& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const ReleaseAssignments& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}

} // namespace tocsin::desk
