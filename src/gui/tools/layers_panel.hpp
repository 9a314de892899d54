#pragma once

#include "gui/tools/float_card.hpp"
#include "gui/tools/layer_row.hpp"
#include "gui/tools/legend.hpp"
#include "gui/tools/views_page.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QTimer>

class QComboBox;
class QScrollArea;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace tocsin::gui {

class MapView;

/// What the map shows: the layers with their order, strength and filters; the legend; the named views.
class LayersPanel : public FloatCard {
    Q_OBJECT
  public:
    enum class Page : unsigned char { layers, legend, views };
    LayersPanel(const UiContext& ui, MapView& view, QWidget* parent);

    void openAt(Page page); ///< with the keyboard's focus
    [[nodiscard]] Page page() const;
    [[nodiscard]] LegendPage& legend() { return *m_legend; }
    [[nodiscard]] ViewsPage& views() { return *m_views; }
    [[nodiscard]] QSize sizeHint() const override;
    void refresh();        ///< brings it to what the map shows now
    void showEverything(); ///< takes all filters away

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void retranslate();
    void take(const LayerSet::Layer& layer);
    void move(const QString& name, int by);
    void drag(LayerRow* row, int globalY, bool done);
    void order();
    void fillBaseMaps();
    [[nodiscard]] LayerRow* row(const QString& name) const;

    UiContext m_ui;
    MapView& m_view;
    QTabBar* m_tabs;
    GlyphButton* m_close;
    QStackedWidget* m_pages;
    QWidget* m_note;
    QLabel* m_noteText;
    QPushButton* m_showAll;
    QLabel* m_baseLabel;
    QComboBox* m_base;
    QVBoxLayout* m_list;
    QScrollArea* m_scroll;
    std::vector<LayerRow*> m_rows; ///< top layer first
    LegendPage* m_legend;
    ViewsPage* m_views;
    QTimer m_soon;
};

} // namespace tocsin::gui
