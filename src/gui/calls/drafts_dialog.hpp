#pragma once

#include "gui/calls/call_draft.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <vector>

class QLabel;
class QPushButton;

namespace tocsin::gui {

class KeyButton;

/// Calls that were not finished, each to be continued or discarded. Modeless. GUI thread.
class DraftsDialog : public QDialog {
    Q_OBJECT
  public:
    DraftsDialog(const UiContext& ui, std::vector<CallDraft> drafts, QWidget* parent);

  signals:
    void continued(const tocsin::gui::CallDraft& draft);
    void discarded(const QString& id);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    struct Row {
        CallDraft draft;
        QWidget* box;
        QLabel* sentence;
        QLabel* text;
        QPushButton* goOn;
        QPushButton* drop;
    };
    void addRow(CallDraft draft);
    void take(std::size_t index, bool goOn);
    void words();

    UiContext m_ui;
    QLabel* m_title;
    QLabel* m_note;
    KeyButton* m_later;
    QWidget* m_list;
    std::vector<Row> m_rows;
    std::size_t m_left{0};
};

} // namespace tocsin::gui
