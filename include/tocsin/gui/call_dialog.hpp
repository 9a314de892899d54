#pragma once

#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/place_knowledge.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <functional>
#include <memory>
#include <optional>

namespace tocsin::gui {

class CallDrafts;
struct CallDraft;

/// A call while it is taken: every field of its record, what to ask the caller, and what the desk has already that may
/// be the same. It is modeless: several calls may be open at once, and the desk can be worked beside them.
///
/// Keys: Tab and Enter go on; Alt and a letter go to a section (W where, T what happened, H people, N when, C caller,
/// M more, S the same), Alt+1 … 0 choose the category, Alt+P points at the map; Ctrl+Enter records the call,
/// Ctrl+Shift+Enter records it and opens an incident from it; Escape leaves, and asks if something was typed.
///
/// At every pause in typing (at most two seconds) what stands in it is kept as a draft; once the desk has recorded the
/// call the draft is gone. Deleted without being closed it is kept, too. GUI thread.
class CallDialog : public QDialog {
    Q_OBJECT
  public:
    struct Parts {
        UiContext ui;
        std::shared_ptr<CallDrafts> drafts;    ///< may be null: then nothing is kept
        PlaceSearch search;                    ///< may be empty
        PlaceKnowledge knowledge;              ///< each may be empty
        std::function<model::Position()> near; ///< where the map looks; may be empty
        bool mayPoint{true};                   ///< there is a map to point at
    };
    /// A new call, begun now; or one that was not finished.
    explicit CallDialog(Parts parts, QWidget* parent = nullptr);
    CallDialog(Parts parts, CallDraft draft, QWidget* parent = nullptr);
    ~CallDialog() override;

    [[nodiscard]] const QString& callId() const;
    [[nodiscard]] bool isEmpty() const; ///< nothing was typed
    /// From the map, after mapWanted().
    void place(const model::Position& position);

  public slots:
    void record();
    void recordAndOpen(); ///< and opens the form of a new incident, filled
    void reject() override; ///< Escape, and the window's cross

  signals:
    void mapWanted();                                                   ///< wants a place(), or nothing
    void placed(tocsin::model::Position position, const QString& name); ///< chosen: show it on the map
    void recorded(tocsin::model::ReportId report);
    void said(const QString& sentence);

  protected:
    bool event(QEvent* event) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::gui
