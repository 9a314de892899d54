#pragma once

#include "tocsin/base/result.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::desk {

/// From one unit to another, by UDUNITS-2 and what feeds call units besides ("mASD", "Cel", "ft³/s", "mb"). Each may be
/// used on one thread at a time, several on several; the database is read at the first conversion.
class UnitConverter {
  public:
    UnitConverter();
    ~UnitConverter();
    UnitConverter(const UnitConverter&) = delete;
    UnitConverter& operator=(const UnitConverter&) = delete;

    /// A conversion between two units, made once and kept.
    class Conversion {
      public:
        [[nodiscard]] double operator()(double value) const;
        /// Why there is none; empty: there is one.
        [[nodiscard]] const std::string& reason() const { return m_reason; }

      private:
        friend class UnitConverter;
        struct Free {
            void operator()(void* converter) const;
        };
        std::unique_ptr<void, Free> m_converter; ///< null: the value stays
        std::string m_reason;
    };

    /// Good until the converter is asked for some ten thousand others.
    [[nodiscard]] const Conversion& between(std::string_view from, std::string_view to);
    /// Whether values in it can be brought to other units at all. True as well where nobody can tell: the database of units
    /// is not installed. A sensor may have a unit of its own all the same; it is then given its readings in that very unit.
    [[nodiscard]] bool knows(std::string_view unit);

    /// True when all that between() has given must be forgotten: asked for more, it begins anew.
    [[nodiscard]] bool full() const;
    void clear();

  private:
    struct System;
    [[nodiscard]] System& system();
    [[nodiscard]] Conversion make(std::string_view from, std::string_view to);

    std::unique_ptr<System> m_system;
    std::map<std::pair<std::string, std::string>, Conversion, std::less<>> m_known;
};

} // namespace tocsin::desk
