#pragma once

#include "gui/feeds/feed_words.hpp"
#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QThreadPool>
#include <QTimer>
#include <QWidget>
#include <functional>
#include <memory>
#include <optional>
#include <string>

class QColor;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace tocsin::gui {

/// A sample of a feed and what it becomes: pasted, opened from a file, fetched, or listened for where the feed waits
/// until it is sent something. Bytes that came stay as they came beside what is shown of them, until the text is edited;
/// of an index that was fetched the first message is fetched too. Listening shows what has come and how long it goes on,
/// and ends when something is there, at Stop, or after a minute.
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
    void openFile(const QString& path);

  signals:
    void refused(const QString& why); ///< the form does not make a feed

  private:
    using Bytes = std::shared_ptr<const std::string>;
    /// The first message of an index.
    struct Linked {
        std::string url;
        Bytes bytes;   ///< null while it is being fetched
        QString error;
    };
    struct Shown;
    void pick();
    void fetch();
    void listen();
    void heard(const FeedsDesk::SampleProgress& progress);
    void ended(base::Result<ingest::FeedSample> sample);
    void set(std::string bytes);
    void forget();
    void previewNow();
    [[nodiscard]] QString showLines(const FeedWords::Preview& preview);
    void showLinked(const ingest::FeedConfig& feed, const Shown& shown, QString& summary);
    void addLine(const QString& line, const QColor& colour);
    void adapt();

    UiContext m_ui;
    FeedsDesk& m_feeds;
    Read m_read;
    QLabel* m_label;
    QLabel* m_topicLabel;
    QLineEdit* m_topic;
    QPushButton* m_clear;
    QPushButton* m_open;
    QPushButton* m_fetch;
    QPushButton* m_enough;
    QPlainTextEdit* m_sample;
    QLabel* m_summary;
    QListWidget* m_becomes;
    QTimer m_soon;
    ingest::Transport m_transport{ingest::Transport::poll};
    std::unique_ptr<FeedsDesk::SampleListening> m_listening;
    Bytes m_bytes;              ///< as they came; null: what stands there was typed or edited
    std::string m_fetchedFrom;  ///< the address that they came from; empty: from elsewhere
    std::optional<Linked> m_linked;
    bool m_filling{false};
    bool m_fetching{false};
    bool m_hasSome{false};
    std::uint64_t m_asked{0};
    std::uint64_t m_brought{0}; ///< counts what was fetched or opened: only the newest is shown
    QThreadPool m_workers;
};

} // namespace tocsin::gui
