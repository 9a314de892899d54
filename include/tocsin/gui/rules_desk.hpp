#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/detect/backtest.hpp"

#include <QObject>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace tocsin::gui {

/// What the window may ask of the rules. GUI thread only; what takes long runs elsewhere, and answers are given on the
/// GUI's thread unless `context` is gone by then.
class RulesDesk {
  public:
    virtual ~RulesDesk() = default;

    /// The rules in force, as rules.toml has them.
    [[nodiscard]] virtual std::string text() const = 0;
    /// Why others are in force than the file has: the file could not be read and the last good ones are kept. Else empty.
    [[nodiscard]] virtual base::LocalText trouble() const = 0;
    /// Rules that a person wrote into rules.toml while others were saved here: put aside, and not in force. Else empty.
    [[nodiscard]] virtual std::string putAside() const = 0;
    /// When a rule would have fired over the stored past. `progress` gets 0…1 now and then. Whoever keeps the source of
    /// `stop` may end it; it is then answered with Code::cancelled.
    virtual void backtest(const detect::Rule& rule, std::vector<detect::Rule> others, base::Time from, base::Time to,
                          std::stop_token stop, QObject* context, std::function<void(double)> progress,
                          std::function<void(base::Result<detect::Backtest>)> answer) = 0;
    /// Which of these rules that are not in force as they are would have fired too often over what is stored: the last
    /// day, then the last seven, for no longer than some seconds. Where nothing is stored: none, at once. `progress`,
    /// `stop` and `answer` as above.
    virtual void lookBack(std::vector<detect::Rule> rules, std::stop_token stop, QObject* context,
                          std::function<void(double)> progress,
                          std::function<void(base::Result<std::vector<detect::Remark>>)> answer) = 0;
    /// Puts a new text in force and into the file, or neither.
    virtual void save(std::string toml, QObject* context, std::function<void(base::Result<void>)> answer) = 0;
};

} // namespace tocsin::gui
