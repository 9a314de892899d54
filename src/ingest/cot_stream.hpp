#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// The bytes of one connection, XML or TAK's protobuf frames, as events: bounded, and after anything broken in step again with the next event.
class CotStream {
  public:
    struct Taken {
        Decoded decoded;                 ///< of all events that are whole by now; the broken ones are faults
        std::vector<std::string> relay;  ///< events that other phones want: as they came
        std::size_t pings{0};
        std::string asked;               ///< the uid of who would rather talk TAK's protobuf; empty: nobody
        std::size_t events{0};           ///< that were understood
        bool hopeless{false};            ///< the other side speaks something else: nothing will come of it
    };
    explicit CotStream(Source source) : m_source(std::move(source)) {}

    /// `atEnd`: nothing more comes.
    [[nodiscard]] Taken take(std::string_view bytes, base::Time receivedAt, bool atEnd = false);
    [[nodiscard]] std::size_t waiting() const { return m_buffer.size(); }

  private:
    /// `frame`: the protobuf that says the same as the event in `bytes`; empty where it came as XML.
    void event(std::string_view bytes, std::string_view frame, Taken& out);
    /// The bytes taken from the start of `rest`; 0: more must come.
    std::size_t frame(std::string_view rest, bool atEnd, Taken& out);
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
/// The value of an attribute of the event's own tag ("uid="), as it is written, without parsing.
[[nodiscard]] std::string_view cotAttribute(std::string_view event, std::string_view name);
/// The answer to who would rather talk TAK's protobuf: it stays with XML. What comes as protobuf all the same is read.
[[nodiscard]] std::string cotStaysXml(base::Time now, std::string_view uid);
/// What a TAK server answers to a ping.
[[nodiscard]] std::string cotPong(base::Time now);
/// What keeps a connection to a TAK server alive.
[[nodiscard]] std::string cotPing(base::Time now, std::string_view uid);

} // namespace tocsin::ingest
