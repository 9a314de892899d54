#include "county/map_names.hpp"

#include "county/text_fold.hpp"

#include <array>
#include <cstdint>
#include <set>
#include <vector>

namespace tocsin::county {
namespace {

/// Each character and each pair of neighbours of the Chinese stretches, separated by blanks.
std::string gramsOf(std::string_view folded) {
    std::string grams;
    std::string_view last;
    for (std::size_t at = 0; at < folded.size();) {
        const auto character = characterAt(folded, at);
        at += character.size();
        if (!isIdeographic(character)) {
            last = {};
            continue;
        }
        grams.append(character).append(" ");
        if (!last.empty())
            grams.append(last).append(character).append(" ");
        last = character;
    }
    return grams;
}

std::string phrase(const std::string& text) {
    return '"' + text + '"'; // fold() leaves no quotes
}

} // namespace

void buildNameIndex(SQLite::Database& database, const std::string& schema,
                    const std::function<void(std::int64_t)>& each) {
    database.exec("CREATE VIRTUAL TABLE " + schema +
                  ".gazetteer_fts USING fts5(name, place, content='', columnsize=0, tokenize='trigram')");
    database.exec("CREATE VIRTUAL TABLE " + schema +
                  ".gazetteer_gram USING fts5(grams, content='', columnsize=0, detail=none, "
                  "tokenize='unicode61 remove_diacritics 0')");
    SQLite::Statement rows(database, "SELECT id, name, name_zh, name_en, place, place_zh FROM " + schema +
                                         ".gazetteer ORDER BY id");
    SQLite::Statement name(database, "INSERT INTO " + schema + ".gazetteer_fts(rowid, name, place) VALUES(?1, ?2, ?3)");
    SQLite::Statement gram(database, "INSERT INTO " + schema + ".gazetteer_gram(rowid, grams) VALUES(?1, ?2)");
    while (rows.executeStep()) {
        const std::int64_t id = rows.getColumn(0).getInt64();
        if (each && id % 1024 == 0)
            each(id);
        const std::string asWritten = rows.getColumn(1).getString();
        const std::array<std::string, variantsPerName> variants{fold(asWritten), foldGerman(asWritten),
                                                                fold(rows.getColumn(2).getString()),
                                                                fold(rows.getColumn(3).getString())};
        std::string place = "^ " + fold(rows.getColumn(4).getString());
        if (const auto chinese = fold(rows.getColumn(5).getString()); !chinese.empty())
            place += " ^ " + chinese;
        std::set<std::string_view> had;
        for (std::size_t i = 0; i < variants.size(); ++i) {
            if (variants[i].empty() || !had.insert(variants[i]).second)
                continue;
            const std::int64_t row = id * variantsPerName + static_cast<std::int64_t>(i);
            name.reset();
            name.bind(1, row);
            name.bind(2, "^ " + variants[i] + "$");
            name.bind(3, place);
            name.exec();
            if (const std::string grams = gramsOf(variants[i]); !grams.empty()) {
                gram.reset();
                gram.bind(1, row);
                gram.bind(2, grams);
                gram.exec();
            }
        }
    }
    // One segment each: a search steps through one list, and the same names give the same bytes.
    database.exec("INSERT INTO " + schema + ".gazetteer_fts(gazetteer_fts) VALUES('optimize')");
    database.exec("INSERT INTO " + schema + ".gazetteer_gram(gazetteer_gram) VALUES('optimize')");
}

std::string trigramQuery(NameMatch match, const std::string& folded, const std::string& within) {
    if (folded.empty())
        return {};
    std::string text;
    switch (match) {
    case NameMatch::exact:
        text = "^ " + folded + "$";
        break;
    case NameMatch::beginning:
        text = "^ " + folded;
        break;
    case NameMatch::word:
        text = " " + folded;
        break;
    case NameMatch::inside:
        text = folded;
        break;
    }
    if (letters(text) < 3)
        return {};
    std::string query = "name : " + phrase(text);
    if (!within.empty())
        query += " AND place : " + phrase("^ " + within);
    return query;
}

std::string gramQuery(std::string_view folded) {
    const auto first = characterAt(folded, 0);
    const auto second = characterAt(folded, first.size());
    if (first.size() + second.size() != folded.size() || !isIdeographic(first) ||
        !(second.empty() || isIdeographic(second)))
        return {};
    return phrase(std::string(folded));
}

} // namespace tocsin::county
