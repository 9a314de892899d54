#include "desk/handlers.hpp"

namespace tocsin::desk {

base::Result<Effect> Handlers::operator()(const ClaimResources& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const PutResources& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const RetireResources& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const SetResourceStatus& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const MoveStock& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const CountResource& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}
base::Result<Effect> Handlers::operator()(const RecordCheck& /*c*/) {
    return base::fail(base::Code::refused, "the desk cannot do this yet");
}

} // namespace tocsin::desk
