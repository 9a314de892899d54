#include "gui/panels/sentence.hpp"

// What the duty log says of the resource database.

namespace tocsin::gui {

QString Sentence::record(const std::string& what) const {
    const std::size_t count = m_images.resources.size();
    const model::Resource* resource = count == 1 ? &m_images.resources.front() : nullptr;
    const QString name = resource ? local(resource->name) : tr("%1 resources").arg(count);
    const QString how = field("how");
    if (what == "added")
        return how.isEmpty() ? tr("New in the resource database: %1").arg(name)
                             : tr("New in the resource database: %1 (%2)").arg(name, how);
    if (what == "changed" && how == QLatin1String("roster"))
        return tr("Duty shifts changed: %1").arg(name);
    if (what == "changed")
        return how.isEmpty() || how == QLatin1String("edit") ? tr("Record changed: %1").arg(name)
                                                             : tr("Record changed: %1 (%2)").arg(name, how);
    if (what == "retired")
        return withReason(tr("Retired: %1").arg(name));
    if (what == "status") {
        const auto status = model::resourceStatusFrom(field("status").toStdString());
        QString out = tr("%1: %2", "resource, status").arg(name, status ? Words::resourceStatus(*status) : field("status"));
        if (const auto until = base::parseTime(field("until").toStdString()))
            out = tr("%1, until %2").arg(out, moment(*until));
        return withReason(out);
    }
    if (what == "counted")
        return resource && resource->capacity > 0
                   ? tr("Counted: %1, %2 of %3 taken")
                         .arg(name, Words::number(resource->occupied, 0), Words::number(resource->capacity, 0))
                   : tr("Counted: %1").arg(name);
    if (what == "checked") {
        const bool known = m_entry.data.is_object();
        const bool passed = !known || m_entry.data.value("passed", true);
        const bool maintenance = known && m_entry.data.value("maintenance", false);
        const QString out = maintenance ? (passed ? tr("Maintenance done: %1").arg(name) : tr("Maintenance failed: %1").arg(name))
                                        : (passed ? tr("Ready: %1 was checked").arg(name) : tr("Not ready: %1 was checked").arg(name));
        return field("result").isEmpty() ? out : tr("%1: %2", "sentence, reason").arg(out, field("result"));
    }
    if (what == "claimed")
        return tr("Is deciding about %1").arg(name);
    if (what == "released")
        return tr("Decides no longer about %1").arg(name);
    return {};
}

QString Sentence::stockMoved() const {
    const auto found = m_entry.data.find("document");
    if (found == m_entry.data.end() || !found->is_object())
        return {};
    const auto& document = *found;
    const auto name = [&](const char* key) {
        const auto id = model::ResourceId::parse(textField(document, key).toStdString());
        return resourceName(id ? find(m_images.resources, m_state.resources, *id) : nullptr);
    };
    const auto quantity = document.find("quantity");
    const QString supply = localField(document, "name", m_language);
    const QString much = tr("%1 %2 of %3", "quantity, unit, supply")
                             .arg(Words::number(quantity != document.end() && quantity->is_number() ? quantity->get<double>() : 0),
                                  textField(document, "unit"), supply.isEmpty() ? textField(document, "code") : supply);
    const QString act = textField(document, "act");
    QString out;
    if (act == QLatin1String("receipt"))
        out = tr("Stock in at %1: %2").arg(name("to"), much);
    else if (act == QLatin1String("issue"))
        out = tr("Stock out of %1: %2").arg(name("from"), much);
    else if (act == QLatin1String("transfer"))
        out = tr("Stock from %1 to %2: %3").arg(name("from"), name("to"), much);
    else if (act == QLatin1String("count"))
        out = tr("Stock counted at %1: %2").arg(name("to"), much);
    else
        out = tr("Stock written off at %1: %2").arg(name("from"), much);
    out = tr("%1 (document %2)").arg(out, textField(document, "number"));
    const QString reason = textField(document, "reason");
    return reason.isEmpty() ? out : tr("%1: %2", "sentence, reason").arg(out, reason);
}

} // namespace tocsin::gui
