#pragma once

#include "app/process.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace tocsin::test {

/// Runs the real program in a folder of its own.
class App : public ::testing::Test {
  protected:
    static constexpr const char* program = TOCSIN_BINARY;
    std::filesystem::path folder;

    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "tocsin-app-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        ::setenv("TOCSIN_RESOURCES", TOCSIN_SOURCE_DIR "/resources", 1);
    }
    void TearDown() override {
        std::error_code ec;
        std::filesystem::remove_all(folder, ec);
    }

    struct Ran {
        int code{0};
        std::string output;
        std::string errors;
        /// Every line of the output as JSON.
        [[nodiscard]] std::vector<nlohmann::json> json() const {
            std::vector<nlohmann::json> lines;
            std::istringstream in(output);
            for (std::string line; std::getline(in, line);)
                lines.push_back(nlohmann::json::parse(line));
            return lines;
        }
    };
    static Ran run(std::vector<std::string> words, const std::string& input = {}) {
        words.insert(words.begin(), program);
        Process process(words, input);
        Ran ran;
        ran.code = process.finish();
        ran.output = process.output;
        ran.errors = process.errors;
        return ran;
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder / name).string(); }
    [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(folder / name, std::ios::binary) << text;
        return path(name);
    }
    void makeDemo(const std::string& name = "county") {
        const auto ran = run({"init", "--demo", "--data", path(name)});
        ASSERT_EQ(ran.code, 0) << ran.errors;
    }
};

} // namespace tocsin::test
