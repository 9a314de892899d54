#pragma once

#include "gui/dispatch/board_face.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QAbstractScrollArea>
#include <array>
#include <optional>
#include <set>
#include <vector>

namespace tocsin::gui {

/// The board's five columns of cards, painted: only what is seen costs anything. GUI thread.
class BoardView : public QAbstractScrollArea {
    Q_OBJECT
  public:
    static constexpr int columns = 5;

    BoardView(const UiContext& ui, QWidget* parent);
    /// Cards in the order in which each column shows them. What is selected stays selected while it is there.
    void setCards(std::vector<CardFace> cards);
    void setEmptyText(const QString& text);

    [[nodiscard]] const CardFace* current() const;
    /// The selected ones, else the current one.
    [[nodiscard]] std::vector<model::AssignmentId> chosen() const;
    void setCurrent(model::AssignmentId id);
    [[nodiscard]] QRect cardRect(model::AssignmentId id) const; ///< in the viewport
    [[nodiscard]] QRect columnRect(model::AssignmentState state) const;

  signals:
    void currentChanged();
    void stepWanted();
    void releaseWanted();
    void rollCallWanted();
    void orderWanted();
    void newOrdersWanted();
    void opened(tocsin::model::AssignmentId id);
    void droppedOn(tocsin::model::AssignmentState state);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

  private:
    struct Placed {
        std::size_t card{0};
        int column{0};
        int top{0};
        int height{0};
    };
    void place();
    void choose(std::size_t placed, bool keep);
    void step(int along, int across);
    void announce();
    void show(const Placed& placed);
    void paintCard(QPainter& p, const QRect& box, const CardFace& face, bool current, bool selected) const;
    [[nodiscard]] QRect rectOf(const Placed& placed) const;
    [[nodiscard]] std::optional<std::size_t> at(QPoint point) const;
    [[nodiscard]] std::optional<std::size_t> currentPlaced() const;
    [[nodiscard]] int columnAt(int x) const;
    [[nodiscard]] int columnWidth() const;

    UiContext m_ui;
    QString m_empty;
    std::vector<CardFace> m_cards;
    std::vector<Placed> m_placed; ///< by column, then from above
    std::array<int, columns> m_counts{};
    std::optional<model::AssignmentId> m_current;
    std::set<model::AssignmentId> m_selected;
    std::optional<QPoint> m_pressed;
    QPoint m_grip; ///< from the card's corner
    QPoint m_mouse;
    bool m_dragging{false};
};

} // namespace tocsin::gui
