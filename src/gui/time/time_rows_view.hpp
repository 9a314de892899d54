#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QAbstractScrollArea>
#include <optional>

namespace tocsin::gui {

/// What views of lines over time have in common: lines of one height below an axis, one of which is current, and as much to scroll as there are lines.
/// GUI thread.
class TimeRowsView : public QAbstractScrollArea {
    Q_OBJECT
  protected:
    /// Heights in pixels.
    TimeRowsView(const UiContext& ui, int axisHeight, int rowHeight, QWidget* parent);
    [[nodiscard]] virtual int rowCount() const = 0;

    void bars(); ///< after other lines or another size
    [[nodiscard]] int currentRow() const { return m_current; } ///< -1: none
    [[nodiscard]] bool hasCurrent() const { return m_current >= 0 && m_current < rowCount(); }
    void setCurrentRow(int row) { m_current = row; }
    /// To the nearest there is, and in sight. False where there is none.
    bool goTo(int row);
    [[nodiscard]] int pageRows() const;                         ///< by which a page goes up or down
    [[nodiscard]] std::optional<int> rowAt(QPoint point) const; ///< of the viewport
    void tellReaders(const QString& spoken);
    void resizeEvent(QResizeEvent* event) override;

    /// The lines that are seen: row and its top in the viewport, the axis left out.
    template <typename Paint>
    void eachSeen(Paint paint) const {
        const auto [first, last, top] = seen();
        for (int row = first; row <= last; ++row)
            paint(row, top + (row - first) * m_rowHeight);
    }

    UiContext m_ui;

  private:
    struct Seen {
        int first;
        int last;
        int top; ///< of the first
    };
    [[nodiscard]] Seen seen() const;

    int m_axisHeight;
    int m_rowHeight;
    int m_current{-1};
};

} // namespace tocsin::gui
