#pragma once

#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <QObject>
#include <variant>

namespace tocsin::gui {

using Selected = std::variant<std::monostate, model::IncidentId, model::AlarmId, model::WarningId, model::ReportId,
                              model::EarthquakeId, model::ResourceId, model::AssignmentId, model::SensorId, model::DrawingId,
                              model::UnitId>;

/// What is selected, for all panels and the map alike. GUI thread.
class Selection : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;
    [[nodiscard]] const Selected& current() const { return m_current; }
    template <typename IdType>
    [[nodiscard]] const IdType* as() const {
        return std::get_if<IdType>(&m_current);
    }
    void select(Selected what) {
        if (what == m_current)
            return;
        m_current = std::move(what);
        emit changed();
    }
    void clear() { select(std::monostate{}); }
    /// Asks the map to bring a place into view.
    void show(model::Position position) { emit showOnMap(position); }

  signals:
    void changed();
    void showOnMap(tocsin::model::Position position);

  private:
    Selected m_current;
};

} // namespace tocsin::gui
