#include "gui/panels/plan_notices.hpp"

#include "gui/panels/plan_words.hpp"
#include "tocsin/base/seconds.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QStringList>
#include <map>

namespace tocsin::gui {

QString PlanNotices::person(const model::Resource& resource) const {
    const QString name = Words::local(resource.name, m_language);
    const QString who = Words::plain(resource.personInCharge);
    const QString phone = Words::plain(resource.phone);
    if (who.isEmpty() && phone.isEmpty())
        return name;
    if (who.isEmpty() || phone.isEmpty())
        return tr("%1 (%2)", "a place; who is in charge, or the telephone").arg(name, who + phone);
    return tr("%1 (%2, %3)", "a place; who is in charge; the telephone").arg(name, who, phone);
}

QString PlanNotices::at(base::Seconds fromNow) const {
    return Words::hourMinute(m_now + base::toDuration(fromNow));
}

std::vector<std::string> PlanNotices::of(const model::Decision& decision) const {
    const PlanWords words(m_state, m_language);
    const auto incident = m_state.incidents.find(decision.incident);
    QString place = incident == m_state.incidents.end() ? QString() : Words::local(incident->second.place, m_language);
    if (place.isEmpty() && incident != m_state.incidents.end())
        place = Words::local(incident->second.title, m_language);
    std::vector<std::string> out;
    QStringList shelters;
    const auto add = [&](const QString& text) { out.push_back(text.toStdString()); };
    for (const auto& line : decision.lines) {
        const auto found = m_state.resources.find(line.resource);
        if (line.purpose != model::Purpose::shelter || found == m_state.resources.end())
            continue;
        add(tr("%1: open the house. %2 come from %3, the first at about %4.", "shelter and whom to call; people; place; time")
                .arg(person(found->second), Words::people(line.people), place, at(line.eta)));
        shelters << tr("%1 (%2)", "a shelter; for how many people")
                        .arg(Words::local(found->second.name, m_language), Words::people(line.people));
    }
    if (!shelters.isEmpty())
        add(tr("The people at %1: leave the area and go to %2.").arg(place, shelters.join(tr(", "))));
    for (const auto& line : decision.lines) {
        std::map<model::ResourceId, QStringList> stores;
        for (const auto& item : line.load)
            stores[item.from] << tr("%1 %2 %3", "quantity, unit, supply")
                                     .arg(Words::number(item.quantity), Words::unit(item.unit), Words::local(item.name, m_language));
        for (const auto& stop : line.stops) {
            const auto store = stop.at ? stores.find(*stop.at) : stores.end();
            const auto found = stop.at ? m_state.resources.find(*stop.at) : m_state.resources.end();
            if (store == stores.end() || found == m_state.resources.end())
                continue;
            add(tr("%1: have ready %2. %3 comes for it at about %4.", "store and whom to call; load; vehicle; time")
                    .arg(person(found->second), store->second.join(tr(", ")), words.name(line.resource), at(line.turnout + stop.arrival)));
        }
    }
    return out;
}

} // namespace tocsin::gui
