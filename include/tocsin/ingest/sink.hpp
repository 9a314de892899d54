#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/decoded.hpp"
#include "tocsin/model/reading_rows.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tocsin::ingest {

enum class Outcome : unsigned char { stored, duplicate, quarantined, refused, busy };
[[nodiscard]] std::string_view toString(Outcome outcome);

/// What became of something that was handed in. Stored, duplicate and quarantined are committed when this is given.
struct Receipt {
    Outcome outcome{Outcome::refused};
    std::vector<std::string> ids; ///< ids made, or the existing ones of a duplicate
    std::string reason;
};

/// Readings of one feed in the order in which they came: singly, or packed as rows (not both).
struct ReadingBatch {
    std::string feed;
    std::vector<model::Reading> readings;
    std::vector<Fault> faults; ///< lines between them that were no readings: go to quarantine in the same commit
    model::ReadingRows rows{};
};

struct ReadingsReceipt {
    std::size_t stored{0};
    std::size_t duplicates{0};
    std::size_t quarantined{0}; ///< faults and readings of unknown sensors, wrong units …
};

/// Where decoded input goes: the desk, seen from its feeds. Thread safe; `done` is called on the desk's thread,
/// once, after the commit (or with an error and nothing stored). It must not block.
/// A full desk answers at once with Code::unavailable: the feed then stops reading, or says 503.
class Sink {
  public:
    virtual ~Sink() = default;
    virtual void readings(ReadingBatch batch, std::function<void(base::Result<ReadingsReceipt>)> done) = 0;
    /// Positions of units of one feed, in the order in which they came.
    virtual void positions(std::string feed, std::vector<model::UnitPosition> positions,
                           std::function<void(base::Result<ReadingsReceipt>)> done) {
        (void)feed;
        (void)positions;
        done(base::fail(base::Code::refused, "this desk takes no positions"));
    }
    /// Sensors as their service describes them; before their readings.
    virtual void sensors(std::string feed, std::vector<model::Sensor> sensors, std::function<void(Receipt)> done) {
        (void)feed;
        (void)sensors;
        done({Outcome::refused, {}, "this desk takes no sensors"});
    }
    /// False while readings of this feed would be answered as busy: saves decoding them for nothing. Cheap.
    [[nodiscard]] virtual bool hasRoom(const std::string& feed) const {
        (void)feed;
        return true;
    }
    /// The source has answered, though with nothing new: it is not silent. Cheap; for each answer.
    virtual void heard(const std::string& feed) { (void)feed; }
    /// Readings, sensors and positions that come singly may come here too; in numbers use the others.
    virtual void message(std::string feed, Message message, std::function<void(Receipt)> done) = 0;
    /// Something that could not be decoded: kept whole with its reason.
    virtual void quarantine(std::string feed, Format format, Fault fault, std::function<void(Receipt)> done) = 0;
};

} // namespace tocsin::ingest
