#include "gui/shell/seats_dialog.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {
constexpr int kNumberRole = Qt::UserRole;
}

SeatsDialog::SeatsDialog(const UiContext& ui, SeatRoll& roll, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_roll(roll), m_title(new QLabel(this)), m_note(new QLabel(this)), m_list(new QTreeWidget(this)),
      m_end(new QPushButton(this)), m_close(new QPushButton(this)) {
    setObjectName(QStringLiteral("seatsDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(640, 380);
    m_title->setFont(ui.theme.font(Theme::Text::title));
    m_note->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("seatsList"));
    m_list->setRootIsDecorated(false);
    m_list->setAllColumnsShowFocus(true);
    m_list->setColumnCount(4);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_end->setObjectName(QStringLiteral("seatsEnd"));
    m_end->setAutoDefault(false);
    m_end->setVisible(roll.own() == 0);
    m_close->setObjectName(QStringLiteral("seatsClose"));
    m_close->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_note);
    column->addWidget(m_list, 1);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_end);
    foot->addStretch(1);
    foot->addWidget(m_close);
    column->addLayout(foot);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this] { m_end->setEnabled(m_roll.mayEnd() && chosen() > 0); });
    connect(m_end, &QPushButton::clicked, this, &SeatsDialog::askEnd);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    connect(&roll, &SeatRoll::changed, this, &SeatsDialog::refresh);
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || changes.desk)
            refresh();
    });
    words();
    m_list->setFocus();
}

void SeatsDialog::words() {
    m_title->setText(tr("Who sits at this desk"));
    setWindowTitle(m_title->text());
    m_list->setHeaderLabels({tr("Place"), tr("Who"), tr("Since"), tr("Last acted")});
    m_list->setAccessibleName(m_title->text());
    m_end->setText(tr("End this seat…"));
    m_close->setText(tr("Close"));
    refresh();
}

int SeatsDialog::chosen() const {
    const auto* item = m_list->currentItem();
    return item == nullptr ? 0 : item->data(0, kNumberRole).toInt();
}

void SeatsDialog::refresh() {
    const auto& desk = m_ui.desk;
    if (m_roll.own() != 0 && desk.readOnly())
        m_note->setText(tr("No desk is there now, so who sits at it is not known."));
    else if (m_roll.own() != 0)
        m_note->setText(tr("This window is seat %1. A seat is ended at the desk's own window.").arg(m_roll.own()));
    else if (m_roll.seats().empty())
        m_note->setText(tr("Nobody else sits here. Whoever starts Tocsin on this county a second time takes a seat."));
    else
        m_note->setText(tr("What is done at a seat is written down under the name that is said there."));
    const int kept = chosen();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    const QString onDuty = QString::fromStdString(desk.state().desk.onDuty);
    auto* own = new QTreeWidgetItem(m_list, {tr("The desk"), onDuty.isEmpty() ? tr("nobody on duty") : onDuty, QString(), QString()});
    own->setData(0, kNumberRole, 0);
    m_list->setCurrentItem(own);
    for (const auto& seat : m_roll.seats()) {
        const QString place = seat.seat == m_roll.own() ? tr("Seat %1 (this window)").arg(seat.seat) : tr("Seat %1").arg(seat.seat);
        auto* item = new QTreeWidgetItem(m_list, {place, SeatRoll::shownName(seat), Words::moment(seat.since, desk.now(), m_ui.language),
                                                  seat.acted ? Words::moment(*seat.acted, desk.now(), m_ui.language) : tr("not yet")});
        item->setData(0, kNumberRole, seat.seat);
        if (seat.seat == kept)
            m_list->setCurrentItem(item);
    }
    m_end->setEnabled(m_roll.mayEnd() && chosen() > 0);
}

void SeatsDialog::askEnd() {
    const int seat = chosen();
    const auto found = std::find_if(m_roll.seats().begin(), m_roll.seats().end(), [seat](const auto& one) { return one.seat == seat; });
    if (seat == 0 || found == m_roll.seats().end())
        return;
    const QString who = SeatRoll::shownName(*found);
    auto* ask = new QMessageBox(QMessageBox::Question, windowTitle(),
                                tr("End seat %1 (%2)? That window only shows from then on, and says that it was ended here. What was "
                                   "answered there is kept.")
                                    .arg(QString::number(seat), who),
                                QMessageBox::NoButton, this);
    ask->setObjectName(QStringLiteral("seatsEndAsk"));
    ask->setTextFormat(Qt::PlainText);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    auto* end = ask->addButton(tr("End the seat"), QMessageBox::DestructiveRole);
    ask->setDefaultButton(ask->addButton(tr("Leave it"), QMessageBox::RejectRole));
    // Whoever sits there by now: a place that somebody else has taken meanwhile is not ended for the one before.
    connect(end, &QPushButton::clicked, this, [this, seat, since = found->since] {
        for (const auto& one : m_roll.seats())
            if (one.seat == seat && one.since == since)
                return m_roll.end(seat);
    });
    ask->open();
}

void SeatsDialog::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    QDialog::changeEvent(event);
}

} // namespace tocsin::gui
