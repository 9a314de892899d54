#include "desk/handlers.hpp"

namespace tocsin::desk {

base::Result<Effect> Handlers::operator()(const PutDrawing&) {
    return base::fail(base::Code::refused, "drawings cannot be kept yet");
}

base::Result<Effect> Handlers::operator()(const RemoveDrawing&) {
    return base::fail(base::Code::refused, "drawings cannot be kept yet");
}

} // namespace tocsin::desk
