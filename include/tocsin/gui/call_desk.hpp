#pragma once

#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/place_knowledge.hpp"
#include "tocsin/gui/ui_context.hpp"
#include "tocsin/model/ids.hpp"

#include <QAction>
#include <QObject>
#include <QList>
#include <filesystem>
#include <memory>

namespace tocsin::gui {

class CallDialog;
class MapView;

/// All calls of a window: opens their dialogs, points at the map for them, and offers what was not finished when the
/// program ended. GUI thread.
class CallDesk : public QObject {
    Q_OBJECT
  public:
    struct Parts {
        UiContext ui;
        PlaceSearch search;
        PlaceKnowledge knowledge;
        MapView* map{nullptr};        ///< may be null; must outlive the desk
        std::filesystem::path drafts; ///< the county's folder for them; empty: calls are not kept
        QWidget* window{nullptr};     ///< owns the dialogs; may be null
    };
    explicit CallDesk(Parts parts, QObject* parent = nullptr);
    ~CallDesk() override; ///< what is open is kept as a draft; waits until that is on disk

    [[nodiscard]] QList<CallDialog*> open() const; ///< dialogs, oldest first
    /// For the palette: "Unfinished calls". Text in the language in force, data() the glyph.
    [[nodiscard]] QList<QAction*> actions() const;

  public slots:
    tocsin::gui::CallDialog* newCall();
    /// A recorded call once more, to be changed: its dialog, or the one that is open on it already. Null where the report
    /// is no call of this desk.
    tocsin::gui::CallDialog* amend(const tocsin::model::ReportId& report);
    /// Looks for calls that were not finished and, if there are any, asks what to do with them. At the start, and
    /// whenever somebody wants to. `quiet`: says nothing if there is none.
    void offerDrafts(bool quiet = true);

  signals:
    void said(QString sentence);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::gui
