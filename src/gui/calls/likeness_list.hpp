#pragma once

#include "tocsin/desk/likeness.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QWidget>
#include <optional>
#include <variant>
#include <vector>

class QLabel;

namespace tocsin::gui {

using SameThing = std::variant<model::IncidentId, model::ReportId, model::AlarmId>;

/// What a candidate is called: "2026-0147 Seepage at the Rhine dyke". Empty if the desk does not have it any more.
[[nodiscard]] QString nameOf(const UiContext& ui, const SameThing& thing);

/// Things of the desk that the call may be about, each with its reasons. Up and Down go through them, Enter or a click
/// says that it is the same, once more takes it back. GUI thread.
class LikenessList : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::size_t most = 5;
    LikenessList(const UiContext& ui, QWidget* parent);

    /// Nothing moves while the keyboard or the mouse is in the list.
    void show(std::vector<desk::Likeness> found);
    [[nodiscard]] const std::vector<desk::Likeness>& shown() const { return m_shown; }
    [[nodiscard]] const std::optional<SameThing>& same() const { return m_same; }
    void setSame(const std::optional<SameThing>& thing); ///< says nothing to anybody
    void focusFirst();
    void words();

  signals:
    void sameChanged();

  private:
    class Row;
    void refresh();
    void toggle(std::size_t index);
    void step(std::size_t from, int by);
    [[nodiscard]] QString reasons(const desk::Likeness& like) const;

    UiContext m_ui;
    QLabel* m_none;
    std::vector<Row*> m_rows;
    std::vector<desk::Likeness> m_shown;
    std::optional<SameThing> m_same;
};

} // namespace tocsin::gui
