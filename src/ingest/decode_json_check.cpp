#include "decode_json.hpp"

#include "tocsin/base/ascii.hpp"

#include <utility>

namespace tocsin::ingest {

namespace {

/// A pushdown reader over the text: no recursion, so depth costs a byte a level.
class Checker {
  public:
    Checker(std::string_view text, const JsonKeys& keys) : m_text(text), m_keys(keys) {}

    std::optional<JsonObjection> run() {
        skipBlanks();
        if (atEnd())
            return object("empty, where JSON was expected");
        if (!document())
            return std::move(m_objection);
        skipBlanks();
        if (!atEnd())
            return object("more after the end of the JSON value");
        return {};
    }

  private:
    enum class Next : unsigned char { value, keyOrEnd, key, afterValue };

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    void skipBlanks() {
        while (!atEnd() &&
               (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\t' || m_text[m_at] == '\r'))
            ++m_at;
    }
    std::optional<JsonObjection> object(std::string message, bool tooDeep = false) {
        m_objection = JsonObjection{m_at, std::move(message), tooDeep};
        return m_objection;
    }
    bool no(std::string message, bool tooDeep = false) {
        object(std::move(message), tooDeep);
        return false;
    }
    bool unexpected(const char* wanted) {
        if (atEnd())
            return no(std::string("the text ends where ") + wanted + " was expected");
        return no(quoted(m_text.substr(m_at, 12), 12) + " where " + wanted + " was expected");
    }

    bool document() {
        Next next = Next::value;
        for (;;) {
            skipBlanks();
            if (next == Next::value) {
                if (!value(next))
                    return false;
            } else if (next == Next::keyOrEnd || next == Next::key) {
                if (next == Next::keyOrEnd && peek() == '}') {
                    close(next);
                } else if (!key(next)) {
                    return false;
                }
            } else if (m_stack.empty()) {
                return true;
            } else if (peek() == ',') {
                ++m_at;
                next = m_stack.back() == '{' ? Next::key : Next::value;
                m_afterComma = true;
            } else if (peek() == (m_stack.back() == '{' ? '}' : ']')) {
                close(next);
            } else {
                return unexpected(m_stack.back() == '{' ? "',' or '}'" : "',' or ']'");
            }
        }
    }
    void close(Next& next) {
        ++m_at;
        m_stack.pop_back();
        m_afterComma = false;
        next = Next::afterValue;
    }
    bool key(Next& next) {
        if (peek() != '"')
            return unexpected("a key in quotes");
        const std::size_t start = m_at;
        if (!text())
            return false;
        if (m_keys)
            m_keys(static_cast<int>(m_stack.size()), m_text.substr(start + 1, m_at - start - 2), start);
        skipBlanks();
        if (peek() != ':')
            return unexpected("':'");
        ++m_at;
        m_afterComma = false;
        next = Next::value;
        return true;
    }
    bool value(Next& next) {
        const char c = peek();
        const bool afterComma = std::exchange(m_afterComma, false);
        next = Next::afterValue;
        switch (c) {
        case '{':
        case '[':
            if (m_stack.size() >= static_cast<std::size_t>(maxJsonDepth))
                return no("JSON nested more than " + std::to_string(maxJsonDepth) + " deep", true);
            m_stack += c;
            ++m_at;
            if (c == '{')
                next = Next::keyOrEnd;
            else if (skipBlanks(); peek() == ']')
                close(next);
            else
                next = Next::value;
            return true;
        case '"':
            return text();
        case 't':
            return literal("true");
        case 'f':
            return literal("false");
        case 'n':
            return literal("null");
        default:
            break;
        }
        if (c == '-' || (c >= '0' && c <= '9'))
            return number();
        return unexpected(afterComma ? "a value after ','" : "a value");
    }
    bool literal(std::string_view word) {
        if (m_text.substr(m_at, word.size()) != word)
            return unexpected("a value");
        m_at += word.size();
        return true;
    }
    bool digits() {
        const std::size_t start = m_at;
        while (peek() >= '0' && peek() <= '9')
            ++m_at;
        return m_at > start || unexpected("a digit");
    }
    bool number() {
        if (peek() == '-')
            ++m_at;
        if (peek() == '0') {
            ++m_at;
            if (peek() >= '0' && peek() <= '9')
                return no("a number with a leading zero");
        } else if (!digits()) {
            return false;
        }
        if (peek() == '.') {
            ++m_at;
            if (!digits())
                return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!digits())
                return false;
        }
        return true;
    }
    /// Four hexadecimal digits after "\u"; −1 if they are not.
    int unit() {
        int out = 0;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const int digit = base::hexDigit(peek());
            if (digit < 0)
                return -1;
            out = out * 16 + digit;
        }
        return out;
    }
    bool text() {
        const std::size_t start = m_at++;
        for (;;) {
            const char c = peek();
            if (atEnd()) {
                m_at = start;
                return no("a text that is never closed");
            }
            if (static_cast<unsigned char>(c) < 0x20)
                return no("a control character inside of a text");
            ++m_at;
            if (c == '"')
                return true;
            if (c == '\\' && !escape())
                return false;
        }
    }
    bool escape() {
        const std::size_t start = m_at - 1;
        const char c = peek();
        if (c != 'u') {
            if (atEnd() || std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos)
                return no("an escape that JSON does not know");
            ++m_at;
            return true;
        }
        ++m_at;
        const int first = unit();
        bool good = first >= 0 && !(first >= 0xDC00 && first <= 0xDFFF);
        if (good && first >= 0xD800 && first <= 0xDBFF) {
            good = m_text.substr(m_at, 2) == "\\u";
            m_at += 2;
            const int second = good ? unit() : -1;
            good = second >= 0xDC00 && second <= 0xDFFF;
        }
        if (good)
            return true;
        m_at = start;
        return no("an escape that is no character");
    }

    std::string_view m_text;
    const JsonKeys& m_keys;
    std::string m_stack;
    std::size_t m_at{0};
    bool m_afterComma{false};
    std::optional<JsonObjection> m_objection;
};

} // namespace

std::optional<JsonObjection> checkJson(std::string_view text, const JsonKeys& keys) {
    return Checker(text, keys).run();
}

} // namespace tocsin::ingest
