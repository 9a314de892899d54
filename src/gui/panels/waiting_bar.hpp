#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QAbstractButton>
#include <vector>

namespace tocsin::gui {

class RowList;

/// A row of the list that somebody has to acknowledge: an alarm, or a closed group with such.
struct WaitingRow {
    int row{0};
    std::size_t alarms{1};
    model::Grade grade{model::Grade::IV};
};

/// Graver alarms that somebody has seen may push a lesser one that nobody has out of sight: this line under the list then
/// says how many are above and below, in the colour and shape of the gravest of them. Not there while all are in view.
class WaitingBar : public QAbstractButton {
    Q_OBJECT
  public:
    WaitingBar(const UiContext& ui, RowList& list, QWidget* parent);

    /// From the top; `elsewhere`: how many alarms wait that the list does not have now.
    void setRows(std::vector<WaitingRow> rows, std::size_t elsewhere);
    /// After a row that waits itself the next one, and round; else the first, the gravest. -1: none waits.
    [[nodiscard]] int next(int current) const;
    /// The first below what is in view, else the first above; -1: all are in view.
    [[nodiscard]] int outOfSight() const;
    void words();
    [[nodiscard]] QSize sizeHint() const override { return {240, 28}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    enum class Side : unsigned char { above, inView, below };
    [[nodiscard]] Side sideOf(const WaitingRow& waiting) const;
    void count();

    UiContext m_ui;
    RowList& m_list;
    std::vector<WaitingRow> m_rows;
    std::size_t m_elsewhere{0};
    model::Grade m_grade{model::Grade::IV}; ///< the gravest of those out of sight
};

} // namespace tocsin::gui
