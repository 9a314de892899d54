#include "tocsin/base/time.hpp"

#include <array>
#include <cstdio>

namespace tocsin::base {

namespace {

/// Reads fixed-width decimal fields off the front of a text.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    bool digits(int count, int& out) {
        if (m_text.size() - m_at < static_cast<std::size_t>(count))
            return false;
        int value = 0;
        for (int i = 0; i < count; ++i) {
            const char c = m_text[m_at + static_cast<std::size_t>(i)];
            if (c < '0' || c > '9')
                return false;
            value = value * 10 + (c - '0');
        }
        m_at += static_cast<std::size_t>(count);
        out = value;
        return true;
    }
    bool literal(char c) {
        if (m_at < m_text.size() && m_text[m_at] == c) {
            ++m_at;
            return true;
        }
        return false;
    }
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] std::size_t at() const { return m_at; }
    void skip() { ++m_at; }

  private:
    std::string_view m_text;
    std::size_t m_at{0};
};

tl::unexpected<Error> bad(const Scanner& scan, const char* what) {
    return fail(Code::malformed, what, Place{.line = {}, .column = {}, .byte = scan.at()});
}

} // namespace

std::string formatTime(Time time) {
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss<Duration> clock{time - day};
    // By hand: every entry of the journal is written with several times.
    std::string out = "0000-00-00T00:00:00.000000Z";
    const auto put = [&out](std::size_t last, std::size_t digits, std::int64_t value) {
        for (std::size_t i = 0; i < digits; ++i, value /= 10)
            out[last - i] = static_cast<char>('0' + value % 10);
    };
    put(3, 4, static_cast<int>(date.year()));
    put(6, 2, static_cast<unsigned>(date.month()));
    put(9, 2, static_cast<unsigned>(date.day()));
    put(12, 2, clock.hours().count());
    put(15, 2, clock.minutes().count());
    put(18, 2, clock.seconds().count());
    put(25, 6, clock.subseconds().count());
    return out;
}

Result<Time> parseTime(std::string_view text, bool* hadOffset) {
    using namespace std::chrono;
    Scanner scan(text);
    int y = 0;
    int mo = 0;
    int d = 0;
    int h = 0;
    int mi = 0;
    int s = 0;
    if (!scan.digits(4, y) || !scan.literal('-') || !scan.digits(2, mo) || !scan.literal('-') || !scan.digits(2, d))
        return bad(scan, "not a date of the form 2026-11-20");
    if (!scan.literal('T') && !scan.literal('t') && !scan.literal(' '))
        return bad(scan, "no 'T' between date and time");
    if (!scan.digits(2, h) || !scan.literal(':') || !scan.digits(2, mi))
        return bad(scan, "not a time of the form 08:00:00");
    std::int64_t micros = 0;
    if (scan.literal(':')) {
        if (!scan.digits(2, s))
            return bad(scan, "not a time of the form 08:00:00");
        if (scan.literal('.') || scan.literal(',')) {
            int digit = 0;
            int count = 0;
            std::int64_t scale = 100'000;
            while (scan.digits(1, digit)) {
                micros += digit * scale;
                scale /= 10;
                if (++count > 18)
                    return bad(scan, "too many digits in the fraction of a second");
            }
            if (count == 0)
                return bad(scan, "no digits after the decimal sign");
        }
    }
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
    if (!date.ok())
        return fail(Code::outOfRange, "no such date");
    if (y < 1900 || y > 2200)
        return fail(Code::outOfRange, "year outside 1900 to 2200");
    const bool leap = s == 60 && h == 23 && mi == 59;
    const bool midnight = h == 24 && mi == 0 && s == 0 && micros == 0;
    if ((h > 23 && !midnight) || mi > 59 || (s > 59 && !leap && s != 60) || s > 60)
        return fail(Code::outOfRange, "no such time of day");

    int offsetMinutes = 0;
    bool offset = true;
    const char sign = scan.peek();
    if (sign == 'Z' || sign == 'z') {
        scan.skip();
    } else if (sign == '+' || sign == '-') {
        scan.skip();
        int oh = 0;
        int om = 0;
        if (!scan.digits(2, oh))
            return bad(scan, "not an offset of the form +01:00");
        const bool colon = scan.literal(':');
        if (!scan.atEnd() || colon) {
            if (!scan.digits(2, om))
                return bad(scan, "not an offset of the form +01:00");
        }
        if (oh > 15 || om > 59)
            return fail(Code::outOfRange, "no such offset from UTC");
        offsetMinutes = (oh * 60 + om) * (sign == '-' ? -1 : 1);
    } else {
        offset = false;
    }
    if (!scan.atEnd())
        return bad(scan, "more after the time");
    if (hadOffset != nullptr)
        *hadOffset = offset;
    return Time{sys_days{date}} + hours{h} + minutes{mi} + seconds{s} + Duration{micros} - minutes{offsetMinutes};
}

} // namespace tocsin::base
