#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <QWidget>
#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

/// One tab of the dispatch window. GUI thread.
class DispatchPage : public QWidget {
    Q_OBJECT
  public:
    DispatchPage(const UiContext& ui, QWidget* parent) : QWidget(parent), m_ui(ui) {}
    /// The desk has changed, or a second has passed. Asked of the page that is seen only.
    virtual void refresh() = 0;
    virtual void retranslate() = 0;
    virtual void takeFocus() { setFocus(); }

  signals:
    void said(const QString& sentence, bool bad);

  protected:
    /// Sends; a refusal is told in words, else `done`, where it says something.
    void send(desk::CommandBody body, const QString& done = {});
    /// What tells how it went.
    [[nodiscard]] DeskBridge::Answer telling(const QString& done);

    UiContext m_ui;
};

/// Asks one line before something is done; the button names the act. Closes itself.
class LineDialog : public QDialog {
    Q_OBJECT
  public:
    struct Question {
        QString title;
        QString explanation;
        QString label;
        QString act;        ///< on the button
        bool needed{false}; ///< an empty line is no answer
        bool grave{false};
        QString text{};     ///< to begin with
    };
    LineDialog(const UiContext& ui, const Question& question, std::function<void(const QString& line)> answer,
               QWidget* parent);

  private:
    QLineEdit* m_line;
    QPushButton* m_act;
};

/// A button of a page's row: its property "primary" or "danger" is `kind`, which may be empty.
[[nodiscard]] QPushButton* pageButton(const char* name, const char* kind, QWidget* parent);
/// What a page says while it has nothing to show, and what to do then.
[[nodiscard]] QLabel* emptyLabel(const UiContext& ui, const char* name, QWidget* parent);
/// Asks for a printer and prints what QTextDocument makes of it. Returns at once.
void printHtml(const QString& title, const QString& html, QWidget* parent);
void copyText(const QString& text);

} // namespace tocsin::gui
