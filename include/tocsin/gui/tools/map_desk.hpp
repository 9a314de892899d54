#pragma once

#include "tocsin/gui/map_follow.hpp"
#include "tocsin/gui/map_layers.hpp"
#include "tocsin/gui/place_knowledge.hpp"
#include "tocsin/gui/ui_context.hpp"
#include "tocsin/model/drawing.hpp"

#include <QAction>
#include <QList>
#include <QObject>
#include <filesystem>
#include <memory>
#include <vector>

namespace tocsin::gui {

class MapView;

/// All that one can do with the situation map beside looking at it: choose layers, measure, draw, ask what is here and
/// who can be here, keep views, save and print. It hooks itself to the map's menu, its layers button and its keys, and
/// puts its cards and bars over the map. GUI thread.
class MapDesk : public QObject {
    Q_OBJECT
  public:
    /// `settings`: an .ini file in which layers and views are kept; empty: nothing is. `window` gets the keys and owns
    /// the dialogs; may be null. `view` and what `ui` refers to must outlive it; base maps should be set before.
    MapDesk(UiContext ui, MapView& view, PlaceKnowledge knowledge, std::filesystem::path settings, QWidget* window,
            QObject* parent = nullptr);
    ~MapDesk() override;

    /// For the palette and the list of keys: text in the language in force, data() the glyph, property "keyText".
    /// objectName() is the English name. They belong to the desk and have their shortcuts already.
    [[nodiscard]] QList<QAction*> actions() const;
    [[nodiscard]] QAction* action(const QString& englishName) const;

    /// The named views as they are now, for going round: names and places, in the order of their numbers.
    [[nodiscard]] std::vector<MapFollow::Stop> stops() const;

    /// What "What is here" looks through for the nearest things to be protected; the same as MapView was given.
    void setProtectedObjects(std::vector<ProtectedObject> objects);

  public slots:
    void showLayers();
    void showLegend();
    void measureDistance();
    void measureArea();
    void whatIsHere(const tocsin::model::Position& position);
    void showReach(const tocsin::model::Position& position);
    void showCoverage();
    void saveView(int slot); ///< 1…9: what is seen now
    void goToView(int slot);
    void savePicture();
    void print();

  signals:
    /// A sentence for the person, for the window to say.
    void said(QString sentence);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::gui
