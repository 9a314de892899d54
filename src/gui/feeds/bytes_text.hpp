#pragma once

#include <QString>
#include <cstddef>
#include <string>

namespace tocsin::gui {

/// Bytes as a person can look at them.
struct BytesText {
    QString text;      ///< as it is, or a hex dump of what is no text
    bool hex{false};
    bool whole{false}; ///< the text says all of the bytes: it may be edited in their stead
};

/// The first `most` bytes.
[[nodiscard]] BytesText bytesText(const std::string& bytes, std::size_t most);

} // namespace tocsin::gui
