#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace tocsin::app {

/// Turns Ctrl+C and SIGTERM into a request to stop while it lives: a long job ends in good order and leaves what was
/// there. A second Ctrl+C ends the program at once. Make one on the main thread, before other threads.
class Interrupt {
  public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

  private:
    sigset_t m_before{};
    std::stop_source m_stop;
    std::jthread m_watch;
};

} // namespace tocsin::app
