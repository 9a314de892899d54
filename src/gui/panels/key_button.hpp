#pragma once

#include "tocsin/gui/theme.hpp"

#include <QPushButton>

namespace tocsin::gui {

/// A push button that shows the key which does the same, as a small cap at its right end.
class KeyButton : public QPushButton {
    Q_OBJECT
  public:
    explicit KeyButton(QWidget* parent = nullptr) : QPushButton(parent) {}
    /// `kind` as the style sheet knows it: "primary", "danger", "quiet" or nothing.
    void dress(const Theme& theme, const QString& key, const char* kind = nullptr);
    void setKey(const QString& key); ///< in another language
    /// Text that shortens with an ellipsis when the button must be narrower; the whole text is its tool tip.
    void setElidingText(const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    [[nodiscard]] int keyWidth() const;
    const Theme* m_theme{nullptr};
    QString m_key;
    bool m_eliding{false};
};

} // namespace tocsin::gui
