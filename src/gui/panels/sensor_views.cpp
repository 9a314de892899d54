#include "gui/panels/sensor_views.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/reason_dialog.hpp"
#include "gui/panels/sensor_chart.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

QVBoxLayout* columnOf(QWidget* view) {
    auto* column = new QVBoxLayout(view);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    return column;
}

/// What the desk says of a sensor's clock; empty: nothing.
QString clockOf(const UiContext& ui, const model::SensorId& sensor) {
    if (const auto ahead = ui.desk.alarmWatch().clockAhead(sensor))
        return SensorView::tr("%1 ahead: its readings set off no alarm").arg(Words::span(*ahead));
    const auto behind = ui.desk.alarmWatch().clockBehind(sensor);
    return behind ? SensorView::tr("%1 behind, or told late: its readings count as of their own times").arg(Words::span(*behind)) : QString();
}

} // namespace

SensorView::SensorView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_value(textLabel(ui.theme, this)),
      m_facts(new FactGrid(ui.theme, this)), m_chart(new SensorChart(ui, this)), m_service(new KeyButton(this)) {
    auto* column = columnOf(this);
    m_value->setFont(ui.theme.font(Theme::Text::clock));
    column->addWidget(m_title);
    column->addWidget(m_value);
    column->addSpacing(4);
    column->addWidget(m_facts);
    column->addWidget(m_chart);
    auto* acts = new QHBoxLayout;
    acts->addWidget(m_service);
    acts->addStretch(1);
    column->addLayout(acts);
    column->addStretch();
    m_service->setObjectName(QStringLiteral("sensorServiceButton"));
    m_service->dress(ui.theme, QStringLiteral("O"));
    connect(m_service, &QPushButton::clicked, this, &SensorView::changeService);
}

const model::Sensor* SensorView::sensor() const {
    const auto& all = m_ui.desk.state().sensors;
    const auto it = all.find(m_sensor);
    return it == all.end() ? nullptr : &it->second;
}

void SensorView::show(const Selected& what) {
    const auto* id = std::get_if<model::SensorId>(&what);
    m_sensor = id ? *id : model::SensorId();
    m_chart->show(m_sensor);
    if (id)
        words();
}

void SensorView::take(const Changes& changes) {
    if (changes.all || changes.sensors.contains(m_sensor) || changes.readings.contains(m_sensor) ||
        changes.rules) {
        m_chart->take(changes);
        facts();
    }
}

void SensorView::words() {
    m_chart->words();
    facts();
}

void SensorView::tick() {
    m_chart->tick();
    facts();
}

void SensorView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_BracketLeft)
        m_chart->shorter();
    else if (event->key() == Qt::Key_BracketRight)
        m_chart->longer();
    else if (event->key() == Qt::Key_O && event->modifiers() == Qt::NoModifier)
        changeService();
    else
        DetailView::keyPressEvent(event);
}

void SensorView::changeService() {
    const model::Sensor* s = sensor();
    if (!s || m_ui.desk.readOnly())
        return;
    if (!s->retired.empty()) {
        m_ui.desk.send(desk::RetireSensors{{s->id}, false, {}});
        return;
    }
    if (!s->outOfService.empty()) {
        m_ui.desk.send(desk::SetSensorService{s->id, true, {}});
        return;
    }
    ReasonDialog::Question question;
    question.title = tr("Take %1 out of service").arg(Words::quoted(Words::local(s->name, m_ui.language)));
    question.explanation = tr("Its readings are kept and raise no alarm; the alarms that stand are set aside with it, "
                              "until it is put back.");
    question.act = question.title;
    auto* dialog = new ReasonDialog(
        m_ui, std::move(question),
        [id = s->id](const std::string& reason) -> desk::CommandBody {
            return desk::SetSensorService{id, false, reason};
        },
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SensorView::facts() {
    const model::Sensor* s = sensor();
    if (!s)
        return;
    const QColor ink = m_ui.theme.colours().text;
    m_title->set(Words::local(s->name, m_ui.language),
                 Words::sensorKind(s->kind) + QStringLiteral(" · ") + Words::plain(s->id.value),
                 [glyph = Symbols::forSensor(s->kind), ink](QPainter& p, const QRectF& r) {
                     Symbols::paintGlyph(p, r, glyph, ink);
                 });
    const auto& all = m_ui.desk.sensorsNow();
    const auto now = all.find(m_sensor);
    QString last;
    if (now == all.end()) {
        m_value->setText(tr("no reading yet"));
    } else {
        const QString arrow = Words::trendArrow(now->second.previous, now->second.value);
        m_value->setText(Words::value(now->second.value, s->unit) +
                         (arrow.isEmpty() ? QString() : QLatin1Char(' ') + arrow));
        last = Words::ago(m_ui.desk.now() - now->second.time);
    }
    QString range;
    if (s->lowest && s->highest)
        range = tr("%1 to %2").arg(Words::value(*s->lowest, s->unit), Words::value(*s->highest, s->unit));
    const auto since = [this](const std::string& why, const std::string& by, const std::optional<base::Time>& from) {
        if (why.empty())
            return QString();
        const QString said = Words::plain(by) + QStringLiteral(": ") + Words::plain(why);
        return from ? said + QStringLiteral(" · ") + tr("since %1").arg(Words::moment(*from, m_ui.desk.now(), m_ui.language))
                    : said;
    };
    m_facts->set({{tr("Retired"), since(s->retired, s->retiredBy, s->retiredSince), true},
                  {tr("Out of service"), since(s->outOfService, s->outOfServiceBy, s->outOfServiceSince), true},
                  {tr("Place"), Words::local(s->place, m_ui.language)},
                  {tr("Last reading"), last},
                  {tr("Its clock"), clockOf(m_ui, m_sensor), true},
                  {tr("Measures"), range},
                  {tr("Position"), Words::position(s->position)}});
    m_service->setText(!s->retired.empty()       ? tr("Bring back")
                       : s->outOfService.empty() ? tr("Take out of service…")
                                                 : tr("Put back into service"));
    m_service->setAccessibleName(m_service->text() + QStringLiteral(" ") + Words::local(s->name, m_ui.language));
    m_service->setEnabled(!m_ui.desk.readOnly());
}

} // namespace tocsin::gui
