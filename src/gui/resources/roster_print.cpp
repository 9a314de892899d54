#include "gui/resources/roster_print.hpp"

#include "gui/panels/drill_mark.hpp"
#include "gui/resources/roster_words.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <chrono>

namespace tocsin::gui {

namespace {

class RosterPaper {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::RosterPaper)
  public:
    static QString html(const UiContext& ui, const std::vector<RosterRow>& rows, RosterSpan shown) {
        const auto& state = ui.desk.state();
        const auto now = ui.desk.now();
        const auto day = [](base::Time time) { return Words::dateTime(time).toString(QStringLiteral("yyyy-MM-dd")); };
        const QString first = day(shown.from);
        const QString last = day(shown.until - std::chrono::seconds(1));
        QString out = drillHtml(state);
        out += QStringLiteral("<h2>%1</h2><p>%2</p><table border='1' cellspacing='0' cellpadding='3' width='100%'><tr>")
                   .arg(tr("Duty roster of %1, %2")
                            .arg(Words::local(state.desk.county, ui.language),
                                 first == last ? first : tr("%1 – %2", "first day, last day").arg(first, last))
                            .toHtmlEscaped(),
                        tr("as of %1").arg(Words::dateTime(now).toString(QStringLiteral("yyyy-MM-dd HH:mm"))).toHtmlEscaped());
        for (const auto& head : {tr("Resource"), tr("Who"), tr("Phone"), tr("Role"), tr("When")})
            out += QStringLiteral("<th align='left'>%1</th>").arg(head.toHtmlEscaped());
        out += QStringLiteral("</tr>");
        for (const auto& row : rows) {
            const auto found = state.resources.find(row.resource);
            if (found == state.resources.end() || !row.person.empty()) // people stand in their resource's own line
                continue;
            const QString name = Words::local(found->second.name, ui.language);
            for (const auto& turn : row.turns)
                line(out, {name, Words::plain(turn.person), Words::plain(turn.phone), Words::plain(turn.role),
                           RosterWords::span({turn.from, turn.until}, now, ui.language)});
            for (const auto& gap : row.gaps)
                line(out, {name, tr("nobody"), {}, {}, RosterWords::span(gap, now, ui.language)});
        }
        out += QStringLiteral("</table>");
        const auto gaps = capabilityGaps(state, shown, now);
        if (gaps.empty())
            return out;
        out += QStringLiteral("<h3>%1</h3>").arg(tr("Nobody on duty who can").toHtmlEscaped());
        for (const auto& gap : gaps)
            out += QStringLiteral("<p>%1</p>").arg(RosterWords::gap(gap, now, ui.language).toHtmlEscaped());
        return out;
    }

  private:
    static void line(QString& out, const QStringList& cells) {
        out += QStringLiteral("<tr>");
        for (const auto& cell : cells)
            out += QStringLiteral("<td>%1</td>").arg(cell.toHtmlEscaped());
        out += QStringLiteral("</tr>");
    }
};

} // namespace

QString rosterHtml(const UiContext& ui, const std::vector<RosterRow>& rows, RosterSpan shown) {
    return RosterPaper::html(ui, rows, shown);
}

} // namespace tocsin::gui
