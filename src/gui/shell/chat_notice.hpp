#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QObject>
#include <QStringList>
#include <memory>
#include <optional>

namespace tocsin::gui {

class TonePlayer;

/// Says that somebody in the field has written, or that what was written to them could not be handed over; and knows who it was. Many messages
/// that come together are one notice and one tone, lower and softer than any alarm's; none while the desk's sound is muted. GUI thread.
class ChatNotice : public QObject {
    Q_OBJECT
  public:
    /// `player` null: no sound.
    ChatNotice(const UiContext& ui, std::unique_ptr<TonePlayer> player, QObject* parent);
    ~ChatNotice() override;

    /// Selects the unit that wrote last; false where none has since the window was opened, or it is gone.
    bool goToLast();

  signals:
    void said(const QString& sentence);

  private:
    void take(const Changes& changes);
    void sayUnreached(const QStringList& names);
    void sayWritten(const model::Entry& newest, int received);
    void sound();

    UiContext m_ui;
    std::unique_ptr<TonePlayer> m_player;
    std::optional<model::UnitId> m_last;
};

} // namespace tocsin::gui
