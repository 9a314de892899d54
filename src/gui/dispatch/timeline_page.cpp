#include "gui/dispatch/timeline_page.hpp"

#include "gui/panels/drill_mark.hpp"
#include "gui/panels/printing.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPrinter>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

namespace tocsin::gui {

TimelinePage::TimelinePage(const UiContext& ui, const desk::DispatchRules& rules, QWidget* parent)
    : DispatchPage(ui, parent), m_rules(rules), m_view(new TimelineView(ui, this)), m_legend(new QLabel(this)),
      m_now(pageButton("timelineNow", "", this)), m_closer(pageButton("timelineCloser", "", this)),
      m_wider(pageButton("timelineWider", "", this)), m_print(pageButton("timelinePrint", "", this)) {
    m_legend->setProperty("role", QStringLiteral("dim"));
    m_legend->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(m_legend, 1);
    for (auto* button : {m_now, m_closer, m_wider, m_print})
        row->addWidget(button);
    column->addLayout(row);
    column->addWidget(m_view, 1);
    connect(m_now, &QPushButton::clicked, m_view, &TimelineView::toNow);
    connect(m_closer, &QPushButton::clicked, m_view, [this] { m_view->zoom(1.5); });
    connect(m_wider, &QPushButton::clicked, m_view, [this] { m_view->zoom(1 / 1.5); });
    connect(m_print, &QPushButton::clicked, this, &TimelinePage::print);
    connect(m_view, &TimelineView::spanChanged, this, &TimelinePage::refresh);
    connect(m_view, &TimelineView::opened, this, [this](model::ResourceId id) {
        m_ui.selection.select(id);
        if (const auto found = m_ui.desk.state().resources.find(id); found != m_ui.desk.state().resources.end())
            m_ui.selection.show(found->second.position);
    });
}

void TimelinePage::retranslate() {
    m_legend->setText(tr("Dotted: notified · hatched: accepted · full: on the way · light: on scene · tick and whisker: "
                         "predicted arrival and its interval · line below: duty. ←→ time, ↑↓ line, + − zoom, Home: now"));
    m_now->setText(tr("Now"));
    m_closer->setText(tr("Closer"));
    m_wider->setText(tr("Wider"));
    m_print->setText(tr("Print…"));
    m_view->setAccessibleName(tr("Assignments over time"));
    m_view->setEmptyText(tr("Nobody was on an assignment in this time. Press − for a longer time, or ← to go back."));
    refresh();
}

void TimelinePage::refresh() {
    m_view->setRows(timelineRows(m_ui.desk.state(), m_rules, m_view->from(), m_view->to(), m_ui.desk.now()));
}

void TimelinePage::print() {
    auto printer = printerFor(tr("Timeline"));
    printer->setPageOrientation(QPageLayout::Landscape);
    askToPrint(std::move(printer), this, [this](QPrinter& to) {
        const QString title = tr("Assignments, %1").arg(Words::dateTime(m_ui.desk.now()).toString(QStringLiteral("yyyy-MM-dd HH:mm")));
        const QString drill = drillMark(m_ui.desk.state());
        m_view->print(to, drill.isEmpty() ? title : drill + QStringLiteral(" · ") + title);
    });
}

} // namespace tocsin::gui
