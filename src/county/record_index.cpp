#include "tocsin/county/record_index.hpp"

#include "county/records_cells.hpp"
#include "county/text_fold.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <functional>
#include <unordered_map>

// A scan, not an inverted index: each record has a signature of 1,024 bits in which the letters of its text, and their runs of two and three,
// stand, and only texts whose signature has all bits of the query are looked into, until enough are found. A common query has soon found enough, a
// rare one looks into few texts. SQLite's FTS5 with trigrams over the same texts was tried: it cannot find one or two letters, takes 50 times as
// long to be made, and 20 times as long where a query's trigrams are all common ("FL 12345").

namespace tocsin::county {
namespace {

constexpr std::size_t mostBytes = 200; ///< of a query
constexpr std::size_t mostWords = 12;
constexpr char edge = '\x01';          ///< between fields: no query holds it

constexpr std::size_t words64 = 16;
using Signature = std::array<std::uint64_t, words64>;

void set(Signature& signature, std::uint64_t hash) {
    hash = (hash ^ (hash >> 29U)) * 0x9E3779B97F4A7C15ULL;
    hash >>= 54U; // ten bits
    signature[hash >> 6U] |= std::uint64_t{1} << (hash & 63U);
}

/// The bits of a text's letters and of their runs; runs over an edge count for nothing.
void add(Signature& signature, std::string_view text) {
    std::uint64_t before = 0;
    std::uint64_t first = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto letter = characterAt(text, at);
        if (letter.empty())
            break;
        at += letter.size();
        if (letter[0] == edge) {
            before = first = 0;
            continue;
        }
        std::uint64_t code = 0;
        for (const char c : letter)
            code = code << 8U | static_cast<unsigned char>(c);
        set(signature, code + 1);
        if (before != 0)
            set(signature, before << 32U ^ code);
        if (first != 0)
            set(signature, (first * 0x100000001B3ULL ^ before) * 0x100000001B3ULL ^ code);
        first = before;
        before = code;
    }
}

} // namespace

struct RecordIndex::Impl {
    using Words = std::vector<base::LocalText>;
    std::map<std::string, Words, std::less<>> capabilityWords;
    std::map<std::string, Words, std::less<>> supplyWords; ///< and of a record's own code
    std::map<model::ResourceKind, Words> kindWords;
    std::vector<Signature> signatures;  ///< by slot; an empty slot has none
    std::vector<model::ResourceId> ids;
    std::vector<std::string> texts;     ///< edge name edge Chinese name edge call sign edge number edge, then the rest
    std::vector<std::uint32_t> heads;   ///< where the rest begins
    std::vector<model::ResourceKind> kinds;
    std::vector<std::size_t> freeSlots;
    std::unordered_map<model::ResourceId, std::size_t> slots;
    std::unordered_multimap<std::size_t, std::size_t> whole; ///< slots by the hash of each field of the head

    void eachHead(std::size_t slot, const std::function<void(std::size_t)>& use) const {
        const auto head = std::string_view(texts[slot]).substr(0, heads[slot]);
        for (std::size_t at = 1; at < head.size();) {
            const auto end = head.find(edge, at);
            use(std::hash<std::string_view>{}(head.substr(at, end - at)));
            at = end + 1;
        }
    }
    void forget(std::size_t slot) {
        eachHead(slot, [&](std::size_t hash) {
            const auto [first, last] = whole.equal_range(hash);
            const auto found = std::find_if(first, last, [slot](const auto& item) { return item.second == slot; });
            if (found != last)
                whole.erase(found);
        });
    }

    std::pair<std::string, std::uint32_t> textOf(const model::Resource& r) const {
        std::string out(1, edge);
        const auto field = [&out](std::string_view text) {
            if (text.empty())
                return;
            out += fold(plainCell(text));
            out += edge;
        };
        const auto local = [&field](const base::LocalText& text) {
            field(text.text);
            for (const auto& [language, words] : text.translations)
                field(words);
        };
        const auto known = [&local](const auto& words, const auto& key) {
            if (const auto found = words.find(key); found != words.end()) {
                for (const auto& text : found->second)
                    local(text);
            }
        };
        const auto skills = [&](const std::vector<model::Capability>& all) {
            for (const auto& skill : all) {
                field(skill.code);
                known(capabilityWords, skill.code);
            }
        };
        local(r.name);
        field(r.callSign);
        field(r.key);
        const auto head = static_cast<std::uint32_t>(out.size());
        field(r.code);
        known(supplyWords, r.code);
        known(kindWords, r.kind);
        local(r.owner);
        local(r.place);
        field(r.personInCharge);
        field(r.phone);
        skills(r.capabilities);
        for (const auto& line : r.stock) {
            field(line.code);
            known(supplyWords, line.code);
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
            known(supplyWords, offer.code);
            known(capabilityWords, offer.code);
            local(offer.name);
        }
        field(r.remarks);
        return {std::move(out), head};
    }

    /// 0 whole field of the head, 1 begins one, 2 in the head, 3 elsewhere; 4 not there.
    int rankOf(std::size_t slot, std::string_view word) const {
        const auto& text = texts[slot];
        const auto* end = text.data() + text.size();
        const auto* head = text.data() + heads[slot];
        int best = 4;
        for (const auto* at = text.data();;) {
            const auto* hit = static_cast<const char*>(memmem(at, static_cast<std::size_t>(end - at), word.data(), word.size()));
            if (hit == nullptr)
                return best;
            if (hit >= head)
                return std::min(best, 3);
            const bool starts = hit[-1] == edge;
            best = std::min(best, starts && hit[word.size()] == edge ? 0 : starts ? 1 : 2);
            if (best == 0)
                return 0;
            at = hit + 1;
        }
    }
};

RecordIndex::RecordIndex(const model::CapabilityTables& typing) : m_impl(std::make_unique<Impl>()) {
    auto& m = *m_impl;
    std::map<std::string_view, const base::LocalText*> names;
    for (const auto& code : typing.codes) {
        names[code.code] = &code.name;
        auto& words = !code.capability.empty() ? m.capabilityWords[code.capability]
                      : !code.supply.empty()   ? m.supplyWords[code.supply]
                                               : m.supplyWords[code.code];
        words.insert(words.end(), {base::LocalText(code.code), code.name});
        if (const auto kind = model::resourceKindFrom(code.kind)) {
            auto& ofKind = m.kindWords[*kind];
            ofKind.insert(ofKind.end(), {base::LocalText(code.code), code.name});
        }
    }
    for (const auto& word : typing.capabilities) {
        auto& words = m.capabilityWords[word.code];
        words.insert(words.end(), {word.name, base::LocalText(word.nims), base::LocalText(word.gbt)});
        if (const auto name = names.find(word.gbt); name != names.end())
            words.push_back(*name->second);
    }
}
RecordIndex::~RecordIndex() = default;
RecordIndex::RecordIndex(RecordIndex&&) noexcept = default;
RecordIndex& RecordIndex::operator=(RecordIndex&&) noexcept = default;

void RecordIndex::putAll(const std::map<model::ResourceId, model::Resource>& resources) {
    for (const auto& [id, resource] : resources)
        put(resource);
}

void RecordIndex::put(const model::Resource& resource) {
    if (resource.retired) {
        remove(resource.id);
        return;
    }
    auto& m = *m_impl;
    auto [text, head] = m.textOf(resource);
    const auto [there, fresh] = m.slots.try_emplace(resource.id, m.ids.size());
    if (fresh && !m.freeSlots.empty()) {
        there->second = m.freeSlots.back();
        m.freeSlots.pop_back();
    } else if (fresh) {
        m.ids.emplace_back();
        m.signatures.emplace_back();
        m.texts.emplace_back();
        m.heads.emplace_back();
        m.kinds.emplace_back();
    }
    const auto slot = there->second;
    m.kinds[slot] = resource.kind;
    if (!fresh && m.texts[slot] == text)
        return; // a position or a status has changed: nothing that is searched
    if (!fresh)
        m.forget(slot);
    m.ids[slot] = resource.id;
    m.signatures[slot] = {};
    add(m.signatures[slot], text);
    m.texts[slot] = std::move(text);
    m.heads[slot] = head;
    m.eachHead(slot, [&](std::size_t hash) { m.whole.emplace(hash, slot); });
}

void RecordIndex::remove(model::ResourceId id) {
    auto& m = *m_impl;
    const auto found = m.slots.find(id);
    if (found == m.slots.end())
        return;
    const auto slot = found->second;
    m.forget(slot);
    m.signatures[slot] = {};
    m.texts[slot].clear();
    m.heads[slot] = 0;
    m.freeSlots.push_back(slot);
    m.slots.erase(found);
}

std::size_t RecordIndex::size() const {
    return m_impl->slots.size();
}

RecordIndex::Found RecordIndex::search(std::string_view text, std::optional<model::ResourceKind> kind, std::size_t most) const {
    const auto& m = *m_impl;
    const auto plain = plainCell(text.substr(0, mostBytes));
    std::vector<std::string> words;
    for (const auto& word : wordsCell(foldWords(plain))) {
        if (auto folded = fold(word); !folded.empty() && words.size() < mostWords)
            words.push_back(std::move(folded));
    }
    Found out;
    if (words.empty())
        return out;
    std::vector<std::pair<int, std::size_t>> hits;
    std::vector<std::size_t> exact;
    const auto all = fold(plain);
    const auto [first, last] = m.whole.equal_range(std::hash<std::string_view>{}(all));
    for (auto it = first; it != last; ++it) {
        if ((!kind || m.kinds[it->second] == *kind) && m.rankOf(it->second, all) == 0)
            exact.push_back(it->second);
    }
    std::sort(exact.begin(), exact.end());
    exact.erase(std::unique(exact.begin(), exact.end()), exact.end());
    for (const auto slot : exact)
        hits.emplace_back(-1, slot);
    Signature wanted{};
    for (const auto& word : words)
        add(wanted, word);
    std::vector<std::pair<std::size_t, std::uint64_t>> bits; // few of the signature's parts matter
    for (std::size_t i = 0; i < words64; ++i) {
        if (wanted[i] != 0)
            bits.emplace_back(i, wanted[i]);
    }
    for (std::size_t slot = 0; slot < m.signatures.size(); ++slot) {
        const auto& signature = m.signatures[slot];
        if (!std::all_of(bits.begin(), bits.end(), [&](const auto& part) { return (signature[part.first] & part.second) == part.second; }))
            continue;
        if ((kind && m.kinds[slot] != *kind) || std::binary_search(exact.begin(), exact.end(), slot))
            continue;
        int rank = 0; // that of the word that is found worst
        for (const auto& word : words)
            rank = std::max(rank, m.rankOf(slot, word));
        if (rank == 4)
            continue;
        if (hits.size() >= most) {
            out.more = true;
            break;
        }
        hits.emplace_back(rank, slot);
    }
    std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [rank, slot] : hits) {
        if (out.ids.size() < most)
            out.ids.push_back(m.ids[slot]);
    }
    return out;
}

} // namespace tocsin::county
