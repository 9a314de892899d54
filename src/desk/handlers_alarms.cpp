#include "desk/handlers.hpp"
#include "tocsin/model/json.hpp"

namespace tocsin::desk {

using base::Code;
using base::fail;

base::Result<Effect> Handlers::operator()(const AcknowledgeAlarms&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const ShelveAlarms&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const UnshelveAlarms&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const TakeAlarmsOutOfService&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const PutAlarmsBack&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const ResetAlarms&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const HandAlarms&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const SetSensorService&) {
    return fail(Code::refused, "not yet");
}

base::Result<Effect> Handlers::operator()(const ChangeRules&) {
    return fail(Code::refused, "not yet");
}

} // namespace tocsin::desk
