#include "tocsin/gui/report_placer.hpp"

#include "gui/calls/map_pointing.hpp"
#include "gui/calls/place_report_dialog.hpp"
#include "gui/tools/here_mark.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <map>

namespace tocsin::gui {

struct ReportPlacer::Impl {
    explicit Impl(Parts&& given) : parts(std::move(given)), pointing(parts.ui.theme, parts.map) {}

    Parts parts;
    std::map<model::ReportId, QPointer<PlaceReportDialog>> open;
    MapPointing pointing;
};

ReportPlacer::ReportPlacer(Parts parts, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(std::move(parts))) {
    if (m_impl->parts.ui.reports != nullptr)
        connect(m_impl->parts.ui.reports, &ReportTriage::placeWanted, this, &ReportPlacer::open);
}

ReportPlacer::~ReportPlacer() {
    for (auto& [id, dialog] : std::exchange(m_impl->open, {}))
        delete dialog.data();
}

void ReportPlacer::open(model::ReportId report) {
    const auto& parts = m_impl->parts;
    const UiContext& ui = parts.ui;
    if (!ui.desk.state().reports.contains(report))
        return;
    std::erase_if(m_impl->open, [](const auto& each) { return !each.second; });
    auto& dialog = m_impl->open[report];
    if (!dialog) {
        PlaceField::Parts field{parts.search, parts.knowledge.address, {}};
        if (parts.map != nullptr)
            field.near = [map = parts.map] { return map->centre(); };
        dialog = new PlaceReportDialog(ui, std::move(field), report, parts.map != nullptr, parts.window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        auto* made = dialog.data();
        connect(made, &QDialog::finished, made, &QObject::deleteLater); // also while it is hidden, when Qt would not
        connect(made, &PlaceReportDialog::mapWanted, this, [this, made] {
            m_impl->pointing.start(*made, [made](const model::Position& position) { made->pointedAt(position); });
        });
        auto mark = std::make_shared<QPointer<HereMark>>();
        connect(made, &PlaceReportDialog::chosen, this,
                [&theme = ui.theme, &selection = ui.selection, map = parts.map, mark](const model::Position& position) {
                    if (map != nullptr && !*mark)
                        *mark = new HereMark(theme, *map);
                    if (*mark)
                        (*mark)->showAt(position);
                    selection.show(position);
                });
        connect(made, &QObject::destroyed, this, [mark] { delete mark->data(); });
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

} // namespace tocsin::gui
