#pragma once

#include "tocsin/gui/theme.hpp"

#include <QAbstractButton>
#include <QList>
#include <QWidget>

namespace tocsin::gui {

/// A square button of the column over the map. Shows its glyph, and a ring while it has the focus.
class MapButton : public QAbstractButton {
    Q_OBJECT
  public:
    MapButton(const Theme& theme, QString glyph, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override { return {36, 36}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    const Theme& m_theme;
    QString m_glyph;
};

/// The column of buttons at the map's upper right corner.
class MapButtons : public QWidget {
    Q_OBJECT
  public:
    MapButtons(const Theme& theme, QWidget* parent);

    MapButton* plus;
    MapButton* minus;
    MapButton* locate;
    MapButton* layers;
    MapButton* fullScreen;

    void setWords();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    const Theme& m_theme;
    QList<MapButton*> m_all;
};

/// Words over the map that can be clicked: what a filter hides, what is wrong with a map that is shown all the same.
class MapChip : public QAbstractButton {
    Q_OBJECT
  public:
    /// `quiet`: in the voice of a remark, not of something that must be seen.
    MapChip(const Theme& theme, QString glyph, bool quiet, QWidget* parent);
    /// `hint`: what a click does. Sentences beyond the chip's width take more lines.
    void say(const QString& words, const QString& hint);
    void setMostWidth(int pixels);
    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    [[nodiscard]] QFont wordsFont() const;
    const Theme& m_theme;
    QString m_glyph;
    QString m_words; ///< the text, with places to break what has none
    bool m_quiet;
    int m_mostWidth{420};
};

} // namespace tocsin::gui
