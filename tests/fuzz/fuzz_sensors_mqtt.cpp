#include "ingest/mqtt_packet.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>

// A broker may send anything, in pieces of any size: the reader ends with packets whose views are within what came.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tocsin::ingest;
    for (const int version : {mqtt311, mqtt5})
        for (const std::size_t step : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
            MqttReader reader(version, 300);
            std::size_t given = 0;
            bool broken = false;
            for (std::size_t at = 0; at < size && !broken; at += step) {
                const std::size_t count = step < size - at ? step : size - at;
                std::memcpy(reader.room(count), data + at, count);
                reader.received(count);
                for (;;) {
                    const auto packet = reader.next();
                    broken = !packet;
                    if (broken || !*packet)
                        break;
                    given += 1;
                    if (given > size || (*packet)->payload.size() > size || (*packet)->topic.size() > size ||
                        (*packet)->payloadSize < (*packet)->payload.size())
                        std::abort();
                }
            }
        }
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)checkMqttFilter(text);
    return 0;
}
