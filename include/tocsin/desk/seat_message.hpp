#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/desk/command.hpp"
#include "tocsin/desk/desk.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tocsin::desk {

// What a desk and a seat say to each other: a second window on the same county, in a program of its own. Each message is
// one JSON text; how long texts are framed is the transport's. What the journal holds is not said but read there by the
// seat, up to the entry that is named: it is on the disk already, whole and once, and a seat that is slow costs nothing.

inline constexpr int seatVersion = 5;
inline constexpr std::size_t mostSeatText = 16U << 20U; ///< bytes of one message
inline constexpr std::size_t mostSeatName = 200;        ///< bytes of the name of who sits somewhere
inline constexpr std::size_t mostPageAddress = 2'000; ///< bytes of a page's address

/// Somebody who sits at the desk, at another window than its own.
struct SeatInfo {
    int seat{0}; ///< 1, 2 …
    std::string person;
    base::Time since;
    std::optional<base::Time> acted; ///< when the last command came from there
    friend bool operator==(const SeatInfo&, const SeatInfo&) = default;
};

/// A task order's own page, as its team's phone asks for it.
struct TeamPage {
    std::string address{}; ///< "https://desk.example:7780/team/…"; empty: there is none, the desk's HTTP door is not open
    bool phones{false};    ///< false: the desk's own machine alone can open it
    friend bool operator==(const TeamPage&, const TeamPage&) = default;
};

/// The seat begins.
struct SeatHello {
    int version{seatVersion};
    int seat{0}; ///< the number that it had before; 0: any
    std::string person{}; ///< who sits there
};
/// Somebody else sits there from now on.
struct SeatPerson {
    std::string person;
};
/// A command from a seat. `number` is the seat's own, for the answer.
struct SeatOrder {
    std::uint64_t number{0};
    Command command;
};
/// The PIN of a name, which its commands need where it has one; with `fresh` another is set, or none where that is empty. It is never
/// written down, and told to nobody.
struct SeatPin {
    std::uint64_t number{0}; ///< the seat's own, for the answer; apart from those of commands
    std::string name;        ///< at most mostSeatName bytes
    std::string pin;         ///< this and `fresh`: at most base::mostPinBytes
    std::optional<std::string> fresh{};
};
/// Asks for the address of a task order's own page: the key by which it is made stays with the desk.
struct SeatPageAsked {
    std::uint64_t number{0}; ///< the seat's own, for the answer; as of SeatPin
    model::AssignmentId assignment;
};
/// The desk's first word: from here on the seat hears of everything that comes after entry `seq`.
struct SeatWelcome {
    int version{seatVersion};
    int seat{0}; ///< 1, 2 …
    std::int64_t seq{0};
    // What the desk goes by and has not from the journal: the files may be others by now than when it read them.
    std::string rules{}; ///< in force after that entry, as detect::toToml() writes them
    std::vector<model::Plan> plans{};
};
/// Instead of it, or later: there is no seat; the desk closes. Code::cancelled: somebody at the desk has ended it, and it
/// does not come back by itself.
struct SeatRefusal {
    base::Error why;
};
struct SeatAnswer {
    std::uint64_t number{0};
    base::Result<Done> done; ///< without its entries: they are in the journal, under the command's id …
    std::int64_t seq{0};     ///< … up to this one
};
struct SeatProved {
    std::uint64_t number{0};
    base::Result<void> proved{};
};
struct SeatPage {
    std::uint64_t number{0};
    base::Result<TeamPage> page{}; ///< with an address it begins as a web page's does and has at most mostPageAddress bytes
};
/// What has changed since the last. The newest counts; several may be told as one.
struct SeatNews {
    std::int64_t seq{0}; ///< committed up to here
    std::map<model::SensorId, SensorNow> sensors;
    std::map<model::UnitId, UnitNow> units;
    std::map<std::string, std::size_t> readings; ///< stored, by feed
    std::map<std::string, std::size_t> aside;    ///< went to quarantine, by feed
    std::map<std::string, store::QuarantineTally> tallies; ///< as they stand now, of feeds of which they changed
    bool whole{true}; ///< nothing more waits behind it
    std::optional<std::vector<SeatInfo>> seated{}; ///< who sits at the desk, by number; absent: as before
    /// A digest of each of the settings that the desk goes by and that windows read, by name; absent: as before.
    std::optional<std::map<std::string, std::string>> settings{};
};
using SeatMessage = std::variant<SeatHello, SeatPerson, SeatOrder, SeatWelcome, SeatRefusal, SeatAnswer, SeatNews, SeatPin, SeatProved,
                                 SeatPageAsked, SeatPage>;

/// Code::malformed for what JSON cannot hold, Code::tooLarge beyond mostSeatText.
[[nodiscard]] base::Result<std::string> textOf(const SeatMessage& message);
/// Any bytes: at most mostSeatText of them, nested at most 24 deep. Code::tooLarge or malformed, with the byte where it is no
/// JSON and the member's name where it is no such message.
[[nodiscard]] base::Result<SeatMessage> seatMessageFrom(std::string_view text);

/// A name that a person may act under: not empty, at most mostSeatName bytes of UTF-8 without control characters, and none
/// of those that the desk gives to what is no person.
[[nodiscard]] bool isPerson(std::string_view name);

/// A commit's news on top of those that wait.
void add(SeatNews& news, const Delta& delta);
void add(SeatNews& news, SeatNews&& later);
/// Takes out news of at most so many sensors and units together; the rest stays, and then what is taken is not `whole`.
/// Units go first; sensors by turns, those after `from` before those up to it.
[[nodiscard]] SeatNews takeSome(SeatNews& news, std::size_t most, model::SensorId& from);
/// True where there is nothing to tell a seat that knows of entry `known`.
[[nodiscard]] bool isNothing(const SeatNews& news, std::int64_t known);

} // namespace tocsin::desk
