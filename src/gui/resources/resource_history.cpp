#include "gui/resources/resource_history.hpp"

#include "gui/resources/stock_voucher.hpp"
#include "tocsin/gui/panels/entry_sentence.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {

namespace {
constexpr std::size_t mostEntries = 200;
} // namespace

ResourceHistory::ResourceHistory(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_list(new QListWidget(this)), m_voucher(new QPushButton(this)) {
    m_list->setObjectName(QStringLiteral("resourceHistory"));
    m_list->setWordWrap(true);
    m_voucher->setObjectName(QStringLiteral("printVoucher"));
    m_voucher->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_list, 1);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_voucher);
    column->addLayout(row);
    connect(m_list, &QListWidget::currentRowChanged, this, &ResourceHistory::choose);
    connect(m_list, &QListWidget::itemActivated, this, &ResourceHistory::print);
    connect(m_voucher, &QPushButton::clicked, this, &ResourceHistory::print);
    retranslate();
}

void ResourceHistory::retranslate() {
    m_list->setAccessibleName(tr("History"));
    m_voucher->setText(tr("Print the voucher…"));
    m_voucher->setToolTip(tr("Of the movement of stock that is chosen above"));
    choose();
}

void ResourceHistory::show(model::ResourceId id) {
    m_id = id;
    m_entries.clear();
    m_list->clear();
    choose();
    if (id.isNull())
        return;
    m_ui.desk.entriesAbout(QString::fromStdString(id.toString()), mostEntries, this, [this, id](std::vector<model::Entry> entries) {
        if (m_id != id)
            return;
        m_entries = std::move(entries);
        fill();
    });
}

void ResourceHistory::fill() {
    m_list->clear();
    for (const auto& entry : m_entries)
        m_list->addItem(QStringLiteral("%1  %2\n%3").arg(Words::dateTime(entry.time).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                                                          entryActor(entry), entrySentence(entry, m_ui.desk.state(), m_ui.language)));
    if (m_entries.empty())
        m_list->addItem(tr("Nothing is written about this record yet."));
    choose();
}

void ResourceHistory::choose() {
    const int row = m_list->currentRow();
    m_voucher->setEnabled(row >= 0 && row < static_cast<int>(m_entries.size()) && isStockDocument(m_entries[static_cast<std::size_t>(row)]));
}

void ResourceHistory::print() {
    const int row = m_list->currentRow();
    if (m_voucher->isEnabled() && row >= 0)
        printVoucher(m_ui, m_entries[static_cast<std::size_t>(row)], this);
}

} // namespace tocsin::gui
