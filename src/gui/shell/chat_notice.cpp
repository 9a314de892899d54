#include "gui/shell/chat_notice.hpp"

#include "gui/panels/sentence.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/sound.hpp"

#include <nlohmann/json.hpp>

namespace tocsin::gui {

namespace {
constexpr int longestShown = 120; ///< the whole of it stands in the unit's view
constexpr qsizetype mostNamed = 4;
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
    QStringList unreached;
    for (const model::Entry& entry : m_ui.desk.newEntries(changes)) {
        const bool missed = entry.type == "chat.missed";
        if (!missed && entry.type != "chat.received")
            continue;
        const model::UnitId unit(entry.subject);
        if (m_ui.desk.state().units.contains(unit))
            m_last = unit;
        if (missed) {
            const QString callSign = textField(entry.data, "callSign");
            const QString name = Words::plain(callSign.isEmpty() ? entry.subject : callSign.toStdString());
            if (!unreached.contains(name))
                unreached << name;
        } else {
            newest = &entry;
            ++received;
        }
    }
    if (!unreached.isEmpty())
        sayUnreached(unreached);
    if (newest != nullptr)
        sayWritten(*newest, received);
    if (newest != nullptr || !unreached.isEmpty())
        sound();
}

void ChatNotice::sayUnreached(const QStringList& names) {
    if (names.size() == 1) {
        emit said(tr("What was written to %1 could not be handed over: call it by voice (Ctrl+M shows it)").arg(names.front()));
        return;
    }
    QString whom = names.mid(0, mostNamed).join(tr(", "));
    if (names.size() > mostNamed)
        whom = tr("%1 and %2 more", "units").arg(whom, QString::number(names.size() - mostNamed));
    emit said(tr("What was written to %1 could not be handed over: call them by voice (Ctrl+M shows the last)").arg(whom));
}

void ChatNotice::sayWritten(const model::Entry& newest, int received) {
    const auto message = newest.data.find("message");
    if (message == newest.data.end())
        return;
    QString from = textField(*message, "callSign");
    if (from.isEmpty())
        from = QString::fromStdString(newest.subject);
    from = Words::plain(from.toStdString());
    const QString text = Words::quoted(Words::shortened(textField(*message, "text"), longestShown));
    if (received == 1)
        emit said(tr("%1 writes: %2 (Ctrl+M shows it)", "a unit, what").arg(from, text));
    else if (received == 2)
        emit said(tr("%1 writes: %2, and 1 other message from the field (Ctrl+M shows it)", "a unit, what").arg(from, text));
    else // in one call: what somebody wrote may hold a “%3” of its own
        emit said(tr("%1 writes: %2, and %3 other messages from the field (Ctrl+M shows it)", "a unit, what")
                      .arg(from, text, QString::number(received - 1)));
}

void ChatNotice::sound() {
    if (m_player != nullptr && !m_ui.desk.state().desk.soundMuted(m_ui.desk.now()))
        m_player->play(messageTone(), false);
}

bool ChatNotice::goToLast() {
    if (!m_last || !m_ui.desk.state().units.contains(*m_last))
        return false;
    m_ui.selection.select(*m_last);
    return true;
}

} // namespace tocsin::gui
