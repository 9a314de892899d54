#include "tocsin/gui/time/time_bar.hpp"

#include "gui/time/time_track.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QAbstractItemView>
#include <QButtonGroup>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace tocsin::gui {

namespace {

constexpr int kClosedHeight = 28;
constexpr int kOpenHeight = 96;
constexpr int kSpeeds[] = {1, 10, 60, 600, 3600};

/// The moment by the zone's clock, written as if it were UTC: QDateTimeEdit of Qt 6.4 knows no zones.
QDateTime wallClock(base::Time time, const QTimeZone& zone) {
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(base::toUnixMicros(time) / 1000, zone);
    return {local.date(), local.time(), Qt::UTC};
}

base::Time fromWallClock(const QDateTime& wall, const QTimeZone& zone) {
    return base::fromUnixMillis(QDateTime(wall.date(), wall.time(), zone).toMSecsSinceEpoch());
}

} // namespace

TimeBar::TimeBar(const UiContext& ui, TimeMachine& machine, QTimeZone zone, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_machine(machine), m_zone(zone.isValid() ? std::move(zone) : QTimeZone::utc()),
      m_pill(new QPushButton(this)), m_inside(new QWidget(this)), m_track(new TimeTrack(ui, machine, m_zone, m_inside)),
      m_speed(new QComboBox(m_inside)), m_moment(new QDateTimeEdit(m_inside)), m_stretches(new QButtonGroup(this)),
      m_back(new QPushButton(m_inside)) {
    setObjectName(QStringLiteral("timeBar"));
    setCursor(Qt::ArrowCursor);
    m_pill->setObjectName(QStringLiteral("timePill"));
    m_pill->setCursor(Qt::PointingHandCursor);
    m_pill->setFocusPolicy(Qt::TabFocus);
    m_before = glyphButton("chevron-left", [this] { m_machine.previousMark(); });
    m_play = glyphButton("play", [this] { m_machine.playing() ? m_machine.pause() : m_machine.play(); });
    m_after = glyphButton("chevron-right", [this] { m_machine.nextMark(); });
    m_close = glyphButton("close", [this] { setOpen(false); });
    m_play->setObjectName(QStringLiteral("timePlay"));
    m_back->setObjectName(QStringLiteral("timeBack"));
    m_back->setProperty("kind", "primary");
    m_moment->setObjectName(QStringLiteral("timeMoment"));
    m_moment->setTimeSpec(Qt::UTC);
    m_moment->setKeyboardTracking(false);
    m_moment->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_moment->setFocusPolicy(Qt::StrongFocus);
    m_moment->setAlignment(Qt::AlignCenter);
    m_speed->setObjectName(QStringLiteral("timeSpeed"));
    for (const int speed : kSpeeds)
        m_speed->addItem(QStringLiteral("×") + QString::number(speed), speed);
    m_speed->setCurrentIndex(2);

    auto* column = new QVBoxLayout(m_inside);
    column->setContentsMargins(8, 6, 8, 8);
    column->setSpacing(4);
    column->addWidget(m_track);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    for (QWidget* each : std::initializer_list<QWidget*>{m_before, m_play, m_after, m_speed})
        row->addWidget(each);
    row->addSpacing(4);
    row->addWidget(m_moment);
    row->addStretch(1);
    for (int i = 0; i < 3; ++i) {
        auto* stretch = new QToolButton(m_inside);
        stretch->setCheckable(true);
        stretch->setMinimumHeight(28);
        m_stretches->addButton(stretch, i);
        row->addWidget(stretch);
    }
    m_stretches->button(0)->setChecked(true);
    row->addSpacing(4);
    row->addWidget(m_back);
    row->addWidget(m_close);
    column->addLayout(row);

    connect(m_pill, &QPushButton::clicked, this, [this] { setOpen(true); });
    connect(m_back, &QPushButton::clicked, &m_machine, &TimeMachine::backToNow);
    connect(m_speed, &QComboBox::activated, this, [this](int row_) { m_machine.setSpeed(kSpeeds[row_]); });
    connect(m_stretches, &QButtonGroup::idClicked, this,
            [this](int which) { m_track->setStretch(static_cast<TimeTrack::Stretch>(which)); });
    connect(m_moment, &QDateTimeEdit::dateTimeChanged, this, [this](const QDateTime& wall) {
        m_machine.pause();
        m_machine.goTo(fromWallClock(wall, m_zone));
    });
    connect(&m_machine, &TimeMachine::changed, this, &TimeBar::refresh);
    connect(&m_machine, &TimeMachine::spanChanged, this, &TimeBar::refresh);
    connect(&m_ui.theme, &Theme::changed, this, &TimeBar::dye);
    connect(&m_ui.desk, &DeskBridge::changed, this, [this] {
        if (m_open && !m_machine.isPast())
            refresh(); // now goes on
    });
    dye();
    retranslate();
    fit();
}

QToolButton* TimeBar::glyphButton(const char* name, std::function<void()> run) {
    auto* button = new QToolButton(m_inside);
    button->setProperty("glyph", QString::fromLatin1(name));
    button->setFixedSize(30, 30);
    button->setIconSize({16, 16});
    connect(button, &QToolButton::clicked, this, std::move(run));
    return button;
}

QSize TimeBar::sizeHint() const {
    return {640, m_open ? kOpenHeight : kClosedHeight};
}

void TimeBar::setOpen(bool open) {
    if (open == m_open)
        return;
    const bool hadFocus = isAncestorOf(focusWidget()) || hasFocus();
    m_open = open;
    if (open)
        m_machine.refreshSpan();
    else
        m_machine.backToNow();
    setFixedHeight(sizeHint().height());
    fit();
    refresh();
    emit heightChanged();
    if (open)
        m_track->setFocus(Qt::OtherFocusReason);
    else if (hadFocus && parentWidget() != nullptr)
        parentWidget()->setFocus(Qt::OtherFocusReason);
}

void TimeBar::toggle() {
    if (!m_open)
        setOpen(true);
    else if (m_machine.isPast())
        m_machine.backToNow();
    else
        setOpen(false);
}

void TimeBar::refresh() {
    const bool past = m_machine.isPast();
    {
        const QSignalBlocker quiet(m_moment);
        m_moment->setDateTimeRange(wallClock(m_machine.first(), m_zone), wallClock(m_machine.now(), m_zone));
        if (!m_moment->hasFocus() || past)
            m_moment->setDateTime(wallClock(m_machine.at(), m_zone));
    }
    const bool hadFocus = m_back->hasFocus();
    m_back->setVisible(past);
    if (hadFocus && !past)
        m_track->setFocus(Qt::OtherFocusReason);
    const QString glyph = m_machine.playing() ? QStringLiteral("pause") : QStringLiteral("play");
    if (m_play->property("glyph").toString() != glyph) {
        m_play->setProperty("glyph", glyph);
        m_play->setIcon(Symbols::icon(glyph, m_ui.theme.colours().text, 16));
    }
    const QString play = m_machine.playing() ? tr("Pause") : tr("Play");
    m_play->setToolTip(play + QStringLiteral("  Enter"));
    m_play->setAccessibleName(play);
    m_track->retranslate();
    update();
}

void TimeBar::dye() {
    const Palette& p = m_ui.theme.colours();
    for (QToolButton* button : {m_before, m_play, m_after, m_close})
        button->setIcon(Symbols::icon(button->property("glyph").toString(), p.text, 16));
    m_pill->setIcon(Symbols::icon(QStringLiteral("clock"), p.text, 16));
    m_pill->setIconSize({16, 16});
    m_pill->setStyleSheet(QStringLiteral("QPushButton { min-height: 26px; padding: 0 10px; font-weight: normal; "
                                         "background: %1; } QPushButton:hover { background: %2; }")
                              .arg(p.panel.name(), p.raised.name()));
    m_moment->setFont(m_ui.theme.font(Theme::Text::bodyBold));
    m_pill->setFont(m_ui.theme.font(Theme::Text::second));
    update();
}

void TimeBar::retranslate() {
    const bool chinese = m_ui.language.startsWith(QLatin1String("zh"));
    m_pill->setText(tr("Now"));
    m_pill->setToolTip(tr("The map shows now. Choose another moment  T"));
    m_pill->setAccessibleName(m_pill->toolTip());
    m_back->setText(tr("Back to now"));
    m_back->setToolTip(tr("Back to now") + QStringLiteral("  T"));
    const auto say = [](QWidget* widget, const QString& words, const char* key) {
        widget->setToolTip(key == nullptr ? words : words + QStringLiteral("  ") + QString::fromLatin1(key));
        widget->setAccessibleName(words);
    };
    say(m_before, tr("Back to the mark before"), "Page Up");
    say(m_after, tr("On to the next mark"), "Page Down");
    say(m_close, tr("Close, and back to now"), "Esc");
    say(m_speed, tr("How many seconds of the journal in one second"), nullptr);
    say(m_moment, tr("Exact moment that the map shows"), nullptr);
    m_stretches->button(0)->setText(tr("Hour"));
    m_stretches->button(1)->setText(tr("Day"));
    m_stretches->button(2)->setText(tr("All", "the whole journal"));
    say(m_stretches->button(0), tr("The line of time spans an hour"), nullptr);
    say(m_stretches->button(1), tr("The line of time spans a day"), nullptr);
    say(m_stretches->button(2), tr("The line of time spans the whole journal"), nullptr);
    m_moment->setLocale(QLocale());
    m_moment->setDisplayFormat(chinese ? QStringLiteral("M月d日 HH:mm:ss") : QStringLiteral("d MMM HH:mm:ss"));
    setAccessibleName(tr("Time of the map"));
    fit();
    refresh();
}

void TimeBar::fit() {
    m_inside->setVisible(m_open);
    m_pill->setVisible(!m_open);
    m_inside->setGeometry(rect());
    m_pill->setGeometry(0, 0, std::min(width(), m_pill->sizeHint().width()), kClosedHeight);
    if (m_open)
        clearMask();
    else
        setMask(m_pill->geometry()); // the map beside it stays the map
    // What matters least goes first where there is little room; the keys do it all the same.
    const int room = width();
    for (QAbstractButton* stretch : m_stretches->buttons())
        stretch->setVisible(room >= 600);
    m_before->setVisible(room >= 480);
    m_after->setVisible(room >= 480);
}

void TimeBar::resizeEvent(QResizeEvent* /*event*/) {
    fit();
}

void TimeBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_open) {
        if (m_machine.isPast())
            m_machine.backToNow();
        else
            setOpen(false);
        return;
    }
    const bool arrows = event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down;
    if (m_open && arrows)
        return; // would move the map
    QWidget::keyPressEvent(event);
}

void TimeBar::mousePressEvent(QMouseEvent* /*event*/) {}   // not the map's
void TimeBar::mouseReleaseEvent(QMouseEvent* /*event*/) {} // likewise
void TimeBar::wheelEvent(QWheelEvent* /*event*/) {}

void TimeBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void TimeBar::paintEvent(QPaintEvent* /*event*/) {
    if (!m_open)
        return;
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(p.line, 1));
    painter.setBrush(p.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace tocsin::gui
