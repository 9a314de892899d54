#include "gui/resources/typing_model.hpp"

#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCompleter>
#include <QLineEdit>
#include <algorithm>

namespace tocsin::gui {

using Column = model::TypingColumn;
using Flaw = model::TypingFlaw;
using model::TypingTable;

namespace {

/// A key of a kind, or its word in the language in force, as the key.
std::string kindFrom(const QString& text) {
    for (int k = 0; k < model::resourceKinds; ++k) {
        const auto kind = static_cast<model::ResourceKind>(k);
        if (text.compare(Words::resourceKind(kind), Qt::CaseInsensitive) == 0)
            return std::string(model::toString(kind));
    }
    return text.toStdString();
}

QString kindWord(const std::string& key) {
    const auto kind = model::resourceKindFrom(key);
    return kind ? Words::resourceKind(*kind) : QString::fromStdString(key);
}

} // namespace

QString TypingWords::column(Column column) {
    switch (column) {
    case Column::code: return tr("Code");
    case Column::name: return tr("Name");
    case Column::nameZh: return tr("Name in Chinese");
    case Column::nims: return tr("Like the NIMS type");
    case Column::gbt: return tr("GB/T 38565");
    case Column::level1: return tr("Level 1");
    case Column::level1Zh: return tr("Level 1 in Chinese");
    case Column::level2: return tr("Level 2");
    case Column::level2Zh: return tr("Level 2 in Chinese");
    case Column::level3: return tr("Level 3");
    case Column::level3Zh: return tr("Level 3 in Chinese");
    case Column::capability: return tr("Stands for the capability");
    case Column::kind: return tr("for the kind");
    case Column::supply: return tr("for the supply");
    }
    return {};
}

QString TypingWords::fault(const model::TypingFault& fault) {
    const QString about = QString::fromStdString(fault.about);
    switch (fault.flaw) {
    case Flaw::empty: return tr("must not be empty");
    case Flaw::tooLong: return tr("is too long");
    case Flaw::badCode:
        return fault.table == TypingTable::codes || fault.column == Column::gbt
                   ? tr("“%1” is no code of GB/T 38565: seven digits, the first 1, 2 or 3").arg(about)
                   : tr("“%1” has a blank or a sign that a capability's code must not have").arg(about);
    case Flaw::twice: return tr("%1 stands there twice").arg(about);
    case Flaw::levelGap: return tr("is missing: a higher level is there");
    case Flaw::levelTwice: return tr("says the same as a lower level");
    case Flaw::unknownCapability: return tr("%1 is not in the table of capabilities").arg(about);
    case Flaw::unknownCode: return tr("%1 is not in the table of codes").arg(about);
    case Flaw::unknownKind: return tr("“%1” is no kind of resource").arg(about);
    case Flaw::standsForOther: return tr("this code stands for the capability %1").arg(about);
    case Flaw::standsForTwo: return tr("a code stands for one thing only: a capability, a kind or a supply");
    }
    return {};
}

QString TypingWords::use(const model::CapabilityUse& use, const QString& language) {
    QStringList counts;
    if (use.records > 0)
        counts << (use.records == 1 ? tr("1 record") : tr("%1 records").arg(use.records));
    if (use.plans > 0)
        counts << (use.plans == 1 ? tr("1 plan") : tr("%1 plans").arg(use.plans));
    if (use.incidents > 0)
        counts << (use.incidents == 1 ? tr("1 open incident") : tr("%1 open incidents").arg(use.incidents));
    if (use.requests > 0)
        counts << (use.requests == 1 ? tr("1 request for aid") : tr("%1 requests for aid").arg(use.requests));
    QStringList names;
    for (const auto& name : use.examples)
        names << Words::shortened(Words::local(name, language), 40);
    if (use.all() > use.examples.size())
        names << QStringLiteral("…");
    return tr("%1: %2", "how many of what, their names").arg(counts.join(QStringLiteral(", ")), names.join(QStringLiteral(", ")));
}

QString TypingWords::kept(const model::CapabilityUse& use, const QString& language) {
    return tr("still used by %1").arg(TypingWords::use(use, language));
}

TypingModel::TypingModel(const UiContext& ui, TypingDraft& draft, TypingTable which, QObject* parent)
    : QAbstractTableModel(parent), m_ui(ui), m_draft(draft), m_which(which) {
    connect(&draft, &TypingDraft::aboutToReset, this, [this] { beginResetModel(); });
    connect(&draft, &TypingDraft::reset, this, [this] {
        m_letters.clear();
        endResetModel();
    });
    connect(&draft, &TypingDraft::checked, this, [this] {
        m_letters.clear(); // an edit may put right, or wrong, what stands in another row
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    });
}

int TypingModel::sectionOf(Column column) const {
    const auto columns = columnsOf(m_which);
    const auto at = static_cast<int>(std::find(columns.begin(), columns.end(), column) - columns.begin());
    return at == 0 ? 0 : at + 1;
}

Column TypingModel::columnAt(int section) const {
    return columnsOf(m_which)[static_cast<std::size_t>(section <= wrongSection ? 0 : section - 1)];
}

void TypingModel::retranslate() {
    m_letters.clear();
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

QString TypingModel::wrongIn(int row, int section) const {
    if (section == wrongSection)
        return {};
    const auto column = columnAt(section);
    QStringList out;
    for (const auto& fault : m_draft.faultsIn(m_which, static_cast<std::size_t>(row))) {
        if (fault.column == column)
            out << TypingWords::fault(fault);
    }
    if (m_which == TypingTable::capabilities && column == Column::code && m_draft.isRenamed(static_cast<std::size_t>(row)))
        out << TypingWords::kept(*m_draft.usedBy(static_cast<std::size_t>(row)), m_ui.language);
    return out.join(QStringLiteral("; "));
}

QString TypingModel::wrongInRow(int row) const {
    QStringList out;
    for (int section = 0; section < columnCount(); ++section) {
        if (const QString wrong = wrongIn(row, section); !wrong.isEmpty())
            out << QStringLiteral("%1: %2").arg(TypingWords::column(columnAt(section)), wrong);
    }
    return out.join(QStringLiteral(" · "));
}

const QString& TypingModel::lettersIn(int row) const {
    m_letters.resize(static_cast<std::size_t>(rowCount()));
    auto& letters = m_letters[static_cast<std::size_t>(row)];
    if (letters.isNull()) {
        QStringList cells;
        for (int section = 0; section < columnCount(); ++section)
            cells << index(row, section).data().toString();
        letters = foldedForSearch(cells.join(QLatin1Char('\n')));
    }
    return letters;
}

int TypingModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_draft.rows(m_which));
}

int TypingModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columnsOf(m_which).size()) + 1;
}

QVariant TypingModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const int section = index.column();
    if (section == wrongSection) {
        if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
            return {};
        const QString wrong = wrongInRow(index.row());
        return wrong.isEmpty() ? QVariant() : QVariant(wrong);
    }
    const auto text = m_draft.cell(m_which, static_cast<std::size_t>(index.row()), columnAt(section));
    const QString shown = columnAt(section) == Column::kind ? kindWord(text) : QString::fromStdString(text);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return shown;
    case Qt::DecorationRole:
        return wrongIn(index.row(), section).isEmpty()
                   ? QVariant()
                   : QVariant(Symbols::icon(QStringLiteral("warning"), m_ui.theme.colours().text, 16));
    case Qt::ToolTipRole: {
        const QString wrong = wrongIn(index.row(), section);
        return wrong.isEmpty() ? shown : QStringLiteral("%1: %2").arg(TypingWords::column(columnAt(section)), wrong);
    }
    case Qt::AccessibleDescriptionRole:
        return wrongIn(index.row(), section);
    default:
        return {};
    }
}

bool TypingModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable))
        return false;
    const auto column = columnAt(index.column());
    const QString text = value.toString().simplified();
    m_draft.setCell(m_which, static_cast<std::size_t>(index.row()), column, column == Column::kind ? kindFrom(text) : text.toStdString());
    return true;
}

QVariant TypingModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return QAbstractTableModel::headerData(section, orientation, role);
    return section == wrongSection ? tr("What is wrong") : TypingWords::column(columnAt(section));
}

Qt::ItemFlags TypingModel::flags(const QModelIndex& index) const {
    auto out = QAbstractTableModel::flags(index);
    if (index.isValid() && m_editable && index.column() != wrongSection)
        out |= Qt::ItemIsEditable;
    return out;
}

TypingRows::TypingRows(const TypingModel& model, QObject* parent) : QSortFilterProxyModel(parent), m_model(model) {
    setDynamicSortFilter(false);
}

void TypingRows::showThoseWith(const QString& letters) {
    const QString folded = foldedForSearch(letters);
    if (folded == m_letters)
        return;
    m_letters = folded;
    invalidateRowsFilter();
}

bool TypingRows::filterAcceptsRow(int row, const QModelIndex& /*parent*/) const {
    return m_letters.isEmpty() || m_model.lettersIn(row).contains(m_letters);
}

TypingDelegate::TypingDelegate(const TypingDraft& draft, const TypingModel& model, QObject* parent)
    : QStyledItemDelegate(parent), m_draft(draft), m_model(model) {}

QWidget* TypingDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    auto* editor = QStyledItemDelegate::createEditor(parent, option, index);
    auto* line = qobject_cast<QLineEdit*>(editor);
    if (line == nullptr)
        return editor;
    const auto column = m_model.columnAt(index.column());
    line->setAccessibleName(TypingWords::column(column));
    QStringList words;
    if (column == Column::capability) {
        for (const auto& word : m_draft.tables().capabilities)
            words << QString::fromStdString(word.code);
    } else if (column == Column::gbt) {
        for (const auto& word : m_draft.tables().codes)
            words << QString::fromStdString(word.code);
    } else if (column == Column::kind) {
        for (int k = 0; k < model::resourceKinds; ++k)
            words << Words::resourceKind(static_cast<model::ResourceKind>(k));
    }
    if (!words.isEmpty()) {
        auto* completer = new QCompleter(words, line);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        line->setCompleter(completer);
    }
    return editor;
}

} // namespace tocsin::gui
