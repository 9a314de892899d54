#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QAbstractListModel>
#include <deque>

namespace tocsin::gui {

/// The newest entries of the journal, newest first. A sentence is made when somebody looks at it, and kept.
class LogModel : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Role : int { timeRole = Qt::UserRole + 1, actorRole, textRole, seqRole };

    LogModel(const UiContext& ui, QObject* parent);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// The entry of a row; null when it has left the window's log since.
    [[nodiscard]] const model::Entry* entryAt(const QModelIndex& index) const;

    void take(const Changes& changes);
    void retranslate();
    [[nodiscard]] int since(base::Time time) const; ///< rows not older

    enum class Chain : unsigned char { unknown, intact, broken };
    /// Whether every entry's hash follows from the one before it. Checked once an entry, as they come.
    [[nodiscard]] Chain chain() const { return m_chain; }

  private:
    struct Item {
        std::int64_t seq{0};
        base::Time time;
        mutable QString sentence; ///< empty: not made yet
    };
    [[nodiscard]] const model::Entry* find(std::int64_t seq) const;
    void check();

    UiContext m_ui;
    std::deque<Item> m_items; ///< newest first
    Chain m_chain{Chain::unknown};
    std::int64_t m_checked{0}; ///< the last seq whose hash was looked at
};

} // namespace tocsin::gui
