#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QAction>
#include <QFrame>
#include <QPointer>
#include <QThreadPool>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QListView;

namespace tocsin::gui {

struct SensorName;

/// A place that a gazetteer knows.
struct FoundPlace {
    QString name;
    QString detail; ///< "village", "street in Vaduz"
    model::Position position;
    int weight{0}; ///< 0…20: how much a place it is; a town more than a hamlet, a hamlet more than a shop
};

/// Finds places by name, best first; the nearer to `near` the better. Called on a worker thread, so it must be thread
/// safe.
using PlaceSearch = std::function<std::vector<FoundPlace>(const QString& text, std::optional<model::Position> near,
                                                          std::size_t most)>;

/// One line of the palette.
struct PaletteItem {
    enum class Kind : unsigned char { command, incident, alarm, warning, report, resource, sensor, place, coordinates,
                                     drawing };
    Kind kind{Kind::command};
    QString title;
    QString detail;
    QString key; ///< shortcut of a command
    QString glyph;
    int score{0};
    std::function<void()> run;
};

/// How well `text` is found in `candidate`: 0 not at all; higher is better. Case does not matter; letters may be
/// skipped, but whole words and beginnings win. Words of `text` may stand in any order.
[[nodiscard]] int fuzzyScore(const QString& text, const QString& candidate);
/// Lower case, without accents and the like: "Bächle" and "bachle" are the same.
[[nodiscard]] QString foldedForSearch(const QString& text);

/// Type a few letters, press Enter: runs commands, selects things, shows places. Ctrl+K, and the map's search box.
/// A child that floats over the window; the keyboard is enough. GUI thread.
class CommandPalette : public QFrame {
    Q_OBJECT
  public:
    CommandPalette(const UiContext& context, QWidget* window);
    ~CommandPalette() override;

    void setCommands(QList<QAction*> commands) { m_commands = std::move(commands); }
    void setPlaceSearch(PlaceSearch search) { m_search = std::move(search); }
    /// Where the map looks: what is near it comes before what is far. May be empty.
    void setNear(std::function<model::Position()> near) { m_near = std::move(near); }

    /// Opens over the window with `text` typed already.
    void openWith(const QString& text = {});
    [[nodiscard]] const std::vector<PaletteItem>& items() const { return m_items; }
    void run(std::size_t index); ///< as if Enter were pressed on that line

  signals:
    /// A place or a pair of coordinates was chosen; Selection::show() has been called.
    void placeShown(tocsin::model::Position position, const QString& name);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    class Lines;
    class LinePainter;

    void refill();
    void addCommands(const QString& text);
    void addThings(const QString& text);
    void addThing(PaletteItem::Kind kind, int score, const QString& title, const QString& detail, const QString& glyph,
                  Selected what, std::optional<model::Position> where);
    void addSensors(const QString& text);
    void addSensor(const model::SensorId& id, int score);
    void showLate();
    void addCoordinates(const QString& text);
    void askPlaces(const QString& text);
    void takePlaces(const QString& text, const std::vector<FoundPlace>& found);
    void sortItems();
    void showPlace(const model::Position& position, const QString& name);
    void publish();
    void layOut();
    [[nodiscard]] QString kindName(PaletteItem::Kind kind) const;
    void retranslate();
    void leave();

    UiContext m_ui;
    QWidget* m_window;
    QList<QAction*> m_commands;
    PlaceSearch m_search;
    std::function<model::Position()> m_near;
    std::optional<model::Position> m_nearNow; ///< when the text was typed
    bool m_asking{false};                     ///< the gazetteer, which has not answered yet
    bool m_walked{false};                     ///< through the lines by hand, since the text was typed
    QLineEdit* m_text;
    QListView* m_list;
    QLabel* m_nothing;
    Lines* m_lines;
    std::vector<PaletteItem> m_items;
    std::shared_ptr<const std::vector<SensorName>> m_sensorNames; ///< null: to be made anew
    std::uint64_t m_question{0};
    QPointer<QWidget> m_focusBefore;
    QThreadPool m_pool;
};

} // namespace tocsin::gui
