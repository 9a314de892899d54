#pragma once

#include "gui/panels/report_acts.hpp"
#include "gui/panels/row_model.hpp"
#include "tocsin/triage/report_flood.hpp"

#include <QSet>
#include <QTimer>
#include <chrono>
#include <compare>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace tocsin::gui {

class ReportTriage;

/// The triage queue as rows: a report by itself, or reports of one event under the oldest of them, opened and closed as
/// a tree. Those that somebody must look at come first: call-backs that are due, then what nobody has in hand, newest
/// first. In a flood they stand by area and category in a few lines, each of which opens to its groups. Works at most a
/// few times a second, and then on what has changed: a report, a group, or what the time makes different (a claim that
/// goes stale, a call that is due). GUI thread.
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
    /// The head of the group in which the row stands; null: it stands by itself. A line of a flood is its own.
    [[nodiscard]] base::Uuid headOf(const base::Uuid& row) const;
    /// The row under which it stands; null: under none.
    [[nodiscard]] base::Uuid parentOf(const base::Uuid& row) const;
    /// The line of a flood that the row is, as long as nothing changes; null: it is none.
    [[nodiscard]] const triage::ReportLine* lineAt(const base::Uuid& row) const;
    /// The report to be looked at first among those that a line stands for; null: it is none.
    [[nodiscard]] base::Uuid foremostOf(const base::Uuid& line) const;
    /// There are so many that they are collapsed, or would be but for setWhole.
    [[nodiscard]] bool isFlood() const { return m_isFlood; }
    void setWhole(bool whole); ///< all groups one below the other, however many there are
    [[nodiscard]] bool isWhole() const { return m_whole; }
    /// What is shown, opened or not.
    struct Tally {
        std::size_t reports{0};
        std::size_t blocks{0}; ///< groups, and reports that stand alone
        std::size_t lines{0};
    };
    [[nodiscard]] Tally tally() const;
    /// What an act on a row is for: a closed group whole, else the one report. A line of a flood is only opened: what stands
    /// in it has nothing in common but where it is and its kind.
    [[nodiscard]] ReportTarget targetOf(const base::Uuid& row) const;
    /// Makes the row of a report visible: opens its group if need be.
    void reveal(model::ReportId report);

    void touch(const std::set<model::ReportId>& reports); ///< these have changed: later() or now() looks at them
    void touchAll();
    void later(); ///< soon
    void now();   ///< at once
    [[nodiscard]] std::size_t pending() const { return m_pending; }
    /// Somebody must still act on it: it is not judged and of no incident, or a call-back is not done, whatever else was.
    [[nodiscard]] static bool waits(const model::Report& report);

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
        int line{-1};       ///< which of the lines it is
        base::Uuid parent;  ///< under which it stands
        int depth{0};
        friend bool operator==(const Row&, const Row&) = default;
    };
    struct Known {
        std::optional<Order> block; ///< absent: not shown
        std::size_t nth{0};
        bool pending{false};
        std::optional<base::Time> due; ///< when the time will make it different
    };
    static constexpr base::Duration judgedFor = std::chrono::hours(24); ///< how long what was judged is still listed

    [[nodiscard]] static int urgency(const model::Report& report, base::Time now); ///< smaller comes first
    [[nodiscard]] static bool isUnclaimed(const model::Report& report, base::Time now); ///< it waits for triage, in nobody's hands
    [[nodiscard]] bool isShown(const model::Report& report) const;
    [[nodiscard]] bool isProposed(const model::Report& report) const;
    [[nodiscard]] std::vector<Row> rows();
    void putRows(std::vector<Row>& out, const Order& order, const std::vector<base::Uuid>& members, int depth,
                 const base::Uuid& parent) const;
    [[nodiscard]] triage::QueueBlock cardOf(const std::vector<base::Uuid>& members) const;
    void number();
    void noteTerm();
    [[nodiscard]] RowFace faceOf(const triage::ReportLine& line, const Row& row) const;
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
    struct Group {
        std::vector<model::ReportId> reports;
        bool proposed{false}; ///< as an incident
    };
    std::map<std::string, Group> m_groups; ///< as they were when they were last looked at
    bool m_groupsChanged{true};
    std::set<base::Uuid> m_open;
    std::size_t m_pending{0};
    triage::ReportFlood m_flood;
    bool m_isFlood{false};
    bool m_whole{false};
    std::vector<triage::ReportLine> m_lines; ///< empty: each block stands by itself
    std::vector<base::Uuid> m_foremost;      ///< of each line
    std::unordered_map<base::Uuid, base::Uuid> m_lineOf; ///< by a block's head
    std::unordered_map<base::Uuid, std::size_t> m_places; ///< of the rows while there are lines: they are not in order
    std::optional<std::set<model::ReportId>> m_only; ///< those of the chosen word
    QTimer m_later;
    QTimer m_clock;
};

} // namespace tocsin::gui
