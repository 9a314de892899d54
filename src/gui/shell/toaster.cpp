#include "gui/shell/toaster.hpp"

#include "tocsin/gui/symbols.hpp"

#include <QEvent>
#include <QPainter>
#include <QTimer>

namespace tocsin::gui {

namespace {

constexpr int kShownMs = 8000;
constexpr int kMost = 3;
constexpr int kWidth = 560;

} // namespace

class Toaster::Toast : public QWidget {
  public:
    Toast(const UiContext& ui, QString text, QWidget* window) : QWidget(window), m_ui(ui), m_sentence(std::move(text)) {
        setFont(ui.theme.font(Theme::Text::body));
        setAccessibleName(m_sentence);
        setCursor(Qt::PointingHandCursor);
        life.setSingleShot(true);
        life.start(kShownMs);
        QObject::connect(&life, &QTimer::timeout, this, &QWidget::close);
        setAttribute(Qt::WA_DeleteOnClose);
    }
    [[nodiscard]] const QString& sentence() const { return m_sentence; }
    [[nodiscard]] int heightFor(int width) const {
        return std::max(
            44, fontMetrics().boundingRect(QRect(0, 0, width - 64, 400), Qt::TextWordWrap, m_sentence).height() + 24);
    }
    QTimer life;

  protected:
    void mousePressEvent(QMouseEvent* /*event*/) override { close(); }
    void paintEvent(QPaintEvent* /*event*/) override {
        const Palette& p = m_ui.theme.colours();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(p.faint, 1));
        painter.setBrush(p.raised);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        Symbols::paintGlyph(painter, QRectF(14, height() / 2.0 - 10, 20, 20), QStringLiteral("info"), p.text);
        painter.setPen(p.text);
        painter.drawText(QRect(46, 0, width() - 62, height()), Qt::AlignVCenter | Qt::TextWordWrap, m_sentence);
    }

  private:
    UiContext m_ui;
    QString m_sentence;
};

Toaster::Toaster(const UiContext& ui, QWidget* window) : QObject(window), m_ui(ui), m_window(window) {
    m_window->installEventFilter(this);
}

void Toaster::say(const QString& sentence) {
    if (sentence.isEmpty())
        return;
    for (Toast* toast : m_toasts) {
        if (toast->sentence() == sentence) {
            toast->life.start(kShownMs);
            return;
        }
    }
    auto* toast = new Toast(m_ui, sentence, m_window);
    connect(toast, &QObject::destroyed, this, [this, toast] {
        m_toasts.removeAll(toast);
        layOut();
    });
    m_toasts.append(toast);
    while (m_toasts.size() > kMost)
        delete m_toasts.takeFirst();
    layOut();
    toast->show();
}

QStringList Toaster::shown() const {
    QStringList sentences;
    for (const Toast* toast : m_toasts)
        sentences.append(toast->sentence());
    return sentences;
}

bool Toaster::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_window && event->type() == QEvent::Resize)
        layOut();
    return QObject::eventFilter(watched, event);
}

void Toaster::layOut() {
    const int width = std::min(kWidth, m_window->width() - 32);
    int bottom = m_window->height() - 56; // above a folded log
    for (auto toast = m_toasts.rbegin(); toast != m_toasts.rend(); ++toast) {
        const int height = (*toast)->heightFor(width);
        (*toast)->setGeometry((m_window->width() - width) / 2, bottom - height, width, height);
        (*toast)->raise();
        bottom -= height + 8;
    }
}

} // namespace tocsin::gui
