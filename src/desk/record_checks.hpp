#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/resource.hpp"

namespace tocsin::desk {

inline constexpr double mostStock = 1e12;       ///< of one line, in its unit
inline constexpr int mostPlaces = 10'000'000;   ///< beds, places, people

/// Whether a record can be kept: texts without control characters, numbers finite and believable, nothing told twice, every
/// moment one that the journal can write (1900–2200). Says which field of which record is wrong.
[[nodiscard]] base::Result<void> checkRecord(const model::Resource& resource);

/// A text and its translations, which the journal can write.
[[nodiscard]] base::Result<void> checkLocal(const base::LocalText& text, const std::string& what, bool mayBeEmpty);
/// A finite number from `lowest` to `highest`.
[[nodiscard]] base::Result<void> checkNumber(double value, const std::string& what, double lowest, double highest);

/// A moment that the journal can write and read.
[[nodiscard]] base::Result<void> checkMoment(const std::optional<base::Time>& time, const std::string& what);

/// What an editor's record becomes over `before`, the record as it stands, where the editor saw `seen`. What dispatch keeps (status, claims,
/// reserved stock, whether it is retired) stays as it stands. What is counted or tracked (quantities, occupancy, free beds, position) is the
/// editor's only where the editor changed it. Code::conflict, naming the field, where somebody else has changed what the editor may change.
[[nodiscard]] base::Result<model::Resource> mergedRecord(const model::Resource& edited, const model::Resource& seen,
                                                         const model::Resource& before);

/// Without the noise of binary fractions: to a millionth.
[[nodiscard]] double rounded(double quantity);

} // namespace tocsin::desk
