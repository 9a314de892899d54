#include "gui/resources/grid_edit.hpp"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

GridEdit::GridEdit(int columns, QWidget* parent)
    : QWidget(parent), m_table(new QTableWidget(0, columns, this)), m_add(new QPushButton(this)), m_remove(new QPushButton(this)) {
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(28);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->installEventFilter(this);
    for (auto* button : {m_add, m_remove})
        button->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_table);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    column->addLayout(buttons);
    connect(m_table, &QTableWidget::cellChanged, this, [this] {
        if (!m_filling)
            emit edited();
    });
    connect(m_add, &QPushButton::clicked, this, [this] {
        addRow({});
        m_table->setFocus();
        m_table->setCurrentCell(m_table->rowCount() - 1, 0);
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        const int row = m_table->currentRow() >= 0 ? m_table->currentRow() : m_table->rowCount() - 1;
        if (row < 0)
            return;
        m_table->removeRow(row);
        fit();
        emit edited();
    });
    fit();
}

void GridEdit::setHeader(const QStringList& header, const QString& add, const QString& remove) {
    m_table->setHorizontalHeaderLabels(header);
    m_add->setText(add);
    m_remove->setText(remove);
    m_table->setAccessibleName(header.join(QStringLiteral(", ")));
}

void GridEdit::addRow(const QStringList& texts) {
    m_filling = true;
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    for (int i = 0; i < m_table->columnCount(); ++i)
        m_table->setItem(row, i, new QTableWidgetItem(i < texts.size() ? texts[i] : QString()));
    m_filling = false;
    fit();
}

void GridEdit::set(const std::vector<QStringList>& rows) {
    m_filling = true;
    m_table->setRowCount(0);
    m_filling = false;
    for (const auto& row : rows)
        addRow(row);
    fit();
}

std::vector<QStringList> GridEdit::rows() const {
    std::vector<QStringList> out;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        QStringList texts;
        for (int i = 0; i < m_table->columnCount(); ++i) {
            const auto* item = m_table->item(row, i);
            texts << (item == nullptr ? QString() : item->text().trimmed());
        }
        if (std::any_of(texts.begin(), texts.end(), [](const auto& text) { return !text.isEmpty(); }))
            out.push_back(texts);
    }
    return out;
}

void GridEdit::setReadOnly(bool readOnly) {
    m_table->setEditTriggers(readOnly ? QAbstractItemView::NoEditTriggers : QAbstractItemView::AllEditTriggers);
    m_add->setEnabled(!readOnly);
    m_remove->setEnabled(!readOnly);
}

void GridEdit::fit() {
    const int rows = std::clamp(m_table->rowCount(), 1, 8);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() + rows * 28 + 6);
}

bool GridEdit::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event); // NOLINT: the type says so
        if (key->key() == Qt::Key_Delete && key->modifiers() == Qt::ControlModifier) {
            m_remove->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace tocsin::gui
