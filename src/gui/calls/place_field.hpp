#pragma once

#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/place_knowledge.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QFrame>
#include <QPointer>
#include <QThreadPool>
#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

class QDialog;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace tocsin::gui {

/// Where it is: the caller's words, with places of the gazetteer and readings of coordinates offered as one types, and
/// below them the place on the map that was chosen.
///
/// Down and Up go through what is offered, Enter takes it, Tab takes the first if it begins as what was typed, Escape
/// closes the list. A place stays chosen while one writes more about it ("Steg, behind the mill") and goes when the
/// line is emptied. Names are looked up on a worker. GUI thread.
class PlaceField : public QWidget {
    Q_OBJECT
  public:
    struct Parts {
        PlaceSearch search;                          ///< may be empty
        std::function<base::LocalText(const model::Position&)> address; ///< may be empty; called on a worker
        std::function<model::Position()> near;       ///< where the map looks; may be empty
    };
    /// What the window knows of places; nothing where it knows none.
    [[nodiscard]] static Parts partsOf(const UiContext& ui);
    PlaceField(const UiContext& ui, Parts parts, QWidget* parent);
    ~PlaceField() override;

    [[nodiscard]] QLineEdit& line() { return *m_line; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] const std::optional<model::Position>& position() const { return m_position; }
    /// As a draft had it; says nothing to anybody.
    void fill(const QString& text, const std::optional<model::Position>& position);
    /// From the map. An empty line is filled with the address, once that is known.
    void place(const model::Position& position);
    void look() { ask(); }           ///< offers what the line names, as if it had been typed
    [[nodiscard]] int offered() const; ///< lines of the open list; 0 while it is closed
    [[nodiscard]] QPushButton& mapButton() { return *m_map; }
    /// In a dialog: mapWanted() by the button or by Alt+P anywhere in it; without a map there is no button.
    void offerMap(QDialog& dialog, bool hasMap);
    /// The same, and the place is pointed at on the window's map, the dialog hidden meanwhile; `pointed` once it stands here.
    void pointFrom(QDialog& dialog, std::function<void()> pointed);
    void words();

  signals:
    void changed();
    void placed(tocsin::model::Position position, const QString& name); ///< chosen or pointed at: show it
    void mapWanted();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Offer {
        QString name;
        QString detail;
        model::Position position;
        bool coordinates{false};
    };
    void typed();
    void ask();
    void take(const QString& typed, std::vector<FoundPlace> found);
    void showOffers();
    void layOut();
    void close();
    void choose(std::size_t index);
    void settle(const model::Position& position, const QString& name);
    void askAddress();
    void tell();
    [[nodiscard]] bool key(int key);

    UiContext m_ui;
    Parts m_parts;
    QLineEdit* m_line;
    QPushButton* m_map;
    QLabel* m_state;
    QPointer<QFrame> m_board; ///< floats over the dialog, whose child it is
    QListWidget* m_list{nullptr};
    std::vector<Offer> m_offers;
    std::optional<model::Position> m_position;
    QString m_chosen;       ///< the line as it was when the place was chosen
    base::LocalText m_address;
    bool m_nameless{false}; ///< the line is to get the address as its text
    bool m_left{false};     ///< the line was left while the names were still looked up
    bool m_walked{false};
    std::uint64_t m_question{0};
    QThreadPool m_pool;
};

/// What of a caller's sentence may be a name, likeliest first: all of it, the parts between commas, its last words, and
/// for scripts without blanks its beginnings. At most 12.
[[nodiscard]] QStringList namesWithin(const QString& sentence);

} // namespace tocsin::gui
