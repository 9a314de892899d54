#include "tocsin/gui/theme.hpp"

#include "gui/shell/style.hpp"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QToolTip>

namespace tocsin::gui {

namespace {

constexpr QRgb kInk = 0xff0b0e12; ///< on the bright grades of the dark look

Palette darkPalette() {
    Palette p;
    p.window = QColor(0x0e1216);
    p.panel = QColor(0x151b22);
    p.raised = QColor(0x1c242d);
    p.line = QColor(0x2a343f);
    p.text = QColor(0xe8edf2);
    p.dim = QColor(0xa9b5c1);
    p.faint = QColor(0x7d8a97);
    p.accent = QColor(0x5ad1c8);
    p.onAccent = QColor(0x06211f);
    p.selectedRow = QColor(0x1b3a3d);
    p.grade[0] = QColor(0xf0434a);
    p.grade[1] = QColor(0xff8a1f);
    p.grade[2] = QColor(0xffd028);
    p.grade[3] = QColor(0x4aa3ff);
    for (QColor& on : p.onGrade)
        on = QColor(kInk);
    p.good = QColor(0x4fc47f);
    p.exercise = QColor(0xb04ad6);
    p.exerciseDark = QColor(0x8f35b4);
    p.mapGround = QColor(0x1b222a);
    p.mapLabelBack = QColor(0x12, 0x18, 0x1f, 0xe6);
    p.scrim = QColor(0x15, 0x1b, 0x22, 0xf0);
    return p;
}

Palette lightPalette() {
    Palette p;
    p.window = QColor(0xe4e6e8);
    p.panel = QColor(0xfbfbfa);
    p.raised = QColor(0xf1f2f2);
    p.line = QColor(0xd3d7da);
    p.text = QColor(0x14191e);
    p.dim = QColor(0x48525c);
    p.faint = QColor(0x6d7883);
    p.accent = QColor(0x00706a);
    p.onAccent = QColor(0xffffff);
    p.selectedRow = QColor(0xdcefed);
    p.grade[0] = QColor(0xc8141c);
    p.grade[1] = QColor(0xc95a00);
    p.grade[2] = QColor(0xa37800);
    p.grade[3] = QColor(0x0b62c4);
    for (QColor& on : p.onGrade)
        on = QColor(0xffffff);
    p.good = QColor(0x178a4c);
    p.exercise = QColor(0xb04ad6);
    p.exerciseDark = QColor(0x8f35b4);
    p.mapGround = QColor(0xf3f1ec);
    p.mapLabelBack = QColor(0xfb, 0xfb, 0xfa, 0xeb);
    p.scrim = QColor(0xfb, 0xfb, 0xfa, 0xf5);
    return p;
}

QPalette qtPalette(const Palette& p) {
    QPalette q;
    q.setColor(QPalette::Window, p.panel);
    q.setColor(QPalette::WindowText, p.text);
    q.setColor(QPalette::Base, p.panel);
    q.setColor(QPalette::AlternateBase, p.raised);
    q.setColor(QPalette::Text, p.text);
    q.setColor(QPalette::Button, p.raised);
    q.setColor(QPalette::ButtonText, p.text);
    q.setColor(QPalette::BrightText, p.text);
    q.setColor(QPalette::ToolTipBase, p.raised);
    q.setColor(QPalette::ToolTipText, p.text);
    q.setColor(QPalette::PlaceholderText, p.dim);
    q.setColor(QPalette::Highlight, p.selectedRow);
    q.setColor(QPalette::HighlightedText, p.text);
    q.setColor(QPalette::Link, p.accent);
    q.setColor(QPalette::LinkVisited, p.accent);
    q.setColor(QPalette::Light, p.line);
    q.setColor(QPalette::Midlight, p.line);
    q.setColor(QPalette::Mid, p.line);
    q.setColor(QPalette::Dark, p.line);
    q.setColor(QPalette::Shadow, p.window);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        q.setColor(QPalette::Disabled, role, p.faint);
    return q;
}

} // namespace

Theme::Theme(Look look, QObject* parent) : QObject(parent), m_look(look) {
    use(look);
}

Theme::Theme(Paper) : m_look(Look::light), m_palette(lightPalette()) {}

void Theme::setLook(Look look) {
    if (look == m_look)
        return;
    use(look);
    emit changed();
}

void Theme::use(Look look) {
    m_look = look;
    m_palette = look == Look::dark ? darkPalette() : lightPalette();
    if (qobject_cast<QApplication*>(QCoreApplication::instance()) == nullptr)
        return; // colours and fonts serve without an application, too
    QApplication::setPalette(qtPalette(m_palette));
    QApplication::setFont(font(Text::body));
    QToolTip::setFont(font(Text::second));
    // The style object is made once: replacing it would repolish every widget twice.
    auto* style = qApp->findChild<TocsinStyle*>();
    if (style == nullptr)
        QApplication::setStyle(style = new TocsinStyle(m_palette));
    style->setColours(m_palette);
    qApp->setStyleSheet(styleSheetFor(m_palette));
}

QFont Theme::font(Text kind) const {
    // Noto Sans and Noto Sans CJK draw all ten figures equally wide, so that columns of numbers stand still without
    // OpenType features (which Qt offers only from 6.7 on).
    QFont f;
    f.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans CJK SC")});
    f.setStyleHint(QFont::SansSerif);
    f.setHintingPreference(QFont::PreferVerticalHinting);
    int pixels = 13;
    bool bold = false;
    switch (kind) {
    case Text::clock:
        pixels = 22;
        bold = true;
        break;
    case Text::title:
        pixels = 18;
        bold = true;
        break;
    case Text::row:
        pixels = 14;
        break;
    case Text::rowBold:
        pixels = 14;
        bold = true;
        break;
    case Text::body:
        break;
    case Text::bodyBold:
        bold = true;
        break;
    case Text::second:
        pixels = 12;
        break;
    case Text::hint:
        pixels = 11;
        break;
    }
    f.setPixelSize(pixels);
    f.setBold(bold);
    return f;
}

} // namespace tocsin::gui
