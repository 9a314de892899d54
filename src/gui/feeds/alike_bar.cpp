#include "gui/feeds/alike_bar.hpp"

#include "gui/panels/detail_parts.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace tocsin::gui {

AlikeBar::AlikeBar(const UiContext& ui, FeedsDesk& feeds, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_feeds(feeds), m_told(textLabel(ui.theme, this, true)), m_button(new QPushButton(this)) {
    m_told->setObjectName(QStringLiteral("alikeTold"));
    m_button->setObjectName(QStringLiteral("takeAlike"));
    m_button->setAutoDefault(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_told, 1);
    row->addWidget(m_button, 0, Qt::AlignBottom);
    connect(m_button, &QPushButton::clicked, this, &AlikeBar::press);
    retranslate();
    settle();
}

AlikeBar::~AlikeBar() {
    m_stop.request_stop();
}

void AlikeBar::setItem(std::optional<std::int64_t> item) {
    m_item = item;
    settle();
}

void AlikeBar::clear() {
    if (!m_running)
        m_told->clear();
}

void AlikeBar::retranslate() {
    m_button->setText(m_running ? tr("Stop") : tr("Take all like it again"));
    m_button->setToolTip(tr("All of this feed that could not be taken for the same kind of reason"));
    m_told->setAccessibleName(tr("What came of taking again"));
}

void AlikeBar::settle() {
    m_button->setEnabled(m_running || (m_item && !m_ui.desk.readOnly()));
}

void AlikeBar::press() {
    if (m_running) {
        m_stop.request_stop();
        m_button->setEnabled(false); // what is under way is finished first
        return;
    }
    if (!m_item)
        return;
    m_running = true;
    m_told->setText(tr("Taking it again …"));
    retranslate();
    settle();
    auto stop = m_feeds.takeAgainAlike(*m_item, this, [this](const FeedsDesk::TakenAgain& now) { show(now); });
    if (m_running) // else it was over at once
        m_stop = std::move(stop);
}

void AlikeBar::show(const FeedsDesk::TakenAgain& now) {
    if (!now.over) {
        m_told->setText(tr("%1 of %2 tried: %3 taken, %4 still refused")
                            .arg(now.tried)
                            .arg(now.all)
                            .arg(now.taken)
                            .arg(now.refused));
        emit changed();
        return;
    }
    m_running = false;
    m_stop = std::stop_source(std::nostopstate);
    QString told = now.tried == now.all && !now.failed
                       ? tr("%1 taken, %2 still refused").arg(now.taken).arg(now.refused)
                       : tr("Ended after %1 of %2: %3 taken, %4 still refused")
                             .arg(now.tried)
                             .arg(now.all)
                             .arg(now.taken)
                             .arg(now.refused);
    const auto reason = now.failed ? now.failed->message : now.reason;
    if (!reason.empty())
        told += QLatin1Char('\n') + Words::sentence(reason);
    m_told->setText(told);
    retranslate();
    settle();
    emit changed();
}

} // namespace tocsin::gui
