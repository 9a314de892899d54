#pragma once

#include <QString>
#include <QStringList>
#include <span>
#include <string>

namespace tocsin::gui {

/// The categories that a call has a number key for, in the order of their keys 1 … 9, 0. Keys of Words::hazard().
[[nodiscard]] std::span<const char* const> callCategories();

/// What to ask a caller about this category, most pressing first, in the language in force. For a category without
/// questions of its own: those that fit every call.
[[nodiscard]] QStringList callQuestions(const std::string& category);

} // namespace tocsin::gui
