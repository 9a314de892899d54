#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QString>
#include <vector>

class QWidget;

/// Acts that many reports may be given at once: as many commands as they need, each once the one before is written. What
/// another has in hand is refused by the desk: who it is is said then, in a menu at `at`, and going on all the same is
/// offered for those that are left. GUI thread.
namespace tocsin::gui::report_acts {

using Reports = std::vector<model::ReportId>;

/// Takes them in hand.
void claim(const UiContext& ui, QWidget* at, const Reports& reports);
void release(const UiContext& ui, Reports reports);
void judge(const UiContext& ui, QWidget* at, const Reports& reports, model::ReportState state);
/// Asks what is missing before they can be judged. Whose they are is said before anything is typed.
void needMore(const UiContext& ui, QWidget* at, const Reports& reports, const QString& title);

} // namespace tocsin::gui::report_acts
