#pragma once

#include "map/shapes.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::map {

/// Where on a picture names stand already.
class NameRoom {
  public:
    explicit NameRoom(const Box& all);

    /// Whether nothing stands within so many pixels of the box.
    [[nodiscard]] bool isFree(const Box& box, double margin) const;
    /// Whether the same text stands nowhere within so many pixels.
    [[nodiscard]] bool isFar(const std::string& text, const Box& box, double distance) const;
    void take(const Box& box);
    void remember(const std::string& text, const Box& box);

  private:
    struct Cells {
        int left, top, right, bottom;
    };
    [[nodiscard]] Cells cellsOf(const Box& box) const;

    const Box m_all;
    int m_across;
    int m_down;
    std::vector<std::vector<Box>> m_cells; ///< row by row
    std::unordered_map<std::string, std::vector<Box>> m_texts;
};

} // namespace tocsin::map
