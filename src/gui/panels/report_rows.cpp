#include "gui/panels/report_rows.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <QStringList>
#include <algorithm>
#include <tuple>
#include <utility>

namespace tocsin::gui {

namespace {

constexpr int laterMs = 150;
constexpr base::Duration judgedFor = std::chrono::hours(24); ///< how long what was judged is still listed

bool callsBack(const model::Report& report) {
    return report.callBack && !report.callBack->doneAt;
}

/// Smaller comes first.
int urgency(const model::Report& report, base::Time now) {
    if (callsBack(report) && report.callBack->due <= now)
        return 0;
    if (report.state == model::ReportState::pending)
        return model::claimant(report, now).empty() ? 1 : 2;
    return report.state == model::ReportState::needsMore ? 3 : 4;
}

} // namespace

ReportRows::ReportRows(const UiContext& ui, ReportTriage& triage, QObject* parent)
    : RowSource(parent), m_ui(ui), m_triage(triage) {
    m_later.setSingleShot(true);
    m_later.setInterval(laterMs);
    connect(&m_later, &QTimer::timeout, this, &ReportRows::now);
    connect(&triage, &ReportTriage::changed, this, [this] {
        m_groupsChanged = true;
        later();
    });
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (!m_due.empty() && m_due.begin()->first <= m_ui.desk.now())
            later();
    });
    m_clock.start(1'000);
}

int ReportRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

base::Uuid ReportRows::idAt(const QModelIndex& index) const {
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_rows.size() ? m_rows[row].id : base::Uuid{};
}

QModelIndex ReportRows::indexOf(const base::Uuid& id) const {
    const Row* row = rowOf(id);
    return row == nullptr ? QModelIndex() : index(static_cast<int>(row - m_rows.data()));
}

const ReportRows::Row* ReportRows::rowOf(const base::Uuid& id) const {
    const auto known = m_known.find(id);
    if (known == m_known.end() || !known->second.block)
        return nullptr;
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), known->second, [](const Row& row, const Known& at) {
        return std::tie(row.order, row.nth) < std::tie(*at.block, at.nth);
    });
    return found == m_rows.end() || found->id != id ? nullptr : &*found; // a closed group's members have none
}

bool ReportRows::isShown(const model::Report& report) const {
    const auto now = m_ui.desk.now();
    if (m_show == Show::judged)
        return model::isJudged(report.state) && now - report.judgedAt.value_or(report.receivedAt) < judgedFor;
    if (m_show == Show::callBacks)
        return callsBack(report);
    if (report.incident || report.state == model::ReportState::dismissed)
        return false;
    switch (m_show) {
    case Show::open:
        return true;
    case Show::mine:
        return QString::fromUtf8(model::claimant(report, now)) == m_ui.desk.actor();
    case Show::unclaimed:
        return report.state == model::ReportState::pending && model::claimant(report, now).empty();
    case Show::needsMore:
        return report.state == model::ReportState::needsMore;
    default:
        return false;
    }
}

void ReportRows::touch(const std::set<model::ReportId>& reports) {
    for (const auto& id : reports)
        m_touched.insert(id.value);
}

void ReportRows::touchAll() {
    m_all = true;
}

/// Touches those whose group has come, gone or changed its members.
void ReportRows::noteGroups() {
    if (!std::exchange(m_groupsChanged, false))
        return;
    std::map<std::string, std::vector<model::ReportId>> before = std::exchange(m_groups, {});
    const auto touchThese = [this](const std::vector<model::ReportId>& reports) {
        for (const auto& id : reports)
            m_touched.insert(id.value);
    };
    for (const auto& group : m_triage.groups()) {
        auto was = before.extract(group.key);
        if (was && was.mapped() == group.reports) {
            m_groups.insert(std::move(was));
            continue;
        }
        if (was)
            touchThese(was.mapped());
        touchThese(group.reports);
        m_groups[group.key] = group.reports;
    }
    for (const auto& [key, reports] : before)
        touchThese(reports);
}

/// What is to be known of each report, shown or not.
void ReportRows::note(const model::Report& report) {
    const auto now = m_ui.desk.now();
    Known& known = m_known[report.id.value];
    const bool pending = !report.incident && !model::isJudged(report.state);
    if (pending != known.pending)
        m_pending = pending ? m_pending + 1 : m_pending - 1;
    known.pending = pending;
    std::optional<base::Time> due;
    const auto soonest = [&](base::Time moment) {
        if (moment > now && (!due || moment < *due))
            due = moment;
    };
    if (callsBack(report))
        soonest(report.callBack->due);
    if (report.claimedAt)
        soonest(*report.claimedAt + model::claimLasts + base::Duration{1});
    if (model::isJudged(report.state))
        soonest(report.judgedAt.value_or(report.receivedAt) + judgedFor);
    if (due == known.due)
        return;
    if (known.due)
        m_due.erase({*known.due, report.id.value});
    if (due)
        m_due.emplace(*due, report.id.value);
    known.due = due;
}

void ReportRows::putBlock(const std::vector<const model::Report*>& members) {
    if (members.empty())
        return;
    const auto now = m_ui.desk.now();
    Order order{9, 0, members.front()->id.value};
    std::vector<base::Uuid> ids;
    ids.reserve(members.size());
    for (const auto* report : members) {
        order.urgency = std::min(order.urgency, urgency(*report, now));
        order.age = std::min(order.age, -base::toUnixMicros(report->receivedAt));
        ids.push_back(report->id.value);
    }
    for (std::size_t i = 0; i < ids.size(); ++i) {
        Known& known = m_known[ids[i]];
        known.block = order;
        known.nth = i;
    }
    m_blocks[order] = std::move(ids);
}

/// Takes the blocks of what was touched apart and puts them together as they are now; all others stay.
void ReportRows::settle() {
    const auto& all = m_ui.desk.state().reports;
    const auto now = m_ui.desk.now();
    for (auto first = m_due.begin(); first != m_due.end() && first->first <= now; first = m_due.begin()) {
        m_touched.insert(first->second);
        m_known[first->second].due.reset();
        m_due.erase(first);
    }
    noteGroups();
    if (std::exchange(m_all, false)) {
        m_blocks.clear();
        m_known.clear();
        m_due.clear();
        m_pending = 0;
        for (const auto& [id, report] : all)
            m_touched.insert(id.value);
    }
    // Whoever stands or is to stand in one block with what was touched is touched, too.
    std::vector<base::Uuid> work(m_touched.begin(), m_touched.end());
    std::unordered_set<const triage::ReportGroup*> seen;
    for (std::size_t i = 0; i < work.size(); ++i) {
        const base::Uuid id = work[i];
        const auto known = m_known.find(id);
        if (known != m_known.end() && known->second.block) {
            auto block = m_blocks.extract(*known->second.block);
            for (const auto& member : block ? block.mapped() : std::vector<base::Uuid>{}) {
                m_known[member].block.reset();
                if (m_touched.insert(member).second)
                    work.push_back(member);
            }
        }
        const auto* group = m_triage.groupOf(model::ReportId(id));
        if (group == nullptr || !seen.insert(group).second)
            continue;
        for (const auto& member : group->reports) {
            if (m_touched.insert(member.value).second)
                work.push_back(member.value);
        }
    }
    std::unordered_set<base::Uuid> done;
    std::vector<const model::Report*> members;
    for (const base::Uuid& id : work) {
        if (done.contains(id))
            continue;
        const auto* group = m_triage.groupOf(model::ReportId(id));
        const std::vector<model::ReportId> alone{model::ReportId(id)};
        members.clear();
        for (const auto& member : group != nullptr ? group->reports : alone) {
            const auto it = all.find(member);
            if (!done.insert(member.value).second || it == all.end())
                continue; // the triage may be a moment ahead of the window
            note(it->second);
            if (isShown(it->second))
                members.push_back(&it->second);
        }
        putBlock(members);
    }
    m_touched.clear();
}

std::vector<ReportRows::Row> ReportRows::rows() const {
    std::vector<Row> out;
    out.reserve(m_rows.size() + 16);
    for (const auto& [order, members] : m_blocks) {
        const auto head = members.front();
        const bool isGroup = members.size() > 1;
        out.push_back({head, isGroup ? head : base::Uuid{}, isGroup ? members.size() : 0, order, 0});
        if (!isGroup || !m_open.contains(head))
            continue;
        for (std::size_t i = 1; i < members.size(); ++i)
            out.push_back({members[i], head, 0, order, i});
    }
    return out;
}

void ReportRows::later() {
    if (!m_later.isActive())
        m_later.start();
}

void ReportRows::now() {
    m_later.stop();
    settle();
    auto fresh = rows();
    // Row by row where little changed, so that the selection and the scrolling stay; else all at once.
    std::size_t head = 0;
    while (head < m_rows.size() && head < fresh.size() && m_rows[head].id == fresh[head].id) {
        m_rows[head] = fresh[head]; // found by its order, which may be another
        ++head;
    }
    std::size_t tail = 0;
    while (tail + head < m_rows.size() && tail + head < fresh.size() &&
           m_rows[m_rows.size() - 1 - tail].id == fresh[fresh.size() - 1 - tail].id) {
        m_rows[m_rows.size() - 1 - tail] = fresh[fresh.size() - 1 - tail];
        ++tail;
    }
    const auto gone = m_rows.size() - head - tail;
    const auto came = fresh.size() - head - tail;
    if (gone > 0) {
        beginRemoveRows({}, static_cast<int>(head), static_cast<int>(head + gone) - 1);
        m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(head),
                     m_rows.begin() + static_cast<std::ptrdiff_t>(head + gone));
        endRemoveRows();
    }
    if (came > 0) {
        beginInsertRows({}, static_cast<int>(head), static_cast<int>(head + came) - 1);
        m_rows = std::move(fresh);
        endInsertRows();
    }
    refreshAll();
}

void ReportRows::setShow(Show show) {
    if (m_show == show)
        return;
    m_show = show;
    touchAll();
    now();
}

void ReportRows::setOpen(const base::Uuid& head, bool open) {
    if (head == base::Uuid{} || open == m_open.contains(head))
        return;
    if (open)
        m_open.insert(head);
    else
        m_open.erase(head);
    now();
}

bool ReportRows::isOpen(const base::Uuid& head) const {
    return m_open.contains(head);
}

base::Uuid ReportRows::headOf(const base::Uuid& id) const {
    const Row* row = rowOf(id);
    return row == nullptr ? base::Uuid{} : row->head;
}

ReportTarget ReportRows::targetOf(const base::Uuid& row) const {
    ReportTarget target;
    if (row == base::Uuid{})
        return target;
    const model::ReportId id(row);
    const auto head = headOf(row);
    if (head == row && !m_open.contains(head)) {
        if (const auto* group = m_triage.groupOf(id)) {
            target.group = *group;
            const auto& all = m_ui.desk.state().reports;
            for (const auto& member : group->reports) { // only what the queue shows is meant
                if (const auto it = all.find(member); it != all.end() && isShown(it->second))
                    target.reports.push_back(member);
            }
            return target;
        }
    }
    target.reports = {id};
    return target;
}

void ReportRows::reveal(model::ReportId report) {
    if (rowOf(report.value) != nullptr)
        return;
    const auto* group = m_triage.groupOf(report);
    if (group == nullptr)
        return;
    for (const auto& member : group->reports) {
        if (rowOf(member.value) != nullptr) {
            setOpen(headOf(member.value), true);
            return;
        }
    }
}

QString ReportRows::second(const model::Report& report, const Row& row) const {
    QStringList parts;
    const auto now = m_ui.desk.now();
    if (callsBack(report)) {
        const auto left = report.callBack->due - now;
        parts << (left < base::Duration{0} ? tr("☎ call back overdue by %1").arg(Words::age(-left))
                                           : tr("☎ call back in %1").arg(Words::age(left)));
    }
    if (const auto by = model::claimant(report, now); !by.empty())
        parts << tr("%1 has it").arg(Words::plain(std::string(by)));
    if (!report.place.empty())
        parts << Words::plain(report.place);
    else if (report.position)
        parts << Words::position(*report.position);
    else
        parts << tr("no place given");
    if (row.members > 1 && !m_open.contains(row.id)) {
        const auto* group = m_triage.groupOf(report.id);
        if (group != nullptr && !group->proposed.empty())
            parts << (group->cluster ? tr("%1 more proposed").arg(group->proposed.size()) : tr("proposed as one event"));
        else
            parts << tr("one event");
    } else {
        parts << Words::feed(report.feed);
    }
    if (!report.category.empty())
        parts << Words::reportCategory(report.category);
    return parts.join(QStringLiteral(" · "));
}

RowFace ReportRows::face(const base::Uuid& id) const {
    RowFace f;
    f.shape = RowFace::Shape::report;
    const auto it = m_ui.desk.state().reports.find(model::ReportId(id));
    const Row* found = rowOf(id);
    if (it == m_ui.desk.state().reports.end() || found == nullptr)
        return f;
    const model::Report& report = it->second;
    const Row& row = *found;
    const auto now = m_ui.desk.now();
    f.verified = report.state == model::ReportState::verified;
    f.title = Words::quoted(Words::plain(report.text).simplified());
    f.topRight = Words::age(now - report.receivedAt);
    f.bottomRight = Words::reportState(report.state);
    f.second = second(report, row);
    const bool closed = row.members > 1 && !m_open.contains(id);
    f.count = closed ? row.members : 0;
    f.fold = row.members > 1 ? (closed ? RowFace::Fold::closed : RowFace::Fold::open) : RowFace::Fold::none;
    f.depth = row.head != base::Uuid{} && row.head != id ? 1 : 0;
    f.faded = model::isJudged(report.state);
    f.bold = report.state == model::ReportState::pending && model::claimant(report, now).empty();
    return f;
}

} // namespace tocsin::gui
