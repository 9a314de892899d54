#pragma once

#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QString>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::gui {

/// The after-images of one entry, sorted by kind, and the state for what they only name.
struct EntryImages {
    std::vector<model::Incident> incidents;
    std::vector<model::Alarm> alarms;
    std::vector<model::Warning> warnings;
    std::vector<model::Report> reports;
    std::vector<model::Earthquake> earthquakes;
    std::vector<model::Resource> resources;
    std::vector<model::Assignment> assignments;
    std::vector<model::Sensor> sensors;
    std::vector<model::Drawing> drawings;
    std::vector<model::Unit> units;
    std::vector<model::ReportCluster> clusters;
    std::vector<model::Decision> decisions;
    std::vector<model::CallDown> callDowns;
    std::vector<model::AidRequest> aidRequests;
    std::vector<model::CallList> callLists;
    std::optional<model::DeskStatus> desk;

    void add(model::DeskStatus v) { desk = std::move(v); }
    void add(model::Incident v) { incidents.push_back(std::move(v)); }
    void add(model::Alarm v) { alarms.push_back(std::move(v)); }
    void add(model::Warning v) { warnings.push_back(std::move(v)); }
    void add(model::Report v) { reports.push_back(std::move(v)); }
    void add(model::Earthquake v) { earthquakes.push_back(std::move(v)); }
    void add(model::Resource v) { resources.push_back(std::move(v)); }
    void add(model::Assignment v) { assignments.push_back(std::move(v)); }
    void add(model::Sensor v) { sensors.push_back(std::move(v)); }
    void add(model::Drawing v) { drawings.push_back(std::move(v)); }
    void add(model::Unit v) { units.push_back(std::move(v)); }
    void add(model::ReportCluster v) { clusters.push_back(std::move(v)); }
    void add(model::Decision v) { decisions.push_back(std::move(v)); }
    void add(model::CallDown v) { callDowns.push_back(std::move(v)); }
    void add(model::AidRequest v) { aidRequests.push_back(std::move(v)); }
    void add(model::CallList v) { callLists.push_back(std::move(v)); }
};
[[nodiscard]] EntryImages entryImages(const nlohmann::json& data);

/// A text or a whole number among an entry's facts, as text; empty if it is neither.
[[nodiscard]] QString textField(const nlohmann::json& data, const char* key);
/// A LocalText as the journal writes it: a plain string, or an object of languages beside "text".
[[nodiscard]] QString localField(const nlohmann::json& data, const char* key, const QString& language);

/// Makes one entry's sentence. Alarms' stand in entry_sentence_alarms.cpp, reports' in entry_sentence_reports.cpp,
/// the resource database's in entry_sentence_records.cpp, those of decisions and of what follows from them in
/// entry_sentence_dispatch.cpp.
class Sentence {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::Sentence)
  public:
    Sentence(const model::Entry& entry, const model::State& state, const QString& language)
        : m_entry(entry), m_state(state), m_language(language), m_images(entryImages(entry.data)) {}

    [[nodiscard]] QString make() const {
        const auto dot = m_entry.type.find('.');
        const std::string thing = m_entry.type.substr(0, dot);
        const std::string what = dot == std::string::npos ? std::string() : m_entry.type.substr(dot + 1);
        QString out;
        if (thing == "alarm")
            out = alarm(what);
        else if (m_entry.type == "sensor.out-of-service" || m_entry.type == "sensor.in-service")
            out = sensorService(what);
        else if (m_entry.type == "sensor.retired" || m_entry.type == "sensor.brought-back")
            out = sensorsRetired(what);
        else if (m_entry.type == "rules.changed")
            out = tr("Rules of the alarms changed: %1 rules").arg(field("count"));
        else if (thing == "cluster")
            out = cluster(what);
        else if (thing == "incident")
            out = incident(what);
        else if (thing == "assignment" && (what == "replanned" || what == "heard" || what == "blocked" || what == "unblocked"))
            out = assignmentOnTheWay(what);
        else if (thing == "assignment")
            out = assignment(what);
        else if (thing == "decision")
            out = decision(what);
        else if (thing == "call-down")
            out = callDown(what);
        else if (thing == "call-list")
            out = callList(what);
        else if (thing == "aid")
            out = aid(what);
        else if (thing == "report")
            out = report(what);
        else if (thing == "call" || thing == "contact")
            out = call(thing, what);
        else if (thing == "warning")
            out = warning(what);
        else if (thing == "earthquake")
            out = earthquake(what);
        else if (thing == "closure" || thing == "area" || thing == "pin")
            out = drawing(thing, what);
        else if (thing == "marker")
            out = marker(what);
        else if (thing == "unit" || thing == "chat" || m_entry.type == "resource.moved")
            out = unit(what);
        else if (thing == "resource" && what != "registered")
            out = record(what);
        else if (m_entry.type == "stock.moved")
            out = stockMoved();
        else
            out = ofDesk();
        return out.isEmpty() ? tr("Entry of the kind “%1”").arg(Words::plain(m_entry.type)) : out;
    }

  private:
    [[nodiscard]] QString local(const base::LocalText& text) const { return Words::local(text, m_language); }
    [[nodiscard]] QString field(const char* key) const { return textField(m_entry.data, key); }
    [[nodiscard]] QString withReason(const QString& sentence) const {
        const QString reason = field("reason");
        return reason.isEmpty() ? sentence : tr("%1: %2", "sentence, reason").arg(sentence, reason);
    }
    [[nodiscard]] QString moment(base::Time time) const { return Words::moment(time, m_entry.time, m_language); }

    template <typename IdType, typename Thing>
    [[nodiscard]] static const Thing* find(const std::vector<Thing>& images, const std::map<IdType, Thing>& known,
                                           const IdType& id) {
        for (const Thing& image : images) {
            if (image.id == id)
                return &image;
        }
        const auto it = known.find(id);
        return it == known.end() ? nullptr : &it->second;
    }

    /// The one thing that the entry is about: the first image, else the subject looked up.
    template <typename IdType, typename Thing>
    [[nodiscard]] const Thing* subject(const std::vector<Thing>& images, const std::map<IdType, Thing>& known) const {
        if (const auto id = IdType::parse(m_entry.subject)) {
            if (const Thing* thing = find(images, known, *id))
                return thing;
        }
        return images.empty() ? nullptr : &images.front();
    }

    [[nodiscard]] QString incidentName(const model::Incident* incident) const {
        return incident ? Words::quoted(local(incident->title)) : tr("an incident");
    }
    [[nodiscard]] QString resourceName(const model::Resource* resource) const {
        return resource ? local(resource->name) : tr("a team");
    }

    [[nodiscard]] QString alarm(const std::string& what) const;
    [[nodiscard]] QString alarmRaised(const model::Alarm* alarm, const QString& name) const;
    [[nodiscard]] QString alarmSetAside(const std::string& what, const QString& name) const;
    [[nodiscard]] QString alarmOfItself(const std::string& what, const QString& name) const;
    [[nodiscard]] QString alarmTitle(const QString& id) const; ///< of one that is only named
    [[nodiscard]] QString sensorService(const std::string& what) const;
    [[nodiscard]] QString sensorsRetired(const std::string& what) const;
    [[nodiscard]] QString corrected() const;
    [[nodiscard]] QString cluster(const std::string& what) const;
    [[nodiscard]] QString reportHandled(const std::string& what, const model::Report* report, const QString& text) const;
    [[nodiscard]] QString incident(const std::string& what) const;
    [[nodiscard]] QString incidentOpened(const model::Incident& incident, const QString& name) const;
    [[nodiscard]] QString incidentMoved(const model::Incident* incident, const QString& name) const;
    [[nodiscard]] QString withPlan(const QString& sentence) const; ///< which one it has got, where the entry says so
    [[nodiscard]] QString assignment(const std::string& what) const;
    [[nodiscard]] QString assignmentOnTheWay(const std::string& what) const;
    [[nodiscard]] QString decision(const std::string& what) const;
    [[nodiscard]] QString callDown(const std::string& what) const;
    [[nodiscard]] QString callList(const std::string& what) const;
    [[nodiscard]] QString aid(const std::string& what) const;
    [[nodiscard]] QString report(const std::string& what) const;
    [[nodiscard]] QString call(const std::string& thing, const std::string& what) const;
    [[nodiscard]] QString warning(const std::string& what) const;
    [[nodiscard]] QString earthquake(const std::string& what) const;
    [[nodiscard]] QString drawing(const std::string& kind, const std::string& what) const;
    [[nodiscard]] QString marker(const std::string& what) const;
    [[nodiscard]] QString unit(const std::string& what) const;
    [[nodiscard]] QString record(const std::string& what) const;
    [[nodiscard]] QString stockMoved() const;
    [[nodiscard]] QString ofDesk() const;

    const model::Entry& m_entry;
    const model::State& m_state;
    const QString& m_language;
    EntryImages m_images;
};

} // namespace tocsin::gui
