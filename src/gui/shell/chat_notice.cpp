#include "gui/shell/chat_notice.hpp"

#include "gui/panels/sentence.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/sound.hpp"

#include <nlohmann/json.hpp>

namespace tocsin::gui {

namespace {
constexpr int longestShown = 120; ///< the whole of it stands in the unit's view
} // namespace

ChatNotice::ChatNotice(const UiContext& ui, std::unique_ptr<TonePlayer> player, QObject* parent)
    : QObject(parent), m_ui(ui), m_player(std::move(player)) {
    connect(&ui.desk, &DeskBridge::changed, this, &ChatNotice::take);
}

ChatNotice::~ChatNotice() = default;

void ChatNotice::take(const Changes& changes) {
    if (changes.all)
        return; // the picture itself: what stands in it is no news
    const model::Entry* newest = nullptr;
    int received = 0;
    for (const model::Entry& entry : m_ui.desk.newEntries(changes)) {
        const bool missed = entry.type == "chat.missed";
        if (!missed && entry.type != "chat.received")
            continue;
        const model::UnitId unit(entry.subject);
        if (m_ui.desk.state().units.contains(unit))
            m_last = unit;
        if (missed)
            emit said(tr("What was written to %1 could not be handed over: call it by voice (Ctrl+M shows it)")
                          .arg(Words::plain(textField(entry.data, "callSign").toStdString())));
        else
            newest = &entry;
        received += missed ? 0 : 1;
    }
    if (newest == nullptr)
        return;
    const auto message = newest->data.find("message");
    if (message == newest->data.end())
        return;
    QString from = textField(*message, "callSign");
    if (from.isEmpty())
        from = QString::fromStdString(newest->subject);
    const QString text = Words::quoted(Words::shortened(textField(*message, "text"), longestShown));
    emit said(received == 1 ? tr("%1 writes: %2 (Ctrl+M shows it)", "a unit, what").arg(Words::plain(from.toStdString()), text)
                            : tr("%1 writes: %2, and %3 other messages from the field (Ctrl+M shows it)", "a unit, what")
                                  .arg(Words::plain(from.toStdString()), text)
                                  .arg(received - 1));
    sound();
}

void ChatNotice::sound() {
    const auto& mutedUntil = m_ui.desk.state().desk.soundMutedUntil;
    if (m_player != nullptr && !(mutedUntil && *mutedUntil > m_ui.desk.now()))
        m_player->play(messageTone());
}

bool ChatNotice::goToLast() {
    if (!m_last || !m_ui.desk.state().units.contains(*m_last))
        return false;
    m_ui.selection.select(*m_last);
    return true;
}

} // namespace tocsin::gui
