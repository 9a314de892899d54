#pragma once

#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QVector>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace tocsin::gui {

/// Where the desk itself listens, and who may send and see what: what no feed of the list says. Holds from its next start.
class DoorsPage : public QWidget {
    Q_OBJECT
  public:
    DoorsPage(const UiContext& ui, FeedsDesk& feeds, QWidget* parent = nullptr);
    void refresh(); ///< reads it anew, unless it is being edited
    void retranslate();

  private:
    void adapt();
    void save();
    [[nodiscard]] FeedsDesk::Doors read() const;
    void showNames();

    UiContext m_ui;
    FeedsDesk& m_feeds;
    bool m_mayChange{true};
    bool m_dirty{false};
    bool m_saved{false}; ///< something that does not hold yet
    QLabel* m_hint;
    QVector<QLabel*> m_labels;
    QVector<QLineEdit*> m_fields;
    QVector<QSpinBox*> m_numbers;
    QLineEdit* m_readings;
    QLineEdit* m_http;
    QLineEdit* m_public;
    QLineEdit* m_certificate;
    QLineEdit* m_key;
    QLineEdit* m_pushKeys;
    QLineEdit* m_keys;
    QLineEdit* m_publish;
    QLineEdit* m_contacts;
    QSpinBox* m_connections;
    QSpinBox* m_perAddress;
    QLabel* m_warning;
    QLabel* m_names; ///< with a right and without a PIN
    QLabel* m_state;
    QLabel* m_error;
    QPushButton* m_save;
};

} // namespace tocsin::gui
