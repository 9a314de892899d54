#include "gui/rules/rule_fields.hpp"

#include "gui/rules/rule_words.hpp"
#include "tocsin/model/grade.hpp"
#include "tocsin/model/sensor.hpp"

#include <QCoreApplication>
#include <QRegularExpression>
#include <cmath>

namespace tocsin::gui {

namespace {

using detect::Rule;
using Shape = RuleField::Shape;

struct FieldWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::FieldWords)
};

QString yesNo(bool value) {
    return value ? QStringLiteral("1") : QString();
}

template <typename T>
using Member = T Rule::*;

RuleField textField(const char* name, QString (*label)(), Member<std::string> member) {
    return {name, Shape::line, label, nullptr, [member](const Rule& r) { return QString::fromStdString(r.*member); },
            [member](Rule& r, const QString& t) {
                r.*member = t.trimmed().toStdString();
                return true;
            }};
}

RuleField localField(const char* name, QString (*label)(), Member<base::LocalText> member, const char* language) {
    return {name, Shape::line, label, nullptr,
            [member, language](const Rule& r) {
                const auto& text = r.*member;
                if (language == nullptr)
                    return QString::fromStdString(text.text);
                const auto found = text.translations.find(language);
                return found == text.translations.end() ? QString() : QString::fromStdString(found->second);
            },
            [member, language](Rule& r, const QString& t) {
                auto& text = r.*member;
                if (language == nullptr)
                    text.text = t.toStdString();
                else if (t.trimmed().isEmpty())
                    text.translations.erase(language);
                else
                    text.translations[language] = t.toStdString();
                return true;
            }};
}

/// A member of the condition that stands in the rule now.
template <typename C>
C* in(Rule& rule) {
    return std::get_if<C>(&rule.condition);
}
template <typename C>
const C* in(const Rule& rule) {
    return std::get_if<C>(&rule.condition);
}

template <typename C>
RuleField numberOf(const char* name, QString (*label)(), double C::*member, bool unit = true, double least = -1e12) {
    return {name, Shape::number, label, nullptr,
            [member](const Rule& r) { return in<C>(r) ? RuleWords::number(in<C>(r)->*member) : QString(); },
            [member, least](Rule& r, const QString& t) {
                const auto value = RuleWords::numberFrom(t);
                if (!value || *value < least || std::abs(*value) > 1e12)
                    return false;
                if (auto* c = in<C>(r))
                    c->*member = *value;
                return true;
            },
            unit};
}

template <typename C>
RuleField maybeNumberOf(const char* name, QString (*label)(), std::optional<double> C::*member, QString (*hint)(),
                        bool unit = true) {
    return {name, Shape::number, label, hint,
            [member](const Rule& r) {
                return in<C>(r) && in<C>(r)->*member ? RuleWords::number(*(in<C>(r)->*member)) : QString();
            },
            [member](Rule& r, const QString& t) {
                auto* c = in<C>(r);
                if (c == nullptr)
                    return true;
                if (t.trimmed().isEmpty()) {
                    (c->*member).reset();
                    return true;
                }
                const auto value = RuleWords::numberFrom(t);
                if (value)
                    c->*member = *value;
                return value.has_value();
            },
            unit};
}

template <typename C>
RuleField countOf(const char* name, QString (*label)(), int C::*member, int least) {
    return {name, Shape::number, label, nullptr,
            [member](const Rule& r) { return in<C>(r) ? QString::number(in<C>(r)->*member) : QString(); },
            [member, least](Rule& r, const QString& t) {
                bool ok = false;
                const int value = t.trimmed().toInt(&ok);
                if (!ok || value < least || value > 10'000)
                    return false;
                if (auto* c = in<C>(r))
                    c->*member = value;
                return true;
            }};
}

template <typename C>
RuleField durationOf(const char* name, QString (*label)(), base::Duration C::*member, bool mayBeNone = false) {
    return {name, Shape::duration, label, [] { return FieldWords::tr("30s, 10min, 6h, 2d"); },
            [member](const Rule& r) { return in<C>(r) ? RuleWords::duration(in<C>(r)->*member) : QString(); },
            [member, mayBeNone](Rule& r, const QString& t) {
                const auto value = RuleWords::durationFrom(t);
                if (!value || (!mayBeNone && *value == base::Duration{0}))
                    return false;
                if (auto* c = in<C>(r))
                    c->*member = *value;
                return true;
            }};
}

template <typename C>
RuleField flagOf(const char* name, QString (*label)(), bool C::*member, Shape shape = Shape::flag) {
    return {name, shape, label, nullptr, [member](const Rule& r) { return yesNo(in<C>(r) && in<C>(r)->*member); },
            [member](Rule& r, const QString& t) {
                if (auto* c = in<C>(r))
                    c->*member = !t.isEmpty();
                return true;
            }};
}

template <typename C>
RuleField listOf(const char* name, QString (*label)(), std::vector<std::string> C::*member, QString (*hint)()) {
    return {name, Shape::list, label, hint,
            [member](const Rule& r) { return in<C>(r) ? RuleWords::list(in<C>(r)->*member) : QString(); },
            [member](Rule& r, const QString& t) {
                if (auto* c = in<C>(r))
                    c->*member = RuleWords::listFrom(t);
                return true;
            }};
}

/// Of others' messages: what their feed must be worth.
template <typename C>
RuleField leastTrustOf() {
    return {"ruleLeastTrust", Shape::trust, [] { return FieldWords::tr("Of feeds that are"); }, nullptr,
            [](const Rule& r) {
                return in<C>(r) ? QString::fromStdString(std::string(model::toString(in<C>(r)->leastTrust))) : QString();
            },
            [](Rule& r, const QString& t) {
                if (auto* c = in<C>(r))
                    c->leastTrust = model::trustFrom(t.toStdString()).value_or(model::Trust::unverified);
                return true;
            }};
}

/// Of Several: what each sensor must be over.
template <typename T>
RuleField eachOf(RuleField like, T detect::Threshold::*member) {
    if constexpr (std::is_same_v<T, bool>) {
        like.read = [member](const Rule& r) {
            return yesNo(in<detect::Several>(r) && in<detect::Several>(r)->each.*member);
        };
        like.write = [member](Rule& r, const QString& t) {
            if (auto* c = in<detect::Several>(r))
                c->each.*member = !t.isEmpty();
            return true;
        };
    } else {
        like.read = [member](const Rule& r) {
            return in<detect::Several>(r) ? RuleWords::number(in<detect::Several>(r)->each.*member) : QString();
        };
        like.write = [member](Rule& r, const QString& t) {
            const auto value = RuleWords::numberFrom(t);
            if (auto* c = in<detect::Several>(r); c && value)
                c->each.*member = *value;
            return value.has_value();
        };
    }
    return like;
}

RuleField sensorsField() {
    return {"ruleSensors", Shape::list, [] { return FieldWords::tr("Sensors"); }, [] { return FieldWords::tr("names, or leave empty and choose a kind"); },
            [](const Rule& r) {
                std::vector<std::string> names;
                for (const auto& sensor : r.subject.sensors)
                    names.push_back(sensor.value);
                return RuleWords::list(names);
            },
            [](Rule& r, const QString& t) {
                r.subject.sensors.clear();
                for (const auto& name : RuleWords::listFrom(t))
                    r.subject.sensors.emplace_back(name);
                if (!r.subject.sensors.empty())
                    r.subject.kind.reset();
                return true;
            }};
}

RuleField kindField() {
    return {"ruleSensorKind", Shape::sensorKind, [] { return FieldWords::tr("Or every sensor of a kind"); }, nullptr,
            [](const Rule& r) {
                return r.subject.kind ? QString::fromStdString(std::string(model::toString(*r.subject.kind))) : QString();
            },
            [](Rule& r, const QString& t) {
                r.subject.kind = model::sensorKindFrom(t.toStdString());
                if (r.subject.kind)
                    r.subject.sensors.clear();
                return true;
            }};
}

/// "47.14, 9.52, 5 km"
RuleField areaField() {
    return {"ruleArea", Shape::line, [] { return FieldWords::tr("Only in a circle"); }, [] { return FieldWords::tr("latitude, longitude, km; empty: anywhere"); },
            [](const Rule& r) {
                if (!r.subject.area)
                    return QString();
                const auto& area = *r.subject.area;
                return QStringLiteral("%1, %2, %3")
                    .arg(RuleWords::number(area.centre.latitude()), RuleWords::number(area.centre.longitude()),
                         RuleWords::number(area.radiusKm));
            },
            [](Rule& r, const QString& t) {
                if (t.trimmed().isEmpty()) {
                    r.subject.area.reset();
                    return true;
                }
                static const QRegularExpression apart(QStringLiteral("[\\s,;，]+"));
                QString plain = t.trimmed();
                plain.remove(QStringLiteral("km"));
                const auto parts = plain.split(apart, Qt::SkipEmptyParts);
                if (parts.size() != 3)
                    return false;
                const auto latitude = RuleWords::numberFrom(parts[0]);
                const auto longitude = RuleWords::numberFrom(parts[1]);
                const auto km = RuleWords::numberFrom(parts[2]);
                if (!latitude || !longitude || !km || *km <= 0 || *km > 20'000)
                    return false;
                const auto centre = model::Position::checked({*latitude, *longitude});
                if (!centre)
                    return false;
                r.subject.area = model::Circle{*centre, *km};
                return true;
            }};
}

std::vector<RuleField> conditionFields(const QString& kind) {
    using namespace detect;
    const auto above = [] { return FieldWords::tr("Direction"); };
    const auto limit = [] { return FieldWords::tr("Limit"); };
    const auto within = [] { return FieldWords::tr("Within"); };
    if (kind == QLatin1String("threshold"))
        return {flagOf<Threshold>("ruleAbove", above, &Threshold::above, Shape::direction),
                numberOf<Threshold>("ruleThreshold", limit, &Threshold::threshold),
                numberOf<Threshold>("ruleHysteresis", [] { return FieldWords::tr("Over when back by"); }, &Threshold::hysteresis, true, 0),
                durationOf<Threshold>("ruleDelay", [] { return FieldWords::tr("Must hold for"); }, &Threshold::delay, true),
                countOf<Threshold>("ruleCount", [] { return FieldWords::tr("Readings in a row"); }, &Threshold::count, 1)};
    if (kind == QLatin1String("rate"))
        return {numberOf<Rate>("ruleChange", [] { return FieldWords::tr("Changes by (− falls)"); }, &Rate::change),
                durationOf<Rate>("ruleWithin", within, &Rate::within)};
    if (kind == QLatin1String("unusual"))
        return {flagOf<Unusual>("ruleUnusualAbove", [] { return FieldWords::tr("Unusually high"); }, &Unusual::above),
                flagOf<Unusual>("ruleUnusualBelow", [] { return FieldWords::tr("Unusually low"); }, &Unusual::below),
                numberOf<Unusual>("ruleDeviations", [] { return FieldWords::tr("Standard deviations"); }, &Unusual::deviations, false, 0),
                numberOf<Unusual>("ruleLeast", [] { return FieldWords::tr("And at least by"); }, &Unusual::least, true, 0),
                countOf<Unusual>("ruleDays", [] { return FieldWords::tr("Days of learning"); }, &Unusual::days, 1),
                countOf<Unusual>("ruleSettles", [] { return FieldWords::tr("Usual after days (0: never)"); }, &Unusual::settles, 0)};
    if (kind == QLatin1String("crossing")) {
        RuleField fit{"ruleFit", Shape::fit, [] { return FieldWords::tr("Goes on"); }, nullptr,
                      [](const Rule& r) {
                          return yesNo(in<Crossing>(r) && in<Crossing>(r)->fit == Crossing::Fit::recession);
                      },
                      [](Rule& r, const QString& t) {
                          if (auto* c = in<Crossing>(r))
                              c->fit = t.isEmpty() ? Crossing::Fit::straight : Crossing::Fit::recession;
                          return true;
                      }};
        return {flagOf<Crossing>("ruleAbove", above, &Crossing::above, Shape::direction),
                numberOf<Crossing>("ruleThreshold", limit, &Crossing::threshold),
                durationOf<Crossing>("ruleHorizon", [] { return FieldWords::tr("Will be reached within"); }, &Crossing::horizon),
                durationOf<Crossing>("ruleOver", [] { return FieldWords::tr("Judged by the last"); }, &Crossing::over), std::move(fit)};
    }
    if (kind == QLatin1String("accumulated")) {
        RuleField soil{"ruleSoil", Shape::line, [] { return FieldWords::tr("Soil sensor"); }, [] { return FieldWords::tr("empty: none"); },
                       [](const Rule& r) {
                           const auto* c = in<Accumulated>(r);
                           return c && c->soil ? QString::fromStdString(c->soil->value) : QString();
                       },
                       [](Rule& r, const QString& t) {
                           if (auto* c = in<Accumulated>(r)) {
                               c->soil.reset();
                               if (!t.trimmed().isEmpty())
                                   c->soil = model::SensorId(t.trimmed().toStdString());
                           }
                           return true;
                       }};
        return {numberOf<Accumulated>("ruleAmount", [] { return FieldWords::tr("Amount"); }, &Accumulated::amount, false),
                durationOf<Accumulated>("ruleOver", within, &Accumulated::over), std::move(soil),
                numberOf<Accumulated>("ruleWet", [] { return FieldWords::tr("Soil is wet from"); }, &Accumulated::wet, false),
                numberOf<Accumulated>("ruleWetAmount", [] { return FieldWords::tr("Then so much is enough"); }, &Accumulated::amountWhenWet,
                                      false)};
    }
    if (kind == QLatin1String("stuck"))
        return {durationOf<Stuck>("ruleAfter", [] { return FieldWords::tr("Says the same for"); }, &Stuck::after),
                numberOf<Stuck>("ruleTolerance", [] { return FieldWords::tr("Changes that are none"); }, &Stuck::tolerance, true, 0)};
    if (kind == QLatin1String("implausible"))
        return {maybeNumberOf<Implausible>("ruleLowest", [] { return FieldWords::tr("Cannot be below"); }, &Implausible::lowest,
                                           [] { return FieldWords::tr("empty: may be"); }),
                maybeNumberOf<Implausible>("ruleHighest", [] { return FieldWords::tr("Cannot be above"); }, &Implausible::highest,
                                           [] { return FieldWords::tr("empty: may be"); }),
                maybeNumberOf<Implausible>("ruleJump", [] { return FieldWords::tr("Cannot jump by"); }, &Implausible::jump,
                                           [] { return FieldWords::tr("empty: may be"); }),
                durationOf<Implausible>("ruleWithin", within, &Implausible::within)};
    if (kind == QLatin1String("several"))
        return {countOf<Several>("ruleK", [] { return FieldWords::tr("At least so many sensors"); }, &Several::k, 2),
                eachOf(flagOf<Threshold>("ruleAbove", above, &Threshold::above, Shape::direction), &Threshold::above),
                eachOf(numberOf<Threshold>("ruleThreshold", limit, &Threshold::threshold), &Threshold::threshold),
                eachOf(numberOf<Threshold>("ruleHysteresis", [] { return FieldWords::tr("Over when back by"); }, &Threshold::hysteresis),
                       &Threshold::hysteresis),
                durationOf<Several>("ruleWithin", within, &Several::within)};
    if (kind == QLatin1String("together"))
        return {listOf<Together>("ruleRules", [] { return FieldWords::tr("Rules that must hold"); }, &Together::rules,
                                 [] { return FieldWords::tr("ids of rules, with commas"); }),
                durationOf<Together>("ruleWithin", within, &Together::within, true),
                maybeNumberOf<Together>("ruleMetres", [] { return FieldWords::tr("No further apart than (m)"); }, &Together::metres,
                                        [] { return FieldWords::tr("empty: anywhere"); }, false)};
    if (kind == QLatin1String("silent"))
        return {durationOf<Silent>("ruleAfter", [] { return FieldWords::tr("Nothing said for"); }, &Silent::after)};
    if (kind == QLatin1String("warning")) {
        RuleField colour{"ruleColour", Shape::grade, [] { return FieldWords::tr("Colour, or graver"); }, nullptr,
                         [](const Rule& r) {
                             const auto* c = in<WarningCondition>(r);
                             return c && c->colour ? QString::fromStdString(std::string(model::toString(*c->colour)))
                                                   : QString();
                         },
                         [](Rule& r, const QString& t) {
                             if (auto* c = in<WarningCondition>(r))
                                 c->colour = model::gradeFrom(t.toStdString());
                             return true;
                         }};
        const auto any = [] { return FieldWords::tr("empty: any"); };
        return {std::move(colour),
                listOf<WarningCondition>("ruleSeverities", [] { return FieldWords::tr("CAP severity"); }, &WarningCondition::severities, any),
                listOf<WarningCondition>("ruleCertainties", [] { return FieldWords::tr("CAP certainty"); }, &WarningCondition::certainties, any),
                listOf<WarningCondition>("ruleUrgencies", [] { return FieldWords::tr("CAP urgency"); }, &WarningCondition::urgencies, any),
                listOf<WarningCondition>("ruleCategories", [] { return FieldWords::tr("CAP category"); }, &WarningCondition::categories, any),
                listOf<WarningCondition>("ruleEvents", [] { return FieldWords::tr("Events or codes"); }, &WarningCondition::events, any),
                flagOf<WarningCondition>("ruleAnywhere", [] { return FieldWords::tr("Also outside the county"); }, &WarningCondition::anywhere),
                leastTrustOf<WarningCondition>()};
    }
    return {numberOf<EarthquakeCondition>("ruleMagnitude", [] { return FieldWords::tr("Magnitude from"); }, &EarthquakeCondition::magnitude, false),
            numberOf<EarthquakeCondition>("ruleKm", [] { return FieldWords::tr("No further from the county than (km)"); }, &EarthquakeCondition::km,
                                          false, 0),
            durationOf<EarthquakeCondition>("ruleNotOlder", [] { return FieldWords::tr("Not older than"); }, &EarthquakeCondition::notOlderThan),
            leastTrustOf<EarthquakeCondition>()};
}

RuleField durationField(const char* name, QString (*label)(), QString (*hint)(), Member<base::Duration> member) {
    return {name, Shape::duration, label, hint, [member](const Rule& r) { return RuleWords::duration(r.*member); },
            [member](Rule& r, const QString& t) {
                const auto value = RuleWords::durationFrom(t);
                if (value)
                    r.*member = *value;
                return value.has_value();
            }};
}

} // namespace

const std::vector<RuleField>& commonFields() {
    static const std::vector<RuleField> fields{
        textField("ruleId", [] { return FieldWords::tr("Id"); }, &Rule::id),
        {"ruleEnabled", Shape::flag, [] { return FieldWords::tr("In force"); }, nullptr, [](const Rule& r) { return yesNo(r.enabled); },
         [](Rule& r, const QString& t) {
             r.enabled = !t.isEmpty();
             return true;
         }},
        {"ruleSeverity", Shape::grade, [] { return FieldWords::tr("Severity"); }, nullptr,
         [](const Rule& r) { return QString::fromStdString(std::string(model::toString(r.severity))); },
         [](Rule& r, const QString& t) {
             const auto grade = model::gradeFrom(t.toStdString());
             if (grade)
                 r.severity = *grade;
             return grade.has_value();
         }},
        {"ruleClass", Shape::hazardClass, [] { return FieldWords::tr("Class"); }, nullptr,
         [](const Rule& r) { return QString::fromStdString(std::string(model::toString(r.hazardClass))); },
         [](Rule& r, const QString& t) {
             const auto value = model::hazardClassFrom(t.toStdString());
             if (value)
                 r.hazardClass = *value;
             return value.has_value();
         }},
        textField("ruleHazard", [] { return FieldWords::tr("Hazard"); }, &Rule::hazard),
        localField("ruleTitle", [] { return FieldWords::tr("Title"); }, &Rule::title, nullptr),
        localField("ruleTitleZh", [] { return FieldWords::tr("Title, Chinese"); }, &Rule::title, "zh_CN"),
        localField("ruleGuidance", [] { return FieldWords::tr("What to do"); }, &Rule::guidance, nullptr),
        localField("ruleGuidanceZh", [] { return FieldWords::tr("What to do, Chinese"); }, &Rule::guidance, "zh_CN"),
    };
    return fields;
}

const std::vector<RuleField>& lifeFields() {
    static const std::vector<RuleField> fields{
        {"ruleTell", Shape::list, [] { return FieldWords::tr("To be told"); }, [] { return FieldWords::tr("names or posts, with commas"); },
         [](const Rule& r) { return RuleWords::list(r.tell); },
         [](Rule& r, const QString& t) {
             r.tell = RuleWords::listFrom(t);
             return true;
         }},
        textField("rulePlan", [] { return FieldWords::tr("Suggested plan"); }, &Rule::plan),
        durationField("ruleEscalate", [] { return FieldWords::tr("Louder when not seen for"); }, [] { return FieldWords::tr("empty: never"); },
                      &Rule::escalateAfter),
        {"ruleLatching", Shape::flag, [] { return FieldWords::tr("Stays until it is reset"); }, nullptr,
         [](const Rule& r) { return yesNo(r.latching); },
         [](Rule& r, const QString& t) {
             r.latching = !t.isEmpty();
             return true;
         }},
        {"ruleFlapCount", Shape::number, [] { return FieldWords::tr("Flaps after so many returns"); }, nullptr,
         [](const Rule& r) { return QString::number(r.flapCount); },
         [](Rule& r, const QString& t) {
             bool ok = false;
             const int value = t.trimmed().toInt(&ok);
             if (!ok || value < 2 || value > 1'000)
                 return false;
             r.flapCount = value;
             return true;
         }},
        durationField("ruleFlapWithin", [] { return FieldWords::tr("… within"); }, [] { return FieldWords::tr("empty: never"); }, &Rule::flapWithin),
        {"ruleMutes", Shape::list, [] { return FieldWords::tr("While it stands it mutes"); }, [] { return FieldWords::tr("rules, such as pressure-*"); },
         [](const Rule& r) { return r.mutes ? RuleWords::list(r.mutes->rules) : QString(); },
         [](Rule& r, const QString& t) {
             const auto rules = RuleWords::listFrom(t);
             if (rules.empty()) {
                 r.mutes.reset();
                 return true;
             }
             if (!r.mutes)
                 r.mutes.emplace();
             r.mutes->rules = rules;
             return true;
         }},
        {"ruleMutesMetres", Shape::number, [] { return FieldWords::tr("… no further away than (m)"); }, [] { return FieldWords::tr("empty: anywhere"); },
         [](const Rule& r) { return r.mutes && r.mutes->metres ? RuleWords::number(*r.mutes->metres) : QString(); },
         [](Rule& r, const QString& t) {
             if (!r.mutes)
                 return true;
             r.mutes->metres.reset();
             if (t.trimmed().isEmpty())
                 return true;
             const auto value = RuleWords::numberFrom(t);
             if (!value || *value < 0)
                 return false;
             r.mutes->metres = *value;
             return true;
         }},
        {"ruleMutesAfter", Shape::duration, [] { return FieldWords::tr("… raised no later than"); }, [] { return FieldWords::tr("empty: as long as it stands"); },
         [](const Rule& r) { return r.mutes ? RuleWords::duration(r.mutes->after) : QString(); },
         [](Rule& r, const QString& t) {
             const auto value = RuleWords::durationFrom(t);
             if (value && r.mutes)
                 r.mutes->after = *value;
             return value.has_value();
         }},
    };
    return fields;
}

std::vector<RuleField> fieldsOf(const QString& kind) {
    std::vector<RuleField> out;
    if (kind != QLatin1String("warning") && kind != QLatin1String("earthquake") && kind != QLatin1String("together"))
        out = {sensorsField(), kindField(), areaField()};
    for (auto& field : conditionFields(kind))
        out.push_back(std::move(field));
    return out;
}

} // namespace tocsin::gui
