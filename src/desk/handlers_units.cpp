#include "desk/desk_thread.hpp"
#include "desk/handlers.hpp"

// What units in the field send: where they are, what they write and draw, their beacons.

namespace tocsin::desk {

using base::Code;
using base::fail;

base::Result<Effect> Handlers::operator()(const TakeFieldMessage& /*c*/) {
    return fail(Code::internal, "not built yet");
}
base::Result<Effect> Handlers::operator()(const TakeFieldMarker& /*c*/) {
    return fail(Code::internal, "not built yet");
}
base::Result<Effect> Handlers::operator()(const TakeEmergency& /*c*/) {
    return fail(Code::internal, "not built yet");
}
base::Result<Effect> Handlers::operator()(const BindUnit& /*c*/) {
    return fail(Code::internal, "not built yet");
}

void DeskThread::positions(PositionsInput /*input*/, std::function<void(base::Result<ReadingsDone>)> answer) {
    answer(fail(Code::internal, "not built yet"));
}

} // namespace tocsin::desk
