#pragma once

#include "gui/panels/report_acts.hpp"
#include "gui/panels/row_model.hpp"

#include <QSet>
#include <QTimer>
#include <compare>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace tocsin::gui {

class ReportTriage;

/// The triage queue as rows: a report by itself, or reports of one event under the oldest of them, opened and closed as
/// a tree. Those that somebody must look at come first: call-backs that are due, then what nobody has in hand, newest
/// first. Works at most a few times a second, and then on what has changed: a report, a group, or what the time makes
/// different (a claim that goes stale, a call that is due). GUI thread.
class ReportRows : public RowSource {
    Q_OBJECT
  public:
    /// What the queue shows.
    enum class Show : unsigned char { open, mine, unclaimed, callBacks, needsMore, judged };

    ReportRows(const UiContext& ui, ReportTriage& triage, QObject* parent);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] base::Uuid idAt(const QModelIndex& index) const override;
    [[nodiscard]] QModelIndex indexOf(const base::Uuid& id) const override;

    void setShow(Show show);
    [[nodiscard]] Show show() const { return m_show; }
    void setOpen(const base::Uuid& head, bool open);
    [[nodiscard]] bool isOpen(const base::Uuid& head) const;
    /// The head of the group in which the row stands; null: it stands by itself.
    [[nodiscard]] base::Uuid headOf(const base::Uuid& row) const;
    /// What an act on a row is for: a closed group whole, else the one report.
    [[nodiscard]] ReportTarget targetOf(const base::Uuid& row) const;
    /// Makes the row of a report visible: opens its group if need be.
    void reveal(model::ReportId report);

    void touch(const std::set<model::ReportId>& reports); ///< these have changed: later() or now() looks at them
    void touchAll();
    void later(); ///< soon
    void now();   ///< at once
    [[nodiscard]] std::size_t pending() const { return m_pending; }

  protected:
    [[nodiscard]] RowFace face(const base::Uuid& id) const override;

  private:
    /// Where a block stands: reports of one event, or one that stands alone. Smaller comes first.
    struct Order {
        int urgency{0};
        std::int64_t age{0}; ///< of its newest, as a negated moment
        base::Uuid head;
        friend auto operator<=>(const Order&, const Order&) = default;
    };
    struct Row {
        base::Uuid id;
        base::Uuid head;        ///< of its group; null: by itself
        std::size_t members{0}; ///< of a head
        Order order;
        std::size_t nth{0}; ///< within the block
        friend bool operator==(const Row&, const Row&) = default;
    };
    struct Known {
        std::optional<Order> block; ///< absent: not shown
        std::size_t nth{0};
        bool pending{false};
        std::optional<base::Time> due; ///< when the time will make it different
    };
    [[nodiscard]] bool isShown(const model::Report& report) const;
    [[nodiscard]] std::vector<Row> rows() const;
    void settle();
    void noteGroups();
    void note(const model::Report& report);
    void putBlock(const std::vector<const model::Report*>& members);
    [[nodiscard]] const Row* rowOf(const base::Uuid& id) const;
    [[nodiscard]] QString second(const model::Report& report, const Row& row) const;

    UiContext m_ui;
    ReportTriage& m_triage;
    Show m_show{Show::open};
    std::vector<Row> m_rows;
    std::map<Order, std::vector<base::Uuid>> m_blocks; ///< their members, the oldest first
    std::unordered_map<base::Uuid, Known> m_known;
    std::set<std::pair<base::Time, base::Uuid>> m_due;
    std::unordered_set<base::Uuid> m_touched;
    bool m_all{true};                                       ///< everything may be different
    std::map<std::string, std::vector<model::ReportId>> m_groups; ///< as they were when they were last looked at
    bool m_groupsChanged{true};
    std::set<base::Uuid> m_open;
    std::size_t m_pending{0};
    QTimer m_later;
    QTimer m_clock;
};

} // namespace tocsin::gui
