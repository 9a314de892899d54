#pragma once

#include "gui/map/layer.hpp"
#include "tocsin/gui/map_view.hpp"

#include <QAccessibleWidget>
#include <memory>
#include <vector>

namespace tocsin::gui {

/// The map as a screen reader finds it: the widgets over it, then the symbols in view, the gravest first. A symbol's
/// name is the first line of its tip, its description the rest; pressing it does what a click does. Children are made
/// when somebody asks, from the layout as it is; one that is still on the map after the next layout stays the same
/// object, one that is not becomes invalid. GUI thread.
class MapAccessible final : public QAccessibleWidget {
  public:
    explicit MapAccessible(MapView& view);
    ~MapAccessible() override;

    /// Makes Qt use this class for every MapView. As often as one likes.
    static void install();
    /// Says which symbol Tab has reached. Costs nothing while nobody listens.
    static void announceFocus(MapView& view);

    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface* child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override;
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override;
    [[nodiscard]] QAccessibleInterface* focusChild() const override;

  private:
    class Symbol;
    [[nodiscard]] MapView::Impl* impl() const; ///< null once the view is going
    void bringUpToDate() const;

    mutable std::vector<Symbol*> m_symbols; ///< owned by Qt's cache of interfaces, until deleted there
    mutable std::uint64_t m_layout{0};      ///< from which they were made
};

} // namespace tocsin::gui
