#pragma once

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace tocsin::test {

/// A child process of the test, known and ended by its own id.
class Process {
  public:
    explicit Process(const std::vector<std::string>& command, const std::string& input = {}) {
        int out[2];
        int err[2];
        int in[2];
        if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0 || ::pipe2(in, O_CLOEXEC) != 0)
            return;
        m_pid = ::fork();
        if (m_pid == 0) {
            ::dup2(in[0], 0);
            ::dup2(out[1], 1);
            ::dup2(err[1], 2);
            std::vector<char*> argv;
            for (const auto& word : command)
                argv.push_back(const_cast<char*>(word.c_str()));
            argv.push_back(nullptr);
            ::execv(argv[0], argv.data());
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        ::close(err[1]);
        m_out = out[0];
        m_err = err[0];
        if (!input.empty())
            (void)!::write(in[1], input.data(), input.size());
        ::close(in[1]);
    }
    ~Process() {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            wait();
        }
        ::close(m_out);
        ::close(m_err);
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// Whether the child is still at work.
    [[nodiscard]] bool running() const {
        siginfo_t info{};
        return m_pid > 0 &&
               ::waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
    }
    void signal(int number) const { ::kill(m_pid, number); }

    /// The first line that the child prints; empty if it ends before.
    std::string line() {
        std::string text;
        char c = 0;
        while (::read(m_out, &c, 1) == 1 && c != '\n')
            text += c;
        return text;
    }
    /// Reads both outputs to their ends and waits. The exit code, or minus the signal.
    int finish() {
        bool outOpen = true;
        bool errOpen = true;
        char buffer[4096];
        while (outOpen || errOpen) {
            pollfd fds[2]{{outOpen ? m_out : -1, POLLIN, 0}, {errOpen ? m_err : -1, POLLIN, 0}};
            if (::poll(fds, 2, -1) < 0 && errno != EINTR)
                break;
            if (outOpen && fds[0].revents != 0)
                outOpen = take(m_out, output, buffer, sizeof buffer);
            if (errOpen && fds[1].revents != 0)
                errOpen = take(m_err, errors, buffer, sizeof buffer);
        }
        return wait();
    }
    int wait() {
        if (m_pid <= 0)
            return m_code;
        int status = 0;
        while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
        }
        m_pid = 0;
        m_code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        return m_code;
    }

    std::string output;
    std::string errors;

  private:
    static bool take(int fd, std::string& into, char* buffer, std::size_t size) {
        const auto n = ::read(fd, buffer, size);
        if (n > 0)
            into.append(buffer, static_cast<std::size_t>(n));
        return n > 0;
    }
    pid_t m_pid{0};
    int m_out{-1};
    int m_err{-1};
    int m_code{0};
};

} // namespace tocsin::test
