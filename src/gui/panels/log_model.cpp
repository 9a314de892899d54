#include "gui/panels/log_model.hpp"

#include "tocsin/gui/panels/entry_sentence.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <algorithm>

namespace tocsin::gui {

namespace {

/// Claims come and go every two minutes while somebody decides: they are in the journal, and not in the way here.
bool isForeground(const model::Entry& entry) {
    return entry.type != "resource.claimed" && entry.type != "resource.released";
}

} // namespace

LogModel::LogModel(const UiContext& ui, QObject* parent) : QAbstractListModel(parent), m_ui(ui) {
    Changes all;
    all.all = true;
    take(all);
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

const model::Entry* LogModel::find(std::int64_t seq) const {
    const auto& log = m_ui.desk.log();
    if (log.empty())
        return nullptr;
    // The journal has no gaps, so the place follows from the number; the search is for a log that has.
    const auto guess = seq - log.front().seq;
    if (guess >= 0 && guess < static_cast<std::int64_t>(log.size()) && log[static_cast<std::size_t>(guess)].seq == seq)
        return &log[static_cast<std::size_t>(guess)];
    const auto it =
        std::lower_bound(log.begin(), log.end(), seq, [](const model::Entry& e, std::int64_t s) { return e.seq < s; });
    return it != log.end() && it->seq == seq ? &*it : nullptr;
}

const model::Entry* LogModel::entryAt(const QModelIndex& index) const {
    return index.isValid() && index.row() < rowCount() ? find(m_items[static_cast<std::size_t>(index.row())].seq)
                                                       : nullptr;
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Item& item = m_items[static_cast<std::size_t>(index.row())];
    const auto sentence = [&] {
        if (item.sentence.isEmpty()) {
            if (const model::Entry* entry = find(item.seq))
                item.sentence = entrySentence(*entry, m_ui.desk.state(), m_ui.language);
        }
        return item.sentence;
    };
    const auto actor = [&] {
        const model::Entry* entry = find(item.seq);
        return entry ? entryActor(*entry) : QString();
    };
    switch (role) {
    case timeRole:
        return Words::clock(item.time);
    case actorRole:
        return actor();
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return sentence();
    case textRole:
        return QString(actor() + QLatin1Char(' ') + sentence());
    case Qt::AccessibleTextRole:
        return QStringList{Words::clock(item.time), actor(), sentence()}.join(QStringLiteral(", "));
    case seqRole:
        return QVariant::fromValue<qlonglong>(item.seq);
    default:
        return {};
    }
}

void LogModel::take(const Changes& changes) {
    const auto& log = m_ui.desk.log();
    if (changes.all || log.empty() || (!m_items.empty() && m_items.front().seq < log.front().seq - 1) ||
        (!m_items.empty() && m_items.front().seq > log.back().seq)) {
        beginResetModel();
        m_items.clear();
        for (const model::Entry& entry : log) {
            if (isForeground(entry))
                m_items.push_front({entry.seq, entry.time, {}});
        }
        endResetModel();
        m_checked = 0; // what came in front of the entries that were checked is checked now
        check();
        return;
    }
    const std::int64_t newest = m_items.empty() ? 0 : m_items.front().seq;
    const auto first = std::upper_bound(log.begin(), log.end(), newest,
                                        [](std::int64_t s, const model::Entry& e) { return s < e.seq; });
    if (const auto count = std::count_if(first, log.end(), isForeground); count > 0) {
        beginInsertRows({}, 0, static_cast<int>(count) - 1);
        for (auto it = first; it != log.end(); ++it) {
            if (isForeground(*it))
                m_items.push_front({it->seq, it->time, {}});
        }
        endInsertRows();
    }
    if (first != log.end())
        check();
    int stale = 0;
    while (stale < rowCount() && m_items[m_items.size() - 1 - static_cast<std::size_t>(stale)].seq < log.front().seq)
        ++stale;
    if (stale > 0) {
        beginRemoveRows({}, rowCount() - stale, rowCount() - 1);
        m_items.erase(m_items.end() - stale, m_items.end());
        endRemoveRows();
    }
}

void LogModel::retranslate() {
    for (const Item& item : m_items)
        item.sentence.clear();
    if (!m_items.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

int LogModel::since(base::Time time) const {
    return static_cast<int>(
        std::count_if(m_items.begin(), m_items.end(), [time](const Item& item) { return item.time >= time; }));
}

void LogModel::check() {
    const auto& log = m_ui.desk.log();
    for (std::size_t i = 1; i < log.size() && m_chain != Chain::broken; ++i) {
        const model::Entry& entry = log[i];
        const model::Entry& before = log[i - 1];
        if (entry.seq <= m_checked)
            continue;
        m_checked = entry.seq;
        if (entry.hash == base::Digest{})
            continue; // of a desk that does not chain
        const bool follows =
            before.seq + 1 == entry.seq &&
            entry.hash == model::chainHash(before.hash, entry.seq, entry.source, entry, entry.data.dump());
        m_chain = follows ? Chain::intact : Chain::broken;
    }
}

} // namespace tocsin::gui
