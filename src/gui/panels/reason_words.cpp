#include "gui/panels/reason_words.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QStringList>

namespace tocsin::gui {

namespace {

struct ReasonWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::ReasonWords)
};

template <typename Map, typename Id>
QString titleIn(const Map& map, const std::optional<Id>& id, const QString& language) {
    if (!id)
        return {};
    const auto found = map.find(*id);
    return found == map.end() ? QString() : Words::local(found->second.title, language);
}

} // namespace

QString distanceWord(double metres) {
    return metres < 1'000 ? QStringLiteral("%1 m").arg(Words::number(metres, 0))
                          : QStringLiteral("%1 km").arg(Words::number(metres / 1'000, 1));
}

QString reasonSentence(const triage::Reason& reason, const UiContext& ui) {
    using What = triage::Reason::What;
    const auto count = QString::number(reason.count);
    const auto other = QString::number(reason.other);
    const auto far = distanceWord(reason.metres);
    switch (reason.what) {
    case What::officialSource:
        return ReasonWords::tr("It comes from an official source");
    case What::knownSource:
        return ReasonWords::tr("It comes from a source that the county knows");
    case What::goodRecord:
        return ReasonWords::tr("Of %1 earlier reports of this sender %2 were verified").arg(count, other);
    case What::badRecord:
        return ReasonWords::tr("Of %1 earlier reports of this sender %2 were dismissed").arg(count, other);
    case What::othersSay:
        return reason.count == 1 ? ReasonWords::tr("1 other sender says the same")
                                 : ReasonWords::tr("%1 other senders say the same").arg(count);
    case What::sameSenderOnly:
        return ReasonWords::tr("%1 others say the same, but all come from this sender").arg(count);
    case What::alarmNear: {
        const QString title = titleIn(ui.desk.state().alarms, reason.alarm, ui.language);
        return title.isEmpty() ? ReasonWords::tr("An alarm stands %1 away").arg(far)
                               : ReasonWords::tr("An alarm stands %1 away: %2").arg(far, title);
    }
    case What::sensorSaysNot: {
        const auto& sensors = ui.desk.state().sensors;
        const auto found = sensors.find(reason.sensor);
        return ReasonWords::tr("%1, %2 away, shows nothing of it")
            .arg(found == sensors.end() ? Words::plain(reason.sensor.value) : Words::local(found->second.name, ui.language),
                 far);
    }
    case What::warningCovers:
        return ReasonWords::tr("An official warning of this covers the place");
    case What::photoThere:
        return ReasonWords::tr("Its photo was taken there");
    case What::photoElsewhere:
        return ReasonWords::tr("Its photo was taken %1 away").arg(far);
    case What::photoOld:
        return ReasonWords::tr("Its photo is %1 h older").arg(Words::number(reason.hours, 0));
    case What::senderThere:
        return ReasonWords::tr("The sender was there");
    case What::senderFar:
        return ReasonWords::tr("The sender was %1 away").arg(far);
    case What::placeUncertain:
        return ReasonWords::tr("The place is known only to %1").arg(far);
    case What::othersContradict:
        return reason.count == 1 ? ReasonWords::tr("1 report near by says the opposite")
                                 : ReasonWords::tr("%1 reports near by say the opposite").arg(count);
    case What::calledBack:
        return ReasonWords::tr("Confirmed when called back");
    case What::notReached:
        return ReasonWords::tr("Nobody answered when called back");
    case What::takenBack:
        return ReasonWords::tr("The sender says by now that it is not so");
    case What::noContact:
        return ReasonWords::tr("Nobody can be asked");
    }
    return {};
}

QString whySame(const triage::WhySame& why) {
    QStringList parts;
    if (why.distance)
        parts << ReasonWords::tr("%1 apart", "a distance").arg(distanceWord(why.distance->value));
    parts << ReasonWords::tr("within %1", "a time").arg(Words::span(why.apart));
    if (why.vaguePoint)
        parts << ReasonWords::tr("a point that says little of the place");
    if (why.nearlySameWords)
        parts << ReasonWords::tr("nearly the same words");
    if (why.numbersDiffer)
        parts << ReasonWords::tr("but other house or block numbers");
    if (why.samePlace)
        parts << ReasonWords::tr("same place in words");
    if (why.sameCategory)
        parts << ReasonWords::tr("same category");
    if (why.sameSender)
        parts << ReasonWords::tr("same sender");
    if (!why.shared.empty()) {
        QStringList words;
        for (const auto& term : why.shared)
            words << Words::quoted(Words::plain(term));
        parts << ReasonWords::tr("both say %1").arg(words.mid(0, 4).join(QStringLiteral(" ")));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace tocsin::gui
