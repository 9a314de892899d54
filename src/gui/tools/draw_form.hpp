#pragma once

#include "gui/tools/float_card.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/gui/ui_context.hpp"
#include "tocsin/model/drawing.hpp"

#include <optional>

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QPlainTextEdit;

namespace tocsin::gui {

/// Asks what a drawing is called, what is to be said of it and until when it holds. Stands beside the shape, which can
/// still be moved. Its button names what it does.
class DrawForm : public FloatCard {
    Q_OBJECT
  public:
    /// `drawing`: what is there already; a nil id for a new one.
    DrawForm(const UiContext& ui, model::Drawing drawing, QWidget* parent);

    [[nodiscard]] model::Drawing drawing() const; ///< as the fields have it; the line is the caller's
    void refuse(const QString& sentence);         ///< the desk did not take it
    void setBusy(bool busy);
    [[nodiscard]] QSize sizeHint() const override;
    void takeFocus();

  signals:
    void kept();
    void abandoned();
    void edited(); ///< a field changed

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void fillUntil();
    void fillWhom();
    void shapeAmount();
    UiContext m_ui;
    model::Drawing m_drawing;
    QLabel* m_heading;
    QLabel* m_nameLabel;
    QLineEdit* m_name;
    QLabel* m_noteLabel;
    QPlainTextEdit* m_note;
    QLabel* m_untilLabel;
    QComboBox* m_until;
    QLabel* m_whomLabel;
    QComboBox* m_whom;        ///< a closure: for everybody, by water, by weight
    QDoubleSpinBox* m_amount; ///< metres of water, or tonnes
    QLabel* m_hint;
    QLabel* m_error;
    QPushButton* m_keep;
    QPushButton* m_cancel;
};

} // namespace tocsin::gui
