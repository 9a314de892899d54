#include "gui/resources/inventory_print.hpp"

#include "gui/panels/drill_mark.hpp"
#include "gui/panels/printing.hpp"
#include "gui/resources/resource_words.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/model/stock_level.hpp"

#include <QPrinter>
#include <QTextDocument>
#include <algorithm>
#include <map>
#include <utility>

namespace tocsin::gui {

namespace {

class Inventory {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::Inventory)
  public:
    static QString html(const UiContext& ui, const std::vector<model::ResourceId>& ids) {
        const auto& state = ui.desk.state();
        std::map<model::ResourceKind, std::vector<const model::Resource*>> byKind;
        for (const auto& id : ids) {
            if (const auto it = state.resources.find(id); it != state.resources.end())
                byKind[it->second.kind].push_back(&it->second);
        }
        QString out = drillHtml(state);
        out += QStringLiteral("<h2>%1</h2><p>%2</p>")
                   .arg(tr("Inventory of %1").arg(Words::local(state.desk.county, ui.language)).toHtmlEscaped(),
                        tr("%1 records, as of %2").arg(Words::number(static_cast<double>(ids.size()), 0),
                                                       Words::dateTime(ui.desk.now()).toString(QStringLiteral("yyyy-MM-dd HH:mm"))));
        for (const auto& [kind, records] : byKind) {
            out += QStringLiteral("<h3>%1</h3><table border='1' cellspacing='0' cellpadding='3' width='100%'><tr>")
                       .arg(Words::resourceKind(kind).toHtmlEscaped());
            for (const char* key : {"inventory_number", "name", "call_sign", "place", "person_in_charge", "phone"})
                out += QStringLiteral("<th align='left'>%1</th>").arg(ResourceWords::field(QString::fromLatin1(key)).toHtmlEscaped());
            out += QStringLiteral("<th align='left'>%1</th></tr>").arg(tr("Holds"));
            for (const auto* r : records) {
                const QStringList cells{Words::plain(r->key), Words::local(r->name, ui.language), Words::plain(r->callSign),
                                        Words::local(r->place, ui.language), Words::plain(r->personInCharge), Words::plain(r->phone)};
                out += QStringLiteral("<tr>");
                for (const auto& cell : cells)
                    out += QStringLiteral("<td>%1</td>").arg(cell.toHtmlEscaped());
                out += QStringLiteral("<td>%1</td></tr>").arg(holds(ui, *r));
            }
            out += QStringLiteral("</table>");
        }
        return out;
    }

  private:
    static QString holds(const UiContext& ui, const model::Resource& r) {
        QStringList lines;
        const auto levels = model::stockLevels(r, ui.desk.now());
        for (const auto& s : r.stock) {
            QString text = QStringLiteral("%1 %2: %3 %4").arg(Words::plain(s.code), Words::local(s.name, ui.language), Words::number(s.quantity),
                                                              Words::unit(s.unit));
            const auto level = std::find_if(levels.begin(), levels.end(), [&](const auto& one) { return one.line == &s; });
            if (level != levels.end() && level->isShort())
                text += tr(" (short: at least %1)").arg(Words::number(level->minimum));
            if (s.expiry)
                text += tr(" (until %1)").arg(ResourceWords::day(s.expiry));
            lines << text.toHtmlEscaped();
        }
        for (const auto& b : r.beds)
            lines << tr("%1 beds: %2").arg(Words::plain(b.kind)).arg(b.total).toHtmlEscaped();
        if (r.capacity > 0)
            lines << tr("%1 places").arg(Words::number(r.capacity, 0));
        if (!r.capabilities.empty())
            lines << ResourceWords::skills(r.capabilities).toHtmlEscaped();
        return lines.join(QStringLiteral("<br>"));
    }
};

} // namespace

QString inventoryHtml(const UiContext& ui, const std::vector<model::ResourceId>& ids) {
    return Inventory::html(ui, ids);
}

void printTables(const QString& html, QWidget* parent) {
    auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setPageOrientation(QPageLayout::Landscape);
    askToPrint(std::move(printer), parent, [html](QPrinter& to) {
        QTextDocument document;
        document.setDefaultStyleSheet(QStringLiteral("td,th{font-size:8pt} h2{font-size:13pt} h3{font-size:10pt}"));
        document.setHtml(html);
        document.print(&to);
    });
}

void printInventory(const UiContext& ui, const std::vector<model::ResourceId>& ids, QWidget* parent) {
    printTables(inventoryHtml(ui, ids), parent);
}

} // namespace tocsin::gui
