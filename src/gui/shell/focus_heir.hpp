#pragma once

#include <QObject>

class QWidget;

namespace tocsin::gui {

/// Who is to have the keys that this window has just lost: where it has closed the window that it belongs to; null where
/// it is still there, for then another window or program has taken them.
[[nodiscard]] QWidget* focusHeir(const QWidget& loser);

/// Gives the keys back when a window closes. Window managers do so; on a screen without one they would go to nobody, and
/// no key would work until somebody clicks. GUI thread.
class FocusHeir : public QObject {
    Q_OBJECT
  public:
    explicit FocusHeir(QObject* parent);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace tocsin::gui
