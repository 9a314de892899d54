#pragma once

#include "tocsin/detect/rule.hpp"

#include <QString>
#include <functional>
#include <vector>

namespace tocsin::gui {

/// One line of the rule's form: how it is named, shown and read back.
struct RuleField {
    enum class Shape : unsigned char { line, number, duration, list, flag, grade, hazardClass, sensorKind, direction, fit, trust };
    const char* name; ///< of the widget: "ruleThreshold"
    Shape shape{Shape::line};
    QString (*label)();
    QString (*hint)(){nullptr}; ///< what stands there while it is empty
    std::function<QString(const detect::Rule&)> read;
    /// False: the text is none that may stand there, and the rule is as it was.
    std::function<bool(detect::Rule&, const QString&)> write;
    bool unit{false}; ///< the sensor's own unit stands behind it
};

/// What every rule has: what it is called, how grave it is, what it says.
[[nodiscard]] const std::vector<RuleField>& commonFields();
/// What stands behind: who is told, latching, escalation, flapping, what it mutes.
[[nodiscard]] const std::vector<RuleField>& lifeFields();
/// The subject's and the condition's own fields, by detect::kindOf().
[[nodiscard]] std::vector<RuleField> fieldsOf(const QString& kind);

} // namespace tocsin::gui
