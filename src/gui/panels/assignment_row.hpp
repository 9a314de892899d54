#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QWidget>

class QMenu;
class QPushButton;

namespace tocsin::gui {

/// One running assignment. See AssignmentList.
class AssignmentRow : public QWidget {
    Q_OBJECT
  public:
    AssignmentRow(const UiContext& ui, model::AssignmentId id, QWidget* parent);
    [[nodiscard]] model::AssignmentId id() const { return m_id; }
    void refresh();
    void tick(); ///< once a second: how far it is, and whether a closure lies ahead

    [[nodiscard]] QSize sizeHint() const override { return {352, rowHeight()}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, rowHeight()}; }

  protected:
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override; ///< selects the team

  private:
    [[nodiscard]] const model::Assignment* assignment() const;
    void advance(model::AssignmentState to);
    void lookAhead();
    void tell(); ///< somebody has told it the newest word by voice
    void offerLink(QMenu& menu);
    [[nodiscard]] static QString linkWords(const TeamLink& link);
    [[nodiscard]] int rowHeight() const;

    UiContext m_ui;
    model::AssignmentId m_id;
    QPushButton* m_next;
    QPushButton* m_release;
    QPushButton* m_round; ///< another way, where this one is closed or leads elsewhere; or that it has been told
    bool m_tell{false};   ///< the latter
    QString m_glyph;      ///< of the warning
    QString m_warning;    ///< "Route crosses the closure …"; takes a line of its own
};

} // namespace tocsin::gui
