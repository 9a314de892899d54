#pragma once

#include "tocsin/gui/theme.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/ingest/feeds.hpp"

#include <QCoreApplication>
#include <QPixmap>
#include <QString>
#include <QStringList>
#include <QVector>
#include <map>
#include <set>
#include <string>

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
    [[nodiscard]] static QString signature(const model::Warning& warning);
    /// How much it wants somebody: the larger, the more.
    [[nodiscard]] static int urgency(const ingest::FeedStatus& status);
    /// A disc while it is up, a ring while it connects, a triangle while it tries again, a cross where it needs somebody,
    /// a dash while it is off: never by colour alone.
    [[nodiscard]] static QPixmap lamp(ingest::FeedState state, const Theme& theme, double ratio);

    /// What a sample becomes: a line each, of the first `most`.
    struct Preview {
        struct Line {
            QString text;
            std::string sensor; ///< whose reading it is; empty where it needs no register
        };
        QVector<Line> taken;
        QStringList faults;
        QStringList notes;
        QString refusal; ///< why nothing can be made of it at all; empty: the figures say what comes of it
        QString format;
        std::size_t messages{0}; ///< but those that the feed passes over
        std::size_t faulty{0};
        std::size_t links{0};
        std::string link; ///< the first message that it leads to, as an address; empty: none
        std::map<std::string, std::size_t> readings; ///< of each sensor that the register must know
    };
    /// A sample and the topic that it came by. With `linked` it is what an index of the feed names. On any thread.
    struct Sample {
        std::string bytes;
        std::string topic;
        bool linked{false};
    };
    [[nodiscard]] static Preview preview(const Sample& sample, const ingest::FeedConfig& feed, base::Time now, int most);
    /// In a sentence or two; `unknown` are those of its sensors that are not registered: their readings wait in quarantine.
    [[nodiscard]] static QString summary(const Preview& preview, const std::set<std::string>& unknown);
};

} // namespace tocsin::gui
