#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace tocsin::gui {

/// Asks who sits at this window. The one who is on duty at the desk is not offered first: that one sits there.
class SeatDialog : public QDialog {
    Q_OBJECT
  public:
    SeatDialog(const UiContext& ui, const std::vector<QString>& officers, QWidget* parent);
    [[nodiscard]] QString person() const;

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void words();
    void refresh();

    UiContext m_ui;
    QLabel* m_title;
    QLabel* m_note;
    QComboBox* m_name;
    QPushButton* m_later;
    QPushButton* m_sit;
};

} // namespace tocsin::gui
