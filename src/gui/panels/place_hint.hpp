#pragma once

#include "gui/panels/key_button.hpp"
#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QThreadPool>
#include <cstdint>
#include <optional>

namespace tocsin::gui {

/// Where a report without a position may be: the gazetteer's best hit for the sender's words. Only offered; one key, or the
/// button itself, puts the report there. Names are looked up on a worker. GUI thread.
class PlaceHint : public KeyButton {
    Q_OBJECT
  public:
    PlaceHint(const UiContext& ui, QWidget* parent);
    /// Offers it for this report, unless that has a position, names no place or names one that nobody knows.
    void offer(model::ReportId report);
    void words();

  private:
    void put();

    UiContext m_ui;
    model::ReportId m_report;
    QString m_asked; ///< the sender's words
    std::optional<FoundPlace> m_found;
    std::uint64_t m_question{0};
    QThreadPool m_pool;
};

} // namespace tocsin::gui
