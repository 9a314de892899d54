#include "app/public_door.hpp"

#include <boost/asio/ip/address.hpp>

#include <array>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace tocsin::app {

namespace {

namespace ip = boost::asio::ip;

bool isOfThisLinkOnly(const ip::address& address) {
    if (address.is_v6())
        return address.to_v6().is_link_local();
    constexpr unsigned autoconfigured = 0xA9FE; // 169.254.0.0/16
    return address.to_v4().to_uint() >> 16U == autoconfigured;
}

} // namespace

std::string ownAddress(bool v4) {
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0)
        return {};
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> all(first, &::freeifaddrs);
    constexpr unsigned wanted = IFF_UP | IFF_RUNNING;
    for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
        if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != (v4 ? AF_INET : AF_INET6) || (one->ifa_flags & wanted) != wanted ||
            (one->ifa_flags & IFF_LOOPBACK) != 0)
            continue;
        std::array<char, NI_MAXHOST> text{};
        const auto size = static_cast<socklen_t>(v4 ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
        if (::getnameinfo(one->ifa_addr, size, text.data(), static_cast<socklen_t>(text.size()), nullptr, 0, NI_NUMERICHOST) != 0)
            continue;
        boost::system::error_code unreadable;
        const auto address = ip::make_address(text.data(), unreadable);
        if (!unreadable && !address.is_loopback() && !isOfThisLinkOnly(address))
            return address.to_string();
    }
    return {};
}

PublicDoor publicDoorOf(const county::Config& config, const ingest::Endpoint& boundTo, const std::function<std::string(bool v4)>& own) {
    if (boundTo.host.empty())
        return {};
    if (!config.publicAddress.empty())
        return {config.publicAddress, true};
    ingest::Endpoint at = boundTo;
    boost::system::error_code unreadable;
    const auto address = ip::make_address(at.host, unreadable);
    bool phones = !unreadable && !address.is_loopback();
    if (!unreadable && address.is_unspecified()) {
        // What listens at all of IPv6 takes IPv4 as well.
        at.host = own(true);
        if (at.host.empty() && address.is_v6())
            at.host = own(false);
        phones = !at.host.empty();
        if (!phones)
            at.host = address.is_v6() ? "::1" : "127.0.0.1";
    }
    return {(config.httpCertificate.empty() ? "http://" : "https://") + at.toString(), phones};
}

} // namespace tocsin::app
