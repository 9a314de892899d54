#pragma once

#include "gui/resources/roster.hpp"
#include "gui/time/time_rows_view.hpp"

#include <vector>

namespace tocsin::gui {

/// Who is on duty when: a line a resource and a person, over a day or a week. Painted: only the lines that are seen cost anything. GUI thread.
class RosterView : public TimeRowsView {
    Q_OBJECT
  public:
    RosterView(const UiContext& ui, QWidget* parent);
    /// Keeps the line and the shift that are chosen, where they are still there.
    void setRows(std::vector<RosterRow> rows, RosterSpan shown);
    [[nodiscard]] const std::vector<RosterRow>& rows() const { return m_rows; }
    [[nodiscard]] RosterSpan shown() const { return m_shown; }
    [[nodiscard]] const RosterRow* current() const;
    [[nodiscard]] const model::DutyTurn* turn() const; ///< that is chosen on the line; null: none
    void choose(int row);
    void chooseTurn(int turn); ///< of the current line
    void select(model::ResourceId id);

  signals:
    void chosen();
    void daysWanted(int step); ///< -1 back, 1 on
    void todayWanted();
    void changeWanted();
    void newWanted();
    void removeWanted();

  protected:
    [[nodiscard]] int rowCount() const override { return static_cast<int>(m_rows.size()); }
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

  private:
    struct Frame; ///< where the words and the time are
    [[nodiscard]] Frame frame() const;
    void tell();
    void paintAxis(QPainter& p, const Frame& at) const;
    void paintRow(QPainter& p, const Frame& at, const RosterRow& row, int top, bool current) const;
    void paintTimes(QPainter& p, const Frame& at, const RosterRow& row, int top, bool current) const;
    [[nodiscard]] const model::Resource* resourceOf(const RosterRow& row) const;
    [[nodiscard]] QString spoken() const;

    std::vector<RosterRow> m_rows;
    RosterSpan m_shown;
    int m_turn{-1};
};

} // namespace tocsin::gui
