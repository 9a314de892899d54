#include "tocsin/base/result.hpp"

namespace tocsin::base {

const char* toString(Code code) {
    switch (code) {
    case Code::malformed:
        return "malformed";
    case Code::tooLarge:
        return "too-large";
    case Code::outOfRange:
        return "out-of-range";
    case Code::notFound:
        return "not-found";
    case Code::conflict:
        return "conflict";
    case Code::refused:
        return "refused";
    case Code::unavailable:
        return "unavailable";
    case Code::storage:
        return "storage";
    case Code::newer:
        return "newer";
    case Code::cancelled:
        return "cancelled";
    case Code::internal:
        return "internal";
    }
    return "internal";
}

std::string Error::describe() const {
    std::string out;
    if (place.line) {
        out = "line " + std::to_string(*place.line);
        if (place.column)
            out += ", column " + std::to_string(*place.column);
    } else if (place.byte) {
        out = "byte " + std::to_string(*place.byte);
    }
    return out.empty() ? message : out + ": " + message;
}

} // namespace tocsin::base
