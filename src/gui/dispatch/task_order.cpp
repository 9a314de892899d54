#include "gui/dispatch/task_order.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QTranslator>
#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr int smsOne = 160;
constexpr int smsEach = 153;
constexpr int unicodeOne = 70;
constexpr int unicodeEach = 67;
constexpr int mostLoadParts = 3; ///< of a short message that says what is to be loaded

/// 3GPP TS 23.038, 6.2.1: the default alphabet, and what it reaches with an escape (two septets).
QString gsmBasic() {
    return QString::fromUtf8("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
}
QString gsmExtended() {
    return QString::fromUtf8("\f^{}\\[~]|€");
}

/// Speaks one language, whatever the window speaks.
class Speech {
  public:
    explicit Speech(const QString& language) : m_language(language) {
        m_loaded = language.startsWith(QLatin1String("zh")) && m_translator.load(QStringLiteral(":/i18n/tocsin_zh_CN.qm"));
    }
    [[nodiscard]] QString operator()(const char* source) const { return said("tocsin::gui::TaskOrder", source); }
    [[nodiscard]] QString capability(const std::string& code) const {
        QString key = QString::fromStdString(code);
        key.replace(QLatin1Char('-'), QLatin1Char(' '));
        const QString own = said("tocsin::gui::Words", key.toUtf8().constData());
        const QString named = Words::countyCapability(code, m_language); // as the window has it: the same name stands as within a sentence
        return named.isEmpty() || named.compare(own, Qt::CaseInsensitive) == 0 ? own : named;
    }
    [[nodiscard]] QString unit(const std::string& unit) const { return said("tocsin::gui::Words", unit.c_str()); }
    [[nodiscard]] QString local(const base::LocalText& text) const { return Words::local(text, m_language); }

  private:
    [[nodiscard]] QString said(const char* context, const char* source) const {
        const QString found = m_loaded ? m_translator.translate(context, source) : QString();
        return found.isEmpty() ? QString::fromUtf8(source) : found;
    }
    QString m_language;
    QTranslator m_translator;
    bool m_loaded{false};
};

QString coordinates(model::Position at) {
    return QStringLiteral("%1, %2").arg(at.latitude(), 0, 'f', 5).arg(at.longitude(), 0, 'f', 5);
}

QString quantity(const model::LoadItem& item, const Speech& speech) {
    return QStringLiteral("%1 %2 %3").arg(Words::number(item.quantity), speech.unit(item.unit), speech.local(item.name)).simplified();
}

/// Digit by digit, as it is said by radio: "4 7 decimal 1 2 9".
QString spelt(double degrees, const Speech& say) {
    const QString number = QString::number(degrees, 'f', 4);
    QStringList parts;
    for (const QChar c : number)
        parts << (c == QLatin1Char('.') ? say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "decimal")) : QString(c));
    return parts.join(QLatin1Char(' '));
}

/// A dash would make all of a short message Unicode.
QString plainDash(QString text) {
    return text.replace(QChar(0x2013), QLatin1Char('-'));
}

/// Adds what is to be loaded and where. Who drives must know of all of it: what does not go in is counted.
void addLoads(QString& sms, const QStringList& loads, const Speech& say) {
    const auto ending = [&](qsizetype left) {
        return left == 0 ? QString() : QStringLiteral("; ") + say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "+%1 more, ask")).arg(left);
    };
    for (qsizetype i = 0; i < loads.size(); ++i) {
        const QString longer = sms + QStringLiteral("; ") + plainDash(loads[i]);
        if (countSms(longer + ending(loads.size() - i - 1)).parts > mostLoadParts) {
            sms += ending(loads.size() - i);
            return;
        }
        sms = longer;
    }
}

} // namespace

SmsCount countSms(const QString& text) {
    static const QString basic = gsmBasic();
    static const QString extended = gsmExtended();
    SmsCount out;
    for (const QChar c : text) {
        if (basic.contains(c)) {
            ++out.units;
        } else if (extended.contains(c)) {
            out.units += 2;
        } else {
            out.unicode = true;
            break;
        }
    }
    if (out.unicode)
        out.units = static_cast<int>(text.size());
    const int one = out.unicode ? unicodeOne : smsOne;
    const int each = out.unicode ? unicodeEach : smsEach;
    out.parts = out.units <= one ? 1 : (out.units + each - 1) / each;
    return out;
}

TaskOrder::TaskOrder(const model::State& state, model::AssignmentId assignment, const QString& language, base::Time now) {
    const auto found = state.assignments.find(assignment);
    if (found == state.assignments.end())
        return;
    const Speech say(language);
    const model::Assignment& one = found->second;
    const auto resource = state.resources.find(one.resource);
    const auto incident = state.incidents.find(one.incident);
    const bool known = incident != state.incidents.end();
    const QString order = Words::plain(one.order.empty() && known ? incident->second.number : one.order);
    const QString who = resource == state.resources.end() ? QStringLiteral("?") : say.local(resource->second.name);
    const QString call = resource == state.resources.end() || resource->second.callSign.empty()
                             ? who
                             : Words::plain(resource->second.callSign);
    const bool exercise = state.desk.exercise || (known && incident->second.exercise);
    const QString drill = exercise ? say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "EXERCISE")) : QString();

    QString task;
    switch (one.purpose) {
    case model::Purpose::team:
        task = one.capability.empty() ? say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "help where it is needed")) : say.capability(one.capability);
        break;
    case model::Purpose::supply:
        task = say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "bring supplies"));
        break;
    case model::Purpose::shelter:
        task = say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "take in %1 people")).arg(one.people);
        break;
    case model::Purpose::standBy:
        task = say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "stand by"));
        break;
    }
    // Where it goes: the last stop; else the incident. A shelter goes nowhere: people come to it from there.
    const bool shelter = one.purpose == model::Purpose::shelter;
    std::optional<model::Position> target;
    QString place;
    QString comeFrom;
    if (shelter) {
        place = !one.stops.empty() && !one.stops.back().place.empty() ? say.local(one.stops.back().place) : who;
        comeFrom = known ? say.local(incident->second.place) : QString();
    } else if (known) {
        target = incident->second.position;
        place = say.local(incident->second.place);
    }
    if (!shelter && !one.stops.empty() && (one.purpose == model::Purpose::standBy || !known)) {
        target = one.stops.back().position;
        place = say.local(one.stops.back().place);
    }
    QStringList via;
    QStringList stops;
    for (std::size_t i = 0; i < one.stops.size() && !shelter; ++i) {
        const auto& stop = one.stops[i];
        const QString name = stop.place.empty() ? coordinates(stop.position) : say.local(stop.place);
        stops << QStringLiteral("%1. %2 (%3)").arg(i + 1).arg(name, Words::eta(stop.arrival));
        if (i + 1 < one.stops.size())
            via << name;
    }
    QStringList load;
    for (const auto& item : one.load) {
        const auto from = state.resources.find(item.from);
        load << (from == state.resources.end() ? quantity(item, say)
                                               : say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "%1 from %2"))
                                                     .arg(quantity(item, say), say.local(from->second.name)));
    }
    // What is known of the way leads to where the incident lay.
    const bool moved = one.state != model::AssignmentState::released && one.word == model::TeamWord::moved;
    QString eta;
    if (!moved && !shelter && one.eta.value > 0) {
        const auto minutes = [](base::Seconds s) { return std::max(1, static_cast<int>((s.value + 59) / 60)); };
        eta = one.etaHigh.value > 0
                  ? say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "%1 min (%2–%3)"))
                        .arg(minutes(one.eta)).arg(minutes(one.etaLow)).arg(minutes(one.etaHigh))
                  : say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "%1 min")).arg(minutes(one.eta));
    }
    QString way;
    if (!moved && !shelter && one.route.length.value > 0)
        way = say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "%1 km")).arg(Words::number(one.route.length.value / 1000, 1));
    if (!via.isEmpty()) {
        const QString through = say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "via %1")).arg(via.join(QStringLiteral(", ")));
        way = way.isEmpty() ? through : way + QStringLiteral(", ") + through;
    }
    const QString contact = Words::plain(state.desk.onDuty);

    m_title = say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Task order %1")).arg(order);
    const auto add = [&](const char* label, const QString& text) {
        if (!text.isEmpty())
            m_lines.push_back({say(label), text});
    };
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Note"), drill);
    const bool recalled = one.state == model::AssignmentState::released && one.word == model::TeamWord::recall && !one.arrivedAt;
    const bool otherWay = one.state != model::AssignmentState::released && one.word == model::TeamWord::way;
    const QString change = recalled   ? say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Cancelled: you are released"))
                           : otherWay ? say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Take another way"))
                           : moved    ? say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "The incident was moved: go to the place given here"))
                                      : QString();
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Changed"), change);
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "To"), call == who ? who : who + QStringLiteral(" (") + call + QLatin1Char(')'));
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Incident"),
        known ? Words::plain(incident->second.number) + QLatin1Char(' ') + say.local(incident->second.title) : QString());
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Task"), task);
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Place"), place);
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "People come from"), comeFrom);
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Coordinates"), target ? coordinates(*target) + QStringLiteral(" (WGS 84)") : QString());
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Way"), way);
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Expected in"), eta);
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Load"), load.join(QStringLiteral("; ")));
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Stops"), stops.join(QStringLiteral("; ")));
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Remark"),
        one.reason == model::asRecommended ? QString() : Words::plain(one.reason)); // to the team it says nothing
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Report to"), contact);
    add(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Issued"),
        Words::dateTime(one.notifiedAt.value_or(now)).toString(QStringLiteral("yyyy-MM-dd HH:mm")));

    // The short message: number, task and coordinates always, and what is to be loaded where; the others, in this order, while they fit.
    QStringList must;
    if (!drill.isEmpty())
        must << drill;
    must << order;
    if (!change.isEmpty())
        must << change;
    must << task;
    if (target)
        must << QStringLiteral("%1,%2").arg(target->latitude(), 0, 'f', 4).arg(target->longitude(), 0, 'f', 4);
    m_sms = must.join(QLatin1Char(' '));
    const bool supply = one.purpose == model::Purpose::supply && !recalled;
    if (supply)
        addLoads(m_sms, load, say);
    const QString from = comeFrom.isEmpty() ? QString() : say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "people come from %1")).arg(comeFrom);
    QStringList may{from, place};
    for (const auto& item : one.load) {
        if (!supply)
            may << quantity(item, say);
    }
    may << eta << (via.isEmpty() ? QString() : say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "via %1")).arg(via.join(QStringLiteral(", "))))
        << contact;
    const int parts = countSms(m_sms).parts;
    for (const QString& part : may) {
        const QString longer = m_sms + QStringLiteral("; ") + plainDash(part);
        if (!part.isEmpty() && countSms(longer).parts <= parts)
            m_sms = longer;
    }

    const QString desk = say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "%1, this is the desk.")).arg(call);
    m_radio << (drill.isEmpty() ? desk : drill + QStringLiteral(". ") + desk);
    m_radio << say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Order %1: %2.")).arg(order, task);
    if (!change.isEmpty())
        m_radio << change + (language.startsWith(QLatin1String("zh")) ? QStringLiteral("。") : QStringLiteral("."));
    if (recalled) {
        m_radio << say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Read back, over."));
        return;
    }
    if (!comeFrom.isEmpty())
        m_radio << say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "People come from %1.")).arg(comeFrom);
    if (!shelter && !place.isEmpty())
        m_radio << say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Go to %1.")).arg(place);
    if (target)
        m_radio << say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "North %1, east %2."))
                       .arg(spelt(target->latitude(), say), spelt(target->longitude(), say));
    if (!via.isEmpty())
        m_radio << say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "First to %1.")).arg(via.join(QStringLiteral(", ")));
    for (const QString& item : load)
        m_radio << say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Load %1.")).arg(item);
    if (!eta.isEmpty())
        m_radio << say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "We expect you in %1.")).arg(eta);
    m_radio << say(QT_TRANSLATE_NOOP("tocsin::gui::TaskOrder", "Read back, over."));
}

QString TaskOrder::text() const {
    QStringList out{m_title};
    for (const auto& line : m_lines)
        out << line.label + QStringLiteral(": ") + line.text;
    return out.join(QLatin1Char('\n'));
}

QString TaskOrder::html(bool newPage) const {
    QString out = QStringLiteral("<h2%1>%2</h2><table cellspacing=\"0\" cellpadding=\"5\">")
                      .arg(newPage ? QStringLiteral(" style=\"page-break-before:always\"") : QString(), m_title.toHtmlEscaped());
    for (const auto& line : m_lines)
        out += QStringLiteral("<tr><td><b>%1</b></td><td>%2</td></tr>").arg(line.label.toHtmlEscaped(), line.text.toHtmlEscaped());
    return out + QStringLiteral("</table>");
}

} // namespace tocsin::gui
