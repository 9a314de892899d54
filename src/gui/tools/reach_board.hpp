#pragma once

#include "gui/tools/float_card.hpp"
#include "tocsin/gui/ui_context.hpp"
#include "tocsin/model/position.hpp"

#include <QTimer>
#include <optional>
#include <variant>

class QComboBox;

namespace tocsin::gui {

/// Who can be at a place in some minutes, and where the available units can be: asks the workers, shows the answer on
/// the map with a bar that says what it is, and asks again when closures or units change (at most once in a while).
class ReachBoard : public QObject {
    Q_OBJECT
  public:
    ReachBoard(const UiContext& ui, MapView& view, FloatBoard& board, QObject* parent);
    ~ReachBoard() override;

    void showAround(const model::Position& place, const QString& name); ///< an empty name: its coordinates
    void showCoverage(const std::string& capability = {});              ///< empty: of every available unit
    void clear();
    [[nodiscard]] bool isShown() const { return m_bar != nullptr; }
    /// How long it rests after an answer was asked for; 2 s.
    void setRest(std::chrono::milliseconds rest) { m_rest = rest; }
    void retranslate();

    /// The bands, in minutes, that are shown one within the other.
    [[nodiscard]] const std::vector<int>& minutes() const { return m_minutes; }

  private:
    struct Around {
        model::Position place;
        QString name;
    };
    struct Coverage {
        std::string capability;
    };
    void open();
    void ask();
    void changed(const Changes& changes);
    void words();
    void fillChoices();
    [[nodiscard]] std::vector<model::Position> units() const;

    UiContext m_ui;
    MapView& m_view;
    FloatBoard& m_board;
    std::variant<std::monostate, Around, Coverage> m_what;
    std::vector<int> m_minutes{5, 10, 15};
    QPointer<FootBar> m_bar;
    QPointer<QComboBox> m_capability;
    QPointer<QComboBox> m_bands;
    std::vector<model::Position> m_asked;
    std::uint64_t m_question{0};
    std::size_t m_roads{0};
    bool m_waiting{false};
    bool m_stale{false};
    std::chrono::milliseconds m_rest{2000};
    QTimer m_resting;
};

} // namespace tocsin::gui
