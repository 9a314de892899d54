#pragma once

#include "gui/dispatch/timeline_rows.hpp"
#include "gui/time/time_rows_view.hpp"

#include <optional>
#include <vector>

class QPrinter;

namespace tocsin::gui {

/// Who was where when, one line a resource. Painted: only the lines that are seen cost anything. GUI thread.
class TimelineView : public TimeRowsView {
    Q_OBJECT
  public:
    TimelineView(const UiContext& ui, QWidget* parent);
    void setRows(std::vector<TimelineRow> rows);
    void setEmptyText(const QString& text);
    [[nodiscard]] base::Time from() const { return m_from; }
    [[nodiscard]] base::Time to() const;
    void zoom(double factor);  ///< above 1: closer; about the middle
    void pan(double part);     ///< of the width
    void toNow();              ///< the last hours and a little of what is to come
    [[nodiscard]] const TimelineRow* current() const;
    /// All lines of the time that is seen, on as many pages as it takes.
    void print(QPrinter& printer, const QString& title) const;

  signals:
    void spanChanged();
    void opened(tocsin::model::ResourceId id);

  protected:
    [[nodiscard]] int rowCount() const override { return static_cast<int>(m_rows.size()); }
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

  private:
    struct Frame; ///< where time and lines are on what is painted
    void choose(int row);
    void paintAxis(QPainter& p, const Frame& frame) const;
    void paintRow(QPainter& p, const Frame& frame, const TimelineRow& row, int top, bool current) const;
    void paintBar(QPainter& p, const Frame& frame, const TimelineBar& bar, int top) const;
    [[nodiscard]] Frame frame() const;
    [[nodiscard]] QString spoken(const TimelineRow& row) const;

    QString m_empty;
    std::vector<TimelineRow> m_rows;
    base::Time m_from;
    base::Duration m_span{std::chrono::hours(4)};
    std::optional<QPoint> m_pressed;
    base::Time m_pressedFrom;
    bool m_set{false};
};

} // namespace tocsin::gui
