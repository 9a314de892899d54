#pragma once

#include "gui/panels/detail_parts.hpp"
#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QWidget>
#include <vector>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace tocsin::gui {

class AlikeBar;
class RegisterOffer;

/// One feed's figures.
class FeedHealthPage : public QWidget {
    Q_OBJECT
  public:
    explicit FeedHealthPage(const UiContext& ui, QWidget* parent = nullptr);
    void set(const ingest::FeedStatus& status);
    void clear();

  private:
    UiContext m_ui;
    QLabel* m_sentence;
    FactGrid* m_facts;
};

/// What of a feed stands in quarantine: the raw bytes beside the reason, to be taken again or dismissed.
class FeedQuarantinePage : public QWidget {
    Q_OBJECT
  public:
    FeedQuarantinePage(const UiContext& ui, FeedsDesk& feeds, QWidget* parent = nullptr);
    /// Empty: of all feeds. `open`: how much of it stands there by its lamp; asked anew where that is other than before.
    void setFeed(const QString& feed, std::uint64_t open);
    void refresh();
    void retranslate();

  private:
    void fill(store::QuarantinePage page);
    void show(int row);
    void showBytes(const store::QuarantineItem& item);
    void askBytes(std::int64_t item);
    void reveal();
    void takeAgain();
    void useValues();
    void dismiss();
    [[nodiscard]] const store::QuarantineItem* current() const;

    UiContext m_ui;
    FeedsDesk& m_feeds;
    QString m_feed;
    std::uint64_t m_open{0};
    QTreeWidget* m_list;
    QPushButton* m_more;
    QLabel* m_reason;
    QPlainTextEdit* m_bytes;
    QPushButton* m_show;
    QPushButton* m_use; ///< only where the item is another value of a stored reading
    QPushButton* m_again;
    QPushButton* m_dismiss;
    QLabel* m_answer;
    RegisterOffer* m_register;
    AlikeBar* m_alike;
    std::vector<store::QuarantineItem> m_items; ///< without their bytes
    std::size_t m_most;                         ///< of them are asked for
    std::int64_t m_bytesOf{0};                  ///< the item whose bytes are here, or on their way
    std::int64_t m_revealed{0};                 ///< the item whose bytes may name who told it and are shown all the same
    QString m_revealedTo;                       ///< who has asked for them
    std::string m_shownBytes;
    bool m_bytesHere{false};
    bool m_asking{false};
    bool m_askAgain{false}; ///< the feed is another one meanwhile, or more is wanted
};

} // namespace tocsin::gui
