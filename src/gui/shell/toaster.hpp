#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QFrame>
#include <QList>

class QLabel;

namespace tocsin::gui {

/// Says what went wrong, bottom centre, for a while, over the window and in nobody's way. The same sentence twice is
/// said once; a click sends it away.
class Toaster : public QObject {
    Q_OBJECT
  public:
    Toaster(const UiContext& ui, QWidget* window);
    void say(const QString& sentence);
    [[nodiscard]] QStringList shown() const;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    class Toast;
    void layOut();

    UiContext m_ui;
    QWidget* m_window;
    QList<Toast*> m_toasts;
};

} // namespace tocsin::gui
