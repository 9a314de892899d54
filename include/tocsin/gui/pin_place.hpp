#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QAction>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>
#include <set>
#include <vector>

namespace tocsin::gui {

class PinDialog;

/// Whether who sits at a window is who they say: asks for the PIN of a name that has one as soon as that name acts here, and says of a name
/// that has a right and none that it is not protected. Work goes on in either case. A child of the window. GUI thread.
class PinPlace : public QObject {
    Q_OBJECT
  public:
    /// `rights`: names that the county's files give one. Who leads has one, too.
    PinPlace(const UiContext& ui, std::vector<QString> rights, QWidget* window);

    [[nodiscard]] QList<QAction*> actions() const { return {m_own}; }
    void open(); ///< gives, sets or changes the PIN of who sits here

  signals:
    void said(const QString& sentence);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void words();
    void take(const Changes& changes);
    [[nodiscard]] bool hasRight(const QString& name) const;

    UiContext m_ui;
    std::vector<QString> m_rights;
    QWidget* m_window;
    QAction* m_own;
    QString m_actor;  ///< who was looked at last
    bool m_had{false}; ///< … and whether that name had a PIN
    bool m_readOnly{false};
    bool m_asksOnceSeen{false}; ///< the window was not there yet to ask at
    QPointer<PinDialog> m_dialog;
    std::set<QString> m_told; ///< of whom it was said that they have none
};

} // namespace tocsin::gui
