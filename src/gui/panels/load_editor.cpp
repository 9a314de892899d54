#include "gui/panels/load_editor.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/plan_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

enum Column : int { supply, store, free, quantity, unit, columns };

QTableWidgetItem* cell(const QString& text, Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter) {
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled);
    item->setTextAlignment(align);
    item->setToolTip(text);
    return item;
}

} // namespace

LoadEditor::LoadEditor(const UiContext& ui, const QString& vehicle, LoadPlan plan, Taken taken, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_vehicle(vehicle), m_plan(std::move(plan)), m_taken(std::move(taken)),
      m_headline(textLabel(ui.theme, this)), m_find(new QLineEdit(this)), m_table(new QTableWidget(0, columns, this)),
      m_orderTitle(textLabel(ui.theme, this, true)), m_order(new QListWidget(this)), m_up(new QPushButton(this)),
      m_down(new QPushButton(this)), m_carried(textLabel(ui.theme, this)), m_met(textLabel(ui.theme, this)),
      m_fault(textLabel(ui.theme, this)), m_act(new QPushButton(this)), m_cancel(new QPushButton(this)) {
    setObjectName(QStringLiteral("loadEditor"));
    resize(720, 560);
    m_headline->setFont(ui.theme.font(Theme::Text::rowBold));
    m_find->setObjectName(QStringLiteral("loadFind"));
    m_find->setMaxLength(80);
    m_find->setClearButtonEnabled(true);
    m_table->setObjectName(QStringLiteral("loadTable"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(34);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setFocusPolicy(Qt::NoFocus); // its fields have it
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(supply, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(store, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(quantity, QHeaderView::Fixed);
    m_table->setColumnWidth(quantity, 110);
    m_order->setObjectName(QStringLiteral("loadOrder"));
    m_order->setMaximumHeight(96);
    m_order->installEventFilter(this);
    m_up->setObjectName(QStringLiteral("stopUp"));
    m_down->setObjectName(QStringLiteral("stopDown"));
    m_up->setIcon(Symbols::icon(QStringLiteral("chevron-up"), ui.theme.colours().text, 16));
    m_down->setIcon(Symbols::icon(QStringLiteral("chevron-down"), ui.theme.colours().text, 16));
    m_carried->setObjectName(QStringLiteral("loadCarried"));
    m_met->setObjectName(QStringLiteral("loadMet"));
    m_fault->setObjectName(QStringLiteral("loadFault"));
    m_fault->setProperty("role", QStringLiteral("error"));
    m_act->setObjectName(QStringLiteral("loadTake"));
    m_act->setProperty("kind", QStringLiteral("primary"));
    m_act->setDefault(true);
    for (auto* button : {m_up, m_down, m_cancel})
        button->setAutoDefault(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_headline);
    column->addWidget(m_find);
    column->addWidget(m_table, 1);
    column->addWidget(m_orderTitle);
    auto* order = new QHBoxLayout;
    auto* moves = new QVBoxLayout;
    moves->addWidget(m_up);
    moves->addWidget(m_down);
    moves->addStretch();
    order->addWidget(m_order, 1);
    order->addLayout(moves);
    column->addLayout(order);
    for (auto* label : {m_carried, m_met, m_fault})
        column->addWidget(label);
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(m_cancel);
    foot->addWidget(m_act);
    column->addLayout(foot);

    connect(m_find, &QLineEdit::textChanged, this, &LoadEditor::fillRows);
    connect(m_up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(1); });
    connect(m_act, &QPushButton::clicked, this, &LoadEditor::take);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    words();
    if (auto* first = m_table->cellWidget(0, quantity))
        first->setFocus();
}

void LoadEditor::fillRows() {
    m_shown = m_plan.shown(m_find->text());
    m_table->setRowCount(0);
    m_table->setRowCount(static_cast<int>(m_shown.size()));
    const PlanWords words(m_ui.desk.state(), m_ui.language);
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        const auto& row = m_plan.rows()[m_shown[i]];
        const int line = static_cast<int>(i);
        const QString name = Words::local(row.item.name, m_ui.language);
        const QString unitWord = Words::unit(row.item.unit);
        m_table->setItem(line, supply, cell(name));
        m_table->setItem(line, store, cell(words.name(row.item.from)));
        m_table->setItem(line, free, cell(Words::number(row.free), Qt::AlignRight | Qt::AlignVCenter));
        m_table->setItem(line, unit, cell(unitWord));
        auto* field = new QLineEdit(row.text, m_table);
        field->setObjectName(QStringLiteral("quantity%1").arg(i));
        field->setMaxLength(40);
        field->setAlignment(Qt::AlignRight);
        field->setAccessibleName(tr("%1 from %2, %3 %4 free", "supply, store, quantity, unit")
                                     .arg(name, words.name(row.item.from), Words::number(row.free), unitWord));
        field->installEventFilter(this);
        connect(field, &QLineEdit::textChanged, this, [this, at = m_shown[i]](const QString& text) {
            m_plan.type(at, text);
            judge();
        });
        m_table->setCellWidget(line, quantity, field);
    }
    judge();
}

void LoadEditor::judge() {
    const PlanWords words(m_ui.desk.state(), m_ui.language);
    QStringList order;
    for (const auto& id : m_plan.stores())
        order << words.name(id);
    const int at = m_order->currentRow();
    m_order->clear();
    m_order->addItems(order);
    m_order->setCurrentRow(std::clamp(at, order.isEmpty() ? -1 : 0, static_cast<int>(order.size()) - 1));
    const bool several = order.size() > 1;
    for (QWidget* part : {static_cast<QWidget*>(m_orderTitle), static_cast<QWidget*>(m_order), static_cast<QWidget*>(m_up), static_cast<QWidget*>(m_down)})
        part->setVisible(several);
    m_carried->setText(m_plan.carried());
    setOrHide(m_met, m_plan.met());
    setOrHide(m_fault, m_plan.fault());
    m_act->setEnabled(m_plan.fault().isEmpty());
}

void LoadEditor::move(int by) {
    const int at = m_order->currentRow();
    if (at < 0 || at + by < 0 || at + by >= m_order->count())
        return;
    m_plan.moveStore(static_cast<std::size_t>(at), by);
    m_order->setCurrentRow(at + by);
    judge();
}

void LoadEditor::take() {
    if (!m_plan.fault().isEmpty())
        return;
    auto load = m_plan.load();
    auto stores = m_plan.stores();
    accept();
    m_taken(std::move(load), std::move(stores));
}

bool LoadEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const int by = key->key() == Qt::Key_Up ? -1 : key->key() == Qt::Key_Down ? 1 : 0;
    if (by == 0)
        return QDialog::eventFilter(watched, event);
    if (watched == m_order) {
        if (!key->modifiers().testFlag(Qt::AltModifier))
            return QDialog::eventFilter(watched, event);
        move(by);
        return true;
    }
    for (int row = 0; row < m_table->rowCount(); ++row) {
        if (m_table->cellWidget(row, quantity) != watched)
            continue;
        if (auto* next = qobject_cast<QLineEdit*>(m_table->cellWidget(row + by, quantity))) {
            next->setFocus();
            next->selectAll();
            m_table->scrollTo(m_table->model()->index(row + by, quantity));
        }
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

void LoadEditor::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

void LoadEditor::words() {
    setWindowTitle(tr("Load"));
    m_headline->setText(tr("What %1 brings").arg(m_vehicle));
    m_find->setPlaceholderText(tr("Another supply: a part of its name or code, or of the store's"));
    m_find->setAccessibleName(tr("Find another supply"));
    m_table->setHorizontalHeaderLabels({tr("Supply"), tr("Store"), tr("Free there"), tr("Loads"), tr("Unit")});
    m_table->setAccessibleName(tr("Supplies and how much of each"));
    m_orderTitle->setText(tr("Loads in this order. Alt+Up and Alt+Down move a store"));
    m_order->setAccessibleName(tr("Order of the stores"));
    m_up->setToolTip(tr("Earlier (Alt+Up)"));
    m_down->setToolTip(tr("Later (Alt+Down)"));
    for (auto* button : {m_up, m_down})
        button->setAccessibleName(button->toolTip());
    m_act->setText(tr("Take this load"));
    m_cancel->setText(tr("Cancel"));
    fillRows();
}

} // namespace tocsin::gui
