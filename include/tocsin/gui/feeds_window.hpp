#pragma once

#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <QTimer>
#include <functional>
#include <vector>

class QLabel;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace tocsin::gui {

class DoorsPage;
class FeedForm;
class FeedHealthPage;
class FeedQuarantinePage;
class WatchPage;

/// All feeds: how they are, what of them stands in quarantine, and how they are configured, with a live preview of what
/// a sample becomes. Modeless; refreshes each second while it is seen. GUI thread.
class FeedsWindow : public QDialog {
    Q_OBJECT
  public:
    /// `feeds` must outlive it.
    FeedsWindow(const UiContext& ui, FeedsDesk& feeds, QWidget* parent = nullptr);
    /// Selects a feed by its name; empty: the one that needs somebody most.
    void select(const QString& feed);
    /// Opens the form for a new one; asks first where the one that is edited is not saved.
    void newFeed();
    void reject() override; ///< asks first where a feed is not saved

  signals:
    /// Somebody wants to see the register of sensors, or to put this one into it; without an id: only to see it.
    void sensorsWanted(const tocsin::model::Sensor& sensor);

  protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refresh();
    void fill();
    void choose();
    /// What is edited is not saved: dropped and `then`, or the one that is edited is the chosen one again.
    void askUnsaved(std::function<void()> then);
    [[nodiscard]] QString selected() const;

    UiContext m_ui;
    FeedsDesk& m_feeds;
    QLabel* m_heading;
    QLabel* m_hint;
    QTreeWidget* m_list;
    QTabWidget* m_tabs;
    FeedHealthPage* m_health;
    FeedQuarantinePage* m_quarantine;
    FeedForm* m_form;
    WatchPage* m_watches;
    DoorsPage* m_doors;
    QPushButton* m_desk;
    QPushButton* m_sensors;
    QPushButton* m_new;
    QPushButton* m_close;
    QTimer m_tick;
    std::vector<ingest::FeedStatus> m_status;
};

} // namespace tocsin::gui
