#pragma once

#include "gui/tools/view_store.hpp"
#include "tocsin/gui/theme.hpp"

#include <QWidget>
#include <vector>

class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace tocsin::gui {

/// The named views 1…9: go there, keep what is seen now, give it a name, forget it.
class ViewsPage : public QWidget {
    Q_OBJECT
  public:
    ViewsPage(const Theme& theme, QWidget* parent);
    void show_(const std::map<int, NamedView>& views);
    void retranslate();

  signals:
    void goWanted(int slot);
    void keepWanted(int slot);
    void renamed(int slot, QString name);
    void dropWanted(int slot);

  private:
    void build();
    const Theme& m_theme;
    std::map<int, NamedView> m_views;
    QLabel* m_hint;
    QVBoxLayout* m_rows;
};

} // namespace tocsin::gui
