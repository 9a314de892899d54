#include "gui/panels/alarm_finder.hpp"

#include "gui/panels/detail_parts.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>

namespace tocsin::gui {

AlarmFinder::AlarmFinder(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_field(new QLineEdit(this)), m_count(textLabel(ui.theme, this, true)) {
    setObjectName(QStringLiteral("alarmFinder"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    m_field->setObjectName(QStringLiteral("alarmFind"));
    m_field->setMaxLength(80);
    m_field->installEventFilter(this);
    m_count->setWordWrap(false);
    row->addWidget(m_field, 1);
    row->addWidget(m_count);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_wanted = text.simplified();
        emit changed();
    });
    words();
    hide();
}

void AlarmFinder::offer(bool there) {
    if (there == m_offered)
        return;
    m_offered = there;
    if (!there) {
        if (m_field->hasFocus())
            emit left();
        clear();
    }
    setVisible(there);
}

void AlarmFinder::clear() {
    const QSignalBlocker quiet(m_field);
    m_field->clear();
    m_wanted.clear();
}

void AlarmFinder::takeFocus() {
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

bool AlarmFinder::finds(const model::Alarm& alarm) const {
    if (!isLooking())
        return true;
    const auto has = [this](const QString& text) { return text.contains(m_wanted, Qt::CaseInsensitive); };
    if (has(Words::local(alarm.title, m_ui.language)) || has(Words::local(alarm.place, m_ui.language)) ||
        has(Words::plain(alarm.sensor.value)) || has(Words::plain(alarm.rule)))
        return true;
    const auto& sensors = m_ui.desk.state().sensors;
    const auto sensor = sensors.find(alarm.sensor);
    return sensor != sensors.end() && has(Words::local(sensor->second.name, m_ui.language));
}

void AlarmFinder::setFound(std::size_t found, std::size_t members) {
    const QLocale locale;
    const auto number = [&locale](std::size_t n) { return locale.toString(static_cast<qulonglong>(n)); };
    m_count->setText(isLooking() ? tr("%1 of %2", "found, members of open groups").arg(number(found), number(members))
                                 : QString());
    m_count->setVisible(isLooking());
    m_field->setAccessibleDescription(m_count->text());
}

void AlarmFinder::words() {
    m_field->setPlaceholderText(tr("Find in the open group (F)"));
    m_field->setAccessibleName(tr("Find in the open group"));
    m_field->setToolTip(tr("A part of the title, the place, the sensor or the rule. Down goes to the list, Escape shows all."));
}

bool AlarmFinder::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        m_field->clear();
        [[fallthrough]];
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        emit left();
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace tocsin::gui
