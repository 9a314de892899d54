#include "gui/tools/register_layout.hpp"

#include <QDialog>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace tocsin::gui {

void setUpRegister(QTableView& view) {
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setSelectionMode(QAbstractItemView::ExtendedSelection);
    view.setShowGrid(false);
    view.setWordWrap(false);
    view.setSortingEnabled(true);
    view.horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    view.horizontalHeader()->setStretchLastSection(true);
    view.horizontalHeader()->setHighlightSections(false);
    view.horizontalHeader()->setResizeContentsPrecision(0);
    view.verticalHeader()->hide();
    view.verticalHeader()->setDefaultSectionSize(28);
    view.setTabKeyNavigation(false);
    view.setIconSize({18, 18});
}

void layOutRegister(QDialog& window, RegisterHead head, QWidget* table, QWidget* form) {
    auto* split = new QSplitter(Qt::Horizontal, &window);
    split->addWidget(table);
    split->addWidget(form);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({760, 460});
    split->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(&window);
    column->setContentsMargins(0, 12, 0, 12);
    column->setSpacing(6);
    auto* above = new QVBoxLayout;
    above->setContentsMargins(16, 0, 16, 0);
    above->setSpacing(2);
    above->addWidget(head.heading);
    above->addWidget(head.hint);
    column->addLayout(above);
    column->addWidget(split, 1);
}

} // namespace tocsin::gui
