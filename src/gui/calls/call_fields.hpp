#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

/// What kind of thing it is: one stop of the Tab key; 1 … 9 and 0 choose at once, the arrows go from one to the next,
/// Backspace chooses none.
class CategoryRow : public QWidget {
    Q_OBJECT
  public:
    CategoryRow(const UiContext& ui, QWidget* parent);
    [[nodiscard]] const QString& category() const { return m_category; } ///< a key; empty: none yet
    void setCategory(const QString& key);                                 ///< says nothing to anybody
    void chooseByNumber(int number);                                      ///< 1 … 9, 0
    void words();

  signals:
    void chosen();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    void choose(const QString& key);
    void step(int by);
    void dress();

    UiContext m_ui;
    QString m_category;
    std::vector<QPushButton*> m_buttons;
};

/// When it happened: at first when the call came. Up and Down move it by a minute, with Shift by ten, with Ctrl by an
/// hour. Typed: "3:05", "0305", or "-20" for twenty minutes ago.
class HappenedField : public QWidget {
    Q_OBJECT
  public:
    /// `call`: when the call came.
    HappenedField(const UiContext& ui, base::Time call, QWidget* parent);
    [[nodiscard]] const std::optional<base::Time>& time() const { return m_time; } ///< absent: as the call
    [[nodiscard]] QString text() const; ///< as typed
    void fill(const QString& text, const std::optional<base::Time>& time);
    void words();

  signals:
    void changed();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void typed();
    void move(base::Duration by);
    void tell();

    UiContext m_ui;
    base::Time m_call;
    std::optional<base::Time> m_time;
    bool m_understood{true};
    QLineEdit* m_line;
    QLabel* m_age;
};

/// The moment that somebody means who says `text` at `now`; absent if it is none. `clockNow` is "03:12", what a clock
/// on the wall shows at `now`. A time of day that would lie ahead was yesterday's, but for ten minutes.
[[nodiscard]] std::optional<base::Time> timeSaid(const QString& text, base::Time now, const QString& clockNow);

} // namespace tocsin::gui
