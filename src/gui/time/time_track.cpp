#include "gui/time/time_track.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <array>
#include <cmath>

namespace tocsin::gui {

namespace {

constexpr int kEdge = 12;  ///< px left and right of the line, so that the handle is whole at its ends
constexpr int kLineY = 24;
constexpr int kMark = 14;
constexpr int kTickRoom = 76; ///< px between two ticks with words, at least

QDateTime dateTime(base::Time time, const QTimeZone& zone) {
    return QDateTime::fromMSecsSinceEpoch(base::toUnixMicros(time) / 1000, zone);
}

bool isChinese(const QString& language) {
    return language.startsWith(QLatin1String("zh"));
}

} // namespace

QString momentIn(base::Time time, const QTimeZone& zone, const QString& language) {
    return QLocale().toString(dateTime(time, zone), isChinese(language) ? QStringLiteral("M月d日 HH:mm:ss")
                                                                        : QStringLiteral("d MMM HH:mm:ss"));
}

TimeTrack::TimeTrack(const UiContext& ui, TimeMachine& machine, QTimeZone zone, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_machine(machine), m_zone(std::move(zone)) {
    setObjectName(QStringLiteral("timeTrack"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&m_machine, &TimeMachine::changed, this, &TimeTrack::follow);
    connect(&m_machine, &TimeMachine::spanChanged, this, &TimeTrack::follow);
    connect(&m_ui.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    follow();
}

void TimeTrack::setStretch(Stretch stretch) {
    m_stretch = stretch;
    m_from = m_to = {};
    follow();
}

void TimeTrack::follow() {
    using std::chrono::hours;
    const base::Time now = m_machine.now();
    const base::Time at = m_machine.at();
    const base::Time first = m_machine.first();
    if (m_stretch == Stretch::all) {
        m_from = std::min(first, now - std::chrono::minutes(1));
        m_to = now;
    } else {
        const base::Duration length = m_stretch == Stretch::hour ? hours(1) : hours(24);
        // It moves only when the moment leaves it: what is dragged along must stand still.
        const bool inside = m_to - m_from == length && at >= m_from && at <= m_to && m_to <= now;
        if (!m_machine.isPast() || at > now - length / 2)
            m_to = inside && m_machine.isPast() ? m_to : now;
        else if (!inside)
            m_to = at + length / 2;
        m_from = m_to - length;
    }
    const QString name = m_machine.isPast() ? momentIn(at, m_zone, m_ui.language)
                                            : QCoreApplication::translate("tocsin::gui::TimeBar", "Now");
    setAccessibleName(
        QCoreApplication::translate("tocsin::gui::TimeBar", "Moment that the map shows: %1").arg(name));
    update();
}

void TimeTrack::retranslate() {
    follow();
}

double TimeTrack::xOf(base::Time time) const {
    const double whole = static_cast<double>((m_to - m_from).count());
    return kEdge + static_cast<double>((time - m_from).count()) / std::max(1.0, whole) * (width() - 2 * kEdge);
}

base::Time TimeTrack::timeAt(double x) const {
    const double part = std::clamp((x - kEdge) / std::max(1, width() - 2 * kEdge), 0.0, 1.0);
    return m_from + base::Duration(static_cast<std::int64_t>(part * static_cast<double>((m_to - m_from).count())));
}

const desk::JournalSpan::Mark* TimeTrack::markAt(double x) const {
    const desk::JournalSpan::Mark* best = nullptr;
    for (const auto& mark : m_machine.span().marks) {
        if (std::abs(xOf(mark.time) - x) <= kMark / 2.0 && (best == nullptr || mark.grade < best->grade))
            best = &mark;
    }
    return best;
}

QString TimeTrack::wordsOf(const desk::JournalSpan::Mark& mark) const {
    const QString what = mark.type == "incident.opened"
                             ? QCoreApplication::translate("tocsin::gui::TimeBar", "Incident opened, %1")
                             : QCoreApplication::translate("tocsin::gui::TimeBar", "Alarm raised, %1");
    return momentIn(mark.time, m_zone, m_ui.language) + QStringLiteral("  ") + what.arg(Words::grade(mark.grade));
}

bool TimeTrack::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto* mark = markAt(help->pos().x());
        QToolTip::showText(help->globalPos(),
                           mark != nullptr ? wordsOf(*mark)
                                           : momentIn(timeAt(help->pos().x()), m_zone, m_ui.language),
                           this);
        return true;
    }
    return QWidget::event(event);
}

void TimeTrack::paintTicks(QPainter& painter) const {
    const Palette& p = m_ui.theme.colours();
    static constexpr std::array<qint64, 15> steps{60,     300,    600,     900,     1800,    3600,    7200,   10800,
                                                  21600,  43200,  86400,   172800,  604800,  2592000, 7776000};
    const double seconds = static_cast<double>((m_to - m_from).count()) / 1e6;
    const double most = std::max(1.0, (width() - 2.0 * kEdge) / kTickRoom);
    qint64 step = steps.back();
    for (const qint64 each : steps) {
        if (seconds / static_cast<double>(each) <= most) {
            step = each;
            break;
        }
    }
    painter.setFont(m_ui.theme.font(Theme::Text::hint));
    const QFontMetrics metrics = painter.fontMetrics();
    // Whole hours and days of the county's own clock.
    const qint64 offset = dateTime(m_from, m_zone).offsetFromUtc();
    const qint64 start = base::toUnixMicros(m_from) / 1'000'000;
    const qint64 end = base::toUnixMicros(m_to) / 1'000'000;
    for (qint64 at = ((start + offset) / step + 1) * step - offset; at <= end; at += step) {
        const base::Time time = base::fromUnixMillis(at * 1000);
        const double x = xOf(time);
        painter.setPen(p.faint);
        painter.drawLine(QPointF(x, kLineY + 3), QPointF(x, kLineY + 7));
        const QDateTime local = dateTime(time, m_zone);
        const bool day = step >= 86'400 || local.time() == QTime(0, 0);
        const QString text =
            day ? QLocale().toString(local, isChinese(m_ui.language) ? QStringLiteral("M月d日") : QStringLiteral("d MMM"))
                : local.toString(QStringLiteral("HH:mm"));
        const int wide = metrics.horizontalAdvance(text);
        if (x - wide / 2.0 < 0 || x + wide / 2.0 > width())
            continue;
        painter.setPen(p.dim);
        painter.drawText(QPointF(x - wide / 2.0, kLineY + 19), text);
    }
}

void TimeTrack::paintMarks(QPainter& painter) const {
    const Palette& p = m_ui.theme.colours();
    std::vector<const desk::JournalSpan::Mark*> shown;
    for (const auto& mark : m_machine.span().marks) {
        if (mark.time >= m_from && mark.time <= m_to)
            shown.push_back(&mark);
    }
    // The gravest find room first; where one would cover another, a line still tells that something was there.
    std::stable_sort(shown.begin(), shown.end(), [](const auto* a, const auto* b) { return a->grade < b->grade; });
    std::vector<double> taken;
    for (const auto* mark : shown) {
        const double x = xOf(mark->time);
        painter.setPen(QPen(p.dim, 1));
        painter.drawLine(QPointF(x, kLineY - 7), QPointF(x, kLineY - 2));
        if (std::any_of(taken.begin(), taken.end(), [x](double other) { return std::abs(other - x) < kMark; }))
            continue;
        taken.push_back(x);
        const QRectF box(x - kMark / 2.0, 1, kMark, kMark);
        Symbols::paintSeverity(painter, box, mark->grade, m_ui.theme, mark->type != "incident.opened");
    }
}

void TimeTrack::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool past = m_machine.isPast();
    const double here = std::clamp(xOf(m_machine.at()), static_cast<double>(kEdge), width() - double(kEdge));
    painter.setPen(QPen(p.line, 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(kEdge, kLineY), QPointF(width() - kEdge, kLineY));
    const double begun = std::clamp(xOf(m_machine.first()), static_cast<double>(kEdge), here);
    painter.setPen(QPen(past ? p.text : p.accent, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(begun, kLineY), QPointF(here, kLineY));
    paintTicks(painter);
    paintMarks(painter);
    painter.setPen(QPen(hasFocus() ? p.accent : p.panel, 2));
    painter.setBrush(past ? p.text : p.accent);
    painter.drawEllipse(QPointF(here, kLineY), 7, 7);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(p.accent, 1));
        painter.drawEllipse(QPointF(here, kLineY), 10, 10);
    }
}

void TimeTrack::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_dragging = true;
    m_machine.pause();
    const auto* mark = event->position().y() < kLineY - 6 ? markAt(event->position().x()) : nullptr;
    m_machine.goTo(mark != nullptr ? mark->time : timeAt(event->position().x()));
}

void TimeTrack::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragging)
        m_machine.goTo(timeAt(event->position().x()));
}

void TimeTrack::mouseReleaseEvent(QMouseEvent* /*event*/) {
    m_dragging = false;
}

void TimeTrack::keyPressEvent(QKeyEvent* event) {
    const bool far = (event->modifiers() & Qt::ShiftModifier) != 0;
    const base::Duration step = far ? base::Duration(std::chrono::hours(1)) : base::Duration(std::chrono::minutes(1));
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        m_machine.pause();
        m_machine.goBy(-step);
        return;
    case Qt::Key_Right:
    case Qt::Key_Up:
        m_machine.pause();
        m_machine.goBy(step);
        return;
    case Qt::Key_Home:
        m_machine.pause();
        m_machine.goTo(m_machine.first());
        return;
    case Qt::Key_End:
        m_machine.backToNow();
        return;
    case Qt::Key_PageUp:
        m_machine.previousMark();
        return;
    case Qt::Key_PageDown:
        m_machine.nextMark();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_machine.playing())
            m_machine.pause();
        else
            m_machine.play();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace tocsin::gui
