#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/desk/command.hpp"

#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace tocsin::desk {

/// A command as JSON: {"id", "actor", "name": "SendPlan", "body": {member: value …}}; every member is there. Unlike in the
/// journal a report has its contact. Code::malformed where a text is not UTF-8 or a number not finite.
[[nodiscard]] base::Result<nlohmann::json> toJson(const Command& command);
/// The same back. Taken is only what toJson() would have written: a member that is missing, is not known or has a value
/// that would not come back the same (a number that does not fit, a place that is none, a word that is unknown) is
/// Code::malformed, and the message names it: "command.body.teams[2].eta: …".
[[nodiscard]] base::Result<Command> commandFrom(const nlohmann::json& json);

/// The name by which a command of this kind goes: "SendPlan".
[[nodiscard]] std::string_view nameOf(const CommandBody& body);

} // namespace tocsin::desk
