#pragma once

#include "gui/tools/float_card.hpp"
#include "gui/tools/point_tool.hpp"

namespace tocsin::gui {

/// Measures a way (each part, the whole, the bearing) or an area with its edge, while the pointer moves.
class MeasureTool : public PointTool {
    Q_OBJECT
  public:
    enum class What : unsigned char { distance, area };
    MeasureTool(What what, const Theme& theme, QObject* parent = nullptr) : PointTool(theme, parent), m_what(what) {}

    [[nodiscard]] What what() const { return m_what; }
    [[nodiscard]] bool isRing() const override { return m_what == What::area; }
    [[nodiscard]] std::size_t least() const override { return m_what == What::area ? 3 : 2; }

    [[nodiscard]] QString value() const;  ///< "1.25 km", "3.4 ha"; empty before there is one
    [[nodiscard]] QString second() const; ///< "last part 420 m · 045° NE", "edge 780 m"
    [[nodiscard]] QString text() const;   ///< all of it, with the coordinates, to be pasted elsewhere

  protected:
    void paintWords(QPainter& painter, const MapView& view) override;

  private:
    What m_what;
};

/// Says what a measuring tool has measured, and what can be done with it.
class MeasureBar : public FootBar {
    Q_OBJECT
  public:
    MeasureBar(MeasureTool& tool, const Theme& theme, QWidget* parent);

  signals:
    void keepWanted(); ///< the measured area is to become a drawing

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refresh();
    MeasureTool& m_tool;
    QPushButton* m_copy;
    QPushButton* m_keep{nullptr};
};

} // namespace tocsin::gui
