#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/resource.hpp"

#include <QString>
#include <optional>
#include <vector>

namespace tocsin::gui {

/// Texts of the resource forms as values; empty optional: cannot be read. Bounds are the desk's to judge, beyond what a type can hold.
struct FieldRead {
    [[nodiscard]] static std::optional<double> number(const QString& text); ///< empty text: 0
    [[nodiscard]] static std::optional<int> count(const QString& text);
    /// "2026-12-31" or an ISO moment; `none` for an empty text.
    struct Moment {
        std::optional<base::Time> time;
        bool good{true};
    };
    [[nodiscard]] static Moment moment(const QString& text);
    [[nodiscard]] static std::optional<std::vector<model::Capability>> skills(const QString& text);
    [[nodiscard]] static std::optional<model::Position> position(const QString& text);
    [[nodiscard]] static std::string utf8(const QString& text) { return text.trimmed().toStdString(); }
};

} // namespace tocsin::gui
