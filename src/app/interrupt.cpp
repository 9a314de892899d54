#include "app/interrupt.hpp"

#include <ctime>
#include <pthread.h>
#include <unistd.h>

namespace tocsin::app {

namespace {

sigset_t endings() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

} // namespace

Interrupt::Interrupt() {
    const sigset_t set = endings();
    pthread_sigmask(SIG_BLOCK, &set, &m_before);
    m_watch = std::jthread([this](const std::stop_token& over) {
        const sigset_t waited = endings();
        // A signal would need a handler to end the wait early, so it looks up now and then.
        const timespec now_and_then{.tv_sec = 0, .tv_nsec = 50'000'000};
        while (!over.stop_requested()) {
            if (sigtimedwait(&waited, nullptr, &now_and_then) < 0)
                continue;
            if (m_stop.stop_requested())
                ::_exit(130);
            m_stop.request_stop();
        }
    });
}

Interrupt::~Interrupt() {
    m_watch.request_stop();
    m_watch.join();
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

} // namespace tocsin::app
