#pragma once

#include "gui/panels/row_model.hpp"
#include "tocsin/gui/theme.hpp"

#include <QListView>
#include <QStyledItemDelegate>
#include <functional>

namespace tocsin::gui {

class JumpBar;

/// Paints a RowFace: shape, one line of what, one line of why, age and state.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    static constexpr int rowHeight = 60;
    static constexpr int denseHeight = 44; ///< while there are many
    static constexpr int foldWidth = 28;   ///< px at the right end, with the mark of a group

    explicit RowDelegate(const Theme& theme, QObject* parent = nullptr) : QStyledItemDelegate(parent), m_theme(theme) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] int height() const { return m_rowHeight; }
    void setHeight(int height) { m_rowHeight = height; }

  private:
    const Theme& m_theme;
    int m_rowHeight{rowHeight};
};

/// The list of a panel of the left column. While empty it says what will appear and what to do first. Its bar goes where
/// it is clicked.
class RowList : public QListView {
    Q_OBJECT
  public:
    explicit RowList(QWidget* parent = nullptr);

    /// Gives it the rows' looks; once.
    void dress(const Theme& theme);
    /// Lower rows, so that more of them are seen at once.
    void setDense(bool dense);
    [[nodiscard]] int rowHeight() const { return m_delegate == nullptr ? RowDelegate::rowHeight : m_delegate->height(); }
    void setEmptyText(const QString& headline, const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, RowDelegate::rowHeight}; }

    /// Given a plain key (no modifiers) that the list itself has no use for, such as Space, Return or a letter, and
    /// Left, Right and Escape before it; says whether it was one of its panel's. Else the window gets it.
    std::function<bool(int key)> onKey;
    /// Given the row of a group whose mark at the right was clicked; the row is not chosen by that. Empty: the mark is
    /// part of its row.
    std::function<void(const QModelIndex& index)> onFold;

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    [[nodiscard]] QModelIndex foldAt(const QPoint& place) const;
    bool fold(const QMouseEvent& event);

    JumpBar* m_bar;
    bool m_folding{false}; ///< the button was pressed on a group's mark
    const Theme* m_theme{nullptr};
    RowDelegate* m_delegate{nullptr};
    QString m_emptyHeadline;
    QString m_emptyText;
};

} // namespace tocsin::gui
