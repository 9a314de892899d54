#include "app/rules_service.hpp"

#include "app/past_readings.hpp"
#include "app/rules_file.hpp"
#include "gui/tools/post_to.hpp"

#include <QPointer>

namespace tocsin::app {

using gui::postTo;

RulesService::RulesService(gui::DeskBridge& desk, county::CountyFolder folder, const base::LocalText& trouble)
    : m_desk(desk), m_folder(std::move(folder)), m_text(rulesInForce(m_folder)), m_trouble(trouble) {
    m_workers.setMaxThreadCount(1);
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
                     sensors = m_desk.state().sensors, readings = m_folder.readings(), guard = QPointer<QObject>(context),
                     progress = std::move(progress), answer = std::move(answer)]() mutable {
        // Whoever asked may stop it, and so may the program's end.
        std::stop_source either;
        const std::stop_callback asked(stop, [&] { either.request_stop(); });
        const std::stop_callback ends(ending, [&] { either.request_stop(); });
        auto store = store::ReadingStore::open(readings, store::Access::readOnly);
        base::Result<detect::Backtest> result = tl::unexpected(base::Error{});
        if (store)
            result = detect::backtest(
                rule, others, sensors, from, to, PastOfStore(**store, to),
                [&](double part) { postTo(guard, [progress, part] { progress(part); }); }, either.get_token());
        else
            result = tl::unexpected(store.error());
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
                    }
                    if (guard)
                        answer(done ? base::Result<void>{} : base::Result<void>(tl::unexpected(done.error())));
                });
}

} // namespace tocsin::app
