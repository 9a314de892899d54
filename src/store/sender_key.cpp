#include "store/sender_key.hpp"

#include "store/sql.hpp"
#include "tocsin/base/ascii.hpp"
#include "tocsin/base/sha256.hpp"

#include <algorithm>

namespace tocsin::store {

namespace {

constexpr std::size_t fewestDigits = 5; ///< a shorter number is an extension that many share
/// The country's code and the zero that stands for it are written or not; so many digits in the end tell people apart.
constexpr std::size_t mostDigits = 9;

std::string phoneOf(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.size() < fewestDigits)
        return {};
    return digits.size() > mostDigits ? digits.substr(digits.size() - mostDigits) : digits;
}

std::string addressOf(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n<");
    if (first == std::string_view::npos || text.find('@') == std::string_view::npos)
        return {};
    return base::lowerAscii(text.substr(first, text.find_last_not_of(" \t\r\n>") + 1 - first));
}

std::string keyIn(SQLite::Database& db) {
    SQLite::Statement row(db, "SELECT value FROM about WHERE key = 'sender key'");
    return row.executeStep() ? row.getColumn(0).getString() : std::string();
}

} // namespace

std::string takeSenderKey(SQLite::Database& db, bool readOnly) {
    auto key = keyIn(db);
    if (!key.empty() || readOnly)
        return key;
    const auto random = base::randomKey();
    WriteTransaction transaction(db);
    SQLite::Statement note(db, "INSERT INTO about (key, value) VALUES ('sender key', ?) ON CONFLICT DO NOTHING");
    note.bind(1, base::toHex(random));
    note.exec();
    transaction.commit();
    return keyIn(db);
}

std::string senderOf(const model::Contact& contact, const std::string& key) {
    auto who = phoneOf(contact.phone);
    if (!who.empty())
        who.insert(0, "tel:");
    else if (who = addressOf(contact.email); !who.empty())
        who.insert(0, "mailto:");
    if (who.empty() || key.empty())
        return {};
    return base::toHex(base::hmacSha256(key, who)).substr(0, 32);
}

} // namespace tocsin::store
