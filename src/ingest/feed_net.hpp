#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/endpoint.hpp"

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <functional>
#include <memory>
#include <string_view>
#include <utility> // Boost 1.74's Asio needs it first

namespace tocsin::ingest {

using Tcp = boost::asio::ip::tcp;
using Udp = boost::asio::ip::udp;
using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;

/// Opens, binds and listens. Resolves names (blocking: called once, at start).
[[nodiscard]] base::Result<Endpoint> listenOn(Tcp::acceptor& acceptor, std::string_view hostPort);

/// Opens and binds for datagrams; likewise.
[[nodiscard]] base::Result<Endpoint> listenOn(Udp::socket& socket, std::string_view hostPort);

/// True if accept failed because the process or the machine has run out of something: wait, then go on.
[[nodiscard]] bool isExhausted(const boost::system::error_code& error);

/// A callback for another thread that runs `handler` on `executor` exactly once: with the value given, or with
/// `dropped` if the callback is destroyed without having been called. Keeps the executor's context at work meanwhile.
template <typename Value, typename Handler>
[[nodiscard]] std::function<void(Value)> postOnce(const Strand& executor, Value dropped, Handler handler) {
    struct State {
        State(const Strand& e, Value d, Handler h)
            : work(boost::asio::make_work_guard(e)), fallback(std::move(d)), run(std::move(h)) {}
        ~State() {
            try {
                fire(std::move(fallback));
            } catch (...) { // NOLINT(bugprone-empty-catch): out of memory while going down; nobody is left to tell
            }
        }
        State(const State&) = delete;
        State& operator=(const State&) = delete;
        void fire(Value value) {
            if (!fired.exchange(true))
                boost::asio::post(work.get_executor(),
                                  [h = std::move(run), v = std::move(value)]() mutable { h(std::move(v)); });
        }
        boost::asio::executor_work_guard<Strand> work;
        Value fallback;
        Handler run;
        std::atomic<bool> fired{false};
    };
    auto state = std::make_shared<State>(executor, std::move(dropped), std::move(handler));
    return [state](Value value) { state->fire(std::move(value)); };
}

} // namespace tocsin::ingest
