#include "desk/handlers.hpp"

// Sensors that feeds describe, calls, who told a report, what stands in quarantine.

namespace tocsin::desk {

using base::Code;
using base::fail;

base::Result<Effect> Handlers::operator()(const TakeSensors& /*c*/) {
    return fail(Code::internal, "not built yet");
}
base::Result<Effect> Handlers::operator()(const RecordCall& /*c*/) {
    return fail(Code::internal, "not built yet");
}
base::Result<Effect> Handlers::operator()(const ShowContact& /*c*/) {
    return fail(Code::internal, "not built yet");
}
base::Result<Effect> Handlers::operator()(const JudgeQuarantine& /*c*/) {
    return fail(Code::internal, "not built yet");
}

} // namespace tocsin::desk
