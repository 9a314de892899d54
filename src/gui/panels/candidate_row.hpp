#pragma once

#include "tocsin/gui/theme.hpp"

#include <QAbstractButton>

namespace tocsin::gui {

/// One who could go: a check box, what it is, why, and how soon; where the panel is narrow, name and reason go on over two lines. Space or a click takes or leaves it, Enter asks to change its load or its people, Delete to
/// take it out of the plan.
class CandidateRow : public QAbstractButton {
    Q_OBJECT
  public:
    CandidateRow(const Theme& theme, QWidget* parent);
    void set(const QString& glyph, const QString& name, const QString& why, const QString& eta);
    enum class Change : unsigned char { nothing, load, people };
    void setChange(Change change) { m_change = change; } ///< what of it a person can change

    [[nodiscard]] QSize sizeHint() const override { return {320, m_height}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, m_height}; }

  signals:
    void editWanted();   ///< Enter, or its menu: what it brings, or how many go there
    void removeWanted(); ///< Delete, or its menu

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

  private:
    void layOut();

    const Theme& m_theme;
    QString m_glyph;
    QString m_why;
    QString m_eta;
    QStringList m_nameLines;
    QStringList m_whyLines;
    int m_height{52};
    Change m_change{Change::nothing};
};

} // namespace tocsin::gui
