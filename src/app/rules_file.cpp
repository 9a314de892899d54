#include "app/rules_file.hpp"

#include "app/past_readings.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/desk/plans.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace tocsin::app {

namespace fs = std::filesystem;
using base::fail;

namespace {

constexpr std::size_t mostNamed = 3; ///< of rules that would have fired too often, in one notice
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
        base::log::warn("rules.toml was behind the journal: the rules of entry {} are in force, what stood there is in "
                        "rules.before.toml",
                        change.entry);
        if (auto ok = county::writeText(folder.root / "rules.before.toml", *before); !ok)
            return ok;
    }
    return county::writeText(folder.rules(), change.text).and_then([&] {
        return keepGood(folder, change.entry, change.text);
    });
}

/// Rules as they may be in force, or why not.
struct Judged {
    base::Result<std::vector<detect::Rule>> rules;
    base::LocalText why{};              ///< where they may not
    std::vector<detect::Rule> others{}; ///< those of them that may, where the text can be read
    bool readable{false};
};
Judged judge(const base::Result<std::string>& text) {
    Judged out{text ? detect::parseRules(*text) : base::Result<std::vector<detect::Rule>>(tl::unexpected(text.error()))};
    if (!out.rules) {
        out.why.text = "rules.toml, " + out.rules.error().describe();
        return out;
    }
    out.readable = true;
    std::set<std::string> refused;
    for (const auto& remark : detect::remarksOn(*out.rules, {})) { // nothing is refused for want of a sensor
        if (!remark.refuses)
            continue;
        const auto where = "rule '" + remark.rule + "'" + (remark.field.empty() ? "" : ", '" + remark.field + "'") + ": ";
        if (refused.empty()) {
            out.why.text = "rules.toml, " + where + remark.text.text;
            out.why.translations["zh_CN"] = "rules.toml，" + where + remark.text.in("zh_CN");
        }
        refused.insert(remark.rule);
    }
    if (refused.empty())
        return out;
    out.others = std::move(*out.rules);
    std::erase_if(out.others, [&](const detect::Rule& rule) { return refused.contains(rule.id); });
    out.rules = fail(base::Code::refused, out.why.text);
    return out;
}

base::LocalText sentence(const base::LocalText& why, const std::string& english, const std::string& chinese) {
    base::LocalText out(why.text + english);
    out.translations["zh_CN"] = why.in("zh_CN") + chinese;
    return out;
}

base::LocalText lastGoodStay(const base::LocalText& why) {
    return sentence(why, ": the last good rules are in force, those of rules.good.toml",
                    "：仍使用上一次有效的规则（rules.good.toml）");
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
    auto found = judge(text);
    const std::string file = text.value_or(std::string());
    if (found.rules) {
        const bool changed = good && good->text != *text;
        if (mayWrite && (!good || changed)) {
            if (auto ok = keepGood(folder, good ? good->entry : 0, *text); !ok)
                base::log::warn("the rules in force cannot be kept: {}", ok.error().message);
        }
        return LoadedRules{std::move(*found.rules), {}, file, file, changed, changed ? good->text : std::string()};
    }
    auto kept = good ? judge(good->text) : Judged{fail(base::Code::notFound, "")};
    if (kept.rules)
        return LoadedRules{std::move(*kept.rules), lastGoodStay(found.why), good->text, file};
    // An older program has let such rules pass: a county is not left without the others.
    const auto leftOut = [&] {
        return sentence(found.why, ": the other rules are in force, without those that are wrong",
                        "：其余规则有效，有误的规则未启用");
    };
    if (!found.others.empty())
        return LoadedRules{std::move(found.others), leftOut(), file, file};
    if (!kept.others.empty())
        return LoadedRules{std::move(kept.others), leftOut(), good->text, file};
    if (found.readable) // none of them may be: a county opens all the same, and says so
        return LoadedRules{{}, leftOut(), file, file};
    return fail(found.rules.error().code, found.why.text, found.rules.error().place);
}

base::Result<void> keepFirstRules(const county::CountyFolder& folder) {
    return county::readText(folder.rules()).and_then([&](const std::string& text) { return keepGood(folder, 0, text); });
}

RulesKeeper::RulesKeeper(desk::Desk& desk, county::CountyFolder folder, const LoadedRules& loaded)
    : m_desk(desk), m_folder(std::move(folder)), m_known(loaded.text), m_seen(loaded.file),
      m_troubled(!loaded.trouble.empty()), m_stamp(stampOf()), m_newStamp(m_stamp) {
    m_thread = std::thread([this] { run(); });
    m_subscription = desk.subscribe(
        [this, judged = loaded.changedByHand, before = loaded.before, rules = loaded.rules](desk::Snapshot now) {
            {
                const std::lock_guard lock(m_mutex);
                if (judged)
                    m_doubtful = Doubtful{std::move(now.state.sensors), before};
                m_missed = now.rules && *now.rules != rules; // changed since they were read: no delta will say so
            }
            m_wake.notify_one();
        },
        [this](const std::shared_ptr<const desk::Delta>& delta) { note(*delta); });
}

RulesKeeper::~RulesKeeper() {
    m_subscription = {};
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_stop.request_stop();
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
    constexpr auto lookEvery = std::chrono::seconds(2);
    std::unique_lock lock(m_mutex);
    for (;;) {
        const bool called =
            m_wake.wait_for(lock, lookEvery, [this] { return m_ending || m_missed || m_waiting || m_doubtful; });
        if (m_missed) {
            m_missed = false;
            lock.unlock();
            auto change = missed();
            lock.lock();
            if (change && (!m_waiting || m_waiting->entry < change->entry))
                m_waiting = std::move(change);
        } else if (m_waiting) {
            const auto change = std::move(*m_waiting);
            m_waiting.reset();
            lock.unlock();
            write(change);
            lock.lock();
        } else if (m_ending) {
            return;
        } else {
            lock.unlock();
            if (called)
                doubt();
            else
                lookIfChanged();
            lock.lock();
        }
    }
}

// ---- what the desk has changed

/// The newest change in the journal that is not in the file. Where it cannot be read the next start finds it.
std::optional<RulesKeeper::Change> RulesKeeper::missed() const {
    const auto journal = store::Store::open(m_folder.database(), store::Access::readOnly);
    const auto good = readGood(m_folder);
    const auto change = journal ? changeAfter(**journal, good ? good->entry : 0)
                                : base::Result<std::optional<Journalled>>(tl::unexpected(journal.error()));
    if (!change) {
        base::log::error("the journal's changes of rules cannot be read: {}", change.error().message);
        return std::nullopt;
    }
    return *change ? std::optional(Change{(*change)->entry, (*change)->text}) : std::nullopt;
}

/// Where this fails the journal has it, and the next start puts it into the file.
void RulesKeeper::write(const Change& change) {
    RulesNotice notice;
    {
        const std::lock_guard lock(m_fileMutex);
        const auto before = county::readText(m_folder.rules());
        const bool theSame = before && *before == change.text;
        if (!theSame && !(before && *before == m_known)) {
            if (const auto aside = putAside(notice); !aside) {
                base::log::error("rules.toml was changed by hand and cannot be put aside, so the changed rules are not written "
                                 "there: {}",
                                 aside.error().message);
                return;
            }
            if (!notice.said.empty() && before && judge(before).rules)
                notice.aside = *before;
        }
        const auto written = (theSame ? base::Result<void>{} : county::writeText(m_folder.rules(), change.text))
                                 .and_then([&] { return keepGood(m_folder, change.entry, change.text); });
        if (!written) {
            base::log::error("the changed rules could not be written to rules.toml: {}", written.error().message);
            return;
        }
        m_known = m_seen = change.text;
        m_stamp = m_newStamp = stampOf();
        if (std::exchange(m_troubled, false))
            notice.trouble = base::LocalText{};
    }
    if (!notice.said.empty() || notice.trouble)
        tell(std::move(notice));
}

/// What stands in the file is copied to a name that is free. False where there is no file.
base::Result<bool> RulesKeeper::putAside(RulesNotice& notice) const {
    constexpr int mostAside = 99;
    std::error_code ec;
    if (!fs::exists(m_folder.rules(), ec))
        return false;
    for (int i = 1; i <= mostAside; ++i) {
        const std::string name = i == 1 ? "rules.yours.toml" : "rules.yours-" + std::to_string(i) + ".toml";
        if (fs::copy_file(m_folder.rules(), m_folder.root / name, fs::copy_options::none, ec)) {
            notice.said.text = "rules.toml had been changed by hand meanwhile: what stood there is in " + name +
                               ", and not in force";
            notice.said.translations["zh_CN"] = "rules.toml 此前已被手工修改：原内容保存在 " + name + "，未生效";
            base::log::warn("{}", notice.said.text);
            return true;
        }
        if (ec != std::errc::file_exists)
            break;
    }
    return fail(base::Code::storage, ec ? ec.message() : "too many files rules.yours-….toml");
}

// ---- what a person has written into the file

RulesKeeper::Stamp RulesKeeper::stampOf() const {
    std::error_code ec;
    const auto size = fs::file_size(m_folder.rules(), ec);
    const auto time = ec ? fs::file_time_type{} : fs::last_write_time(m_folder.rules(), ec);
    return ec ? Stamp{} : Stamp{time, size};
}

void RulesKeeper::lookIfChanged() {
    {
        const std::lock_guard lock(m_fileMutex);
        const auto now = stampOf();
        if (now == m_stamp)
            return;
        if (std::exchange(m_newStamp, now) != now)
            return;
    }
    look();
}

void RulesKeeper::look() {
    std::optional<std::string> changed;
    {
        const std::lock_guard lock(m_fileMutex);
        m_stamp = m_newStamp = stampOf();
        const auto text = county::readText(m_folder.rules());
        if (!text && text.error().code == base::Code::notFound)
            return; // what is in force stays, and the next change writes it again
        const auto seen = text ? *text : "\x1" + text.error().describe();
        if (std::exchange(m_seen, seen) == seen)
            return;
        RulesNotice notice;
        if (text && *text == m_known) {
            if (!std::exchange(m_troubled, false))
                return;
            notice.trouble = base::LocalText{};
        } else if (const auto found = judge(text); !found.rules) {
            m_troubled = true;
            notice.trouble = lastGoodStay(found.why);
            notice.said = *notice.trouble;
            base::log::warn("{}", notice.said.text);
        } else {
            changed = *text;
        }
        if (!changed)
            tell(std::move(notice));
    }
    if (changed)
        lookAt(*changed);
}

/// A good change: in force by the command that the window sends, too. The desk's entry then comes back to be noted.
void RulesKeeper::lookAt(const std::string& text) {
    std::string before;
    {
        const std::lock_guard lock(m_fileMutex);
        before = m_known;
    }
    const auto done =
        m_desk.submit(desk::Command{m_desk.newCommandId(), "rules.toml", desk::ChangeRules{text}}).get();
    RulesNotice notice;
    bool saidAlready = false;
    {
        const std::lock_guard lock(m_fileMutex);
        saidAlready = std::exchange(m_troubled, !done);
        if (done) {
            m_known = text;
        } else if (done.error().code == base::Code::unavailable || done.error().code == base::Code::storage) {
            m_seen.clear(); // this passes: it is looked at again
            m_stamp = {};
        } else {
            saidAlready = false;
        }
    }
    if (!done && saidAlready)
        return;
    if (!done) {
        const base::LocalText why("rules.toml, " + done.error().describe());
        notice.trouble = sentence(why, ": what was in force stays so", "：规则保持不变");
        notice.said = *notice.trouble;
        base::log::warn("{}", notice.said.text);
    } else {
        notice.trouble = base::LocalText{};
        notice.said.text = "rules.toml was changed by hand: its rules are in force now";
        notice.said.translations["zh_CN"] = "rules.toml 已被手工修改：其中的规则现已生效";
        base::log::info("{}", notice.said.text);
    }
    tell(std::move(notice));
    if (!done)
        return;
    {
        auto sensors = m_desk.snapshot().state.sensors;
        const std::lock_guard lock(m_mutex);
        m_doubtful = Doubtful{std::move(sensors), std::move(before)};
    }
    m_wake.notify_one();
}

/// Of those that are others now than before. Where the past cannot be read nothing is said of it.
std::vector<detect::Remark> RulesKeeper::pastRemarks(const std::vector<detect::Rule>& rules, const std::string& before) const {
    constexpr auto longestLook = std::chrono::seconds(10); // as when the window saves them
    const auto changed = detect::changedRules(detect::parseRules(before).value_or(std::vector<detect::Rule>{}), rules);
    if (changed.empty() || m_stop.stop_requested())
        return {};
    const auto known = readKnownPast(m_folder);
    base::Result<std::vector<detect::Remark>> remarks;
    if (!known)
        remarks = tl::unexpected(known.error());
    else if (*known)
        remarks = lookBack(m_folder, **known, rules, changed, m_desk.clock().now(), longestLook, {}, m_stop.get_token());
    if (!remarks && remarks.error().code != base::Code::cancelled)
        base::log::warn("rules.toml could not be tried over the stored past: {}", remarks.error().message);
    return remarks.value_or(std::vector<detect::Remark>{});
}

/// Says how many of the rules that a person wrote are doubtful; the window says why, but for what the past says.
void RulesKeeper::doubt() {
    Doubtful asked;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_doubtful)
            return;
        asked = std::move(*m_doubtful);
        m_doubtful.reset();
    }
    std::string text;
    {
        const std::lock_guard lock(m_fileMutex);
        text = m_known;
    }
    const auto rules = detect::parseRules(text);
    if (!rules)
        return;
    auto remarks = detect::remarksOn(*rules, asked.sensors, desk::planIds(m_desk.plans()));
    const auto past = pastRemarks(*rules, asked.before);
    remarks.insert(remarks.end(), past.begin(), past.end());
    for (const auto& remark : remarks)
        base::log::warn("rules.toml, rule '{}': {}", remark.rule, remark.text.text);
    if (remarks.empty())
        return;
    const auto count = std::to_string(remarks.size());
    RulesNotice notice;
    notice.said.text = "rules.toml: doubtful in " + count + " places, see the rules (Ctrl+R)";
    notice.said.translations["zh_CN"] = "rules.toml：有 " + count + " 处存疑，请查看规则（Ctrl+R）";
    for (std::size_t i = 0; i < std::min(past.size(), mostNamed); ++i) {
        notice.said.text += "; rule '" + past[i].rule + "': " + past[i].text.text;
        notice.said.translations["zh_CN"] += "；规则“" + past[i].rule + "”：" + past[i].text.in("zh_CN");
    }
    tell(std::move(notice));
}

void RulesKeeper::listen(std::function<void(const RulesNotice&)> listener) {
    const std::lock_guard lock(m_listenMutex);
    m_listener = std::move(listener);
    if (!m_listener)
        return;
    for (const auto& notice : std::exchange(m_untold, {}))
        m_listener(notice);
}

void RulesKeeper::tell(RulesNotice notice) {
    constexpr std::size_t mostUntold = 16;
    const std::lock_guard lock(m_listenMutex);
    if (m_listener)
        m_listener(notice);
    else if (m_untold.size() < mostUntold)
        m_untold.push_back(std::move(notice));
}

} // namespace tocsin::app
