#pragma once

#include "tocsin/gui/theme.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/ingest/feeds.hpp"

#include <QCoreApplication>
#include <QPixmap>
#include <QString>
#include <QStringList>

namespace tocsin::gui {

/// A feed in the desk's words. GUI thread, but for preview().
class FeedWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::FeedWords)
  public:
    FeedWords() = delete;
    [[nodiscard]] static QString state(ingest::FeedState state);
    [[nodiscard]] static QString transport(ingest::Transport transport);
    [[nodiscard]] static QString addressHint(ingest::Transport transport);
    [[nodiscard]] static QString format(ingest::Format format);
    /// How much it wants somebody: the larger, the more.
    [[nodiscard]] static int urgency(const ingest::FeedStatus& status);
    /// A disc while it is up, a ring while it connects, a triangle while it tries again, a cross where it needs somebody,
    /// a dash while it is off: never by colour alone.
    [[nodiscard]] static QPixmap lamp(ingest::FeedState state, const Theme& theme, double ratio);

    /// What a sample becomes, one line each, the first `most`.
    struct Preview {
        QStringList taken;
        QStringList faults;
        QStringList notes;
        QString summary;
        bool good{false};
    };
    /// On any thread; words that were looked up before are given with it.
    [[nodiscard]] static Preview preview(const std::string& bytes, const ingest::FeedConfig& feed, base::Time now,
                                         int most, const std::string& topic = {});
};

} // namespace tocsin::gui
