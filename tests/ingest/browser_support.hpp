#pragma once

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tocsin::ingest::test {

/// A headless Chromium that is driven over a pipe (Chrome DevTools Protocol), with a profile of its own that goes with
/// it. For one page.
class Browser {
  public:
    [[nodiscard]] static std::optional<std::filesystem::path> installed() {
        for (const char* path : {"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"})
            if (::access(path, X_OK) == 0)
                return path;
        return {};
    }

    Browser(const std::filesystem::path& program, const std::filesystem::path& profile) : m_profile(profile) {
        int in[2] = {-1, -1};
        int out[2] = {-1, -1};
        if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0)
            return;
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        // It reads from 3 and writes to 4. Away from there first, lest one overwrites the other.
        posix_spawn_file_actions_adddup2(&actions, in[0], 203);
        posix_spawn_file_actions_adddup2(&actions, out[1], 204);
        posix_spawn_file_actions_adddup2(&actions, 203, 3);
        posix_spawn_file_actions_adddup2(&actions, 204, 4);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        std::string profileFlag = "--user-data-dir=" + profile.string();
        std::string flags[] = {program.string(), "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
                               "--no-first-run", "--disable-dev-shm-usage", "--disable-extensions", "--disable-sync",
                               "--disable-background-networking", "--mute-audio", profileFlag, "about:blank"};
        std::vector<char*> arguments;
        for (auto& flag : flags)
            arguments.push_back(flag.data());
        arguments.push_back(nullptr);
        if (::posix_spawn(&m_process, program.c_str(), &actions, nullptr, arguments.data(), environ) != 0)
            m_process = -1;
        posix_spawn_file_actions_destroy(&actions);
        ::close(in[0]);
        ::close(out[1]);
        m_to = in[1];
        m_from = out[0];
    }
    ~Browser() {
        ::close(m_to);
        ::close(m_from);
        if (m_process > 0) {
            ::kill(m_process, SIGTERM);
            ::waitpid(m_process, nullptr, 0);
        }
        std::error_code ignored;
        std::filesystem::remove_all(m_profile, ignored);
    }
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    /// Opens a page of that size in CSS pixels.
    bool open(const std::string& url, int width, int height) {
        const auto target = call("Target.createTarget", {{"url", "about:blank"}});
        if (!target.contains("targetId"))
            return false;
        const auto session = call("Target.attachToTarget", {{"targetId", target["targetId"]}, {"flatten", true}});
        m_session = session.value("sessionId", "");
        call("Page.enable");
        call("Emulation.setDeviceMetricsOverride",
             {{"width", width}, {"height", height}, {"deviceScaleFactor", 2}, {"mobile", true}});
        call("Emulation.setTouchEmulationEnabled", {{"enabled", true}, {"maxTouchPoints", 2}});
        m_loaded = false;
        call("Page.navigate", {{"url", url}});
        return until([this] { return m_loaded; });
    }
    bool reload() {
        m_loaded = false;
        call("Page.reload");
        return until([this] { return m_loaded; });
    }
    /// The value of an expression in the page; a promise is waited for.
    nlohmann::json evaluate(const std::string& expression) {
        return call("Runtime.evaluate", {{"expression", expression}, {"awaitPromise", true}, {"returnByValue", true}})
            .value("result", nlohmann::json::object())
            .value("value", nlohmann::json());
    }
    void chooseFile(const std::string& element, const std::filesystem::path& file) {
        const auto object = call("Runtime.evaluate", {{"expression", element}}).value("result", nlohmann::json::object());
        call("DOM.setFileInputFiles", {{"files", {file.string()}}, {"objectId", object.value("objectId", "")}});
    }
    /// Fingers: "touchStart", "touchMove" with where they are in CSS pixels of the view, "touchEnd" with none.
    void touch(const std::string& type, const std::vector<std::pair<double, double>>& fingers) {
        nlohmann::json points = nlohmann::json::array();
        for (std::size_t i = 0; i < fingers.size(); ++i)
            points.push_back({{"x", fingers[i].first}, {"y", fingers[i].second}, {"id", i}});
        call("Input.dispatchTouchEvent", {{"type", type}, {"touchPoints", points}});
    }
    /// A key as a keyboard sends it: "ArrowLeft", "Enter", "+".
    void key(const std::string& name) {
        call("Input.dispatchKeyEvent", {{"type", "keyDown"}, {"key", name}});
        call("Input.dispatchKeyEvent", {{"type", "keyUp"}, {"key", name}});
    }
    /// Where the phone says that it is, to pages that may know.
    void standAt(const std::string& origin, double latitude, double longitude, double metres) {
        call("Browser.grantPermissions", {{"origin", origin}, {"permissions", {"geolocation"}}});
        call("Emulation.setGeolocationOverride", {{"latitude", latitude}, {"longitude", longitude}, {"accuracy", metres}});
    }
    /// The phone's own setting: "dark" or "light".
    void prefer(const std::string& look) {
        call("Emulation.setEmulatedMedia", {{"features", {{{"name", "prefers-color-scheme"}, {"value", look}}}}});
    }
    /// A PNG of the whole page in base64.
    std::string picture() {
        return call("Page.captureScreenshot", {{"captureBeyondViewport", true}}).value("data", "");
    }

  private:
    nlohmann::json call(const std::string& method, const nlohmann::json& params = nlohmann::json::object()) {
        const int id = ++m_lastId;
        nlohmann::json message = {{"id", id}, {"method", method}, {"params", params}};
        if (!m_session.empty())
            message["sessionId"] = m_session;
        const auto text = message.dump() + '\0';
        if (::write(m_to, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
            return {};
        m_answer.reset();
        until([&] { return m_answer && (*m_answer)["id"] == id; });
        return m_answer ? m_answer->value("result", nlohmann::json::object()) : nlohmann::json::object();
    }
    /// Reads messages until it is so; false when the browser says nothing any more.
    template <typename Done>
    bool until(Done done) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!done()) {
            const auto zero = m_buffer.find('\0');
            if (zero != std::string::npos) {
                const auto message = nlohmann::json::parse(m_buffer.substr(0, zero), nullptr, false);
                m_buffer.erase(0, zero + 1);
                if (message.contains("id"))
                    m_answer = message;
                else if (message.value("method", "") == "Page.loadEventFired")
                    m_loaded = true;
                continue;
            }
            pollfd wait{m_from, POLLIN, 0};
            char bytes[65536];
            if (std::chrono::steady_clock::now() > end || ::poll(&wait, 1, 60'000) <= 0)
                return false;
            const auto got = ::read(m_from, bytes, sizeof bytes);
            if (got <= 0)
                return false;
            m_buffer.append(bytes, static_cast<std::size_t>(got));
        }
        return true;
    }

    std::filesystem::path m_profile;
    pid_t m_process{-1};
    int m_to{-1};
    int m_from{-1};
    int m_lastId{0};
    std::string m_session;
    std::string m_buffer;
    std::optional<nlohmann::json> m_answer;
    bool m_loaded{false};
};

} // namespace tocsin::ingest::test
