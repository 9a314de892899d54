#include "gui/rules/rule_words.hpp"

#include "tocsin/base/toml.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QLocale>
#include <array>
#include <cmath>

namespace tocsin::gui {

namespace {

struct KindWord {
    const char* kind;
    const char* word;
    const char* explained;
};

// The words are found by lupdate through QT_TRANSLATE_NOOP; they are translated where they are shown.
constexpr std::array<KindWord, 12> table{{
    {"threshold", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Threshold"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "A value at or beyond a limit, for a time or for readings in a row.")},
    {"rate", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Rate of change"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Rises (or, with a minus, falls) by so much within a time.")},
    {"unusual", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Unusual for the hour"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Far from what is usual at that hour of the day; learned by itself.")},
    {"crossing", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Will reach a limit"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Reaches a limit soon if it goes on as it did; says when, and how surely.")},
    {"accumulated", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Accumulated"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "So much in all within a time, as rain; less where the soil is wet.")},
    {"several", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Several sensors"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "At least so many sensors beyond a limit at about the same time.")},
    {"together", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Rules together"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Other rules hold at the same time, near each other: rain and a slope.")},
    {"silent", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Silence"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "A sensor that should speak has said nothing for so long.")},
    {"stuck", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Stuck"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Says the same for too long: a fault of the sensor.")},
    {"implausible", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Implausible"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Says what cannot be: a fault of the sensor, which mutes what depends on it.")},
    {"warning", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Official warning"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "A CAP warning whose area touches the county.")},
    {"earthquake", QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "Earthquake"),
     QT_TRANSLATE_NOOP("tocsin::gui::RuleWords", "An earthquake of at least a magnitude, no further than so far from the county.")},
}};

const KindWord* wordOf(const QString& kind) {
    for (const auto& row : table) {
        if (kind == QLatin1String(row.kind))
            return &row;
    }
    return nullptr;
}

} // namespace

QStringList RuleWords::kinds() {
    QStringList out;
    for (const auto& row : table)
        out << QString::fromLatin1(row.kind);
    return out;
}

QString RuleWords::kind(const QString& kind) {
    const auto* row = wordOf(kind);
    return row == nullptr ? kind : tr(row->word);
}

QString RuleWords::explained(const QString& kind) {
    const auto* row = wordOf(kind);
    return row == nullptr ? QString() : tr(row->explained);
}

detect::Condition RuleWords::conditionOf(const QString& kind) {
    using namespace std::chrono_literals;
    const std::array<detect::Condition, 12> fresh{
        detect::Threshold{},
        detect::Rate{0.5, 1h},
        detect::Unusual{},
        detect::Crossing{true, 0, 3h, 1h, detect::Crossing::Fit::straight},
        detect::Accumulated{50, 24h, std::nullopt, 0, 0},
        detect::Several{},
        detect::Together{{}, 1h, std::nullopt},
        detect::Silent{1h},
        detect::Stuck{6h, 0},
        detect::Implausible{std::nullopt, std::nullopt, 1.0, 10min},
        detect::WarningCondition{},
        detect::EarthquakeCondition{4, 50, 24h},
    };
    for (const auto& condition : fresh) {
        if (kind == QString::fromStdString(std::string(detect::kindOf(condition))))
            return condition;
    }
    return detect::Threshold{};
}

QString RuleWords::subject(const detect::Rule& rule, const UiContext& ui) {
    if (std::holds_alternative<detect::WarningCondition>(rule.condition))
        return tr("warnings of others");
    if (std::holds_alternative<detect::EarthquakeCondition>(rule.condition))
        return tr("earthquakes");
    if (const auto* together = std::get_if<detect::Together>(&rule.condition))
        return list(together->rules);
    if (rule.subject.kind)
        return tr("every sensor: %1").arg(Words::sensorKind(*rule.subject.kind));
    if (rule.subject.sensors.size() == 1) {
        const auto found = ui.desk.state().sensors.find(rule.subject.sensors.front());
        return found == ui.desk.state().sensors.end() ? Words::plain(rule.subject.sensors.front().value)
                                                      : Words::local(found->second.name, ui.language);
    }
    return tr("%1 sensors").arg(rule.subject.sensors.size());
}

QString RuleWords::duration(base::Duration time) {
    const auto micros = time.count();
    struct Unit {
        std::int64_t micros;
        const char* name;
    };
    constexpr std::array<Unit, 4> units{{{86'400'000'000, "d"}, {3'600'000'000, "h"}, {60'000'000, "min"}, {1'000'000, "s"}}};
    for (const auto& unit : units) {
        if (micros != 0 && micros % unit.micros == 0)
            return QString::number(micros / unit.micros) + QLatin1String(unit.name);
    }
    return micros == 0 ? QString() : number(static_cast<double>(micros) / 1e6) + QLatin1Char('s');
}

std::optional<base::Duration> RuleWords::durationFrom(const QString& text) {
    if (text.trimmed().isEmpty())
        return base::Duration{0};
    const auto parsed = base::parseDuration(text.trimmed().remove(QLatin1Char(' ')).toStdString());
    return parsed && *parsed >= base::Duration{0} ? parsed : std::nullopt;
}

QString RuleWords::number(double value) {
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

std::optional<double> RuleWords::numberFrom(const QString& text) {
    bool ok = false;
    const double value = QLocale::c().toDouble(text.trimmed().replace(QLatin1Char(','), QLatin1Char('.')), &ok);
    return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

QString RuleWords::list(const std::vector<std::string>& items) {
    QStringList out;
    for (const auto& item : items)
        out << QString::fromStdString(item);
    return out.join(QStringLiteral(", "));
}

std::vector<std::string> RuleWords::listFrom(const QString& text) {
    std::vector<std::string> out;
    QString plain = text;
    plain.replace(QChar(0xFF0C), QLatin1Char(',')); // the comma of a Chinese keyboard
    for (const QString& part : plain.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (const QString item = part.trimmed(); !item.isEmpty())
            out.push_back(item.toStdString());
    }
    return out;
}

} // namespace tocsin::gui
