#include "tocsin/gui/sensors_window.hpp"

#include "gui/feeds/sensor_table.hpp"
#include "gui/panels/reason_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QTableView>
#include <utility>

// Sensors that are retired, and brought back.

namespace tocsin::gui {

std::vector<model::SensorId> SensorsWindow::chosen(bool retired, std::size_t most) const {
    std::vector<model::SensorId> out;
    for (const auto& range : m_view->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom() && out.size() < most; ++row) {
            if (const auto* sensor = m_table->at(row); sensor != nullptr && sensor->retired.empty() != retired)
                out.push_back(sensor->id);
        }
    }
    return out;
}

std::vector<model::SensorId> SensorsWindow::toBringBack(std::size_t most) const {
    auto out = chosen(true, most);
    if (!out.empty())
        return out;
    const auto& all = m_ui.desk.state().sensors;
    for (const auto& id : m_lastRetired) { // unless somebody was faster
        if (const auto found = all.find(id); out.size() < most && found != all.end() && !found->second.retired.empty())
            out.push_back(id);
    }
    return out;
}

void SensorsWindow::retire() {
    const auto sensors = chosen(false, m_ui.desk.state().sensors.size());
    if (sensors.empty() || m_ui.desk.readOnly() || m_sending)
        return;
    const auto& first = m_ui.desk.state().sensors.at(sensors.front());
    ReasonDialog::Question question;
    question.title = sensors.size() == 1 ? tr("Retire %1").arg(Words::quoted(Words::local(first.name, m_ui.language)))
                                         : tr("Retire %1 sensors").arg(Words::number(static_cast<double>(sensors.size()), 0));
    question.explanation =
        sensors.size() == 1 ? tr("No alarm comes of it any more, the alarms that rest on it alone are closed, and it leaves map and lists. Its readings "
                                 "stay; what it still sends is stored. Bring back undoes it.")
                            : tr("No alarm comes of them any more, the alarms that rest on them alone are closed, and they leave map and lists. Their "
                                 "readings stay; what they still send is stored. Bring back undoes it.");
    question.act = tr("Retire");
    question.grave = true;
    auto* dialog = new ReasonDialog(
        m_ui, std::move(question),
        [sensors](const std::string& reason) -> desk::CommandBody { return desk::RetireSensors{sensors, true, reason}; }, this);
    dialog->setObjectName(QStringLiteral("retireReason"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, sensors] {
        m_lastRetired = sensors;
        say(tr("Retired, and in the duty log. Bring back (Ctrl+Z) undoes it."));
        enable();
    });
    dialog->open();
}

void SensorsWindow::bringBack() {
    auto sensors = toBringBack(m_ui.desk.state().sensors.size());
    if (sensors.empty() || m_ui.desk.readOnly() || m_sending)
        return;
    m_sending = true;
    enable();
    m_ui.desk.send(desk::RetireSensors{std::move(sensors), false, {}}, this, [this](const base::Result<desk::Done>& done) {
        m_sending = false;
        if (done) {
            m_lastRetired.clear();
            say(tr("In use again, and in the duty log."));
        } else {
            say(Words::refusal(done.error()), true);
        }
        m_soon.start();
        enable();
    });
}

} // namespace tocsin::gui
