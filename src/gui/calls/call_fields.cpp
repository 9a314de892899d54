#include "gui/calls/call_fields.hpp"

#include "gui/calls/call_questions.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/tools/float_card.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;

constexpr int columns = 5;
constexpr int mostBackMinutes = 7 * 24 * 60;

int minutesOf(const QString& clock) {
    return clock.left(2).toInt() * 60 + clock.mid(3, 2).toInt();
}

} // namespace

std::optional<base::Time> timeSaid(const QString& text, base::Time now, const QString& clockNow) {
    static const QRegularExpression ago(QStringLiteral("^[-−–]\\s*(\\d{1,5})$"));
    static const QRegularExpression clock(QStringLiteral("^(\\d{1,2})[:：.hH时点]?(\\d{2})分?$"));
    const QString said = text.trimmed();
    const base::Time minute = std::chrono::floor<std::chrono::minutes>(now);
    if (const auto back = ago.match(said); back.hasMatch()) {
        const int minutes = back.captured(1).toInt();
        return minutes <= mostBackMinutes ? std::optional(minute - std::chrono::minutes(minutes)) : std::nullopt;
    }
    const auto found = clock.match(said);
    if (!found.hasMatch())
        return std::nullopt;
    const int hour = found.captured(1).toInt();
    const int minutes = found.captured(2).toInt();
    if (hour > 23 || minutes > 59)
        return std::nullopt;
    constexpr int day = 24 * 60;
    const int back = (minutesOf(clockNow) - (hour * 60 + minutes) + day) % day;
    return back >= day - 10 ? minute + std::chrono::minutes(day - back) : minute - std::chrono::minutes(back);
}

CategoryRow::CategoryRow(const UiContext& ui, QWidget* parent) : QWidget(parent), m_ui(ui) {
    setObjectName(QStringLiteral("callCategory"));
    setFocusPolicy(Qt::StrongFocus);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    int n = 0;
    for (const char* key : callCategories()) {
        auto* button = new QPushButton(this);
        button->setObjectName(QStringLiteral("callCategory") + QString::number((n + 1) % 10));
        button->setFocusPolicy(Qt::NoFocus);
        button->setAutoDefault(false);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        grid->addWidget(button, n / columns, n % columns);
        grid->setColumnStretch(n % columns, 1);
        connect(button, &QPushButton::clicked, this, [this, key] { choose(QString::fromLatin1(key)); });
        m_buttons.push_back(button);
        ++n;
    }
}

void CategoryRow::setCategory(const QString& key) {
    m_category = key;
    dress();
}

void CategoryRow::choose(const QString& key) {
    if (key == m_category)
        return;
    setCategory(key);
    emit chosen();
}

void CategoryRow::chooseByNumber(int number) {
    const auto keys = callCategories();
    const auto at = static_cast<std::size_t>((number + 9) % 10);
    if (at < keys.size())
        choose(QString::fromLatin1(keys[at]));
}

void CategoryRow::step(int by) {
    const auto keys = callCategories();
    const int count = static_cast<int>(keys.size());
    int at = by > 0 ? -1 : count;
    for (int i = 0; i < count; ++i) {
        if (m_category == QLatin1String(keys[static_cast<std::size_t>(i)]))
            at = i;
    }
    if (at + by >= 0 && at + by < count)
        choose(QString::fromLatin1(keys[static_cast<std::size_t>(at + by)]));
}

void CategoryRow::keyPressEvent(QKeyEvent* event) {
    if ((event->modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return QWidget::keyPressEvent(event);
    const int key = event->key();
    if (key >= Qt::Key_0 && key <= Qt::Key_9)
        chooseByNumber(key - Qt::Key_0);
    else if (key == Qt::Key_Left || key == Qt::Key_Right)
        step(key == Qt::Key_Left ? -1 : 1);
    else if (key == Qt::Key_Up || key == Qt::Key_Down)
        step(key == Qt::Key_Up ? -columns : columns);
    else if (key == Qt::Key_Backspace || key == Qt::Key_Delete)
        choose({});
    else
        QWidget::keyPressEvent(event);
}

void CategoryRow::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    dress();
}

void CategoryRow::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    dress();
}

/// The chosen one is filled and ticked; while the row has the keyboard every edge says so.
void CategoryRow::dress() {
    const auto keys = callCategories();
    const Palette& colours = m_ui.theme.colours();
    const QString edge = (hasFocus() ? colours.accent : colours.line).name();
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const bool on = m_category == QLatin1String(keys[i]);
        const QString word = Words::reportCategory(keys[i]);
        m_buttons[i]->setText(QStringLiteral("%1  %2").arg(on ? QStringLiteral("✓") : QString::number((i + 1) % 10), word));
        m_buttons[i]->setToolTip(word + QStringLiteral(" (Alt+%1)").arg((i + 1) % 10));
        m_buttons[i]->setStyleSheet(
            on ? QStringLiteral("QPushButton { padding: 0 6px; text-align: left; background: %1; color: %2; "
                                "border: 1px solid %1; }")
                     .arg(colours.accent.name(), colours.onAccent.name())
               : QStringLiteral("QPushButton { padding: 0 6px; text-align: left; font-weight: normal; "
                                "border: 1px solid %1; }")
                     .arg(edge));
    }
    setAccessibleDescription(m_category.isEmpty() ? QString() : Words::reportCategory(m_category.toStdString()));
}

void CategoryRow::words() {
    setAccessibleName(tr("Category: 1 to 9 and 0"));
    dress();
}

HappenedField::HappenedField(const UiContext& ui, base::Time call, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_call(call), m_line(new QLineEdit(this)), m_age(textLabel(ui.theme, this, true)) {
    m_line->setObjectName(QStringLiteral("callHappened"));
    m_line->setMaxLength(20);
    m_line->setFixedWidth(84);
    m_age->setObjectName(QStringLiteral("callHappenedAge"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_line);
    row->addWidget(m_age, 1);
    setFocusProxy(m_line);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textEdited, this, &HappenedField::typed);
}

QString HappenedField::text() const {
    return m_line->text();
}

void HappenedField::fill(const QString& text, const std::optional<base::Time>& time) {
    m_line->setText(text);
    m_time = time;
    m_understood = text.trimmed().isEmpty() || time.has_value();
    tell();
}

void HappenedField::typed() {
    const bool none = m_line->text().trimmed().isEmpty();
    m_time = none ? std::nullopt : timeSaid(m_line->text(), m_call, Words::hourMinute(m_call));
    m_understood = none || m_time;
    tell();
    emit changed();
}

void HappenedField::move(base::Duration by) {
    const base::Time from = m_time.value_or(std::chrono::floor<std::chrono::minutes>(m_call));
    const base::Time to = from + by;
    if (to > m_call + 10min || to < m_call - std::chrono::minutes(mostBackMinutes))
        return;
    m_time = to;
    m_understood = true;
    m_line->setText(Words::hourMinute(to));
    tell();
    emit changed();
}

void HappenedField::tell() {
    dressAs(m_age, "role", m_understood ? "dim" : "error");
    if (!m_understood)
        m_age->setText(tr("3:05, or −20 for 20 min ago"));
    else if (!m_time || (m_call - *m_time < 1min && *m_time - m_call < 1min))
        m_age->setText(tr("as the call came"));
    else if (*m_time > m_call)
        m_age->setText(Words::moment(*m_time, m_call, m_ui.language));
    else
        m_age->setText(m_call - *m_time < 10h ? tr("%1 before").arg(Words::span(m_call - *m_time))
                                              : Words::moment(*m_time, m_call, m_ui.language));
    m_line->setAccessibleDescription(m_age->text());
}

bool HappenedField::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_line && event->type() == QEvent::KeyPress) {
        const auto& pressed = *static_cast<QKeyEvent*>(event);
        if (pressed.key() == Qt::Key_Up || pressed.key() == Qt::Key_Down) {
            const base::Duration step = pressed.modifiers().testFlag(Qt::ControlModifier) ? base::Duration(1h)
                                        : pressed.modifiers().testFlag(Qt::ShiftModifier) ? base::Duration(10min)
                                                                                          : base::Duration(1min);
            move(pressed.key() == Qt::Key_Up ? step : -step);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void HappenedField::words() {
    m_line->setPlaceholderText(Words::hourMinute(m_call));
    m_line->setAccessibleName(tr("When it happened: Up and Down move it by a minute"));
    m_line->setToolTip(tr("Up and Down: a minute; with Shift: ten; with Ctrl: an hour"));
    tell();
}

} // namespace tocsin::gui
