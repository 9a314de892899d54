#include "gui/dispatch/dispatch_words.hpp"

#include "gui/panels/drill_mark.hpp"
#include "tocsin/dispatch/obstacle.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <chrono>
#include <cmath>

namespace tocsin::gui {

namespace {

bool lendsAll(const model::AidItem& item) {
    return std::abs(model::lentOf(item) - item.quantity) < 1e-9;
}

} // namespace

QString DispatchWords::resource(const model::State& state, model::ResourceId id, const QString& language) {
    const auto found = state.resources.find(id);
    return found == state.resources.end() ? tr("unknown") : Words::local(found->second.name, language);
}

QString DispatchWords::incident(const model::State& state, model::IncidentId id, const QString& language) {
    const auto found = state.incidents.find(id);
    return found == state.incidents.end()
               ? tr("unknown")
               : Words::plain(found->second.number) + QLatin1Char(' ') + Words::local(found->second.title, language);
}

QString DispatchWords::amount(double quantity, const std::string& unit) {
    const QString number = Words::number(quantity);
    return unit.empty() ? number : number + QChar(0x00a0) + Words::unit(unit);
}

QString DispatchWords::thing(const SupplyLine& line, const QString& language) {
    switch (line.kind) {
    case model::NeedKind::team:
        return tr("teams: %1").arg(Words::capability(line.code));
    case model::NeedKind::shelter:
        return tr("shelter places");
    case model::NeedKind::supply:
        break;
    }
    return line.name.empty() ? Words::plain(line.code) : Words::local(line.name, language);
}

QString DispatchWords::source(const SupplyLine& line, const SupplySource& source, const model::State& state, const QString& language,
                              base::Time now) {
    const bool lent = source.kind == model::ResourceKind::enterprise || source.kind == model::ResourceKind::partner;
    const QString name = resource(state, source.resource, language);
    // One team is one team: its number says nothing.
    const QString who = line.kind == model::NeedKind::supply || lent ? tr("%1 %2", "who, how much").arg(name, amount(source.quantity, line.unit)) : name;
    const QString far = Words::number(source.away.value / 1000, 1);
    if (source.drive && !std::isfinite(source.drive->value))
        return tr("%1 (%2 km, no road leads there)", "who, how far").arg(who, far);
    if (source.there) {
        const QString span = Words::eta(base::Seconds(std::chrono::duration<double>(*source.there - now).count()));
        const QString when = Words::moment(*source.there, now, language);
        return source.late ? tr("%1 in %2 (%3, too late)", "who, how long, when").arg(who, span, when)
                           : tr("%1 in %2 (%3)", "who, how long, when").arg(who, span, when);
    }
    return lent ? tr("%1 in %2", "who, lead time").arg(who, Words::eta(source.lead)) : tr("%1 (%2 km)", "who, how far").arg(who, far);
}

QString DispatchWords::shortfall(const SupplyLine& line, const model::State& state, const QString& language, base::Time now) {
    if (line.open <= 1e-9)
        return {};
    QStringList sources;
    for (const auto& one : line.from) {
        sources << source(line, one, state, language, now);
        if (sources.size() == 4 && line.from.size() > 5) {
            sources << tr("%1 more").arg(line.from.size() - 4);
            break;
        }
    }
    QStringList out;
    out << (line.missing > 1e-9 ? tr("%1 short in the county").arg(amount(line.missing, line.unit))
                                : tr("%1 to send").arg(amount(line.open, line.unit)));
    if (line.askedFor > 1e-9)
        out << tr("%1 asked for as mutual aid").arg(amount(line.askedFor, line.unit));
    if (!sources.isEmpty())
        out << tr("next: %1").arg(sources.join(tr(", ")));
    else if (line.toAsk() > 1e-9)
        out << tr("nobody known has it: ask for mutual aid");
    if (line.aboard > 1e-9)
        out << tr("%1 on vehicles or with others, not counted").arg(amount(line.aboard, line.unit));
    return out.join(tr("; "));
}

QString DispatchWords::aidState(model::AidState state) {
    switch (state) {
    case model::AidState::drafted:
        return tr("drafted");
    case model::AidState::sent:
        return tr("sent, no answer yet");
    case model::AidState::accepted:
        return tr("promised");
    case model::AidState::declined:
        return tr("declined");
    case model::AidState::arrived:
        return tr("here");
    case model::AidState::returned:
        return tr("given back");
    case model::AidState::cancelled:
        return tr("called off");
    }
    return {};
}

QString DispatchWords::aidStep(model::AidState to) {
    switch (to) {
    case model::AidState::drafted:
        break;
    case model::AidState::sent:
        return tr("It was sent");
    case model::AidState::accepted:
        return tr("They lend");
    case model::AidState::declined:
        return tr("They decline");
    case model::AidState::arrived:
        return tr("It has arrived");
    case model::AidState::returned:
        return tr("Given back");
    case model::AidState::cancelled:
        return tr("Call off");
    }
    return {};
}

QString DispatchWords::aidItems(const model::AidRequest& request, const QString& language) {
    QStringList out;
    for (const auto& item : request.items) {
        const QString asked = amount(item.quantity, item.unit);
        const QString much = lendsAll(item) ? asked : tr("%1 of %2", "lent, asked for").arg(Words::number(model::lentOf(item)), asked);
        out << much + QLatin1Char(' ') + (item.name.empty() ? Words::capability(item.code) : Words::local(item.name, language));
    }
    return out.join(tr(", "));
}

QString DispatchWords::aidText(const model::AidRequest& request, const model::State& state, const QString& language,
                               base::Time now) {
    QStringList out;
    const auto found = state.incidents.find(request.incident);
    if (const QString drill = drillMark(state, request.incident); !drill.isEmpty())
        out << drill;
    out << tr("Request for mutual aid %1").arg(Words::plain(request.number));
    out << tr("To: %1").arg(resource(state, request.partner, language));
    out << tr("From: %1, %2").arg(Words::local(state.desk.county, language), Words::plain(request.by));
    out << tr("Incident: %1").arg(incident(state, request.incident, language));
    if (found != state.incidents.end())
        out << tr("Place: %1 (%2)").arg(Words::local(found->second.place, language), Words::position(found->second.position));
    out << tr("We ask for:");
    for (const auto& item : request.items)
        out << QStringLiteral("- ") + amount(item.quantity, item.unit) + QLatin1Char(' ') +
                   (item.name.empty() ? Words::capability(item.code) : Words::local(item.name, language)) +
                   QStringLiteral(" [") + Words::plain(item.code) + QLatin1Char(']');
    if (request.neededBy)
        out << tr("Needed by: %1").arg(Words::moment(*request.neededBy, now, language));
    if (!request.message.empty())
        out << QString() << Words::plain(request.message);
    return out.join(QLatin1Char('\n'));
}

QString DispatchWords::callDownState(const model::CallDown& list) {
    switch (list.state) {
    case model::CallDownState::running:
        return tr("running");
    case model::CallDownState::answered:
        return tr("%1 has answered").arg(Words::plain(list.answeredBy));
    case model::CallDownState::exhausted:
        return tr("nobody has answered");
    case model::CallDownState::ended:
        return tr("ended");
    }
    return {};
}

QString DispatchWords::decisionState(const model::Decision& decision) {
    switch (decision.state) {
    case model::DecisionState::waiting:
        return tr("waits for the leader");
    case model::DecisionState::sent:
        return tr("sent");
    case model::DecisionState::refused:
        return decision.judgedBy == decision.by ? tr("taken back") : tr("refused");
    }
    return {};
}

QString DispatchWords::obstacle(const std::string& key) {
    for (int i = 0; i < dispatch::obstacles; ++i) {
        const auto one = static_cast<dispatch::Obstacle>(i);
        if (dispatch::toString(one) == key)
            return one == dispatch::Obstacle::none ? QString() : Words::obstacle(one);
    }
    return Words::plain(key);
}

QString DispatchWords::need(const model::Need& need, const QString& language, const model::State& state) {
    switch (need.kind) {
    case model::NeedKind::team:
        return need.capability.empty() ? tr("whatever is needed") : Words::need(need);
    case model::NeedKind::shelter:
        return tr("shelter for %1").arg(Words::people(need.quantity));
    case model::NeedKind::supply:
        break;
    }
    for (const auto& [id, one] : state.resources) {
        for (const auto& stock : one.stock) {
            if (stock.code == need.supply)
                return amount(need.amount, need.unit) + QLatin1Char(' ') + Words::local(stock.name, language);
        }
    }
    return amount(need.amount, need.unit) + QLatin1Char(' ') + Words::plain(need.supply);
}

} // namespace tocsin::gui
