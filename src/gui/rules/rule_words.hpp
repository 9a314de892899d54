#pragma once

#include "tocsin/detect/rule.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QCoreApplication>
#include <QString>
#include <QStringList>
#include <optional>

namespace tocsin::gui {

/// The rules' window in words.
class RuleWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::RuleWords)
  public:
    RuleWords() = delete;

    /// All kinds of conditions, by detect::kindOf(), in the order in which a person looks for one.
    [[nodiscard]] static QStringList kinds();
    [[nodiscard]] static QString kind(const QString& kind);        ///< "Threshold"
    [[nodiscard]] static QString explained(const QString& kind);   ///< what it is for, a sentence
    [[nodiscard]] static detect::Condition conditionOf(const QString& kind);
    /// "Rhine Vaduz", "every river level", "3 sensors", "warnings".
    [[nodiscard]] static QString subject(const detect::Rule& rule, const UiContext& ui);

    /// "90s", "5min", "6h", "2d": as rules.toml has it, and back.
    [[nodiscard]] static QString duration(base::Duration time);
    [[nodiscard]] static std::optional<base::Duration> durationFrom(const QString& text);
    [[nodiscard]] static QString number(double value);
    [[nodiscard]] static std::optional<double> numberFrom(const QString& text);
    [[nodiscard]] static QString list(const std::vector<std::string>& items); ///< "a, b"
    [[nodiscard]] static std::vector<std::string> listFrom(const QString& text);
};

} // namespace tocsin::gui
