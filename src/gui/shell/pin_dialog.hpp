#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace tocsin::gui {

/// Asks for the PIN of a name, or sets and changes that of who sits here. The desk looks whether it is right, elsewhere; meanwhile nothing
/// here can be done twice. Accepted once it was right.
class PinDialog : public QDialog {
    Q_OBJECT
  public:
    enum class What : unsigned char { give, set, change };
    PinDialog(const UiContext& ui, QString name, What what, QWidget* parent);
    [[nodiscard]] const QString& name() const { return m_name; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QLineEdit* addField(const char* name);
    void words();
    void refresh();
    void act();
    void clear();
    void take(const base::Result<void>& proved);

    UiContext m_ui;
    QString m_name;
    What m_what;
    bool m_waits{false};
    QLabel* m_title;
    QLabel* m_note;
    QLineEdit* m_pin;   ///< that it has; null where it has none
    QLineEdit* m_fresh; ///< null where it is only given
    QLineEdit* m_again;
    QLabel* m_error;
    QPushButton* m_later;
    QPushButton* m_act;
};

} // namespace tocsin::gui
