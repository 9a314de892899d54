#pragma once

#include "gui/dispatch/dispatch_page.hpp"

#include <QDialog>
#include <optional>
#include <vector>

class QComboBox;
class QListWidget;
class QPlainTextEdit;
class QSpinBox;
class QTableWidget;

namespace tocsin::gui {

/// "Name, phone, role" a line; empty lines are passed over.
[[nodiscard]] std::vector<model::CallDownPerson> peopleFrom(const QString& lines);
[[nodiscard]] QString linesOf(const std::vector<model::CallDownPerson>& people);

/// People who are called one after the other until one, by name, has answered. GUI thread.
class CallDownPage : public DispatchPage {
    Q_OBJECT
  public:
    CallDownPage(const UiContext& ui, QWidget* parent);
    void refresh() override;
    void retranslate() override;
    void takeFocus() override;

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void choose();
    void answered();
    void noAnswer();
    void end();
    void begin(std::optional<model::CallListId> list = {});
    void lists();
    [[nodiscard]] const model::CallDown* current() const;
    [[nodiscard]] int person() const; ///< chosen in the table, else whose turn it is

    QListWidget* m_list;
    QLabel* m_title;
    QLabel* m_turn;
    QLabel* m_phone;
    QLabel* m_left;
    QTableWidget* m_people;
    QLabel* m_empty;
    QWidget* m_detail;
    QPushButton* m_new;
    QPushButton* m_lists;
    QPushButton* m_answered;
    QPushButton* m_noAnswer;
    QPushButton* m_end;
};

/// Lists that were called before, to begin one of them again: the newest of each title, newest first. Pure.
[[nodiscard]] std::vector<const model::CallDown*> earlierCallDowns(const model::State& state);

/// The form that begins a call-down.
class CallDownForm : public QDialog {
    Q_OBJECT
  public:
    CallDownForm(const UiContext& ui, std::function<void(model::CallDown)> start, QWidget* parent);
    void choose(model::CallListId list); ///< fills in who would be called now

  private:
    void check();
    void again(); ///< the kept list or the earlier call-down that is chosen
    void fill(const model::CallDown& list);

    UiContext m_ui;
    QComboBox* m_earlier;
    QLineEdit* m_title;
    QComboBox* m_incident;
    QComboBox* m_resource;
    QPlainTextEdit* m_people;
    QSpinBox* m_minutes;
    QLabel* m_own; ///< that each has minutes of its own
    QLabel* m_hint;
    QPushButton* m_start;
    std::vector<model::CallDownPerson> m_from; ///< whose own minutes hold while nobody changes them
    std::optional<model::CallListId> m_fromList;
};

} // namespace tocsin::gui
