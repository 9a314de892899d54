#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QWidget>

namespace tocsin::gui {

/// What the detail panel shows for one kind of thing. Is shown one thing at a time.
class DetailView : public QWidget {
    Q_OBJECT
  public:
    DetailView(const UiContext& ui, QWidget* parent) : QWidget(parent), m_ui(ui) {}

    /// Another thing of its kind; std::monostate: none, stop whatever goes on.
    virtual void show(const Selected& what) = 0;
    virtual void take(const Changes& changes) = 0; ///< only while it shows something
    virtual void words() = 0;                      ///< every text and colour anew
    virtual void tick() {}                         ///< once a second while visible

  protected:
    UiContext m_ui;
};

} // namespace tocsin::gui
