#pragma once

#include "tocsin/gui/theme.hpp"

#include <QAbstractButton>

namespace tocsin::gui {

/// One of a few ways to begin: a glyph, what it is, and what it gives. Checkable.
class StartCard : public QAbstractButton {
    Q_OBJECT
  public:
    StartCard(const Theme& theme, QString glyph, QWidget* parent);
    void setWords(const QString& title, const QString& detail);
    [[nodiscard]] QSize sizeHint() const override { return {320, 128}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 128}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    const Theme& m_theme;
    QString m_glyph;
    QString m_detail;
};

} // namespace tocsin::gui
