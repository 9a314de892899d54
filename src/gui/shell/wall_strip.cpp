#include "gui/shell/wall_strip.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QEvent>
#include <QHBoxLayout>
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

void WallCounters::refresh() {
    const model::State& state = m_ui.desk.state();
    std::fill(std::begin(m_alarms), std::end(m_alarms), 0);
    for (const auto& [id, alarm] : state.alarms) {
        if (model::wantsAcknowledgement(alarm.state))
            ++m_alarms[static_cast<int>(alarm.severity) - 1];
    }
    m_incidents = static_cast<int>(std::count_if(state.incidents.begin(), state.incidents.end(), [](const auto& each) {
        return each.second.state == model::IncidentState::open;
    }));
    m_teams = static_cast<int>(std::count_if(state.assignments.begin(), state.assignments.end(),
                                             [](const auto& each) { return isUnderWay(each.second); }));
    setAccessibleName(text());
    setToolTip(text());
    updateGeometry();
    update();
}

QString WallCounters::text() const {
    QStringList parts;
    for (const model::Grade grade : kGrades) {
        const int count = m_alarms[static_cast<int>(grade) - 1];
        if (count > 0)
            parts += tr("alarms %1 not acknowledged: %2", "severity, count").arg(Words::severity(grade)).arg(count);
    }
    if (parts.isEmpty())
        parts += tr("every alarm acknowledged");
    parts += tr("open incidents: %1").arg(m_incidents);
    parts += tr("teams out: %1").arg(m_teams);
    return parts.join(QStringLiteral(" · "));
}

QSize WallCounters::sizeHint() const {
    int width = 0;
    for (const int count : m_alarms)
        width += count > 0 ? 26 + textWidth(QString::number(count), Theme::Text::title) + kGap : 0;
    if (width == 0)
        width = textWidth(tr("every alarm acknowledged"), Theme::Text::body) + kGap;
    width += textWidth(tr("open incidents: %1").arg(m_incidents), Theme::Text::bodyBold) + kGap;
    return {width + textWidth(tr("teams out: %1").arg(m_teams), Theme::Text::bodyBold) + 8, kHeight};
}

void WallCounters::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int x = 0;
    const auto say = [&](const QString& words, Theme::Text kind, const QColor& colour) {
        painter.setFont(m_ui.theme.font(kind));
        painter.setPen(colour);
        painter.drawText(QRect(x, 0, width() - x, kHeight), Qt::AlignVCenter, words);
        x += textWidth(words, kind) + kGap;
    };
    for (const model::Grade grade : kGrades) {
        const int count = m_alarms[static_cast<int>(grade) - 1];
        if (count == 0)
            continue;
        Symbols::paintSeverity(painter, QRectF(x, kHeight / 2.0 - 10, 20, 20), grade, m_ui.theme);
        x += 26;
        say(QString::number(count), Theme::Text::title, p.text);
    }
    if (x == 0)
        say(tr("every alarm acknowledged"), Theme::Text::body, p.dim);
    say(tr("open incidents: %1").arg(m_incidents), Theme::Text::bodyBold, p.text);
    say(tr("teams out: %1").arg(m_teams), Theme::Text::bodyBold, p.text);
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
    connect(&m_ui.desk, &DeskBridge::changed, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(&m_ui.theme, &Theme::changed, this, &WallStrip::refresh);
    connect(m_ticker, &QTimer::timeout, this, [this] {
        if (isVisible())
            m_clock->refresh();
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
