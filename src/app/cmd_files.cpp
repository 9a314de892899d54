#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/desk_sink.hpp"
#include "tocsin/ingest/decoded.hpp"

#include <algorithm>
#include <fstream>
#include <future>
#include <iostream>

namespace tocsin::app {

namespace fs = std::filesystem;
using base::Code;
using ingest::Format;
using ingest::Outcome;

namespace {

/// What became of one file.
struct Verdict {
    std::string file;
    Format format{Format::unknown};
    std::string outcome;
    std::string reason;
    base::Place place;
    std::vector<std::string> ids;
    std::vector<std::string> deviations;
    std::size_t stored{0};
    std::size_t duplicates{0};
    std::size_t quarantined{0};

    void blame(const base::Error& error) {
        if (!reason.empty())
            return; // the first fault is the one to look at
        reason = error.message;
        place = error.place;
    }
    [[nodiscard]] nlohmann::json json() const {
        nlohmann::json out{{"file", file},     {"format", ingest::toString(format)}, {"outcome", outcome},
                           {"reason", reason}, {"ids", ids},                         {"deviations", deviations},
                           {"stored", stored}, {"duplicates", duplicates},           {"quarantined", quarantined}};
        if (place.line)
            out["line"] = *place.line;
        if (place.column)
            out["column"] = *place.column;
        if (place.byte)
            out["byte"] = *place.byte;
        return out;
    }
    [[nodiscard]] std::string sentence() const {
        std::string out = file + ": " + outcome + " (" + std::string(ingest::toString(format)) + ")";
        if (!reason.empty())
            out += ": " + base::Error{Code::malformed, reason, place}.describe();
        for (const auto& deviation : deviations)
            out += "\n  deviates: " + deviation;
        return out;
    }
};

constexpr std::size_t chunkBytes = 4U << 20U;
constexpr std::size_t keptOfTooLarge = 64U << 10U;

/// Hands a file over in pieces, so that a file of any size needs little memory: a message whole, readings in runs of
/// whole lines with the number of the first.
class Pieces {
  public:
    explicit Pieces(const std::string& name) {
        if (name == "-") {
            m_in = &std::cin;
            return;
        }
        std::error_code ec;
        if (!fs::exists(name, ec)) {
            m_error = {Code::notFound, "there is no such file", {}};
        } else if (!fs::is_regular_file(name, ec)) {
            m_error = {Code::malformed, "this is not a regular file", {.line = {}, .column = {}, .byte = 0}};
        } else {
            m_file.open(name, std::ios::binary);
            m_in = &m_file;
            if (!m_file)
                m_error = {Code::storage, "the file cannot be read", {}};
        }
    }
    [[nodiscard]] const std::optional<base::Error>& error() const { return m_error; }

    /// Reads on until `want` bytes are held or the input ends.
    std::string& fill(std::size_t want) {
        while (m_held.size() < want && m_in->good()) {
            const auto had = m_held.size();
            m_held.resize(std::min(want, had + chunkBytes));
            m_in->read(m_held.data() + had, static_cast<std::streamsize>(m_held.size() - had));
            m_held.resize(had + static_cast<std::size_t>(m_in->gcount()));
        }
        return m_held;
    }
    /// Whole lines of at least a chunk, or all that is left. Empty at the end.
    std::string lines() {
        fill(chunkBytes);
        auto cut = m_held.rfind('\n');
        while (cut == std::string::npos && m_in->good() && m_held.size() < 4 * chunkBytes) {
            fill(m_held.size() + chunkBytes);
            cut = m_held.rfind('\n');
        }
        const bool last = !m_in->good();
        const auto end = last || cut == std::string::npos ? m_held.size() : cut + 1;
        std::string out = m_held.substr(0, end);
        m_held.erase(0, end);
        return out;
    }

  private:
    std::ifstream m_file;
    std::istream* m_in{nullptr};
    std::optional<base::Error> m_error;
    std::string m_held;
};

/// Takes what was decoded of a file, or what could not be.
class Taker {
  public:
    virtual ~Taker() = default;
    virtual void decoded(ingest::Decoded decoded, Verdict& verdict) = 0;
    virtual void refused(Format format, std::string bytes, const base::Error& why, Verdict& verdict) = 0;
    virtual void finish(Verdict& verdict) = 0;
};

class Checker final : public Taker {
  public:
    void decoded(ingest::Decoded decoded, Verdict& verdict) override {
        for (const auto& fault : decoded.faults)
            verdict.blame(fault.error);
    }
    void refused(Format, std::string, const base::Error& why, Verdict& verdict) override { verdict.blame(why); }
    void finish(Verdict& verdict) override {
        verdict.outcome = !verdict.reason.empty() ? "rejected" : verdict.deviations.empty() ? "valid" : "deviating";
    }
};

class Ingester final : public Taker {
  public:
    explicit Ingester(ingest::Sink& sink) : m_sink(sink) {}

    void decoded(ingest::Decoded decoded, Verdict& verdict) override {
        ingest::ReadingBatch batch{feed, {}, {}};
        for (auto& fault : decoded.faults) {
            verdict.blame(fault.error);
            if (decoded.format == Format::readingsNdjson)
                batch.faults.push_back(std::move(fault));
            else
                refused(decoded.format, std::move(fault.bytes), fault.error, verdict);
        }
        for (auto& message : decoded.messages) {
            if (auto* reading = std::get_if<model::Reading>(&message))
                batch.readings.push_back(std::move(*reading));
            else
                one(message, verdict);
        }
        if (!batch.readings.empty() || !batch.faults.empty())
            many(batch, verdict);
    }
    void refused(Format format, std::string bytes, const base::Error& why, Verdict& verdict) override {
        verdict.blame(why);
        std::promise<ingest::Receipt> promise;
        m_sink.quarantine(feed, format, std::move(bytes), why,
                          [&](ingest::Receipt receipt) { promise.set_value(std::move(receipt)); });
        const auto receipt = promise.get_future().get();
        if (receipt.outcome == Outcome::quarantined)
            ++verdict.quarantined;
        else
            m_refused = receipt.reason;
    }
    void finish(Verdict& verdict) override {
        if (!m_refused.empty()) {
            verdict.outcome = "refused";
            verdict.reason = m_refused;
        } else if (verdict.quarantined > 0) {
            verdict.outcome = "quarantined";
        } else {
            verdict.outcome = verdict.stored == 0 && verdict.duplicates > 0 ? "duplicate" : "stored";
        }
    }

  private:
    void one(const ingest::Message& message, Verdict& verdict) {
        std::promise<ingest::Receipt> promise;
        m_sink.message(feed, message, [&](ingest::Receipt receipt) { promise.set_value(std::move(receipt)); });
        auto receipt = promise.get_future().get();
        verdict.ids.insert(verdict.ids.end(), receipt.ids.begin(), receipt.ids.end());
        switch (receipt.outcome) {
        case Outcome::stored: ++verdict.stored; break;
        case Outcome::duplicate: ++verdict.duplicates; break;
        case Outcome::quarantined:
            ++verdict.quarantined;
            verdict.blame({Code::malformed, receipt.reason, {}});
            break;
        default: m_refused = receipt.reason;
        }
    }
    void many(const ingest::ReadingBatch& batch, Verdict& verdict) {
        std::promise<base::Result<ingest::ReadingsReceipt>> promise;
        m_sink.readings(batch, [&](auto result) { promise.set_value(std::move(result)); });
        const auto result = promise.get_future().get();
        if (!result) {
            m_refused = result.error().message;
            return;
        }
        verdict.stored += result->stored;
        verdict.duplicates += result->duplicates;
        verdict.quarantined += result->quarantined;
        if (result->quarantined > batch.faults.size())
            verdict.blame({Code::refused, "some readings name no sensor of this county, or a value or unit that it cannot have", {}});
    }

    static constexpr const char* feed = "file";
    ingest::Sink& m_sink;
    std::string m_refused;
};

void takeReadings(Pieces& pieces, Taker& taker, Verdict& verdict) {
    std::uint64_t line = 0;
    std::uint64_t byte = 0;
    for (auto piece = pieces.lines(); !piece.empty(); piece = pieces.lines()) {
        auto decoded = ingest::decode(piece, Format::readingsNdjson);
        if (!decoded) {
            auto error = decoded.error();
            if (error.place.line)
                *error.place.line += line;
            if (error.place.byte)
                *error.place.byte += byte;
            piece.resize(std::min(piece.size(), keptOfTooLarge));
            taker.refused(Format::readingsNdjson, std::move(piece), error, verdict);
            return;
        }
        for (auto& fault : decoded->faults) {
            if (fault.error.place.line)
                *fault.error.place.line += line;
            if (fault.error.place.byte)
                *fault.error.place.byte += byte;
        }
        line += static_cast<std::uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
        byte += piece.size();
        taker.decoded(std::move(*decoded), verdict);
    }
}

Verdict judge(const std::string& file, std::optional<Format> wanted, Taker& taker) {
    Verdict verdict;
    verdict.file = file;
    Pieces pieces(file);
    if (pieces.error()) {
        verdict.blame(*pieces.error());
        verdict.outcome = "rejected";
        return verdict;
    }
    verdict.format = wanted.value_or(ingest::sniff(pieces.fill(keptOfTooLarge)));
    if (verdict.format == Format::readingsNdjson) {
        takeReadings(pieces, taker, verdict);
        taker.finish(verdict);
        return verdict;
    }
    auto& bytes = pieces.fill(ingest::maxMessageBytes + 1);
    if (bytes.size() > ingest::maxMessageBytes) {
        const base::Error why{Code::tooLarge, "a message may have at most 16 MiB; its first 64 KiB are kept",
                              {.line = {}, .column = {}, .byte = ingest::maxMessageBytes}};
        taker.refused(verdict.format, bytes.substr(0, keptOfTooLarge), why, verdict);
    } else if (auto decoded = ingest::decode(bytes, wanted)) {
        verdict.format = decoded->format;
        verdict.deviations = decoded->deviations;
        taker.decoded(std::move(*decoded), verdict);
    } else {
        taker.refused(verdict.format, bytes, decoded.error(), verdict);
    }
    taker.finish(verdict);
    return verdict;
}

std::optional<std::optional<Format>> wantedFormat(const std::string& text) {
    if (text.empty())
        return std::optional<Format>{};
    const auto format = ingest::formatFrom(text);
    if (!format || *format == Format::unknown) {
        std::fprintf(stderr, "tocsin: no format '%s': cap, usgs-geojson, report-json or readings-ndjson\n", text.c_str());
        return std::nullopt;
    }
    return std::optional<Format>{*format};
}

} // namespace

int runCheck(const FilesOptions& options, const Console& console) {
    const auto wanted = wantedFormat(options.format);
    if (!wanted)
        return Exit::calledWrongly;
    int code = Exit::done;
    for (const auto& file : options.files) {
        Checker checker;
        const auto verdict = judge(file, *wanted, checker);
        console.say(verdict.sentence());
        console.tell(verdict.json());
        if (verdict.outcome == "rejected")
            code = Exit::refused;
    }
    return code;
}

int runIngest(const FilesOptions& options, const Console& console) {
    const auto wanted = wantedFormat(options.format);
    if (!wanted)
        return Exit::calledWrongly;
    auto session = openCounty(options.data, Wish::write);
    if (!session)
        return console.fail(session.error());
    DeskSink sink(*(*session)->desk);
    int code = Exit::done;
    for (const auto& file : options.files) {
        Ingester ingester(sink);
        const auto verdict = judge(file, *wanted, ingester);
        console.say(verdict.sentence());
        console.tell(verdict.json());
        if (verdict.outcome != "stored" && verdict.outcome != "duplicate")
            code = Exit::refused;
    }
    return code;
}

} // namespace tocsin::app
