#include "gui/map/map_buttons.hpp"

#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCoreApplication>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

MapButton::MapButton(const Theme& theme, QString glyph, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_glyph(std::move(glyph)) {
    setFixedSize(sizeHint());
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

void MapButton::enterEvent(QEnterEvent*) {
    update();
}
void MapButton::leaveEvent(QEvent*) {
    update();
}

void MapButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = m_theme.colours();
    const QRectF box = QRectF(rect()).adjusted(3, 3, -3, -3);
    if (isDown() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isDown() ? palette.selectedRow : palette.line);
        painter.drawRoundedRect(box, 4, 4);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette.accent, 2));
        painter.drawRoundedRect(box, 4, 4);
    }
    Symbols::paintGlyph(painter, QRectF(rect()).adjusted(9, 9, -9, -9), m_glyph,
                        isEnabled() ? palette.text : palette.faint);
}

MapButtons::MapButtons(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    const auto add = [&](const char* glyph) {
        auto* button = new MapButton(theme, QString::fromLatin1(glyph), this);
        column->addWidget(button);
        m_all.append(button);
        return button;
    };
    plus = add("plus");
    minus = add("minus");
    locate = add("locate");
    layers = add("layers");
    fullScreen = add("fullscreen");
    setWords();
    adjustSize();
}

void MapButtons::setWords() {
    const auto say = [](MapButton* button, const QString& name, const QString& key) {
        button->setAccessibleName(name);
        button->setToolTip(key.isEmpty() ? name : name + QStringLiteral("  ") + key);
    };
    say(plus, QCoreApplication::translate("tocsin::gui::MapView", "Nearer"), QStringLiteral("+"));
    say(minus, QCoreApplication::translate("tocsin::gui::MapView", "Farther"), QStringLiteral("−"));
    say(locate, QCoreApplication::translate("tocsin::gui::MapView", "Whole county"), QStringLiteral("0"));
    say(layers, QCoreApplication::translate("tocsin::gui::MapView", "What the map shows"), QString());
    say(fullScreen, QCoreApplication::translate("tocsin::gui::MapView", "Map over the whole window"),
        QStringLiteral("F11"));
}

void MapButtons::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = m_theme.colours();
    painter.setPen(QPen(palette.line, 1));
    painter.setBrush(palette.scrim);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    for (qsizetype i = 1; i < m_all.size(); ++i) {
        const double y = m_all[i]->geometry().top() + 0.5;
        painter.drawLine(QPointF(1, y), QPointF(width() - 1, y));
    }
}

namespace {
constexpr int chipLeft = 34; ///< pixels of a chip before its words
constexpr int chipRight = 12;
constexpr int chipTall = 32;

/// With a chance to break a line where a word (an address, a path) would run out of the chip.
QString breakable(const QString& text) {
    constexpr int longest = 24;
    QString broken;
    int run = 0;
    for (const QChar sign : text) {
        broken += sign;
        run = sign.isSpace() ? 0 : run + 1;
        if (run >= longest && !sign.isHighSurrogate()) {
            broken += QChar(0x200b); // a space of no width
            run = 0;
        }
    }
    return broken;
}
} // namespace

MapChip::MapChip(const Theme& theme, QString glyph, bool quiet, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_glyph(std::move(glyph)), m_quiet(quiet) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

QFont MapChip::wordsFont() const {
    return m_theme.font(m_quiet ? Theme::Text::body : Theme::Text::bodyBold);
}

void MapChip::say(const QString& words, const QString& hint) {
    setText(words);
    m_words = breakable(words);
    setShortcut({}); // an ampersand in an address is no shortcut
    setAccessibleName(words);
    setToolTip(hint);
    adjustSize();
    update();
}

void MapChip::setMostWidth(int pixels) {
    m_mostWidth = std::max(pixels, chipLeft + chipRight + 60);
    adjustSize();
}

QSize MapChip::sizeHint() const {
    const QRect words = QFontMetrics(wordsFont())
                            .boundingRect(QRect(0, 0, m_mostWidth - chipLeft - chipRight, 2000),
                                          Qt::AlignLeft | Qt::TextWordWrap, m_words);
    return {words.width() + chipLeft + chipRight, std::max(chipTall, words.height() + 14)};
}

void MapChip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = m_theme.colours();
    const QColor colour = m_quiet ? palette.dim : palette.text;
    painter.setPen(hasFocus() ? QPen(palette.accent, 2) : QPen(m_quiet ? palette.line : palette.text, 1));
    painter.setBrush(underMouse() ? palette.raised : palette.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    Symbols::paintGlyph(painter, QRectF(10, 7, 18, 18), m_glyph, colour);
    painter.setFont(wordsFont());
    painter.setPen(colour);
    // A pixel or two to spare: a line that just fits must not be broken once more by a rounding.
    painter.drawText(rect().adjusted(chipLeft, 0, -chipRight + 4, 0),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap, m_words);
}

} // namespace tocsin::gui
