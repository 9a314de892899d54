#pragma once

#include <QLabel>
#include <QResizeEvent>

namespace tocsin::gui {

/// A wrapped label for a QFormLayout. Its height follows its width without asking the layout for height-for-width: Qt 6.4's form
/// layout then writes beyond its own data once rows are hidden.
class FormLabel : public QLabel {
  public:
    explicit FormLabel(QWidget* parent) : QLabel(parent) { setWordWrap(true); }
    bool hasHeightForWidth() const override { return false; }
    QSize sizeHint() const override { return {QLabel::sizeHint().width(), tall()}; }
    QSize minimumSizeHint() const override { return {0, tall()}; }

  protected:
    void resizeEvent(QResizeEvent* event) override {
        QLabel::resizeEvent(event);
        if (event->oldSize().width() != event->size().width())
            updateGeometry();
    }

  private:
    [[nodiscard]] int tall() const { return width() > 40 ? QLabel::heightForWidth(width()) : QLabel::sizeHint().height(); }
};

} // namespace tocsin::gui
