#pragma once

#include "gui/panels/detail_parts.hpp"

#include <QAbstractButton>
#include <functional>

namespace tocsin::gui {

/// Things that belong to the one that is shown: a symbol, a line of text, its age or state. Each leads to its thing, by
/// a click or by Tab and Space.
class LinkList : public QWidget {
    Q_OBJECT
  public:
    struct Link {
        TitleBlock::Paint symbol;
        QString text;
        QString right;
        QString tip;
        std::function<void()> go;
    };
    LinkList(const Theme& theme, QWidget* parent);
    void set(std::vector<Link> links);

  private:
    class Row;
    const Theme& m_theme;
    QVBoxLayout* m_column;
    std::vector<Row*> m_rows;
};

} // namespace tocsin::gui
