#pragma once

#include "tocsin/ingest/decoded.hpp"
#include "xml_element.hpp"

namespace tocsin::ingest {

/// What one <event> means for the desk: positions, chat, markers, beacons; nothing for pings, receipts and the like.
class CotEventReader {
  public:
    /// All must outlive it. `base` is the event's offset in `document`, whose places are told.
    CotEventReader(const XmlText& document, std::size_t base, const Source& source, std::vector<std::string>& deviations)
        : m_document(document), m_base(base), m_source(source), m_deviations(deviations) {}

    [[nodiscard]] base::Result<std::vector<Message>> read(const XmlElement& event);

  private:
    struct Point;
    struct Head;
    using Messages = base::Result<std::vector<Message>>;

    [[nodiscard]] tl::unexpected<base::Error> fault(base::Code code, std::string message, const XmlElement& at) const;
    void deviates(std::string text);
    base::Result<Head> head(const XmlElement& event);
    base::Result<std::optional<Point>> point(const XmlElement& event) const;
    base::Result<base::Time> time(const XmlElement& event, std::string_view name) const;

    Messages atom(const XmlElement& event, const Head& head);
    Messages chat(const XmlElement& event, const Head& head);
    Messages marker(const XmlElement& event, const Head& head);
    Messages removal(const XmlElement& event, const Head& head) const;
    [[nodiscard]] Messages receipt(const XmlElement& event, const Head& head) const;
    Messages beacon(const XmlElement& event, const Head& head) const;
    base::Result<model::Line> shapeOf(const XmlElement& event, const XmlElement* detail, const Head& head,
                                      const Point& point);
    base::Result<model::Position> linkPoint(const XmlElement& link) const;
    base::Result<model::Position> place(double latitude, double longitude, const XmlElement& at) const;

    const XmlText& m_document;
    std::size_t m_base;
    const Source& m_source;
    std::vector<std::string>& m_deviations;
};

} // namespace tocsin::ingest
