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

/// What a window has that is a seat at a desk in another program: it asks who sits here, and says when the desk has ended
/// and when one is there again. A child of the window. GUI thread.
class SeatPlace : public QObject {
    Q_OBJECT
  public:
    /// `officers` are offered; `sit` is told who was chosen.
    SeatPlace(const UiContext& ui, std::vector<QString> officers, std::function<void(const QString& person)> sit, QWidget* window);

    [[nodiscard]] QList<QAction*> actions() const { return {m_who}; }
    void ask(); ///< does not wait for the answer
    /// What a person is told whose window has closed: commands of which the desk did not say that they are done, and why.
    [[nodiscard]] static QString unconfirmed(const std::vector<std::pair<std::string, base::Error>>& commands);

  signals:
    void said(const QString& sentence);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void words();
    void sitDown(const QString& person);
    void take(const Changes& changes);

    UiContext m_ui;
    std::vector<QString> m_officers;
    std::function<void(const QString&)> m_sit;
    QWidget* m_window;
    QAction* m_who;
    bool m_readOnly{false};
};

} // namespace tocsin::gui
