#pragma once

#include "tocsin/gui/theme.hpp"

#include <QAbstractButton>

namespace tocsin::gui {

/// One who could go: a check box, what it is, why, and how soon. Space or a click takes or leaves it.
class CandidateRow : public QAbstractButton {
    Q_OBJECT
  public:
    CandidateRow(const Theme& theme, QWidget* parent);
    void set(const QString& glyph, const QString& name, const QString& why, const QString& eta);

    [[nodiscard]] QSize sizeHint() const override { return {320, 52}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 52}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

  private:
    const Theme& m_theme;
    QString m_glyph;
    QString m_why;
    QString m_eta;
};

} // namespace tocsin::gui
