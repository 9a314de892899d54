#include "gui/resources/field_read.hpp"

#include "tocsin/geo/coordinates.hpp"

#include <QLocale>
#include <QRegularExpression>
#include <cmath>

namespace tocsin::gui {

std::optional<double> FieldRead::number(const QString& text) {
    if (text.trimmed().isEmpty())
        return 0;
    bool good = false;
    const double value = QLocale::c().toDouble(text.trimmed(), &good);
    return good && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<int> FieldRead::count(const QString& text) {
    const auto value = number(text);
    return value && *value == std::floor(*value) && std::abs(*value) <= 1e9 ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

FieldRead::Moment FieldRead::moment(const QString& text) {
    const auto plain = text.trimmed();
    if (plain.isEmpty())
        return {};
    const auto iso = plain.size() == 10 ? plain + QStringLiteral("T00:00Z") : plain;
    const auto time = base::parseTime(iso.toStdString());
    return time ? Moment{*time, true} : Moment{std::nullopt, false};
}

std::optional<std::vector<model::Capability>> FieldRead::skills(const QString& text) {
    static const QRegularExpression between(QStringLiteral("[\\s,;、，；]+"));
    std::vector<model::Capability> out;
    for (const auto& word : text.split(between, Qt::SkipEmptyParts)) {
        const auto parts = word.split(QLatin1Char(':'));
        model::Capability skill;
        skill.code = parts[0].toStdString();
        if (parts.size() > 2 || skill.code.empty())
            return std::nullopt;
        if (parts.size() == 2) {
            if (parts[1].size() != 1 || parts[1][0] < QLatin1Char('1') || parts[1][0] > QLatin1Char('3'))
                return std::nullopt;
            skill.level = parts[1].toInt();
        }
        out.push_back(std::move(skill));
    }
    return out;
}

std::optional<model::Position> FieldRead::position(const QString& text) {
    const auto readings = geo::parseCoordinates(text.toStdString());
    return readings.empty() ? std::nullopt : std::optional(readings.front().position);
}

} // namespace tocsin::gui
