#include "desk/handlers.hpp"

namespace tocsin::desk {

base::Result<Effect> Handlers::operator()(const StartCallDown& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const AnswerCallDown& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const EndCallDown& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const PutAidRequest& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const AdvanceAidRequest& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}

} // namespace tocsin::desk
