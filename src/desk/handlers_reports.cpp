#include "desk/handlers.hpp"
#include "tocsin/model/json.hpp"

namespace tocsin::desk {

using base::Code;
using base::fail;

base::Result<Effect> Handlers::operator()(const JudgeReports&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const ClaimReports&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const ReleaseReports&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const PlanCallBack&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const EndCallBack&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const PlaceReport&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const JoinReports&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const SplitReports&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const UndoCluster&) {
    return fail(Code::refused, "not yet");
}

} // namespace tocsin::desk
