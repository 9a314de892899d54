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
    void setFeed(const QString& feed); ///< empty: of all feeds
    void refresh();
    void retranslate();

  private:
    void fill(std::vector<store::QuarantineItem> items);
    void show(int row);
    void takeAgain();
    void dismiss();
    [[nodiscard]] const store::QuarantineItem* current() const;

    UiContext m_ui;
    FeedsDesk& m_feeds;
    QString m_feed;
    QTreeWidget* m_list;
    QLabel* m_reason;
    QPlainTextEdit* m_bytes;
    QPushButton* m_again;
    QPushButton* m_dismiss;
    QLabel* m_answer;
    RegisterOffer* m_register;
    std::vector<store::QuarantineItem> m_items;
    bool m_asking{false};
};

} // namespace tocsin::gui
