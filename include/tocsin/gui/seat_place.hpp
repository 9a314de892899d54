#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QAction>
#include <QList>
#include <QObject>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::gui {

/// What a window has that is a seat at a desk in another program: it asks who sits here, says when the desk has ended and when one is
/// there again, and when the desk goes by other settings than this window. A child of the window. GUI thread.
class SeatPlace : public QObject {
    Q_OBJECT
  public:
    /// `officers` are offered; `sit` is told who was chosen.
    SeatPlace(const UiContext& ui, std::vector<QString> officers, std::function<void(const QString& person)> sit, QWidget* window);

    [[nodiscard]] QList<QAction*> actions() const { return {m_who, m_reopen}; }
    void ask(); ///< does not wait for the answer
    /// The desk goes by these otherwise than this window. `readAgain`: the files are as the desk has them, so a window that opens anew goes
    /// by the same: that is offered, and not done by itself. Said once for each change; none: all are the same.
    void takeOthers(const std::vector<std::string>& names, bool readAgain);
    /// What a person is told whose window has closed: commands of which the desk did not say that they are done, and why.
    [[nodiscard]] static QString unconfirmed(const std::vector<std::pair<std::string, base::Error>>& commands);

  signals:
    void said(const QString& sentence);
    void reopenWanted(); ///< this window is to close and to open again

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void words();
    void sitDown(const QString& person);
    void take(const Changes& changes);
    void askToReopen();

    UiContext m_ui;
    std::vector<QString> m_officers;
    std::function<void(const QString&)> m_sit;
    QWidget* m_window;
    QAction* m_who;
    QAction* m_reopen; ///< there while it would be of use
    std::vector<std::string> m_others;
    bool m_readOnly{false};
};

} // namespace tocsin::gui
