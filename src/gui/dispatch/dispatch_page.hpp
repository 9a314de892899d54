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

/// A dialog for one command, which stays until the desk has answered: done, it is over; refused, it says why and what was entered is not lost.
class AskingDialog : public QDialog {
    Q_OBJECT
  public:
    explicit AskingDialog(QWidget* parent);
    /// Sends, with the button off meanwhile; `told` hears of it once this is over, also where somebody has closed it before the answer.
    void ask(DeskBridge& desk, desk::CommandBody body, DeskBridge::Answer told = {});

  protected:
    [[nodiscard]] virtual bool isWhole() const = 0; ///< what was entered can be sent
    void setAct(QPushButton* act) { m_act = act; }
    [[nodiscard]] QLabel* trouble() const { return m_trouble; } ///< why it was refused; hidden at first
    void check();                                               ///< whether the button can be pressed

  private:
    QPushButton* m_act{nullptr};
    QLabel* m_trouble;
    bool m_waiting{false};
};

/// Asks one line before something is done; the button names the act.
class LineDialog final : public AskingDialog {
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
    /// `answer` sends by ask() of the dialog that it is given.
    LineDialog(const UiContext& ui, const Question& question, std::function<void(AskingDialog& dialog, const QString& line)> answer,
               QWidget* parent);

  private:
    [[nodiscard]] bool isWhole() const override;

    QLineEdit* m_line;
    bool m_needed;
};

/// A button of a page's row: its property "primary" or "danger" is `kind`, which may be empty.
[[nodiscard]] QPushButton* pageButton(const char* name, const char* kind, QWidget* parent);
/// What a page says while it has nothing to show, and what to do then.
[[nodiscard]] QLabel* emptyLabel(const UiContext& ui, const char* name, QWidget* parent);
/// Asks for a printer and prints what QTextDocument makes of it. Returns at once.
void printHtml(const QString& title, const QString& html, QWidget* parent);
void copyText(const QString& text);

} // namespace tocsin::gui
