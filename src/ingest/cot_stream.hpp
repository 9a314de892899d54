#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// The bytes of one connection as events: bounded, and after anything broken in step again with the next event.
class CotStream {
  public:
    struct Taken {
        Decoded decoded;                 ///< of all events that are whole by now; the broken ones are faults
        std::vector<std::string> relay;  ///< events that other phones want: as they came
        std::size_t pings{0};
        std::size_t events{0};           ///< that were understood
        bool hopeless{false};            ///< the other side speaks something else: nothing will come of it
    };
    explicit CotStream(Source source) : m_source(std::move(source)) {}

    /// `atEnd`: nothing more comes.
    [[nodiscard]] Taken take(std::string_view bytes, base::Time receivedAt, bool atEnd = false);
    [[nodiscard]] std::size_t waiting() const { return m_buffer.size(); }

  private:
    void event(std::string_view bytes, Taken& out);
    void fault(base::Error error, std::string_view bytes, Taken& out);

    Source m_source;
    std::string m_buffer;
    std::size_t m_badRow{0};     ///< faults since the last event that was understood
    bool m_skipping{false};      ///< in the midst of an event that was too long
};

/// One datagram or file's worth of events for other phones; what they want of it.
[[nodiscard]] bool wantsRelay(std::string_view event);
/// The call signs to which an event is addressed; empty: to all.
[[nodiscard]] std::vector<std::string> addressees(std::string_view event);
/// What a TAK server answers to a ping.
[[nodiscard]] std::string cotPong(base::Time now);
/// What keeps a connection to a TAK server alive.
[[nodiscard]] std::string cotPing(base::Time now, std::string_view uid);

} // namespace tocsin::ingest
