#pragma once

#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/place_knowledge.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QObject>
#include <memory>

namespace tocsin::gui {

class MapView;

/// Puts reports where they belong: opens the dialog that asks where, and points at the map for it. One dialog a
/// report. GUI thread.
class ReportPlacer : public QObject {
    Q_OBJECT
  public:
    struct Parts {
        UiContext ui; ///< its `reports`, where there are any, say when somebody wants this
        PlaceSearch search;
        PlaceKnowledge knowledge;
        MapView* map{nullptr};    ///< may be null; must outlive the placer
        QWidget* window{nullptr}; ///< owns the dialogs; may be null
    };
    explicit ReportPlacer(Parts parts, QObject* parent = nullptr);
    ~ReportPlacer() override; ///< closes what is open

    /// The dialog of this report; the one that is open already comes to the front. Nothing if there is no such report.
    void open(model::ReportId report);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::gui
