#include "gui/panels/link_list.hpp"

#include <QPainter>
#include <QVBoxLayout>

namespace tocsin::gui {

class LinkList::Row : public QAbstractButton {
  public:
    Row(const Theme& theme, QWidget* parent) : QAbstractButton(parent), m_theme(theme) {
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
        connect(this, &QAbstractButton::clicked, this, [this] {
            if (const auto go = m_link.go) // kept: going there may change this list
                go();
        });
    }
    [[nodiscard]] QSize sizeHint() const override { return {200, 28}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {100, 28}; }
    void set(Link link) {
        m_link = std::move(link);
        setAccessibleName(m_link.right.isEmpty() ? m_link.text : m_link.text + QStringLiteral(", ") + m_link.right);
        setToolTip(m_link.tip.isEmpty() ? m_link.text : m_link.tip);
        update();
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        const Palette& c = m_theme.colours();
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        if (underMouse())
            p.fillRect(rect(), c.raised);
        p.fillRect(0, height() - 1, width(), 1, c.line);
        if (m_link.symbol)
            m_link.symbol(p, QRectF(2, 5, 17, 17));
        int right = width() - 4;
        p.setFont(m_theme.font(Theme::Text::second));
        p.setPen(c.dim);
        const int used = m_link.right.isEmpty() ? 0 : p.fontMetrics().horizontalAdvance(m_link.right) + 10;
        p.drawText(QRect(0, 0, right, height() - 1), Qt::AlignRight | Qt::AlignVCenter, m_link.right);
        right -= used;
        p.setFont(m_theme.font(Theme::Text::body));
        p.setPen(hasFocus() ? c.accent : c.text);
        p.drawText(QRect(28, 0, right - 28, height() - 1), Qt::AlignLeft | Qt::AlignVCenter,
                   p.fontMetrics().elidedText(m_link.text, Qt::ElideRight, right - 28));
        if (hasFocus()) {
            p.setPen(c.accent);
            p.setBrush(Qt::NoBrush);
            p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -1.5), 3, 3);
        }
    }

  private:
    const Theme& m_theme;
    Link m_link;
};

LinkList::LinkList(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
}

void LinkList::set(std::vector<Link> links) {
    // Rows stay where they are, so that the focus does.
    while (m_rows.size() > links.size()) {
        m_rows.back()->deleteLater();
        m_column->removeWidget(m_rows.back());
        m_rows.back()->hide();
        m_rows.pop_back();
    }
    while (m_rows.size() < links.size()) {
        m_rows.push_back(new Row(m_theme, this));
        m_column->addWidget(m_rows.back());
    }
    for (std::size_t i = 0; i < links.size(); ++i)
        m_rows[i]->set(std::move(links[i]));
    setVisible(!m_rows.empty());
}

} // namespace tocsin::gui
