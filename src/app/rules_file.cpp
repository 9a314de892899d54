#include "app/rules_file.hpp"

#include <charconv>
#include <filesystem>
#include <spdlog/spdlog.h>

namespace tocsin::app {

namespace fs = std::filesystem;
using base::fail;

namespace {

constexpr std::string_view mark = "# The rules that were in force last; the desk keeps this file. Entry ";

fs::path goodFile(const county::CountyFolder& folder) {
    return folder.root / "rules.good.toml";
}

base::Result<void> keepGood(const county::CountyFolder& folder, std::int64_t entry, const std::string& text) {
    return county::writeText(goodFile(folder), std::string(mark) + std::to_string(entry) + "\n" + text);
}

struct Good {
    std::int64_t entry{0};
    std::string text;
};
/// What is kept, or nothing where there is no such file, or somebody has written another one.
std::optional<Good> readGood(const county::CountyFolder& folder) {
    const auto whole = county::readText(goodFile(folder));
    if (!whole || !whole->starts_with(mark))
        return std::nullopt;
    const auto end = whole->find('\n');
    if (end == std::string::npos)
        return std::nullopt;
    Good good;
    const auto* to = whole->data() + end;
    if (std::from_chars(whole->data() + mark.size(), to, good.entry).ptr != to)
        return std::nullopt;
    good.text = whole->substr(end + 1);
    return good;
}

struct Journalled {
    std::int64_t entry{0};
    std::string text;
};
base::Result<std::optional<Journalled>> changeAfter(const store::Store& journal, std::int64_t entry) {
    std::optional<Journalled> newest;
    auto read = journal.readOf({"rules.changed"}, entry + 1, [&](const model::Entry& one) {
        if (const auto text = one.data.find("text"); text != one.data.end() && text->is_string())
            newest = Journalled{one.seq, text->get<std::string>()};
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    return newest;
}

/// A change that did not reach its file: what stands there is put aside, for it may be a person's work.
base::Result<void> catchUp(const county::CountyFolder& folder, const Journalled& change) {
    const auto before = county::readText(folder.rules());
    if (before && *before != change.text) {
        spdlog::warn("rules.toml was behind the journal: the rules of entry {} are in force, what stood there is in "
                     "rules.before.toml",
                     change.entry);
        if (auto ok = county::writeText(folder.root / "rules.before.toml", *before); !ok)
            return ok;
    }
    return county::writeText(folder.rules(), change.text).and_then([&] {
        return keepGood(folder, change.entry, change.text);
    });
}

} // namespace

base::Result<LoadedRules> loadRules(const county::CountyFolder& folder, const store::Store& journal, bool mayWrite) {
    auto good = readGood(folder);
    const auto change = changeAfter(journal, good ? good->entry : 0);
    if (!change)
        return tl::unexpected(change.error());
    auto text = county::readText(folder.rules());
    if (*change) {
        good = Good{(*change)->entry, (*change)->text};
        text = (*change)->text;
        if (mayWrite)
            if (auto ok = catchUp(folder, **change); !ok)
                return tl::unexpected(ok.error());
    }
    auto rules = text ? detect::parseRules(*text) : base::Result<std::vector<detect::Rule>>(tl::unexpected(text.error()));
    if (rules) {
        if (mayWrite && (!good || good->text != *text)) {
            if (auto ok = keepGood(folder, good ? good->entry : 0, *text); !ok)
                spdlog::warn("the rules in force cannot be kept: {}", ok.error().message);
        }
        return LoadedRules{std::move(*rules), {}};
    }
    const auto why = "rules.toml, " + rules.error().describe();
    auto kept = good ? detect::parseRules(good->text) : base::Result<std::vector<detect::Rule>>(fail(base::Code::notFound, ""));
    if (!kept)
        return fail(rules.error().code, why, rules.error().place);
    LoadedRules loaded{std::move(*kept), {}};
    loaded.trouble.text = why + ": the last good rules are in force, those of rules.good.toml";
    loaded.trouble.translations["zh_CN"] = why + "：仍使用上一次有效的规则（rules.good.toml）";
    return loaded;
}

std::string rulesInForce(const county::CountyFolder& folder) {
    auto text = county::readText(folder.rules());
    if (text && detect::parseRules(*text))
        return std::move(*text);
    auto good = readGood(folder);
    return good ? std::move(good->text) : std::string();
}

RulesKeeper::RulesKeeper(desk::Desk& desk, county::CountyFolder folder) : m_folder(std::move(folder)) {
    m_thread = std::thread([this] { run(); });
    m_subscription = desk.subscribe([](const desk::Snapshot&) {},
                                    [this](const std::shared_ptr<const desk::Delta>& delta) { note(*delta); });
}

RulesKeeper::~RulesKeeper() {
    m_subscription = {};
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void RulesKeeper::note(const desk::Delta& delta) {
    for (const auto& entry : delta.entries) {
        if (entry.type != "rules.changed")
            continue;
        const auto text = entry.data.find("text");
        if (text == entry.data.end() || !text->is_string())
            continue;
        {
            const std::lock_guard lock(m_mutex);
            m_waiting = Change{entry.seq, text->get<std::string>()};
        }
        m_wake.notify_one();
    }
}

void RulesKeeper::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_ending || m_waiting; });
        if (!m_waiting)
            return;
        const auto change = std::move(*m_waiting);
        m_waiting.reset();
        lock.unlock();
        // Where this fails the journal has it, and the next start puts it into the file.
        const auto written = county::writeText(m_folder.rules(), change.text).and_then([&] {
            return keepGood(m_folder, change.entry, change.text);
        });
        if (!written)
            spdlog::error("the changed rules could not be written to rules.toml: {}", written.error().message);
        lock.lock();
    }
}

} // namespace tocsin::app
