#include "gui/panels/report_rows.hpp"

#include "tocsin/gui/report_triage.hpp"

#include <QCryptographicHash>
#include <algorithm>
#include <tuple>
#include <utility>

namespace tocsin::gui {

namespace {

constexpr int laterMs = 150;

/// A line has no id of its own; never that of a report, whose ids are of version 7.
base::Uuid idOf(const triage::ReportLine& line) {
    base::Uuid id;
    const auto digest = QCryptographicHash::hash(QByteArray::fromStdString(line.key), QCryptographicHash::Md5);
    std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x80U);
    return id;
}

} // namespace

ReportRows::ReportRows(const UiContext& ui, ReportTriage& triage, QObject* parent)
    : RowSource(parent), m_ui(ui), m_triage(triage) {
    m_later.setSingleShot(true);
    m_later.setInterval(laterMs);
    connect(&m_later, &QTimer::timeout, this, &ReportRows::now);
    connect(&triage, &ReportTriage::changed, this, [this] {
        m_groupsChanged = true;
        noteTerm();
        later();
    });
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (!m_due.empty() && m_due.begin()->first <= m_ui.desk.now())
            later();
    });
    m_clock.start(1'000);
    noteTerm();
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
    if (!m_lines.empty()) {
        const auto place = m_places.find(id);
        return place == m_places.end() ? nullptr : &m_rows[place->second];
    }
    const auto known = m_known.find(id);
    if (known == m_known.end() || !known->second.block)
        return nullptr;
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), known->second, [](const Row& row, const Known& at) {
        return std::tie(row.order, row.nth) < std::tie(*at.block, at.nth);
    });
    return found == m_rows.end() || found->id != id ? nullptr : &*found; // a closed group's members have none
}

void ReportRows::number() {
    m_places.clear();
    if (m_lines.empty())
        return;
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_places.emplace(m_rows[i].id, i);
}

bool ReportRows::waits(const model::Report& report) {
    return model::callsBack(report) || (!report.incident && !model::isJudged(report.state));
}

/// What is verified is done with, unless it may be an incident: somebody has still to say so, or that it is none.
bool ReportRows::isProposed(const model::Report& report) const {
    return !report.incident && report.state == model::ReportState::verified && m_triage.proposalOf(report.id) != nullptr;
}

bool ReportRows::isUnclaimed(const model::Report& report, base::Time now) {
    return !report.incident && report.state == model::ReportState::pending && model::claimant(report, now).empty();
}

bool ReportRows::isShown(const model::Report& report) const {
    const auto now = m_ui.desk.now();
    if (m_only) {
        if (!m_only->contains(report.id))
            return false;
        if (m_show == Show::open)
            return true; // a rumour that was dismissed is counted as well
    }
    if (m_show == Show::judged)
        return model::isJudged(report.state) && now - report.judgedAt.value_or(report.receivedAt) < judgedFor;
    if (m_show == Show::callBacks)
        return model::callsBack(report);
    if (!waits(report) && !(m_show == Show::open && isProposed(report)))
        return false;
    switch (m_show) {
    case Show::open:
        return true;
    case Show::mine:
        return QString::fromUtf8(model::claimant(report, now)) == m_ui.desk.actor();
    case Show::unclaimed:
        return isUnclaimed(report, now);
    case Show::needsMore:
        return !report.incident && report.state == model::ReportState::needsMore;
    default:
        return false;
    }
}

/// What collapsing needs to know of a block.
triage::QueueBlock ReportRows::cardOf(const std::vector<base::Uuid>& members) const {
    const auto& all = m_ui.desk.state().reports;
    const auto now = m_ui.desk.now();
    triage::QueueBlock card;
    card.id = members.front();
    card.reports = members.size();
    for (const auto& id : members) {
        const auto danger = m_triage.dangerOf(model::ReportId(id));
        card.inDanger += danger != 0 ? 1 : 0;
        card.trapped += (danger & triage::hazard::trapped) != 0 ? 1 : 0;
        card.dead += (danger & triage::hazard::dead) != 0 ? 1 : 0;
        const auto it = all.find(model::ReportId(id));
        if (it == all.end())
            continue;
        const model::Report& report = it->second;
        card.due = card.due || urgency(report, now) == 0;
        card.newest = std::max(card.newest, report.receivedAt);
        if (!card.at)
            card.at = report.position;
        if (card.place.empty())
            card.place = report.place;
        if (card.category.empty())
            card.category = report.category;
    }
    return card;
}

void ReportRows::putRows(std::vector<Row>& out, const Order& order, const std::vector<base::Uuid>& members, int depth,
                         const base::Uuid& parent) const {
    const auto head = members.front();
    const bool isGroup = members.size() > 1;
    out.push_back({head, isGroup ? head : base::Uuid{}, isGroup ? members.size() : 0, order, 0, -1, parent, depth});
    if (!isGroup || !m_open.contains(head))
        return;
    for (std::size_t i = 1; i < members.size(); ++i)
        out.push_back({members[i], head, 0, order, i, -1, head, depth + 1});
}

std::vector<ReportRows::Row> ReportRows::rows() {
    std::vector<Row> out;
    out.reserve(m_rows.size() + 16);
    m_lines.clear();
    m_foremost.clear();
    m_lineOf.clear();
    // What was judged waits for nobody, however much it is; nor is what stood here then a flood of what is open.
    m_isFlood = m_show != Show::judged && m_flood.isFlood(m_blocks.size());
    if (!m_isFlood || m_whole) {
        for (const auto& [order, members] : m_blocks)
            putRows(out, order, members, 0, {});
        return out;
    }
    std::vector<const std::pair<const Order, std::vector<base::Uuid>>*> blocks;
    std::vector<triage::QueueBlock> cards;
    blocks.reserve(m_blocks.size());
    cards.reserve(m_blocks.size());
    for (const auto& block : m_blocks) {
        blocks.push_back(&block);
        cards.push_back(cardOf(block.second));
    }
    m_lines = m_flood.lines(cards);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const triage::ReportLine& line = m_lines[i];
        const auto& first = *blocks[line.blocks.front()];
        m_foremost.push_back(first.second.front());
        if (line.blocks.size() == 1) { // a line of its own already
            putRows(out, first.first, first.second, 0, {});
            continue;
        }
        const base::Uuid id = idOf(line);
        for (const std::size_t block : line.blocks)
            m_lineOf.emplace(blocks[block]->first.head, id);
        out.push_back({id, id, line.reports, first.first, 0, static_cast<int>(i), {}, 0});
        if (!m_open.contains(id))
            continue;
        for (const std::size_t block : line.blocks)
            putRows(out, blocks[block]->first, blocks[block]->second, 1, id);
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
    number(); // of what still stands: those who hear of the rows that go may ask
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
        number();
        endRemoveRows();
    }
    if (came > 0) {
        beginInsertRows({}, static_cast<int>(head), static_cast<int>(head + came) - 1);
        m_rows = std::move(fresh);
        number();
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

base::Uuid ReportRows::parentOf(const base::Uuid& id) const {
    const Row* row = rowOf(id);
    return row == nullptr ? base::Uuid{} : row->parent;
}

const triage::ReportLine* ReportRows::lineAt(const base::Uuid& id) const {
    const Row* row = rowOf(id);
    // A row that is about to go is of lines that are no more.
    const bool known = row != nullptr && row->line >= 0 && static_cast<std::size_t>(row->line) < m_lines.size();
    return known ? &m_lines[static_cast<std::size_t>(row->line)] : nullptr;
}

base::Uuid ReportRows::foremostOf(const base::Uuid& line) const {
    const auto* at = lineAt(line);
    return at == nullptr ? base::Uuid{} : m_foremost[static_cast<std::size_t>(at - m_lines.data())];
}

void ReportRows::setWhole(bool whole) {
    if (m_whole == whole)
        return;
    m_whole = whole;
    now();
}

ReportRows::Tally ReportRows::tally() const {
    Tally tally;
    for (const auto& [order, members] : m_blocks)
        tally.reports += members.size();
    tally.blocks = m_blocks.size();
    tally.lines = m_lines.size();
    return tally;
}

ReportTarget ReportRows::targetOf(const base::Uuid& row) const {
    ReportTarget target;
    if (row == base::Uuid{} || lineAt(row) != nullptr)
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
    if (const auto known = m_known.find(report.value); known != m_known.end() && known->second.block) {
        if (const auto line = m_lineOf.find(known->second.block->head); line != m_lineOf.end())
            setOpen(base::Uuid(line->second), true); // a copy: opening makes the lines anew
    }
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

} // namespace tocsin::gui
