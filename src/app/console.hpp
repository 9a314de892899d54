#pragma once

#include "tocsin/base/result.hpp"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace tocsin::app {

/// The exit codes of every subcommand.
enum Exit : int { done = 0, refused = 1, calledWrongly = 2 };

/// What came from outside as it may stand on a terminal: control characters, what turns the direction of writing and bytes that are no
/// UTF-8 as their numbers; of a long text its first `most` bytes.
[[nodiscard]] std::string forTerminal(std::string_view text, std::size_t most = 1'000);

/// How a subcommand speaks: sentences for people, or one JSON object a line for programs.
class Console {
  public:
    explicit Console(bool json) : m_json(json) {}
    [[nodiscard]] bool json() const { return m_json; }

    /// A line for a person; nothing with --json.
    void say(std::string_view sentence) const;
    /// An object for a program; nothing without --json.
    void tell(const nlohmann::json& object) const;
    /// What went wrong, on standard error; with --json also as an object. Returns Exit::refused.
    int fail(const base::Error& error) const;
    /// A progress line on standard error, when it is a terminal.
    void progress(std::string_view stage, double fraction) const;
    void progressEnd() const;

  private:
    bool m_json;
};

} // namespace tocsin::app
