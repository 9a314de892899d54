#pragma once

#include <QScrollBar>
#include <optional>

namespace tocsin::gui {

/// A scroll bar that goes where it is clicked, so that of a list of thousands each row is one click away: all of its
/// groove stands for all of the list, and what is shown begins with a whole row. Pressed and moved it is as any other.
class JumpBar : public QScrollBar {
    Q_OBJECT
  public:
    explicit JumpBar(QWidget* parent = nullptr) : QScrollBar(Qt::Vertical, parent) {}
    void setRowHeight(int pixels) { m_rowHeight = pixels; }

  protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

  private:
    [[nodiscard]] std::optional<int> valueAt(const QPoint& place) const; ///< absent: beside the groove

    int m_rowHeight{1};
    bool m_clicked{false}; ///< pressed and not moved since
};

} // namespace tocsin::gui
