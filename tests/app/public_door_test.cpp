#include "app/public_door.hpp"

#include <gtest/gtest.h>

// How phones ask for the HTTP door, which stands elsewhere than the desk.

namespace tocsin::app {
namespace {

std::string none(bool /*v4*/) {
    return {};
}
std::string both(bool v4) {
    return v4 ? "192.0.2.7" : "2001:db8::7";
}
std::string onlyV6(bool v4) {
    return v4 ? "" : "2001:db8::7";
}

TEST(PublicDoor, isWhatTheCountyNamesElseTheAddressOfThisMachine) {
    county::Config config;
    EXPECT_EQ(publicDoorOf(config, {"0.0.0.0", 7780}, both), (PublicDoor{"http://192.0.2.7:7780", true}));
    EXPECT_EQ(publicDoorOf(config, {"::", 7780}, both), (PublicDoor{"http://192.0.2.7:7780", true}));
    EXPECT_EQ(publicDoorOf(config, {"::", 7780}, onlyV6), (PublicDoor{"http://[2001:db8::7]:7780", true}));
    EXPECT_EQ(publicDoorOf(config, {"192.0.2.9", 80}, none), (PublicDoor{"http://192.0.2.9:80", true})) << "bound to one";
    config.httpCertificate = "door.pem";
    EXPECT_EQ(publicDoorOf(config, {"0.0.0.0", 7780}, both), (PublicDoor{"https://192.0.2.7:7780", true}));
    config.publicAddress = "https://desk.example";
    EXPECT_EQ(publicDoorOf(config, {"127.0.0.1", 7780}, none), (PublicDoor{"https://desk.example", true})) << "behind a proxy";
}

TEST(PublicDoor, isForNoPhoneWhereTheDeskListensOnItsOwnMachine) {
    const county::Config config{};
    EXPECT_EQ(publicDoorOf(config, {"127.0.0.1", 7780}, both), (PublicDoor{"http://127.0.0.1:7780", false}));
    EXPECT_EQ(publicDoorOf(config, {"::1", 7780}, both), (PublicDoor{"http://[::1]:7780", false}));
    EXPECT_EQ(publicDoorOf(config, {"0.0.0.0", 7780}, none), (PublicDoor{"http://127.0.0.1:7780", false})) << "it is in no network";
    EXPECT_EQ(publicDoorOf(config, {"0.0.0.0", 7780}, onlyV6), (PublicDoor{"http://127.0.0.1:7780", false})) << "IPv6 is not listened at";
    EXPECT_EQ(publicDoorOf(config, {}, both), PublicDoor{}) << "nothing listens";
}

} // namespace
} // namespace tocsin::app
