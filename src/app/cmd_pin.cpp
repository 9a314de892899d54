#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "tocsin/base/pin_record.hpp"

#include <cstdio>
#include <string>
#include <termios.h>
#include <unistd.h>

// The PIN of a name, for whoever administers the county. It is never an argument: those are seen by everybody on the machine.

namespace tocsin::app {

using base::Code;
using base::fail;

namespace {

/// A terminal that does not show what is typed, until the end.
class Unseen {
  public:
    Unseen() {
        m_changed = ::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_changed)
            return;
        auto quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~Unseen() {
        if (m_changed)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

  private:
    termios m_before{};
    bool m_changed{false};
};

/// One line of standard input, without its end. Code::refused for one that is too long, or where there is none.
base::Result<std::string> lineOf(const char* prompt) {
    const bool asks = ::isatty(STDIN_FILENO) == 1;
    if (asks)
        std::fputs(prompt, stderr);
    std::string line;
    {
        const Unseen unseen;
        for (int c = std::getchar(); c != '\n' && c != EOF && line.size() <= base::mostPinBytes; c = std::getchar())
            line += static_cast<char>(c);
    }
    if (asks)
        std::fputc('\n', stderr);
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    if (!base::isPin(line))
        return fail(Code::refused, "a PIN has 4 to 12 characters");
    return line;
}

base::Result<std::string> recordFromInput(const std::string& name) {
    auto pin = lineOf(("New PIN for " + name + ": ").c_str());
    if (!pin)
        return pin;
    if (::isatty(STDIN_FILENO) == 1) {
        const auto again = lineOf("Once more: ");
        if (!again)
            return again;
        if (*again != *pin)
            return fail(Code::refused, "the two are not the same: nothing was changed");
    }
    return base::pinRecord(*pin);
}

} // namespace

int runPin(const PinWords& words, const Console& console) {
    const auto session = openCounty(words.data, Wish::write); // before anything is asked
    if (!session)
        return console.fail(session.error());
    auto& desk = *(*session)->desk;
    std::string record;
    if (!words.clear) {
        auto made = recordFromInput(words.name);
        if (!made)
            return console.fail(made.error());
        record = std::move(*made);
    }
    const auto done =
        desk.submit(desk::Command{desk.newCommandId(), "administrator", desk::SetPin{words.name, std::move(record), false, true}}).get();
    if (!done)
        return console.fail(done.error());
    console.tell({{"outcome", words.clear ? "cleared" : "set"}, {"name", words.name}});
    console.say(words.clear ? words.name + " has no PIN any more" : words.name + " has a PIN from now on");
    return Exit::done;
}

} // namespace tocsin::app
