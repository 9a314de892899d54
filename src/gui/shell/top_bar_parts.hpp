#pragma once

#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QAbstractButton>
#include <QTimeZone>
#include <QWidget>
#include <map>
#include <vector>

namespace tocsin::gui {

/// Part of the top bar: paints itself, says how wide it is, and can be told to get by with less.
class BarPart : public QWidget {
    Q_OBJECT
  public:
    BarPart(const UiContext& ui, QWidget* parent) : QWidget(parent), m_ui(ui) {}
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

  protected:
    [[nodiscard]] int textWidth(const QString& text, Theme::Text kind) const;
    UiContext m_ui;
};

/// EXERCISE on violet stripes: a colour used for nothing else.
class ExerciseBadge : public BarPart {
    Q_OBJECT
  public:
    using BarPart::BarPart;
    [[nodiscard]] QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A lamp for each feed: a disc while it is well, a triangle with ! while it is late, cannot be had or sends what
/// cannot be read, an empty ring before its first word. The tooltip says it in words, a click opens the feeds. Of many
/// feeds those in trouble stand here and the others as a number.
class FeedLamps : public BarPart {
    Q_OBJECT
  public:
    enum class Lamp : unsigned char { well, trouble, silent };
    using BarPart::BarPart;
    [[nodiscard]] QSize sizeHint() const override;
    void setNamesShown(bool shown);
    /// What the feeds say of themselves, beside what the desk has had of them; may be empty.
    void setStatus(FeedStatusSource status) { m_status = std::move(status); }
    void refresh();
    [[nodiscard]] Lamp lampOf(const FeedHealth& feed) const;
    [[nodiscard]] QString wordsFor(const FeedHealth& feed) const;

  signals:
    void wanted(const QString& feed); ///< empty: all

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

  private:
    [[nodiscard]] int widthOf(const FeedHealth& feed) const;
    [[nodiscard]] QString nameOf(const FeedHealth& feed) const;
    [[nodiscard]] const FeedHealth* at(const QPoint& pos) const;
    bool m_names{true};
    FeedStatusSource m_status;
    std::map<QString, ingest::FeedStatus> m_known;
    std::vector<FeedHealth> m_shown; ///< one without a name stands for the rest, `taken` of them
};

/// A button of the bar with a glyph, a text, or both. `loud` inverts it; `fill` gives it a colour of its own.
class BarButton : public QAbstractButton {
    Q_OBJECT
  public:
    BarButton(const UiContext& ui, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    void setGlyph(const QString& name, const QColor& colour = QColor());
    void setSecondText(const QString& text); ///< dim, after the text
    void setLoud(bool loud);
    void setFill(const QColor& fill, const QColor& text);
    void setOutlined(bool outlined);
    void setMostWidth(int pixels); ///< beyond it the text is elided
    [[nodiscard]] const QString& secondText() const { return m_second; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

  private:
    [[nodiscard]] int fullWidth() const;
    UiContext m_ui;
    QString m_glyph;
    QColor m_glyphColour;
    QString m_second;
    QColor m_fill;
    QColor m_fillText;
    bool m_loud{false};
    bool m_outlined{false};
    int m_most{0};
};

/// The desk's time in large figures that stand still.
class BarClock : public BarPart {
    Q_OBJECT
  public:
    BarClock(const UiContext& ui, QTimeZone zone, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;
    void refresh();
    [[nodiscard]] const QString& text() const { return m_text; }

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    QTimeZone m_zone;
    QString m_text;
};

/// hh:mm of a desk time in a zone.
[[nodiscard]] QString hourMinuteIn(base::Time time, const QTimeZone& zone);

} // namespace tocsin::gui
