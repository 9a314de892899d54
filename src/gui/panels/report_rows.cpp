#include "gui/panels/report_rows.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <QStringList>
#include <algorithm>

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
    connect(&triage, &ReportTriage::changed, this, &ReportRows::later);
}

int ReportRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

base::Uuid ReportRows::idAt(const QModelIndex& index) const {
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_rows.size() ? m_rows[row].id : base::Uuid{};
}

QModelIndex ReportRows::indexOf(const base::Uuid& id) const {
    const auto found = m_places.find(id);
    return found == m_places.end() ? QModelIndex() : index(found->second);
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

std::vector<ReportRows::Row> ReportRows::rows() const {
    const auto& all = m_ui.desk.state().reports;
    const auto now = m_ui.desk.now();
    struct Block {
        int urgency;
        std::int64_t newest;
        std::vector<const model::Report*> members; ///< the oldest first
    };
    std::vector<Block> blocks;
    std::unordered_map<base::Uuid, bool> grouped;
    const auto blockOf = [&](std::vector<const model::Report*> members) {
        Block block{9, 0, std::move(members)};
        for (const auto* report : block.members) {
            block.urgency = std::min(block.urgency, urgency(*report, now));
            block.newest = std::max(block.newest, base::toUnixMicros(report->receivedAt));
        }
        blocks.push_back(std::move(block));
    };
    for (const auto& group : m_triage.groups()) {
        std::vector<const model::Report*> members;
        for (const auto& id : group.reports) {
            if (const auto it = all.find(id); it != all.end() && isShown(it->second))
                members.push_back(&it->second);
        }
        if (members.empty())
            continue;
        for (const auto* report : members)
            grouped[report->id.value] = true;
        blockOf(std::move(members));
    }
    for (const auto& [id, report] : all) {
        if (!grouped.contains(id.value) && isShown(report))
            blockOf({&report});
    }
    std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) {
        return std::make_tuple(a.urgency, -a.newest, a.members.front()->id.value) <
               std::make_tuple(b.urgency, -b.newest, b.members.front()->id.value);
    });
    std::vector<Row> out;
    for (const auto& block : blocks) {
        const auto head = block.members.front()->id.value;
        const bool isGroup = block.members.size() > 1;
        out.push_back({head, isGroup ? head : base::Uuid{}, isGroup ? block.members.size() : 0});
        if (!isGroup || !m_open.contains(head))
            continue;
        for (std::size_t i = 1; i < block.members.size(); ++i)
            out.push_back({block.members[i]->id.value, head, 0});
    }
    return out;
}

void ReportRows::later() {
    if (!m_later.isActive())
        m_later.start();
}

void ReportRows::now() {
    m_later.stop();
    const auto& all = m_ui.desk.state().reports;
    m_pending = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const auto& r) {
        return !r.second.incident && !model::isJudged(r.second.state);
    }));
    auto fresh = rows();
    const auto place = [this] {
        m_places.clear();
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            m_places[m_rows[i].id] = static_cast<int>(i);
    };
    // Row by row where little changed, so that the selection and the scrolling stay; else all at once.
    std::size_t head = 0;
    while (head < m_rows.size() && head < fresh.size() && m_rows[head].id == fresh[head].id)
        ++head;
    std::size_t tail = 0;
    while (tail + head < m_rows.size() && tail + head < fresh.size() &&
           m_rows[m_rows.size() - 1 - tail].id == fresh[fresh.size() - 1 - tail].id)
        ++tail;
    const auto gone = m_rows.size() - head - tail;
    const auto came = fresh.size() - head - tail;
    if (gone > 0) {
        beginRemoveRows({}, static_cast<int>(head), static_cast<int>(head + gone) - 1);
        m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(head),
                     m_rows.begin() + static_cast<std::ptrdiff_t>(head + gone));
        place();
        endRemoveRows();
    }
    if (came > 0) {
        beginInsertRows({}, static_cast<int>(head), static_cast<int>(head + came) - 1);
        m_rows = std::move(fresh);
        place();
        endInsertRows();
    } else {
        m_rows = std::move(fresh);
    }
    refreshAll();
}

void ReportRows::setShow(Show show) {
    if (m_show == show)
        return;
    m_show = show;
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

base::Uuid ReportRows::headOf(const base::Uuid& row) const {
    const auto found = m_places.find(row);
    return found == m_places.end() ? base::Uuid{} : m_rows[static_cast<std::size_t>(found->second)].head;
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
    if (m_places.contains(report.value))
        return;
    const auto* group = m_triage.groupOf(report);
    if (group == nullptr)
        return;
    for (const auto& member : group->reports) {
        if (m_places.contains(member.value)) {
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
    const auto place = m_places.find(id);
    if (it == m_ui.desk.state().reports.end() || place == m_places.end())
        return f;
    const model::Report& report = it->second;
    const Row& row = m_rows[static_cast<std::size_t>(place->second)];
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
