#include "tocsin/county/record_index.hpp"

#include "county/records_cells.hpp"
#include "county/text_fold.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <set>
#include <unordered_map>
#include <unordered_set>

// SQLite's FTS5 in memory: trigrams for words of three letters or more, and for shorter ones a table of the texts' Chinese letters, pairs of
// them, and the beginnings of Latin words. Fields stand between marks, so "begins with" and "is" are phrases like any other.

namespace tocsin::county {
namespace {

constexpr std::size_t mostBytes = 200; ///< of a query
constexpr char edge = '\x01';     ///< between fields: no query holds it
constexpr char headEdge = '\x02'; ///< between names, call sign and number
constexpr char kindEdge = '\x03';

std::string phraseOf(std::string_view phrase) {
    std::string out = "\"";
    for (const char c : phrase) {
        out += c;
        if (c == '"')
            out += '"';
    }
    return out + '"';
}

/// A letter, or two, as a word that the tokenizer leaves alone.
void addGram(std::string& out, std::string_view letters) {
    constexpr const char* digits = "0123456789abcdef";
    out += out.empty() ? "g" : " g";
    for (const char c : letters) {
        out += digits[static_cast<unsigned char>(c) >> 4U];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
}

/// What short queries can ask of a text: each Chinese letter and pair, and one and two letters at a Latin word's beginning.
std::string gramsOf(std::string_view text) {
    std::string out;
    std::set<std::string_view> seen;
    bool begins = true;
    for (std::size_t at = 0; at < text.size();) {
        const auto letter = characterAt(text, at);
        if (letter.empty())
            break;
        const bool blank = letter[0] == ' ' || static_cast<unsigned char>(letter[0]) < ' ';
        if (!blank && (begins || isIdeographic(letter))) {
            if (seen.insert(letter).second)
                addGram(out, letter);
            const auto next = characterAt(text, at + letter.size());
            if (!next.empty() && next[0] != ' ' && static_cast<unsigned char>(next[0]) > ' ') {
                const auto pair = text.substr(at, letter.size() + next.size());
                if (seen.insert(pair).second)
                    addGram(out, pair);
            }
        }
        begins = blank || isIdeographic(letter);
        at += letter.size();
    }
    return out;
}

} // namespace

struct RecordIndex::Impl {
    std::map<std::string, base::LocalText> capabilityWords;
    SQLite::Database db{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    std::vector<model::ResourceId> ids; ///< by slot, which is the row
    std::vector<std::string> texts;
    std::vector<std::size_t> freeSlots;
    std::unordered_map<model::ResourceId, std::size_t> slots;
    std::unique_ptr<SQLite::Statement> insertTri, insertGram, deleteTri, deleteGram, find, findShort, findBoth;

    explicit Impl(std::map<std::string, base::LocalText> words) : capabilityWords(std::move(words)) {
        db.exec("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
                "CREATE VIRTUAL TABLE tri USING fts5(t, tokenize='trigram', content='');"
                "CREATE VIRTUAL TABLE gram USING fts5(t, tokenize='ascii', content='', detail='none')");
        const auto make = [this](const char* sql) { return std::make_unique<SQLite::Statement>(db, sql); };
        insertTri = make("INSERT INTO tri(rowid, t) VALUES(?1, ?2)");
        insertGram = make("INSERT INTO gram(rowid, t) VALUES(?1, ?2)");
        deleteTri = make("INSERT INTO tri(tri, rowid, t) VALUES('delete', ?1, ?2)");
        deleteGram = make("INSERT INTO gram(gram, rowid, t) VALUES('delete', ?1, ?2)");
        find = make("SELECT rowid FROM tri WHERE tri MATCH ?1 LIMIT ?2");
        findShort = make("SELECT rowid FROM gram WHERE gram MATCH ?1 LIMIT ?2");
        findBoth = make("SELECT rowid FROM tri WHERE tri MATCH ?1 AND +rowid IN (SELECT rowid FROM gram WHERE gram MATCH ?3) LIMIT ?2");
    }

    static void run(SQLite::Statement& statement, std::size_t slot, const std::string& text) {
        statement.reset();
        statement.bind(1, static_cast<std::int64_t>(slot));
        statement.bind(2, text);
        statement.exec();
        statement.reset();
    }
    void write(std::size_t slot, bool in) {
        run(in ? *insertTri : *deleteTri, slot, texts[slot]);
        run(in ? *insertGram : *deleteGram, slot, gramsOf(texts[slot]));
    }

    std::string textOf(const model::Resource& r) const {
        char mark = headEdge;
        std::string out(1, mark);
        const auto field = [&out, &mark](std::string_view text) {
            if (text.empty())
                return;
            out += fold(plainCell(text));
            out += mark;
        };
        const auto local = [&field](const base::LocalText& text) {
            field(text.text);
            for (const auto& [language, words] : text.translations)
                field(words);
        };
        const auto skills = [&](const std::vector<model::Capability>& all) {
            for (const auto& skill : all) {
                field(skill.code);
                if (const auto known = capabilityWords.find(skill.code); known != capabilityWords.end())
                    local(known->second);
            }
        };
        local(r.name);
        field(r.callSign);
        field(r.key);
        mark = edge;
        field(r.code);
        local(r.owner);
        local(r.place);
        field(r.personInCharge);
        field(r.phone);
        skills(r.capabilities);
        for (const auto& line : r.stock) {
            field(line.code);
            local(line.name);
            field(line.batch);
        }
        for (const auto& member : r.crew) {
            field(member.name);
            field(member.role);
            field(member.phone);
            skills(member.skills);
        }
        for (const auto& turn : r.duty)
            field(turn.person);
        for (const auto& beds : r.beds)
            field(beds.kind);
        for (const auto& service : r.services)
            field(service);
        for (const auto& offer : r.offers) {
            field(offer.code);
            local(offer.name);
        }
        field(r.remarks);
        out += kindEdge;
        out += toString(r.kind);
        out += kindEdge;
        return out;
    }

    /// Adds the rows of a query that are not there yet.
    void take(SQLite::Statement& rows, const std::string& match, const std::string& grams, std::size_t most, Found& out,
              std::unordered_set<std::size_t>& seen) const {
        rows.reset();
        rows.bind(1, match);
        rows.bind(2, static_cast<std::int64_t>(most + 1));
        if (!grams.empty())
            rows.bind(3, grams);
        while (rows.executeStep()) {
            const auto slot = static_cast<std::size_t>(rows.getColumn(0).getInt64());
            if (!seen.insert(slot).second)
                continue;
            if (out.ids.size() == most) {
                out.more = true;
                break;
            }
            out.ids.push_back(ids[slot]);
        }
        rows.reset();
    }
};

RecordIndex::RecordIndex(std::map<std::string, base::LocalText> words) : m_impl(std::make_unique<Impl>(std::move(words))) {}
RecordIndex::~RecordIndex() = default;
RecordIndex::RecordIndex(RecordIndex&&) noexcept = default;
RecordIndex& RecordIndex::operator=(RecordIndex&&) noexcept = default;

void RecordIndex::putAll(const std::map<model::ResourceId, model::Resource>& resources) {
    m_impl->db.exec("BEGIN");
    for (const auto& [id, resource] : resources)
        put(resource);
    m_impl->db.exec("COMMIT");
}

void RecordIndex::put(const model::Resource& resource) {
    if (resource.retired) {
        remove(resource.id);
        return;
    }
    auto& m = *m_impl;
    auto text = m.textOf(resource);
    const auto [there, fresh] = m.slots.try_emplace(resource.id, m.ids.size());
    if (!fresh) {
        const auto slot = there->second;
        if (m.texts[slot] == text)
            return; // a position or a status has changed: nothing that is searched
        m.write(slot, false);
        m.texts[slot] = std::move(text);
        m.write(slot, true);
        return;
    }
    if (!m.freeSlots.empty()) {
        there->second = m.freeSlots.back();
        m.freeSlots.pop_back();
    } else {
        m.ids.emplace_back();
        m.texts.emplace_back();
    }
    const auto slot = there->second;
    m.ids[slot] = resource.id;
    m.texts[slot] = std::move(text);
    m.write(slot, true);
}

void RecordIndex::remove(model::ResourceId id) {
    auto& m = *m_impl;
    const auto found = m.slots.find(id);
    if (found == m.slots.end())
        return;
    m.write(found->second, false);
    m.texts[found->second].clear();
    m.freeSlots.push_back(found->second);
    m.slots.erase(found);
}

std::size_t RecordIndex::size() const {
    return m_impl->slots.size();
}

RecordIndex::Found RecordIndex::search(std::string_view text, std::optional<model::ResourceKind> kind, std::size_t most) const {
    const auto& m = *m_impl;
    std::vector<std::string> words;
    for (const auto& word : wordsCell(foldWords(plainCell(text.substr(0, mostBytes))))) {
        if (auto folded = fold(word); !folded.empty() && words.size() < 12)
            words.push_back(std::move(folded));
    }
    Found out;
    if (words.empty())
        return out;
    std::string kindPhrase;
    if (kind)
        kindPhrase = " AND " + phraseOf(std::string(1, kindEdge) + std::string(toString(*kind)) + kindEdge);
    std::unordered_set<std::size_t> seen;
    // All of it as one name, number or call sign; then as the beginning of one; then each word anywhere.
    const auto whole = fold(plainCell(text.substr(0, mostBytes)));
    m.take(*m.find, phraseOf(headEdge + whole + headEdge) + kindPhrase, {}, most, out, seen);
    if (letters(whole) >= 2)
        m.take(*m.find, phraseOf(headEdge + whole) + kindPhrase, {}, most, out, seen);
    std::string phrases;
    std::string grams;
    for (const auto& word : words) {
        const auto count = letters(word);
        if (count >= 3) {
            phrases += (phrases.empty() ? "" : " AND ") + phraseOf(word);
        } else {
            grams += grams.empty() ? "" : " AND ";
            std::string one;
            addGram(one, word);
            grams += one;
        }
    }
    if (phrases.empty() && kind)
        phrases = kindPhrase.substr(5);
    else
        phrases += kindPhrase;
    if (grams.empty())
        m.take(*m.find, phrases, {}, most, out, seen);
    else if (phrases.empty())
        m.take(*m.findShort, grams, {}, most, out, seen);
    else
        m.take(*m.findBoth, phrases, grams, most, out, seen);
    return out;
}

} // namespace tocsin::county
