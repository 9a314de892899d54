#include "tocsin/base/log.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sstream>
#include <string>

namespace tocsin::base {
namespace {

class Log : public ::testing::Test {
  protected:
    Log() {
        auto logger = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(said));
        logger->set_pattern("%l %v");
        spdlog::set_default_logger(std::move(logger));
    }
    ~Log() override { spdlog::set_default_logger(before); }

    std::shared_ptr<spdlog::logger> before{spdlog::default_logger()};
    std::ostringstream said;
};

TEST_F(Log, PutsTheValuesIntoTheText) {
    const std::string file = "rules.toml";
    log::info("{} lines", 3);
    log::warn("{}: {}", file, "a {} of a value stays");
    log::error("half: {}", 0.5);
    log::critical("nothing to say");
    EXPECT_EQ(said.str(), "info 3 lines\nwarning rules.toml: a {} of a value stays\nerror half: 0.5\ncritical nothing to say\n");
}

} // namespace
} // namespace tocsin::base
