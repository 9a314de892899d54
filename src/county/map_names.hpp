#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace tocsin::county {

/// The search index over the table `gazetteer`, whose ids run from the most important name to the least, so that the
/// index gives the most important first without sorting:
///
///   gazetteer_fts(name, place)  FTS5 by trigrams, without contents; rowid = id · 4 + variant (as it is written, with
///                               umlauts spelt out, Chinese, English). A name is indexed as "^ folded$": so a phrase
///                               "^ q" is what begins with q, "^ q$" what equals it, " q" a word's beginning – and even
///                               one letter at the beginning makes a trigram. `place` is "^ place ^ place in Chinese".
///   gazetteer_gram(grams)       each Chinese (Japanese, Korean) character of the name and each two in a row: two
///                               characters are a whole word, and trigrams cannot find them inside a name.
///
/// Makes both in `schema` ("main", "temp") and fills them. `each` is called now and then with the id and
/// may throw to stop.
void buildNameIndex(SQLite::Database& database, const std::string& schema,
                    const std::function<void(std::int64_t)>& each = {});

constexpr int variantsPerName = 4;

/// What to ask gazetteer_fts or gazetteer_gram for. `folded` and `within` are results of fold().
enum class NameMatch { exact, beginning, word, inside };
/// Empty when trigrams cannot answer (a single letter inside a name).
[[nodiscard]] std::string trigramQuery(NameMatch match, const std::string& folded, const std::string& within);
/// For texts of one or two Chinese characters; else empty.
[[nodiscard]] std::string gramQuery(std::string_view folded);

} // namespace tocsin::county
