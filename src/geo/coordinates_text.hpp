#pragma once

#include "tocsin/model/position.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::geo {

/// A text for a pair of degrees, brought to few characters: digits, '.', ',', '+', '-', ' ', the letters N, S, E, W and
/// those of CoordinateMark; '?' for anything else.
enum CoordinateMark : char {
    degreeMark = 'd',
    minuteMark = 'm',
    secondMark = 's',
    latitudeMark = 'y',
    longitudeMark = 'x'
};

struct PlainText {
    std::string text;
    std::optional<model::Datum> datum; ///< where the text names one; the words are taken out
};
[[nodiscard]] PlainText plainText(std::string_view text);

/// Takes the name of a datum out of the text.
[[nodiscard]] std::optional<model::Datum> takeDatum(std::string& text);

/// One number of a coordinate, with what stands around it.
struct CoordinateNumber {
    double value{0};
    bool hasSign{false};
    bool negative{false};
    bool isWhole{true};
    char unit{0};          ///< a mark, 0 when none follows
    char before{0};        ///< a letter (N, S, E, W) or label in front
    char after{0};         ///< a letter behind
    bool separated{false}; ///< a comma, semicolon or slash in front
};

/// The numbers of a plain text; empty when it holds anything else. With `decimalCommas` a comma between two digits is
/// part of the number.
[[nodiscard]] std::vector<CoordinateNumber> coordinateNumbers(std::string_view plain, bool decimalCommas);

} // namespace tocsin::geo
