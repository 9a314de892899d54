#pragma once

#include <cstdint>
#include <protozero/pbf_writer.hpp>
#include <string>
#include <string_view>

namespace tocsin::ingest::test {

/// What a phone with ATAK tells of itself in TAK protocol version 1.
struct TakMessage {
    std::string uid{"ANDROID-1"};
    std::string type{"a-f-G-U-C"};
    std::uint64_t time{1'795'161'600'000}; ///< 2026-11-20T08:00:00Z
    std::uint64_t stale{1'795'161'900'000};
    double latitude{47.1};
    double longitude{9.5};
    std::string xmlDetail;
    std::string callSign{"Tanker 2"};
    bool typed{true};

    [[nodiscard]] std::string bytes() const {
        std::string out;
        protozero::pbf_writer message(out);
        {
            protozero::pbf_writer control(message, 1);
            control.add_uint32(1, 1);
            control.add_uint32(2, 1);
        }
        {
            protozero::pbf_writer event(message, 2);
            event.add_string(1, type);
            event.add_string(5, uid);
            event.add_uint64(6, time);
            event.add_uint64(7, time);
            event.add_uint64(8, stale);
            event.add_string(9, "m-g");
            event.add_double(10, latitude);
            event.add_double(11, longitude);
            event.add_double(12, 460);
            event.add_double(13, 4);
            event.add_double(14, 9'999'999);
            protozero::pbf_writer detail(event, 15);
            if (!xmlDetail.empty())
                detail.add_string(1, xmlDetail);
            if (typed)
                addTyped(detail);
        }
        return out;
    }
    /// "BF 01 BF": in the mesh, one in a datagram.
    [[nodiscard]] std::string datagram() const { return "\xBF\x01\xBF" + bytes(); }
    /// "BF" and the length: one behind the other in a stream.
    [[nodiscard]] std::string frame() const { return framed(bytes()); }
    [[nodiscard]] static std::string framed(std::string_view message) {
        std::string out = "\xBF";
        for (auto left = message.size();;) {
            const auto seven = static_cast<unsigned char>(left & 0x7FU);
            left >>= 7U;
            out += static_cast<char>(left == 0 ? seven : seven | 0x80U);
            if (left == 0)
                break;
        }
        return out.append(message);
    }

  private:
    void addTyped(protozero::pbf_writer& detail) const {
        {
            protozero::pbf_writer contact(detail, 2);
            contact.add_string(1, "192.168.1.9:4242:tcp");
            contact.add_string(2, callSign);
        }
        {
            protozero::pbf_writer group(detail, 3);
            group.add_string(1, "Cyan");
            group.add_string(2, "Team Lead");
        }
        {
            protozero::pbf_writer status(detail, 5);
            status.add_uint32(1, 83);
        }
        {
            protozero::pbf_writer takv(detail, 6);
            takv.add_string(2, "ATAK-CIV");
        }
        protozero::pbf_writer track(detail, 7);
        track.add_double(1, 8.5);
        track.add_double(2, 90);
    }
};

} // namespace tocsin::ingest::test
