#pragma once

#include "gui/panels/report_acts.hpp"
#include "gui/panels/row_model.hpp"

#include <QSet>
#include <QTimer>
#include <map>
#include <unordered_map>

namespace tocsin::gui {

class ReportTriage;

/// The triage queue as rows: a report by itself, or reports of one event under the oldest of them, opened and closed as
/// a tree. Those that somebody must look at come first: call-backs that are due, then what nobody has in hand, newest
/// first. Works anew at most a few times a second. GUI thread.
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

    void later(); ///< something changed
    void now();   ///< works anew at once
    [[nodiscard]] std::size_t pending() const { return m_pending; }

  protected:
    [[nodiscard]] RowFace face(const base::Uuid& id) const override;

  private:
    struct Row {
        base::Uuid id;
        base::Uuid head;        ///< of its group; null: by itself
        std::size_t members{0}; ///< of a head
        friend bool operator==(const Row&, const Row&) = default;
    };
    [[nodiscard]] bool isShown(const model::Report& report) const;
    [[nodiscard]] std::vector<Row> rows() const;
    [[nodiscard]] QString second(const model::Report& report, const Row& row) const;

    UiContext m_ui;
    ReportTriage& m_triage;
    Show m_show{Show::open};
    std::vector<Row> m_rows;
    std::unordered_map<base::Uuid, int> m_places;
    std::set<base::Uuid> m_open;
    std::size_t m_pending{0};
    QTimer m_later;
};

} // namespace tocsin::gui
