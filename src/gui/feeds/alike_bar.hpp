#pragma once

#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QWidget>
#include <optional>
#include <stop_token>

class QLabel;
class QPushButton;

namespace tocsin::gui {

/// Takes again, after a mend, all that stands in quarantine for the same kind of reason: how far it is, what came of it, and
/// a way to stop it. What runs ends with the bar.
class AlikeBar : public QWidget {
    Q_OBJECT
  public:
    AlikeBar(const UiContext& ui, FeedsDesk& feeds, QWidget* parent = nullptr);
    ~AlikeBar() override;
    /// The item whose like is meant; none: nothing can be begun.
    void setItem(std::optional<std::int64_t> item);
    void clear(); ///< what the last run came to
    void retranslate();

  signals:
    void changed(); ///< other items stand in quarantine now

  private:
    void press();
    void show(const FeedsDesk::TakenAgain& now);
    void settle();

    UiContext m_ui;
    FeedsDesk& m_feeds;
    QLabel* m_told;
    QPushButton* m_button;
    std::optional<std::int64_t> m_item;
    std::stop_source m_stop{std::nostopstate};
    bool m_running{false};
};

} // namespace tocsin::gui
