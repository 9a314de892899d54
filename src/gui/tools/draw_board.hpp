#pragma once

#include "gui/tools/draw_tool.hpp"
#include "gui/tools/float_card.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QTimer>

class QMenu;

namespace tocsin::gui {

class DrawForm;

/// Drawing on the map from the first click to the desk's answer, changing what is drawn, and taking it away.
class DrawBoard : public QObject {
    Q_OBJECT
  public:
    DrawBoard(const UiContext& ui, MapView& view, FloatBoard& board, QObject* parent);
    ~DrawBoard() override;

    void draw(model::DrawingKind kind);
    void drawAt(model::DrawingKind kind, const model::Line& line); ///< with the shape set already
    void change(const model::DrawingId& id);
    void remove(const model::DrawingId& id);
    /// What is drawn at a place of the view, smallest first.
    [[nodiscard]] std::vector<model::DrawingId> at(const model::Position& position) const;
    void fillMenu(QMenu& menu, const model::Position& position); ///< adds lines for what is drawn there
    [[nodiscard]] QString nameOf(const model::DrawingId& id) const;
    [[nodiscard]] bool mayChange() const; ///< not read-only, not another time

    void leave(); ///< gives up what is being drawn
    void retranslate();
    DrawTool& tool() { return m_tool; }

  signals:
    void said(QString sentence);

  private:
    void ask();
    void send();
    void hint();
    void notice(const QString& sentence, std::function<void()> undo);

    UiContext m_ui;
    MapView& m_view;
    QPointer<MapView> m_alive; ///< null once the view is gone: a window may end before its tools
    FloatBoard& m_board;
    DrawTool m_tool;
    model::Drawing m_draft;
    QPointer<FootBar> m_bar;
    QPointer<DrawForm> m_form;
    QPointer<FootBar> m_notice;
    std::function<void()> m_undo;
    QTimer m_noticeLife;
};

} // namespace tocsin::gui
