#pragma once

#include "gui/tools/float_card.hpp"
#include "tocsin/gui/map_layers.hpp"
#include "tocsin/gui/place_knowledge.hpp"
#include "tocsin/gui/ui_context.hpp"
#include "tocsin/model/position.hpp"

#include <QThreadPool>
#include <memory>

class QMenu;
class QVBoxLayout;

namespace tocsin::gui {

class FactGrid;

/// What protects itself badly, for the workers to search.
using ProtectedList = std::shared_ptr<const std::vector<ProtectedObject>>;

/// What is here: address, coordinates, height, people around, who would be here first, what must be protected nearby.
/// The answers come from workers, each in its own time.
class PlaceCard : public FloatCard {
    Q_OBJECT
  public:
    PlaceCard(const UiContext& ui, const PlaceKnowledge& knowledge, QThreadPool& pool, ProtectedList objects,
              model::Position position, bool mayChange, QWidget* parent);

    [[nodiscard]] const model::Position& position() const { return m_position; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool isWaiting() const { return m_waiting > 0; } ///< for an answer

  signals:
    void openIncidentWanted();
    void pinWanted();
    void measureWanted();
    void reachWanted();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void ask();
    void retranslate();
    void refresh();
    void fillResources();
    void answered();

    UiContext m_ui;
    PlaceKnowledge m_knowledge;
    QThreadPool& m_pool;
    ProtectedList m_objects;
    model::Position m_position;
    int m_waiting{0};

    // What is known by now; not asked or no answer: nothing to say.
    enum class Known : unsigned char { waiting, nothing, yes };
    Known m_addressKnown{Known::nothing};
    Known m_heightKnown{Known::nothing};
    Known m_peopleKnown{Known::nothing};
    Known m_resourcesKnown{Known::waiting};
    base::LocalText m_address;
    double m_height{0};
    double m_people{0};
    std::vector<DeskBridge::NearResource> m_resources;
    struct Near {
        ProtectedObject object;
        base::Metres far;
    };
    std::vector<Near> m_protected;

    QLabel* m_title;
    GlyphButton* m_close;
    QPushButton* m_coordinates;
    FactGrid* m_facts;
    QLabel* m_resourcesTitle;
    QLabel* m_resourcesNote;
    QVBoxLayout* m_resourceLines;
    QLabel* m_protectedTitle;
    QLabel* m_protectedText;
    QPushButton* m_open;
    QPushButton* m_pin;
    QPushButton* m_measure;
    QPushButton* m_reach;
    QPushButton* m_copy;
};

/// Fills a menu with a place's coordinates in every form; choosing one copies it.
void fillCoordinates(QMenu& menu, const model::Position& position);

} // namespace tocsin::gui
