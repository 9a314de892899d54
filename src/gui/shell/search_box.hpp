#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QWidget>

namespace tocsin::gui {

/// Looks like a search field over the map; what is typed goes to the command palette, which does the searching.
class SearchBox : public QWidget {
    Q_OBJECT
  public:
    SearchBox(const UiContext& ui, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override { return {340, 36}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 36}; }

  signals:
    void wanted(const QString& text);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    UiContext m_ui;
};

} // namespace tocsin::gui
