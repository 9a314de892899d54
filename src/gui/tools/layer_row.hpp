#pragma once

#include "gui/tools/float_card.hpp"
#include "tocsin/gui/map_layers.hpp"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QSlider;

namespace tocsin::gui {

/// One layer in the layers panel: whether it is shown and how many of how many; opened, how strong it is drawn and
/// what it leaves out. The grip moves it by mouse, Alt+Up and Alt+Down by key.
class LayerRow : public QWidget {
    Q_OBJECT
  public:
    LayerRow(const Theme& theme, const LayerInfo& info, QWidget* parent);

    void show_(const LayerInfo& info); ///< brings it to what is so now; no signal comes of it
    [[nodiscard]] const LayerInfo& info() const { return m_info; }
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const { return m_open; }
    void retranslate();
    void takeFocus();
    [[nodiscard]] QWidgetList focusChain() const; ///< what Tab visits in it, in order

  signals:
    void changed(tocsin::gui::LayerSet::Layer layer); ///< by the person
    void moveWanted(int by);                          ///< −1 up
    void dragged(int globalY, bool done);

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void build();
    void buildFilter();
    void tell();
    void put();
    QComboBox* gradeBox();
    QComboBox* ageBox();

    const Theme& m_theme;
    LayerInfo m_info;
    bool m_open{false};
    bool m_putting{false}; ///< the widgets are being set, not touched
    QLabel* m_grip;
    QCheckBox* m_visible;
    QLabel* m_glyph;
    QLabel* m_count;
    GlyphButton* m_more;
    QWidget* m_body{nullptr};
    QGridLayout* m_grid{nullptr};
    QSlider* m_opacity{nullptr};
    QLabel* m_percent{nullptr};
    std::vector<QCheckBox*> m_kinds;
    std::vector<QCheckBox*> m_states;
    QComboBox* m_grade{nullptr};
    QComboBox* m_age{nullptr};
    QPushButton* m_reset{nullptr};
};

} // namespace tocsin::gui
