#include "tocsin/gui/panels/row_panel.hpp"

#include "gui/panels/row_list.hpp"
#include "gui/panels/row_model.hpp"

#include <QAction>
#include <QItemSelectionModel>
#include <QTimer>

namespace tocsin::gui {

void RowPanel::setUp(RowList& list, RowSource& model) {
    m_list = &list;
    m_model = &model;
    // Removing the current row makes a view choose a neighbour. A person's attention must not jump by itself, so what
    // the view does while rows go is not followed. These connections stand before the view's own.
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_following = true; });
    list.dress(m_ui.theme);
    list.setModel(&model);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this] {
        m_following = false;
        showSelection();
    });
    // A row that only moved is taken out and put in: the person's choice goes with it.
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_following)
            showSelection();
    });
    setFocusProxy(&list);

    connect(list.selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (m_following || !current.isValid())
            return;
        m_ui.selection.select(selectedFor(m_model->idAt(current)));
    });
    connect(&m_ui.selection, &Selection::changed, this, &RowPanel::showSelection);
    connect(&list, &RowList::clicked, this, [this](const QModelIndex& index) {
        // The current row may be that of a selection that has moved elsewhere since.
        m_ui.selection.select(selectedFor(m_model->idAt(index)));
    });
    list.onKey = [this](int key) { return command(key); };
    connect(&list, &RowList::doubleClicked, this, [this] { command(Qt::Key_Return); });
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        take(changes);
        currentMoved();
    });
    auto* ages = new QTimer(this); // the ages on the rows go on while nothing happens
    connect(ages, &QTimer::timeout, &list, [&list] { list.viewport()->update(); });
    ages->start(1000);

    Changes everything;
    everything.all = true;
    take(everything);
    words();
    showSelection();
}

void RowPanel::takeFocus() {
    m_list->setFocus(Qt::ShortcutFocusReason);
    if (!m_list->currentIndex().isValid() && m_model->rowCount() > 0)
        m_list->setCurrentIndex(m_model->index(0));
}

QList<QAction*> RowPanel::keyActions() {
    const auto acts = keyActs();
    while (m_keyActions.size() < static_cast<qsizetype>(acts.size())) {
        auto* made = new QAction(this);
        connect(made, &QAction::triggered, this, [this, key = acts[static_cast<std::size_t>(m_keyActions.size())].key] {
            command(key);
        });
        m_keyActions.append(made);
    }
    for (std::size_t i = 0; i < acts.size(); ++i) {
        QAction* action = m_keyActions[static_cast<qsizetype>(i)];
        const KeyAct& act = acts[i];
        action->setObjectName(QString::fromLatin1(act.english));
        action->setText(act.word);
        action->setEnabled(act.possible);
        action->setData(act.glyph);
        action->setProperty("keyText", act.keyText);
        action->setProperty("detail", act.sentence == act.word ? QString() : act.sentence);
        action->setProperty("sheetOnly", act.sentence.isEmpty());
    }
    return m_keyActions;
}

base::Uuid RowPanel::currentId() const {
    return m_model->idAt(m_list->currentIndex());
}

void RowPanel::retranslate() {
    if (m_model)
        m_model->refreshAll();
    words();
}

void RowPanel::restyle() {
    if (m_list)
        m_list->viewport()->update();
}

void RowPanel::showSelection() {
    const QModelIndex row = m_model->indexOf(idIn(m_ui.selection.current()));
    if (row != m_list->currentIndex() || m_list->selectionModel()->hasSelection() != row.isValid()) {
        m_following = true;
        if (row.isValid())
            m_list->setCurrentIndex(row);
        else
            m_list->selectionModel()->clear();
        m_following = false;
    }
    currentMoved();
}

} // namespace tocsin::gui
