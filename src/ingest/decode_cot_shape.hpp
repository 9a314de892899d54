#pragma once

#include "xml_element.hpp"

#include "tocsin/model/position.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace tocsin::ingest {

/// The points of a Cursor on Target drawing: of its links, its <shape>, or its range and bearing.
class CotShape {
  public:
    using Place = std::function<base::Result<model::Position>(double latitude, double longitude, const XmlElement& at)>;
    using Fault = std::function<base::Error(base::Code code, std::string message, const XmlElement& at)>;
    CotShape(Place place, Fault fault) : m_place(std::move(place)), m_fault(std::move(fault)) {}

    /// A ring's last point equals its first; circles and ellipses become rings of 48 points. Empty: it has no shape.
    [[nodiscard]] base::Result<model::Line> of(const XmlElement& detail, std::string_view type,
                                               const model::Position& centre) const;

  private:
    base::Result<model::Line> links(const XmlElement& detail) const;
    base::Result<model::Line> polyline(const XmlElement& polyline) const;
    base::Result<model::Line> ellipse(const XmlElement& ellipse, const model::Position& centre) const;
    base::Result<model::Line> bearingLine(const XmlElement& detail, const model::Position& centre) const;

    Place m_place;
    Fault m_fault;
};

} // namespace tocsin::ingest
