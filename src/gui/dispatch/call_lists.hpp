#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace tocsin::gui {

class GridEdit;

/// The kept lists: entered, changed, removed and started. Closes with Escape. GUI thread.
class CallListsDialog : public QDialog {
    Q_OBJECT
  public:
    CallListsDialog(const UiContext& ui, std::function<void(model::CallListId)> start, QWidget* parent);

  protected:
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void refresh();
    void tell();
    void edit(const model::CallList& list);
    void remove();
    void say(const QString& sentence, bool bad);
    [[nodiscard]] const model::CallList* current() const;

    UiContext m_ui;
    std::function<void(model::CallListId)> m_start;
    QListWidget* m_list;
    QLabel* m_steps;
    QLabel* m_empty;
    QPushButton* m_new;
    QPushButton* m_change;
    QPushButton* m_remove;
    QPushButton* m_import;
    QPushButton* m_export;
    QPushButton* m_begin;
    QLabel* m_said;
};

/// The form of one list. What the desk refuses is said in it.
class CallListForm : public QDialog {
    Q_OBJECT
  public:
    CallListForm(const UiContext& ui, const model::CallList& list, QWidget* parent);

  private:
    void save();
    [[nodiscard]] std::optional<model::ResourceId> resourceNamed(const QString& text, QString& fault) const;
    /// Empty: `fault` says why.
    [[nodiscard]] std::optional<std::vector<model::CallListStep>> steps(QString& fault) const;

    UiContext m_ui;
    model::CallList m_seen;
    QLineEdit* m_name;
    GridEdit* m_grid;
    QLabel* m_said;
    QPushButton* m_save;
};

} // namespace tocsin::gui
