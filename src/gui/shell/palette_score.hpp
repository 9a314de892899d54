#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <QString>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::gui {

/// Tells quickly what cannot be found, before words are made into Qt's: there may be 100,000 sensors. Looks at the
/// Latin letters and figures only; everything else passes.
class Sieve {
  public:
    explicit Sieve(const QString& text);
    [[nodiscard]] bool passes(const std::string& words) const;

  private:
    std::uint64_t m_wanted{0};
};

/// Scores words against what was typed, in every language that the county has them in; 0: not found.
class Scorer {
  public:
    explicit Scorer(QString text) : m_text(std::move(text)), m_sieve(m_text) {}
    [[nodiscard]] int of(const std::string& words) const;
    [[nodiscard]] int of(const base::LocalText& words) const;

  private:
    QString m_text;
    Sieve m_sieve;
};

/// 0…12: the nearer, the more; 0 without `from`. Exact enough for that, and a hundred times as fast as a geodesic.
[[nodiscard]] int nearness(const std::optional<model::Position>& from, const model::Position& position);

/// Something that was found: how well, and which it is in the order it was looked through.
struct Hit {
    int score{0};
    std::size_t index{0};
};
/// Leaves the best `most`, best first; of equals those that came first.
void keepBest(std::vector<Hit>& hits, std::size_t most);

/// What a search for sensors looks through: made once on the GUI's thread, read by a worker.
struct SensorName {
    model::SensorId id;
    base::LocalText name;
    model::Position position;
};
using SensorNames = std::shared_ptr<const std::vector<SensorName>>;
/// The best `most` of them. Any thread.
[[nodiscard]] std::vector<Hit> findSensors(const std::vector<SensorName>& names, const QString& text,
                                           const std::optional<model::Position>& near, std::size_t most);

} // namespace tocsin::gui
