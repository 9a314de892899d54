#pragma once

#include "tocsin/gui/theme.hpp"

#include <QFrame>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <functional>
#include <vector>

class QHBoxLayout;
class QVBoxLayout;

namespace tocsin::gui {

class MapView;

/// A tool button with a glyph of the symbol family, in the colours of the look in force.
class GlyphButton : public QToolButton {
    Q_OBJECT
  public:
    GlyphButton(const Theme& theme, QString glyph, QWidget* parent, int px = 16);
    void setGlyph(const QString& glyph);
    void say(const QString& name, const QString& key = {}); ///< tool tip and accessible name

  private:
    void dye();
    const Theme& m_theme;
    QString m_glyph;
    int m_px;
};

/// What floats over the map: a plate with a fine edge that keeps the mouse from the map below it. Escape closes it.
class FloatCard : public QFrame {
    Q_OBJECT
  public:
    FloatCard(const Theme& theme, QWidget* parent);

  signals:
    void escaped();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

    const Theme& m_theme;
};

/// A card of one line at the map's lower edge: a glyph, what is going on, what one can do now, buttons, a cross.
class FootBar : public FloatCard {
    Q_OBJECT
  public:
    FootBar(const Theme& theme, const QString& glyph, QWidget* parent);
    /// `main` is large, `second` beside it, `hint` below, dim. What is empty takes no room.
    void setWords(const QString& main, const QString& second, const QString& hint);
    QPushButton* addButton(); ///< before the cross
    [[nodiscard]] QHBoxLayout& line() { return *m_line; }
    [[nodiscard]] GlyphButton& cross() { return *m_close; }
    [[nodiscard]] QString words() const; ///< all that it says

  private:
    QLabel* m_glyph;
    QLabel* m_main;
    QLabel* m_second;
    QLabel* m_hint;
    QHBoxLayout* m_line;
    GlyphButton* m_close;
    QString m_glyphName;
    void dye();
};

/// Keeps what floats over a map in its place while the map changes its size: one panel at the right beside the
/// buttons, cards beside their points, bars one above another at the foot.
class FloatBoard : public QObject {
    Q_OBJECT
  public:
    explicit FloatBoard(MapView& view);
    void setSide(QWidget* panel);
    void addFoot(QWidget* bar); ///< the last one added lies lowest
    using Anchor = std::function<QPointF()>;
    void addAt(QWidget* card, Anchor anchor); ///< beside a point of the view
    [[nodiscard]] QRect freeArea() const;     ///< of the view: without its own buttons and bar
    void place();
    [[nodiscard]] int topBetween(const QRect& area, int left, int right) const;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void watch(QWidget* widget);
    void later();
    [[nodiscard]] bool isFoot(const QWidget& widget) const;
    MapView& m_view;
    QPointer<QWidget> m_side;
    std::vector<QPointer<QWidget>> m_foot;
    std::vector<std::pair<QPointer<QWidget>, Anchor>> m_cards;
    bool m_waiting{false};
};

/// Sets a dynamic property that the style sheet looks at, and makes it look.
void dressAs(QWidget* widget, const char* name, const char* value);

} // namespace tocsin::gui
