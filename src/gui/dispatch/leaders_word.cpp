#include "gui/dispatch/leaders_word.hpp"

#include "tocsin/model/waiting.hpp"

#include <QCoreApplication>
#include <QStringList>

namespace tocsin::gui {

namespace {

/// Its words.
class LeadersWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::LeadersWord)
};

} // namespace

LeadersWord leadersWord(const DeskBridge& desk, const model::Decision& decision,
                        const std::vector<std::string>& leaders) {
    const auto& status = desk.state().desk;
    const QString me = desk.actor();
    LeadersWord out;
    out.gives = model::mayJudge(decision, status.leader, me.toStdString());
    out.from = QString::fromStdString(status.leader);
    if (status.leader.empty()) {
        QStringList named;
        bool guarded = false;
        for (const auto& leader : leaders) {
            if (!status.pins.contains(leader))
                continue;
            guarded = true;
            if (leader != decision.by)
                named << QString::fromStdString(leader);
        }
        out.from = named.join(QStringLiteral(" / "));
        out.gives = out.gives && (!guarded || named.contains(me));
    }
    out.takesBack = model::takesBack(decision, status.leader, me.toStdString());
    out.pinFirst = out.gives && desk.hasPin(me) && !desk.proven(me);
    return out;
}

QString LeadersWord::waitsFor() const {
    return from.isEmpty() ? LeadersWords::tr("Waits for the word of another than who proposed it: no leader is entered")
                          : LeadersWords::tr("Waits for the word of %1").arg(from);
}

} // namespace tocsin::gui
