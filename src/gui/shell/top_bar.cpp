#include "gui/shell/top_bar.hpp"

#include "gui/panels/load_gauge.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace tocsin::gui {

namespace {

constexpr int kMargin = 16;
constexpr int kBarHeight = 51; ///< 48, and the line below it, which is striped in an exercise
constexpr int kLevels = 10;    ///< how often the bar can drop something

} // namespace

TopBar::TopBar(const UiContext& ui, QTimeZone zone, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_zone(zone.isValid() ? std::move(zone) : QTimeZone::utc()),
      m_row(new QHBoxLayout(this)), m_brand(new BarButton(ui, this)), m_county(new BarButton(ui, this)),
      m_exercise(new ExerciseBadge(ui, this)), m_response(new BarButton(ui, this)), m_feeds(new FeedLamps(ui, this)),
      m_load(new LoadGauge(ui, this)), m_sound(new BarButton(ui, this)), m_duty(new BarButton(ui, this)), m_seats(new BarButton(ui, this)),
      m_language(new BarButton(ui, this)), m_look(new BarButton(ui, this)), m_help(new BarButton(ui, this)),
      m_call(new BarButton(ui, this)), m_clock(new BarClock(ui, m_zone, this)) {
    setObjectName(QStringLiteral("topBar"));
    setFixedHeight(kBarHeight);
    m_row->setContentsMargins(8, 0, kMargin, 3);
    m_help->setGlyph(QStringLiteral("keyboard"));
    m_response->setObjectName(QStringLiteral("responseButton"));
    m_call->setObjectName(QStringLiteral("callButton"));
    m_call->setGlyph(QStringLiteral("phone"));
    m_call->setOutlined(true);
    m_call->hide();
    m_duty->setObjectName(QStringLiteral("dutyButton"));
    m_seats->setObjectName(QStringLiteral("seatsButton"));
    m_seats->setGlyph(QStringLiteral("people"));
    m_seats->hide();
    m_sound->setObjectName(QStringLiteral("soundButton"));
    m_language->setObjectName(QStringLiteral("languageButton"));
    m_look->setObjectName(QStringLiteral("lookButton"));
    for (QWidget* part : std::initializer_list<QWidget*>{m_brand, m_county, m_exercise, m_response, m_call})
        m_row->addWidget(part);
    m_row->addStretch(1);
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_feeds, m_load, m_duty, m_seats, m_sound, m_language, m_look, m_help, m_clock})
        m_row->addWidget(part);
    for (BarButton* words : {m_brand, m_county}) {
        words->setFocusPolicy(Qt::NoFocus);
        words->setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    connect(m_response, &QAbstractButton::clicked, this, &TopBar::responseWanted);
    connect(m_call, &QAbstractButton::clicked, this, &TopBar::callWanted);
    connect(m_duty, &QAbstractButton::clicked, this, &TopBar::dutyWanted);
    connect(m_seats, &QAbstractButton::clicked, this, &TopBar::seatsWanted);
    connect(m_sound, &QAbstractButton::clicked, this, &TopBar::showMuteMenu);
    connect(m_language, &QAbstractButton::clicked, this, &TopBar::languageWanted);
    connect(m_look, &QAbstractButton::clicked, this, &TopBar::lookWanted);
    connect(m_help, &QAbstractButton::clicked, this, &TopBar::helpWanted);
    connect(m_feeds, &FeedLamps::wanted, this, &TopBar::feedsWanted);
    connect(&m_ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || changes.desk || !changes.readings.empty() || changes.entries > 0)
            refresh();
    });
    connect(m_load, &QAbstractButton::clicked, this, &TopBar::loadWanted);
    connect(&m_ui.desk.alarmWatch(), &AlarmWatch::changed, this, [this] {
        if (const int wanted = wantedWidth(); wanted != m_wanted) {
            m_wanted = wanted;
            fit();
        }
    });
    connect(&m_ui.theme, &Theme::changed, this, &TopBar::refresh);
    connect(&m_ticker, &QTimer::timeout, this, &TopBar::tick);
    m_ticker.start(200); // a fifth of a second, so that no second is skipped
    refresh();
}

void TopBar::refresh() {
    const model::DeskStatus& desk = m_ui.desk.state().desk;
    m_brand->setText(tr("Tocsin"));
    m_brand->setGlyph(QStringLiteral("logo"), m_ui.theme.colours().accent);
    m_county->setText(QString());
    m_county->setSecondText(Words::local(desk.county, m_ui.language));
    m_exercise->setVisible(desk.exercise);
    m_exercise->setToolTip(tr("A drill: nothing leaves this desk for the real world."));
    if (desk.responseLevel) {
        const QString title = Words::local(desk.responseTitle, m_ui.language);
        const QString level = tr("Response %1").arg(Words::numeral(*desk.responseLevel));
        m_response->setText(title.isEmpty() ? level : tr("%1 · %2", "response level · hazard").arg(level, title));
        m_response->setFill(m_ui.theme.grade(*desk.responseLevel), m_ui.theme.onGrade(*desk.responseLevel));
        m_response->setOutlined(false);
    } else {
        m_response->setText(tr("Peacetime"));
        m_response->setFill(QColor(), QColor());
        m_response->setOutlined(true);
    }
    m_call->setText(tr("Call"));
    m_call->setToolTip(tr("Take a call (F7)"));
    m_call->setAccessibleName(m_call->toolTip());
    m_response->setToolTip(tr("Response level: click to raise, lower or end it"));
    m_language->setText(m_ui.language.startsWith(QLatin1String("zh")) ? QStringLiteral("EN") : QStringLiteral("中文"));
    m_language->setToolTip(tr("Switch to Chinese (Ctrl+L)"));
    const bool dark = m_ui.theme.look() == Theme::Look::dark;
    m_look->setGlyph(dark ? QStringLiteral("sun") : QStringLiteral("moon"));
    m_look->setToolTip(dark ? tr("Light look (Ctrl+D)") : tr("Dark look (Ctrl+D)"));
    m_look->setAccessibleName(m_look->toolTip());
    m_help->setToolTip(tr("Keys and tour (F1)"));
    m_help->setAccessibleName(m_help->toolTip());
    if (desk.onDuty.empty()) {
        m_duty->setText(tr("Nobody on duty"));
        m_duty->setSecondText(QString());
        m_duty->setToolTip(tr("Click to start a shift"));
    } else {
        m_duty->setText(QString::fromStdString(desk.onDuty));
        m_duty->setSecondText(desk.dutyUntil ? tr(" · until %1").arg(hourMinuteIn(*desk.dutyUntil, m_zone))
                                             : QString());
        const QString leader = QString::fromStdString(desk.leader);
        m_duty->setToolTip((leader.isEmpty() ? QString() : tr("Leader on duty: %1").arg(leader) + QLatin1Char('\n')) +
                           tr("Click to hand over the shift"));
    }
    m_seats->setText(tr("Seats: %1").arg(m_seatCount));
    m_seats->setToolTip(tr("Who sits at this desk, besides its own window"));
    m_seats->setAccessibleName(m_seats->text() + QStringLiteral(". ") + m_seats->toolTip());
    m_feeds->refresh();
    tick();
    fit();
    update();
}

bool TopBar::muted() const {
    return m_ui.desk.state().desk.soundMuted(m_ui.desk.now());
}

void TopBar::tick() {
    m_clock->refresh();
    if (++m_ticks % 5 == 0) // once a second
        m_feeds->refresh();
    const bool silent = muted();
    const QString words =
        silent ? tr("Muted until %1").arg(hourMinuteIn(*m_ui.desk.state().desk.soundMutedUntil, m_zone)) : QString();
    if (m_sound->text() == words && !m_sound->toolTip().isEmpty() && !m_sound->property("stale").toBool())
        return;
    m_sound->setProperty("stale", false);
    m_sound->setText(words);
    m_sound->setGlyph(silent ? QStringLiteral("mute") : QStringLiteral("sound"));
    m_sound->setLoud(silent);
    m_sound->setToolTip(silent ? tr("The alarm sound is off for a time. Click to change it.")
                               : tr("The alarm sound is on. Click to mute it for a time."));
    m_sound->setAccessibleName(m_sound->toolTip());
    fit();
}

void TopBar::showMuteMenu() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (muted())
        menu->addAction(tr("Sound on again"), this, [this] { emit muteWanted(0); });
    for (const int minutes : {5, 15, 30})
        menu->addAction(tr("Mute for %1 minutes").arg(minutes), this, [this, minutes] { emit muteWanted(minutes); });
    menu->popup(m_sound->mapToGlobal(QPoint(0, m_sound->height() - 8)));
}

int TopBar::wantedWidth() const {
    int width = 8 + kMargin;
    for (int i = 0; i < m_row->count(); ++i) {
        const QWidget* part = m_row->itemAt(i)->widget();
        if (part != nullptr && !part->isHidden())
            width += part->sizeHint().width() + m_row->spacing();
    }
    return width;
}

void TopBar::fitTo(int level) {
    m_row->setSpacing(level < 1 ? 14 : 8);
    m_feeds->setNamesShown(level < 2);
    m_load->setNameShown(level < 3);
    m_load->setWordShown(level < 5);
    m_help->setVisible(level < 4);
    m_call->setVisible(m_callShown && level < 6);
    m_seats->setVisible(m_seatCount > 0 && level < 7);
    m_duty->setMostWidth(level < 5 ? 0 : 150);
    m_response->setMostWidth(level < 6 ? 0 : 140);
    m_county->setVisible(level < 7);
    m_load->setVisible(level < 8);
    m_feeds->setVisible(level < 9);
    m_brand->setVisible(level < 10);
}

void TopBar::fit() {
    for (int level = 0; level <= kLevels; ++level) {
        fitTo(level);
        if (wantedWidth() <= width())
            return;
    }
}

void TopBar::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.fillRect(rect(), m_ui.theme.colours().panel);
    // The exercise's mark runs along the whole window, so that no photo of a drill is taken for the real thing.
    if (m_ui.desk.state().desk.exercise)
        painter.fillRect(QRect(0, height() - 3, width(), 3), Symbols::exerciseBrush(m_ui.theme));
    else
        painter.fillRect(QRect(0, height() - 1, width(), 1), m_ui.theme.colours().line);
}

void TopBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void TopBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        m_sound->setProperty("stale", true);
        refresh();
    }
    QWidget::changeEvent(event);
}

void TopBar::setCallShown(bool shown) {
    m_callShown = shown;
    refresh();
}

void TopBar::setSeats(int seats) {
    if (seats == m_seatCount)
        return;
    m_seatCount = seats;
    refresh();
}

void TopBar::setFeedStatus(FeedStatusSource status) {
    m_feeds->setStatus(std::move(status));
    m_feeds->refresh();
}

} // namespace tocsin::gui
