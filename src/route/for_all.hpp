#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace tocsin::route {

/// Calls `work(index, thread)` for each index on up to `threads` threads, this one among them; false if it was told to
/// stop. An exception goes to the caller once all have ended.
template <typename Work>
bool forAll(std::size_t count, unsigned threads, const std::stop_token& cancel, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stopped{false};
    std::exception_ptr fault;
    std::mutex faultMutex;
    const auto run = [&](unsigned thread) {
        try {
            for (std::size_t i = next++; i < count; i = next++) {
                if (cancel.stop_requested() || stopped) {
                    stopped = true;
                    return;
                }
                work(i, thread);
            }
        } catch (...) {
            const std::scoped_lock lock(faultMutex);
            fault = std::current_exception();
            stopped = true;
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned thread = 1; thread < threads; ++thread)
            others.emplace_back(run, thread);
        run(0);
    }
    if (fault)
        std::rethrow_exception(fault);
    return !stopped;
}

} // namespace tocsin::route
