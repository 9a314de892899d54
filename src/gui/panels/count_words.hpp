#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QCoreApplication>

namespace tocsin::gui {

/// How old the count of stock, beds or places is that a figure rests on.
class CountWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::CountWords)
  public:
    CountWords() = delete;
    /// "counted 3 d 2 h ago" where that is longer than the county's limit for its kind; else empty, as for what was never counted.
    [[nodiscard]] static QString old(const UiContext& ui, const model::Resource& resource);
};

} // namespace tocsin::gui
