#pragma once

#include "tocsin/desk/command.hpp"

#include <array>

namespace tocsin::desk {

/// Calls `visitor` with the command that `body` is. Apart from CommandBody, since only this looks at each of them.
template <class Visitor>
auto visit(Visitor&& visitor, const CommandBody& body) {
    return [&]<class... Each>(CommandList<Each...>) {
        using Answer = std::common_type_t<decltype(visitor(std::declval<const Each&>()))...>;
        using Call = Answer (*)(Visitor&, const CommandBody&);
        constexpr std::array<Call, sizeof...(Each)> calls{
            +[](Visitor& call, const CommandBody& one) -> Answer { return call(*one.as<Each>()); }...};
        return calls[body.index()](visitor, body);
    }(Commands());
}

} // namespace tocsin::desk
