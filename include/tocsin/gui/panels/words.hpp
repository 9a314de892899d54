#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/dispatch/recommend.hpp"
#include "tocsin/model/state.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QString>
#include <QTimeZone>
#include <map>
#include <string>

namespace tocsin::gui {

/// The desk's words for what the model holds, in the language in force. Needs a QCoreApplication; GUI thread.
class Words {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::Words)
  public:
    Words() = delete;

    [[nodiscard]] static QString local(const base::LocalText& text, const QString& language);
    [[nodiscard]] static QString plain(const std::string& utf8) { return QString::fromStdString(utf8); }
    /// What a layer below says in English, in the window's language.
    [[nodiscard]] static QString sentence(const std::string& english);
    [[nodiscard]] static QString error(const base::Error& error); ///< with its place: "line 3, column 2: …"
    /// A name that was given in two scripts ("Leader on duty 带班领导") in that of the window's language; any other as it is.
    [[nodiscard]] static QString either(const std::string& name);

    /// A unit of stock: the usual ones ("piece", "box") in the language in force, others as they are.
    [[nodiscard]] static QString unit(const std::string& unit);

    /// What the roads are like: "dry", "snow".
    [[nodiscard]] static QString roadWeather(model::RoadWeather weather);

    // ---- times; shown in the zone of useZone(), at first this machine's
    /// The county's zone, for every text from now on; as QLocale::setDefault is for numbers. GUI thread.
    static void useZone(const QTimeZone& zone);
    [[nodiscard]] static QDateTime dateTime(base::Time time); ///< in that zone
    [[nodiscard]] static QString age(base::Duration since); ///< "00:42", "1 h 05", "3 d 2 h"; negative is zero
    [[nodiscard]] static QString span(base::Duration time); ///< "38 min", "1 h 05 min"
    [[nodiscard]] static QString ago(base::Duration since); ///< "just now" below a minute, "38 min ago", "3 d 2 h ago"
    [[nodiscard]] static QString eta(base::Seconds time);   ///< "4 min", "1 h 05 min"; under a minute "1 min"
    [[nodiscard]] static QString clock(base::Time time);    ///< "03:21:40"
    [[nodiscard]] static QString hourMinute(base::Time time);
    /// "18:00" on the day of `now`, else "21 Nov 18:00".
    [[nodiscard]] static QString moment(base::Time time, base::Time now, const QString& language);
    [[nodiscard]] static QString milliseconds(base::Duration time); ///< "38 ms"

    /// The county's own names of its capabilities, by code, and the language in force, for every text from now on; as useZone(). GUI thread.
    static void useCapabilities(std::map<std::string, base::LocalText> names, const QString& language);
    /// Its name in a language that need not be the one in force; empty where the county has none of its own.
    [[nodiscard]] static QString countyCapability(const std::string& code, const QString& language);

    // ---- grades and classes
    [[nodiscard]] static QString numeral(model::Grade grade);  ///< "II"
    [[nodiscard]] static QString grade(model::Grade grade);    ///< "grade II · major"
    [[nodiscard]] static QString severity(model::Grade grade); ///< "II · orange"
    [[nodiscard]] static QString colour(model::Grade grade);   ///< "orange"
    [[nodiscard]] static QString hazardClass(model::HazardClass value);
    [[nodiscard]] static QString hazard(const std::string& key); ///< a key without a word shows as itself, unhyphened

    // ---- things and their states
    [[nodiscard]] static QString alarmState(const model::Alarm& alarm); ///< "UNACK", "ACK · MK", "RTN"
    [[nodiscard]] static QString alarmStateLong(const model::Alarm& alarm);
    [[nodiscard]] static QString reportState(model::ReportState state);
    [[nodiscard]] static QString reportCategory(const std::string& category);
    [[nodiscard]] static QString warningState(model::WarningState state);
    /// How far a source is believed: a word, and a shape that gets fuller.
    [[nodiscard]] static QString trust(model::Trust trust);
    [[nodiscard]] static QString capWord(const std::string& word); ///< CAP's "Severe", "Immediate", "Observed" …
    [[nodiscard]] static QString resourceKind(model::ResourceKind kind);
    [[nodiscard]] static QString resourceStatus(model::ResourceStatus status);
    [[nodiscard]] static QString capability(const std::string& code); ///< as the county calls it, else the desk's own word
    [[nodiscard]] static QString need(const model::Need& need); ///< "dyke defence L2 × 2"
    [[nodiscard]] static QString assignmentState(model::AssignmentState state);
    [[nodiscard]] static QString nextStep(model::AssignmentState to); ///< what the button does: "Mark accepted"
    [[nodiscard]] static QString sensorKind(model::SensorKind kind);
    [[nodiscard]] static QString obstacle(dispatch::Obstacle obstacle);
    [[nodiscard]] static QString unmet(const dispatch::UnmetNeed& need);
    [[nodiscard]] static QString refusal(const base::Error& error); ///< "Refused: …" with the desk's own words
    [[nodiscard]] static QString feed(const std::string& name);

    // ---- numbers and names
    [[nodiscard]] static QString alarms(std::size_t count); ///< "1 alarm", "3 alarms"
    [[nodiscard]] static QString reports(std::size_t count);
    [[nodiscard]] static QString teams(std::size_t count);
    [[nodiscard]] static QString people(int count);
    [[nodiscard]] static QString number(double value, int decimals = -1); ///< grouped; -1: as many as it needs, ≤ 2
    [[nodiscard]] static QString value(double value, const std::string& unit); ///< "4.46 m"
    /// How fast it goes, from the first to the last of the given points: "38 cm/h"; empty if too short to say.
    [[nodiscard]] static QString rate(base::Time t0, double v0, base::Time t1, double v1, const std::string& unit);
    [[nodiscard]] static QString trendArrow(double before, double now); ///< ▲ ▼ or nothing
    [[nodiscard]] static QString initials(const std::string& name);     ///< "M. Keller" → "MK"
    [[nodiscard]] static QString position(model::Position position);
    [[nodiscard]] static QString quoted(const QString& text); ///< “text”
    /// Shortened at a word's end to at most `most` characters, with an ellipsis.
    [[nodiscard]] static QString shortened(const QString& text, int most);
};

} // namespace tocsin::gui
