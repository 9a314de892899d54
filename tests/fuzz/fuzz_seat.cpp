#include "tocsin/desk/seat_message.hpp"

#include <cstdint>
#include <cstdlib>

// What must hold for any bytes: they are a message that can be written and read again, or an error that says what is wrong.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tocsin;
    const auto message = desk::seatMessageFrom({reinterpret_cast<const char*>(data), size});
    if (!message) {
        const auto& error = message.error();
        if (error.message.empty() || error.code == base::Code::internal || error.place.byte.value_or(0) > size)
            std::abort();
        return 0;
    }
    const auto text = desk::textOf(*message);
    if (!text) // longer than what it was read from: escapes
        return text.error().code == base::Code::tooLarge ? 0 : (std::abort(), 0);
    const auto again = desk::seatMessageFrom(*text);
    if (!again || again->index() != message->index() || desk::textOf(*again) != *text)
        std::abort();
    return 0;
}
