#include "gui/shell/call_turns_told.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <algorithm>

namespace tocsin::gui {

CallTurnsTold::CallTurnsTold(const UiContext& ui, std::unique_ptr<TonePlayer> player, std::function<void(const QString&)> say, QObject* parent)
    : QObject(parent), m_ui(ui), m_player(std::move(player)), m_say(std::move(say)) {
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all)
            return lookAtAll();
        for (const auto& id : changes.callDowns) {
            if (const auto found = m_ui.desk.state().callDowns.find(id); found != m_ui.desk.state().callDowns.end())
                look(found->second);
        }
    });
    if (m_ui.desk.ready())
        lookAtAll();
}

void CallTurnsTold::lookAtAll() {
    for (const auto& [id, list] : m_ui.desk.state().callDowns)
        look(list);
}

void CallTurnsTold::look(const model::CallDown& list) {
    const Told now{list.at, list.state};
    const bool running = list.state == model::CallDownState::running;
    const auto known = m_told.find(list.id);
    // What was over before this window saw it is no news.
    const bool news = known == m_told.end() ? running : known->second != now;
    m_told.insert_or_assign(list.id, now);
    if (!news || list.people.empty())
        return;
    m_say(sentence(list));
    if (m_player && running && !m_ui.desk.state().desk.soundMuted(m_ui.desk.now()))
        m_player->play(alarmTone(model::Grade::IV), false);
}

QString CallTurnsTold::sentence(const model::CallDown& list) const {
    const QString title = Words::quoted(Words::plain(list.title));
    const auto at = static_cast<std::size_t>(std::clamp(list.at, 0, static_cast<int>(list.people.size()) - 1));
    const auto& one = list.people[at];
    switch (list.state) {
    case model::CallDownState::running: {
        const QString who = one.role.empty() ? Words::plain(one.name)
                                             : tr("%1, %2", "name, role").arg(Words::plain(one.name), Words::plain(one.role));
        const QString number = one.phone.empty() ? tr("no number") : Words::plain(one.phone);
        const QString left = list.nextAt ? Words::age(std::max(base::Duration{0}, *list.nextAt - m_ui.desk.now())) : QStringLiteral("–");
        return tr("Call now: %1, %2. %3 left. Call-down %4, Shift+F12 opens it", "who, number, how long, title").arg(who, number, left, title);
    }
    case model::CallDownState::answered:
        return tr("Call-down %1: %2 has answered").arg(title, Words::plain(list.answeredBy));
    case model::CallDownState::exhausted:
        return tr("Call-down %1 is at its end, and nobody has answered. Shift+F12 opens it").arg(title);
    case model::CallDownState::ended:
        return tr("Call-down %1 was ended").arg(title);
    }
    return {};
}

} // namespace tocsin::gui
