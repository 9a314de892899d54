#pragma once

// Plain C++17 in front of CBC: nothing of COIN-OR shows here, so C++20 code may include it.

#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace tocsin::dispatch::mip {

inline constexpr double infinite = std::numeric_limits<double>::infinity();

struct Column {
    double lower{0};
    double upper{infinite};
    bool whole{false}; ///< takes whole numbers only
};
struct Row {
    double lower{-infinite};
    double upper{infinite};
    std::vector<std::pair<int, double>> terms; ///< column and factor
};
struct Model {
    std::vector<Column> columns;
    std::vector<Row> rows;
};

struct Limits {
    double seconds{1};
    std::function<bool()> stop; ///< asked now and then; may be empty
};

struct Outcome {
    bool found{false};      ///< `x` is a way to do it
    bool proven{false};     ///< and none is better
    bool infeasible{false}; ///< proven: there is no way
    bool stopped{false};    ///< by a limit
    double value{0};
    double bound{-infinite}; ///< no way costs less than this
    std::vector<double> x;
};

/// The least of cost · x by branch and bound (CBC over CLP). `start`: a way to do it that is known already; may be
/// empty. Any thread; installs no signal handlers and prints nothing.
[[nodiscard]] Outcome minimise(const Model& model, const std::vector<double>& cost, const Limits& limits,
                               const std::vector<double>& start = {});

} // namespace tocsin::dispatch::mip
