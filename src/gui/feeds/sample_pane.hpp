#pragma once

#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QThreadPool>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>
#include <string>

class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace tocsin::gui {

/// A sample of a feed and what it becomes: pasted, fetched, or listened for where the feed waits until it is sent
/// something. Listening shows what has come and how long it goes on, and ends when something is there, at Stop, or after
/// a minute.
class SamplePane : public QWidget {
    Q_OBJECT
  public:
    using Read = std::function<base::Result<ingest::FeedConfig>()>; ///< the feed as its form says now
    SamplePane(const UiContext& ui, FeedsDesk& feeds, Read read, QWidget* parent);
    ~SamplePane() override;

    void setTransport(ingest::Transport transport);
    /// Soon it is shown again what the sample becomes.
    void refresh() { m_soon.start(); }
    /// Another feed is edited: what is listened to is let go.
    void leave();
    void retranslate();

  signals:
    void refused(const QString& why); ///< the form does not make a feed

  private:
    void fetch();
    void listen();
    void heard(const FeedsDesk::SampleProgress& progress);
    void ended(base::Result<ingest::FeedSample> sample);
    void previewNow();
    void adapt();

    UiContext m_ui;
    FeedsDesk& m_feeds;
    Read m_read;
    QLabel* m_label;
    QPushButton* m_fetch;
    QPushButton* m_enough;
    QPlainTextEdit* m_sample;
    QLabel* m_summary;
    QListWidget* m_becomes;
    QTimer m_soon;
    ingest::Transport m_transport{ingest::Transport::poll};
    std::unique_ptr<FeedsDesk::SampleListening> m_listening;
    std::string m_topic; ///< of the message that stands there
    bool m_fetching{false};
    bool m_hasSome{false};
    std::uint64_t m_asked{0};
    QThreadPool m_workers;
};

} // namespace tocsin::gui
