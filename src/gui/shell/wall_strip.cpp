#include "gui/shell/wall_strip.hpp"

#include "gui/panels/load_gauge.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

namespace tocsin::gui {

namespace {

constexpr int kHeight = 48;
constexpr int kGap = 16;
constexpr model::Grade kGrades[] = {model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV};

bool isUnderWay(const model::Assignment& assignment) {
    return assignment.state == model::AssignmentState::enRoute || assignment.state == model::AssignmentState::onScene;
}

} // namespace

// ---- counters

WallCounters::WallCounters(const UiContext& ui, QWidget* parent) : BarPart(ui, parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void WallCounters::refresh() {
    const model::State& state = m_ui.desk.state();
    const AlarmTally& tally = m_ui.desk.alarmWatch().tally();
    const triage::AlarmLoad& load = m_ui.desk.alarmWatch().wholeLoad();
    const QLocale locale;
    const auto number = [&locale](std::size_t n) { return locale.toString(static_cast<qulonglong>(n)); };
    using Look = Segment::Look;
    m_segments.clear();
    if (load.flood)
        m_segments.push_back(
            {tr("Flood · %1").arg(LoadWords::perMinute(load)), {}, Theme::Text::rowBold, {}, Look::loud, 0});
    for (const model::Grade grade : kGrades) {
        const std::size_t count = tally.unacknowledged.at(static_cast<std::size_t>(grade) - 1);
        if (count > 0)
            m_segments.push_back(
                {number(count),
                 tr("alarms %1 not acknowledged: %2", "severity, count").arg(Words::severity(grade), number(count)),
                 Theme::Text::title, grade, Look::plain, 0});
    }
    if (const auto oldest = tally.oldest()) {
        const QString age = Words::age(m_ui.desk.now() - *oldest);
        m_segments.push_back({tr("oldest %1", "age").arg(age), tr("the oldest has waited %1", "age").arg(age),
                              Theme::Text::bodyBold, {}, Look::plain, 1});
    } else {
        m_segments.push_back({tr("every alarm acknowledged"), {}, Theme::Text::body, {}, Look::dim, 0});
    }
    const std::size_t seen = tally.active() - tally.waiting() - tally.setAside;
    m_segments.push_back({tr("seen: %1", "alarms").arg(number(seen)),
                          tr("acknowledged and standing: %1").arg(number(seen)),
                          Theme::Text::body,
                          {},
                          Look::dim,
                          4});
    if (tally.setAside > 0)
        m_segments.push_back(
            {tr("set aside: %1", "alarms").arg(number(tally.setAside)), {}, Theme::Text::body, {}, Look::dim, 3});
    m_segments.push_back(
        {tr("%1 · %2", "figure, word of the alarm load").arg(LoadWords::figure(load), LoadWords::word(load.judgement)),
         tr("alarms in ten minutes: %1, %2").arg(LoadWords::figure(load), LoadWords::word(load.judgement)),
         Theme::Text::bodyBold,
         {},
         Look::load,
         2});
    const auto incidents = std::count_if(state.incidents.begin(), state.incidents.end(), [](const auto& each) {
        return each.second.state == model::IncidentState::open;
    });
    const auto teams = std::count_if(state.assignments.begin(), state.assignments.end(),
                                     [](const auto& each) { return isUnderWay(each.second); });
    m_segments.push_back({tr("open incidents: %1").arg(incidents), {}, Theme::Text::bodyBold, {}, Look::plain, 0});
    m_segments.push_back({tr("teams out: %1").arg(teams), {}, Theme::Text::bodyBold, {}, Look::plain, 0});
    setAccessibleName(text());
    setToolTip(text());
    updateGeometry();
    update();
}

QString WallCounters::text() const {
    QStringList parts;
    for (const Segment& one : m_segments)
        parts += one.said.isEmpty() ? one.words : one.said;
    return parts.join(QStringLiteral(" · "));
}

int WallCounters::widthOf(const Segment& segment) const {
    int width = textWidth(segment.words, segment.font) + kGap;
    if (segment.grade)
        width += 26;
    if (segment.look == Segment::Look::load)
        width += LoadWords::barsWidth + 8;
    if (segment.look == Segment::Look::loud)
        width += 20;
    return width;
}

int WallCounters::widthTo(int rank) const {
    int width = 0;
    for (const Segment& one : m_segments)
        width += one.rank <= rank ? widthOf(one) : 0;
    return width;
}

QSize WallCounters::sizeHint() const {
    return {widthTo(9), kHeight};
}

QSize WallCounters::minimumSizeHint() const {
    return {widthTo(0), kHeight};
}

void WallCounters::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int rank = 9;
    while (rank > 0 && widthTo(rank) > width())
        --rank;
    int x = 0;
    for (const Segment& one : m_segments) {
        if (one.rank > rank)
            continue;
        const int next = x + widthOf(one);
        QColor ink = one.look == Segment::Look::dim ? p.dim : p.text;
        if (one.look == Segment::Look::loud) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(p.text);
            painter.drawRoundedRect(QRectF(x, kHeight / 2.0 - 15, next - x - kGap, 30), 4, 4);
            ink = p.panel;
            x += 10;
        }
        if (one.grade) {
            Symbols::paintSeverity(painter, QRectF(x, kHeight / 2.0 - 10, 20, 20), *one.grade, m_ui.theme);
            x += 26;
        }
        if (one.look == Segment::Look::load) {
            LoadWords::paintBars(painter, {x, kHeight / 2 - 10}, m_ui.desk.alarmWatch().wholeLoad(), p);
            x += LoadWords::barsWidth + 8;
        }
        painter.setFont(m_ui.theme.font(one.font));
        painter.setPen(ink);
        painter.drawText(QRect(x, 0, width() - x, kHeight), Qt::AlignVCenter, one.words);
        x = next;
    }
}

// ---- the strip

WallStrip::WallStrip(const UiContext& ui, QTimeZone zone, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_row(new QHBoxLayout(this)), m_county(new BarButton(ui, this)),
      m_exercise(new ExerciseBadge(ui, this)), m_response(new BarButton(ui, this)),
      m_counters(new WallCounters(ui, this)), m_switches(new QHBoxLayout), m_leave(new BarButton(ui, this)),
      m_clock(new BarClock(ui, zone.isValid() ? std::move(zone) : QTimeZone::utc(), this)), m_ticker(new QTimer(this)) {
    setObjectName(QStringLiteral("wallStrip"));
    setFixedHeight(kHeight);
    m_row->setContentsMargins(12, 0, 16, 0);
    m_row->setSpacing(12);
    m_switches->setSpacing(4);
    m_leave->setObjectName(QStringLiteral("wallLeave"));
    m_leave->setGlyph(QStringLiteral("fullscreen-exit"));
    for (QWidget* part : std::initializer_list<QWidget*>{m_county, m_exercise, m_response, m_counters})
        m_row->addWidget(part);
    m_row->addStretch(1);
    m_row->addLayout(m_switches);
    m_row->addWidget(m_leave);
    m_row->addWidget(m_clock);
    for (BarButton* words : {m_county, m_response}) {
        words->setFocusPolicy(Qt::NoFocus);
        words->setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    connect(m_leave, &QAbstractButton::clicked, this, &WallStrip::leaveWanted);
    connect(&m_ui.desk.alarmWatch(), &AlarmWatch::changed, this, [this] {
        if (isVisible())
            m_counters->refresh();
    });
    connect(&m_ui.desk, &DeskBridge::changed, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(&m_ui.theme, &Theme::changed, this, &WallStrip::refresh);
    connect(m_ticker, &QTimer::timeout, this, [this] {
        if (!isVisible())
            return;
        m_clock->refresh();
        if (++m_ticks % 5 == 0) // once a second: how long the oldest has waited
            m_counters->refresh();
    });
    m_ticker->start(200);
    retranslate();
}

void WallStrip::setSwitches(const QList<QAction*>& switches) {
    qDeleteAll(m_buttons);
    m_buttons.clear();
    for (QAction* action : switches) {
        auto* button = new QToolButton(this);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setMinimumHeight(32);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setFont(m_ui.theme.font(Theme::Text::body));
        const auto follow = [button, action] {
            const QString brief = action->iconText();
            const QString key = action->property("keyText").toString();
            button->setText(key.isEmpty() ? brief : brief + QStringLiteral("  ") + key);
            button->setToolTip(action->text());
            button->setAccessibleName(action->text());
            button->setChecked(action->isChecked());
            button->setEnabled(action->isEnabled());
        };
        connect(action, &QAction::changed, button, follow);
        connect(button, &QToolButton::clicked, action, [action, follow] {
            action->trigger();
            follow();
        });
        follow();
        m_switches->addWidget(button);
        m_buttons.append(button);
    }
}

void WallStrip::refresh() {
    const model::DeskStatus& desk = m_ui.desk.state().desk;
    m_county->setGlyph(QStringLiteral("logo"), m_ui.theme.colours().accent);
    m_county->setText(Words::local(desk.county, m_ui.language));
    m_exercise->setVisible(desk.exercise);
    if (desk.responseLevel) {
        const QString level = tr("Response %1").arg(Words::numeral(*desk.responseLevel));
        const QString title = Words::local(desk.responseTitle, m_ui.language);
        m_response->setText(title.isEmpty() ? level : level + QStringLiteral(" · ") + title);
        m_response->setFill(m_ui.theme.grade(*desk.responseLevel), m_ui.theme.onGrade(*desk.responseLevel));
        m_response->setOutlined(false);
    } else {
        m_response->setText(tr("Peacetime"));
        m_response->setFill(QColor(), QColor());
        m_response->setOutlined(true);
    }
    m_counters->refresh();
    m_clock->refresh();
    update();
}

void WallStrip::retranslate() {
    m_leave->setText(tr("Leave"));
    m_leave->setSecondText(QStringLiteral(" Esc"));
    m_leave->setToolTip(tr("Leave the wall view"));
    m_leave->setAccessibleName(m_leave->toolTip());
    refresh();
}

void WallStrip::showEvent(QShowEvent* /*event*/) {
    refresh();
}

void WallStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void WallStrip::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.fillRect(rect(), p.panel);
    if (m_ui.desk.state().desk.exercise)
        painter.fillRect(QRect(0, height() - 3, width(), 3), Symbols::exerciseBrush(m_ui.theme));
    else
        painter.fillRect(QRect(0, height() - 1, width(), 1), p.line);
}

} // namespace tocsin::gui
