#include "app/rules_service.hpp"

#include "app/county_session.hpp"
#include "app/past_readings.hpp"
#include "gui/tools/post_to.hpp"

#include <QPointer>
#include <utility>

namespace tocsin::app {

using gui::postTo;

namespace {
constexpr auto longestLook = std::chrono::seconds(10); ///< over the stored past, before rules are saved
} // namespace

RulesService::RulesService(gui::DeskBridge& desk, county::CountyFolder folder, const LoadedRules& loaded, std::function<void()> reread)
    : m_desk(desk), m_reread(std::move(reread)), m_folder(std::move(folder)), m_text(loaded.text), m_trouble(loaded.trouble) {
    m_workers.setMaxThreadCount(1);
    // Whoever changed them: another desk's command, a drill, a person's hand in the file.
    QObject::connect(&m_desk, &gui::DeskBridge::changed, &m_listening, [this](const gui::Changes& changes) {
        for (const auto& entry : m_desk.newEntries(changes)) {
            const auto text = entry.type == "rules.changed" ? entry.data.find("text") : entry.data.end();
            if (text != entry.data.end() && text->is_string())
                m_text = text->get<std::string>();
        }
        if (changes.all && m_desk.isSeat() && !m_desk.readOnly())
            followDesk();
    });
}

/// A desk is there, perhaps another one, that began with a file which somebody had written by hand.
void RulesService::followDesk() {
    if (std::exchange(m_reading, true)) {
        m_again = true;
        return;
    }
    m_workers.start([this, folder = m_folder, inForce = m_desk.rules(), before = m_text, guard = QPointer<QObject>(&m_listening)] {
        const auto known = detect::parseRules(before);
        const bool others = !known || *known != inForce;
        auto now = others ? rulesAt(folder, inForce) : LoadedRules{};
        postTo(guard, [this, now = std::move(now), others, before] {
            m_reading = false;
            if (others && m_text == before) { // else somebody has changed them meanwhile
                m_text = now.text;
                m_trouble = now.trouble;
                m_aside.clear();
                if (m_reread)
                    m_reread();
            }
            if (std::exchange(m_again, false))
                followDesk();
        });
    });
}

void RulesService::note(const RulesNotice& notice) {
    if (notice.trouble)
        m_trouble = *notice.trouble;
    if (!notice.aside.empty())
        m_aside = notice.aside;
}

RulesService::~RulesService() {
    m_ending.request_stop();
    m_workers.clear();
    m_workers.waitForDone();
}

void RulesService::backtest(const detect::Rule& rule, std::vector<detect::Rule> others, base::Time from, base::Time to,
                            std::stop_token stop, QObject* context, std::function<void(double)> progress,
                            std::function<void(base::Result<detect::Backtest>)> answer) {
    m_workers.start([rule, others = std::move(others), from, to, stop = std::move(stop), ending = m_ending.get_token(),
                     sensors = m_desk.state().sensors, folder = m_folder, guard = QPointer<QObject>(context),
                     progress = std::move(progress), answer = std::move(answer)]() mutable {
        // Whoever asked may stop it, and so may the program's end.
        std::stop_source either;
        const std::stop_callback asked(stop, [&] { either.request_stop(); });
        const std::stop_callback ends(ending, [&] { either.request_stop(); });
        base::Result<detect::Backtest> result = tl::unexpected(base::Error{});
        if (detect::isOverMessages(rule)) {
            const auto known = readKnownPast(folder);
            if (known)
                result = *known ? detect::backtest(rule, (*known)->messages, from, to) : detect::Backtest{};
            else
                result = tl::unexpected(known.error());
            postTo(guard, [answer = std::move(answer), result = std::move(result)]() mutable { answer(std::move(result)); });
            return;
        }
        auto store = store::ReadingStore::open(folder.readings(), store::Access::readOnly);
        if (store)
            result = detect::backtest(
                rule, others, sensors, from, to, PastOfStore(**store, to),
                [&](double part) { postTo(guard, [progress, part] { progress(part); }); }, either.get_token());
        else
            result = tl::unexpected(store.error());
        postTo(guard, [answer = std::move(answer), result = std::move(result)]() mutable { answer(std::move(result)); });
    });
}

void RulesService::lookBack(std::vector<detect::Rule> rules, std::stop_token stop, QObject* context,
                            std::function<void(double)> progress,
                            std::function<void(base::Result<std::vector<detect::Remark>>)> answer) {
    m_workers.start([rules = std::move(rules), before = m_text, now = m_desk.now(), folder = m_folder,
                     stop = std::move(stop), ending = m_ending.get_token(), guard = QPointer<QObject>(context),
                     progress = std::move(progress), answer = std::move(answer)]() mutable {
        std::stop_source either;
        const std::stop_callback asked(stop, [&] { either.request_stop(); });
        const std::stop_callback ends(ending, [&] { either.request_stop(); });
        base::Result<std::vector<detect::Remark>> result;
        const auto changed =
            detect::changedRules(detect::parseRules(before).value_or(std::vector<detect::Rule>{}), rules);
        const auto known = changed.empty() ? base::Result<std::optional<KnownPast>>{} : readKnownPast(folder);
        if (!known)
            result = tl::unexpected(known.error());
        else if (*known)
            result = app::lookBack(
                folder, **known, rules, changed, now, longestLook,
                [&](double part) { postTo(guard, [progress, part] { progress(part); }); }, either.get_token());
        postTo(guard, [answer = std::move(answer), result = std::move(result)]() mutable { answer(std::move(result)); });
    });
}

void RulesService::save(std::string toml, QObject* context, std::function<void(base::Result<void>)> answer) {
    const QPointer<QObject> guard(context);
    auto text = toml;
    m_desk.send(desk::ChangeRules{std::move(toml)}, QCoreApplication::instance(),
                [this, guard, text = std::move(text), answer = std::move(answer)](const base::Result<desk::Done>& done) {
                    if (done) {
                        m_text = text;
                        m_trouble = {};
                        m_aside.clear();
                    }
                    if (guard)
                        answer(done ? base::Result<void>{} : base::Result<void>(tl::unexpected(done.error())));
                });
}

} // namespace tocsin::app
