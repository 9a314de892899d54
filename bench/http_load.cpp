// Sends citizens' reports to a desk that runs (tocsin serve) over kept-alive HTTP connections, one request under way on
// each, and tells how many a second were committed and how long each took.
//
//   http_load --port 8080 --connections 256 --seconds 10

#include <CLI/CLI.hpp>
#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <netinet/tcp.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
    int socket{-1};
    std::string out;
    std::string in;
    Clock::time_point sent;
};

struct Counts {
    std::size_t stored{0};
    std::size_t busy{0};
    std::size_t other{0};
};

std::string report(const std::string& run, std::size_t number) {
    const std::string body = R"({"id":")" + run + "-" + std::to_string(number) +
                             R"(","category":"flood","text":"Water in the cellar, rising since an hour","place":)" +
                             R"("Landstrasse 3, Vaduz","latitude":47.1410,"longitude":9.5209,"accuracy":12,"phone":"+423 1"})";
    return "POST /reports HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

int connectTo(const std::string& host, int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    ::inet_pton(AF_INET, host.c_str(), &to.sin_addr);
    if (::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
        std::perror("connect");
        std::exit(1);
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

/// True once a whole response is in; `status` is its own.
bool whole(std::string& in, int& status) {
    const auto head = in.find("\r\n\r\n");
    if (head == std::string::npos)
        return false;
    const auto at = in.find("Content-Length: ");
    const auto length = at < head ? std::stoul(in.substr(at + 16, 12)) : 0;
    if (in.size() < head + 4 + length)
        return false;
    status = std::stoi(in.substr(9, 3));
    in.erase(0, head + 4 + length);
    return true;
}

} // namespace

int main(int argc, char** argv) {
    std::string host = "127.0.0.1";
    int port = 8080;
    std::size_t connections = 256;
    double seconds = 10;
    CLI::App app("Sends citizens' reports over HTTP and counts what is committed");
    app.add_option("--host", host);
    app.add_option("--port", port);
    app.add_option("--connections", connections)->check(CLI::Range(1, 10'000));
    app.add_option("--seconds", seconds);
    CLI11_PARSE(app, argc, argv);

    const auto run = std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
    const int poll = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<Connection> all(connections);
    std::size_t number = 0;
    std::vector<float> waits;
    Counts counts;
    const auto send = [&](Connection& one) {
        one.out = report(run, number++);
        one.sent = Clock::now();
        if (::write(one.socket, one.out.data(), one.out.size()) != static_cast<ssize_t>(one.out.size())) {
            std::perror("write");
            std::exit(1);
        }
    };
    for (auto& one : all) {
        one.socket = connectTo(host, port);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = &one;
        ::epoll_ctl(poll, EPOLL_CTL_ADD, one.socket, &event);
    }
    const auto begun = Clock::now();
    const auto end = begun + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    for (auto& one : all)
        send(one);
    std::size_t open = connections;
    std::vector<epoll_event> events(512);
    std::vector<char> buffer(65536);
    while (open > 0) {
        const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 5000);
        if (ready <= 0)
            break;
        for (int i = 0; i < ready; ++i) {
            auto& one = *static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
            const auto got = ::read(one.socket, buffer.data(), buffer.size());
            if (got <= 0) {
                ++counts.other;
                --open;
                ::close(one.socket);
                continue;
            }
            one.in.append(buffer.data(), static_cast<std::size_t>(got));
            int status = 0;
            if (!whole(one.in, status))
                continue;
            const auto now = Clock::now();
            waits.push_back(std::chrono::duration<float, std::milli>(now - one.sent).count());
            ++(status == 201 ? counts.stored : status == 503 ? counts.busy : counts.other);
            if (now < end)
                send(one);
            else
                --open;
        }
    }
    const double took = std::chrono::duration<double>(Clock::now() - begun).count();
    std::sort(waits.begin(), waits.end());
    const auto quantile = [&](double q) {
        return waits.empty() ? 0.0F : waits[static_cast<std::size_t>(q * static_cast<double>(waits.size() - 1))];
    };
    std::printf("%zu stored, %zu busy, %zu other in %.2f s: %.0f a second; ms: median %.1f, 99th %.1f, most %.1f\n",
                counts.stored, counts.busy, counts.other, took, static_cast<double>(counts.stored) / took,
                static_cast<double>(quantile(0.5)), static_cast<double>(quantile(0.99)),
                static_cast<double>(quantile(1)));
    return counts.other == 0 ? 0 : 1;
}
