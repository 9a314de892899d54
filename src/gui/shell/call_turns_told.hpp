#pragma once

#include "tocsin/gui/sound.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <functional>
#include <map>
#include <memory>

namespace tocsin::gui {

/// Says of each call-down whom somebody has to call now, with the number and for how long, when it begins and at each new turn, and how it
/// ended: the desk itself calls nobody. A turn sounds once, unless the desk says that the sound is muted. GUI thread.
class CallTurnsTold : public QObject {
    Q_OBJECT
  public:
    /// `player`: none where this window makes no sound.
    CallTurnsTold(const UiContext& ui, std::unique_ptr<TonePlayer> player, std::function<void(const QString& sentence)> say,
                  QObject* parent = nullptr);

  private:
    struct Told {
        int at{0};
        model::CallDownState state{model::CallDownState::running};
        bool operator==(const Told&) const = default;
    };
    void look(const model::CallDown& list);
    void lookAtAll();
    [[nodiscard]] QString sentence(const model::CallDown& list) const;

    UiContext m_ui;
    std::unique_ptr<TonePlayer> m_player;
    std::function<void(const QString&)> m_say;
    std::map<model::CallDownId, Told> m_told;
};

} // namespace tocsin::gui
