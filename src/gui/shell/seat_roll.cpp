#include "tocsin/gui/seat_roll.hpp"

#include "gui/shell/seats_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QEvent>
#include <QWidget>

namespace tocsin::gui {

namespace {
constexpr int kMostLetters = 40;
}

SeatRoll::SeatRoll(const UiContext& ui, int own, std::function<void(int)> end, QWidget* window)
    : QObject(window), m_ui(ui), m_own(own), m_end(std::move(end)), m_window(window), m_open(new QAction(this)) {
    m_open->setObjectName(QStringLiteral("seatRoll"));
    connect(m_open, &QAction::triggered, this, &SeatRoll::open);
    window->installEventFilter(this);
    words();
}

void SeatRoll::words() {
    m_open->setText(tr("Who sits at this desk"));
}

void SeatRoll::take(std::vector<desk::SeatInfo> seats) {
    if (seats == m_seats)
        return;
    m_seats = std::move(seats);
    emit changed();
}

void SeatRoll::end(int seat) {
    if (mayEnd())
        m_end(seat);
}

void SeatRoll::open() {
    if (auto* there = m_window->findChild<SeatsDialog*>()) {
        there->raise();
        there->activateWindow();
        return;
    }
    (new SeatsDialog(m_ui, *this, m_window))->open();
}

QString SeatRoll::shownName(const desk::SeatInfo& seat) {
    QString name;
    for (const QChar c : QString::fromStdString(seat.person)) {
        if (c.category() == QChar::Other_Control)
            name += QLatin1Char(' ');
        else if (c.category() != QChar::Other_Format) // what turns the order round, too
            name += c;
    }
    name = Words::shortened(name.simplified(), kMostLetters);
    return name.isEmpty() ? tr("nobody has said who") : name;
}

bool SeatRoll::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        words();
    return QObject::eventFilter(watched, event);
}

} // namespace tocsin::gui
