#pragma once

#include "tocsin/gui/resources_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QCoreApplication>
#include <QString>

namespace tocsin::gui {

/// What asks for somebody's attention in a record.
struct Attention {
    bool shortStock{false};
    bool expiring{false}; ///< within 30 days, or expired
    bool checkDue{false}; ///< check or maintenance
    bool oldPosition{false};
    bool oldCount{false};
    bool statusOverdue{false}; ///< should be back by now
    [[nodiscard]] bool any() const { return shortStock || expiring || checkDue || oldPosition || oldCount || statusOverdue; }
};
[[nodiscard]] Attention attentionOf(const model::Resource& resource, base::Time now, const ResourcesDesk::Limits& limits);

/// Words of the resource database's window.
class ResourceWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::ResourceWords)
  public:
    [[nodiscard]] static QString attention(const Attention& attention);
    /// "Maintenance until 10:00", "Maintenance until 10:00, overdue".
    [[nodiscard]] static QString status(const model::Resource& resource, base::Time now, const QString& language);
    [[nodiscard]] static QString day(const std::optional<base::Time>& time); ///< "2026-12-31", or with the hour
    [[nodiscard]] static QString skills(const std::vector<model::Capability>& skills); ///< as a person reads them
    [[nodiscard]] static QString skillCodes(const std::vector<model::Capability>& skills); ///< "pumping:2 medical:1"
    /// What the county's tables say of it: "pumping L2: 300 m³/h · GB/T 38565 2010000 pumps and hoses · like Water Pump Team".
    [[nodiscard]] static QString meaning(const model::Capability& skill, const model::CapabilityTables& typing, const QString& language);
    /// What an import's column can mean, for a person.
    [[nodiscard]] static QString field(const QString& key);
    [[nodiscard]] static QString number(double value); ///< without grouping, as it is typed; empty for 0
};

} // namespace tocsin::gui
