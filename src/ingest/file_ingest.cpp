#include "tocsin/ingest/file_ingest.hpp"

#include "tocsin/ingest/photo_store.hpp"

#include "ingest/as_utf8.hpp"
#include "ingest/decode_sniff.hpp"
#include "ingest/file_delivery.hpp"
#include "ingest/file_source.hpp"
#include "tocsin/ingest/readings_ndjson.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace tocsin::ingest {

using base::Code;
using nlohmann::json;

namespace {

constexpr std::size_t headBytes = 64U << 10U;
constexpr std::size_t pieceBytes = 1U << 20U;
constexpr std::size_t mostBadLines = 10'000;

/// Reads a file piece by piece and gives the readings on: to a sink, or nowhere when only checked.
class ReadingsFile {
  public:
    ReadingsFile(FileSource source, std::string head, FileResult& result)
        : m_source(std::move(source)), m_bytes(std::move(head)), m_result(result) {}

    /// `take` gets each piece's readings and faults; false ends it.
    template <typename Take>
    void run(std::size_t batchLines, const std::function<void(std::uint64_t)>& progress, Take&& take) {
        bool more = true;
        while (more) {
            if (m_bytes.size() < pieceBytes) {
                const auto read = m_source.read(m_bytes, pieceBytes - m_bytes.size());
                if (!read)
                    return refuse(read.error().message);
                more = *read;
            }
            if (!more && !m_bytes.empty() && !m_bytes.ends_with('\n'))
                m_bytes += '\n'; // the last line may lack its end
            if (!decode(batchLines, take))
                return;
            if (progress)
                progress(m_before.bytes);
        }
    }

  private:
    template <typename Take>
    bool decode(std::size_t batchLines, Take& take) {
        std::vector<model::Reading> readings;
        std::vector<Fault> faults;
        const std::size_t size = m_bytes.size();
        m_bytes.append(ReadingsDecoder::padding, ' ');
        const auto step = m_decoder.decodeLines(std::string_view(m_bytes).substr(0, size), m_before, readings, faults);
        m_bytes.resize(size);
        m_bytes.erase(0, step.bytes);
        m_before.bytes += step.bytes;
        m_before.lines += step.lines;
        m_badLines += faults.size();
        for (std::size_t first = 0; first < readings.size() || !faults.empty(); first += batchLines) {
            const auto begin = readings.begin() + static_cast<std::ptrdiff_t>(std::min(first, readings.size()));
            const auto end =
                readings.begin() + static_cast<std::ptrdiff_t>(std::min(first + batchLines, readings.size()));
            m_result.counts.messages += static_cast<std::size_t>(end - begin);
            if (!take(std::vector<model::Reading>(std::make_move_iterator(begin), std::make_move_iterator(end)),
                      std::exchange(faults, {})))
                return false;
        }
        if (m_badLines > mostBadLines) {
            m_tooBad = true;
            return false;
        }
        return true;
    }
    void refuse(const std::string& reason) {
        m_result.outcome = FileOutcome::refused;
        m_result.reason = reason;
        m_failed = true;
    }

    FileSource m_source;
    std::string m_bytes;
    FileResult& m_result;
    ReadingsDecoder m_decoder;
    ReadingsDecoder::Progress m_before;
    std::size_t m_badLines{0};

  public:
    bool m_tooBad{false}; ///< more than mostBadLines: the rest was not read
    bool m_failed{false}; ///< the file could not be read to its end
    [[nodiscard]] std::uint64_t linesRead() const { return m_before.lines; }
};

/// A file opened, its first bytes read and its format told.
struct Opened {
    FileSource source;
    std::string head;
};

base::Result<Opened> openFile(const std::string& path, std::optional<Format> format, FileResult& result) {
    result.file = path;
    auto source = FileSource::open(path);
    if (!source)
        return tl::unexpected(source.error());
    Opened opened{std::move(*source), {}};
    if (const auto filled = opened.source.fill(opened.head, headBytes); !filled)
        return tl::unexpected(filled.error());
    result.format = format && *format != Format::unknown ? *format : sniff(opened.head);
    return opened;
}

std::optional<Format> known(Format format) {
    return format == Format::unknown ? std::nullopt : std::optional(format);
}

/// As much of the file as its format may have, and a byte more where it has more: a part of it is never taken for the whole.
base::Result<void> fillWhole(Opened& opened, Format format) {
    const Decoder* decoder = decoderOf(format);
    return opened.source.fill(opened.head, (decoder != nullptr ? decoder->mostBytes : maxMessageBytes) + 1);
}

std::string_view kindOf(const Message& message) {
    static constexpr std::array<std::string_view, std::variant_size_v<Message>> words{
        "warnings", "reports", "earthquakes", "readings", "sensors", "positions", "messages of units", "markers", "emergencies"};
    return words[message.index()];
}

std::string tooManyBadLines(std::uint64_t line) {
    return "more than " + std::to_string(mostBadLines) + " lines are no readings; nothing after line " +
           std::to_string(line) + " was read";
}

/// Over the size limit only the head is kept, with enough beside it to know the file again.
bool quarantineWhole(Opened& opened, const base::Error& why, FileDelivery& delivery, FileResult& result) {
    if (opened.head.size() <= maxMessageBytes)
        return delivery.quarantine(result.format, opened.head, why);
    auto whole = measure(opened.source, opened.head);
    if (!whole) {
        result.outcome = FileOutcome::refused;
        result.reason = whole.error().message;
        return false;
    }
    auto noted = why;
    noted.message += "; kept are the first " + std::to_string(headBytes) + " of " +
                     (whole->complete ? "" : "more than ") + std::to_string(whole->bytes) + " bytes, SHA-256 " +
                     whole->sha256;
    return delivery.quarantine(result.format, opened.head.substr(0, headBytes), noted);
}

void judge(FileResult& result) {
    const auto& counts = result.counts;
    result.outcome = counts.quarantined > 0                        ? FileOutcome::quarantined
                     : counts.stored == 0 && counts.duplicates > 0 ? FileOutcome::duplicate
                                                                   : FileOutcome::stored;
}

void ingestReadings(Opened opened, Sink& sink, const FileIngestOptions& options, FileResult& result) {
    FileDelivery delivery(sink, options, result);
    ReadingsFile file(std::move(opened.source), std::move(opened.head), result);
    bool taken = true;
    file.run(std::max<std::size_t>(1, options.batchLines), options.progress,
             [&](std::vector<model::Reading> readings, std::vector<Fault> faults) {
                 taken = delivery.readings({options.feed, std::move(readings), std::move(faults)});
                 if (taken && options.stop.stop_requested()) {
                     result.reason = "stopped before the end of the file";
                     taken = false;
                 }
                 return taken;
             });
    const auto interrupted = result.reason;
    if (!delivery.finishReadings() || !taken)
        return; // the outcome is refused and says why
    if (file.m_failed) {
        result.reason = interrupted;
        return;
    }
    judge(result);
    if (file.m_tooBad)
        result.reason = tooManyBadLines(file.linesRead());
}

} // namespace

std::string_view toString(FileOutcome outcome) {
    switch (outcome) {
    case FileOutcome::stored:
        return "stored";
    case FileOutcome::duplicate:
        return "duplicate";
    case FileOutcome::quarantined:
        return "quarantined";
    case FileOutcome::refused:
        return "refused";
    case FileOutcome::valid:
        return "valid";
    case FileOutcome::deviating:
        return "deviating";
    case FileOutcome::rejected:
        return "rejected";
    }
    return "refused";
}

bool FileResult::good() const {
    return outcome == FileOutcome::stored || outcome == FileOutcome::duplicate || outcome == FileOutcome::valid ||
           outcome == FileOutcome::deviating;
}

json toJson(const FileResult& result) {
    const auto number = [](const std::optional<std::uint64_t>& n) { return n ? json(*n) : json(nullptr); };
    json deviations = json::array();
    for (const auto& deviation : result.deviations)
        deviations.push_back(utf8(deviation));
    json faults = json::array();
    for (const auto& fault : result.faults)
        faults.push_back({{"reason", utf8(fault.message)},
                          {"line", number(fault.place.line)},
                          {"column", number(fault.place.column)},
                          {"byte", number(fault.place.byte)}});
    return {{"file", utf8(result.file)},
            {"format", toString(result.format)},
            {"outcome", toString(result.outcome)},
            {"reason", result.reason.empty() ? json(nullptr) : json(utf8(result.reason))},
            {"line", number(result.place.line)},
            {"column", number(result.place.column)},
            {"byte", number(result.place.byte)},
            {"ids", result.ids},
            {"deviations", std::move(deviations)},
            {"kinds", result.kinds},
            {"faults", std::move(faults)},
            {"counts",
             {{"messages", result.counts.messages},
              {"stored", result.counts.stored},
              {"duplicates", result.counts.duplicates},
              {"quarantined", result.counts.quarantined}}}};
}

FileResult checkFile(const std::string& path, std::optional<Format> format, const Source& source) {
    FileResult result;
    const auto reject = [&](const base::Error& why) {
        result.outcome = FileOutcome::rejected;
        result.reason = why.message;
        result.place = why.place;
        result.faults.push_back(why);
        return result;
    };
    const auto noteFaults = [&](const std::vector<Fault>& faults) {
        if (!faults.empty() && result.counts.quarantined == 0)
            reject(faults.front().error);
        for (std::size_t i = result.counts.quarantined == 0 ? 1 : 0; i < faults.size() && result.faults.size() < FileResult::mostFaultsTold; ++i)
            result.faults.push_back(faults[i].error);
        result.counts.quarantined += faults.size();
    };
    auto opened = openFile(path, format, result);
    if (!opened)
        return reject(opened.error());
    if (result.format == Format::readingsNdjson) {
        ReadingsFile file(std::move(opened->source), std::move(opened->head), result);
        file.run(SIZE_MAX / 2, {}, [&](const std::vector<model::Reading>&, const std::vector<Fault>& faults) {
            noteFaults(faults);
            return true;
        });
        if (result.counts.messages > 0)
            result.kinds["readings"] = result.counts.messages;
        if (file.m_failed)
            result.outcome = FileOutcome::rejected;
        else if (file.m_tooBad)
            result.reason = tooManyBadLines(file.linesRead());
        else if (result.counts.quarantined == 0)
            result.outcome = FileOutcome::valid;
        return result;
    }
    if (const auto filled = fillWhole(*opened, result.format); !filled)
        return reject(filled.error());
    auto decoded = decode(opened->head, known(result.format), source);
    if (!decoded)
        return reject(decoded.error());
    result.format = decoded->format;
    result.counts.messages = decoded->messages.size();
    for (const auto& message : decoded->messages)
        ++result.kinds[std::string(kindOf(message))];
    if (!decoded->links.empty())
        result.kinds["links"] = decoded->links.size();
    result.deviations = std::move(decoded->deviations);
    result.outcome = result.deviations.empty() ? FileOutcome::valid : FileOutcome::deviating;
    noteFaults(decoded->faults);
    return result;
}

FileResult ingestFile(const std::string& path, std::optional<Format> format, Sink& sink,
                      const FileIngestOptions& options) {
    FileResult result;
    const auto refuse = [&](const base::Error& why) {
        result.outcome = FileOutcome::refused;
        result.reason = why.message;
        return result;
    };
    auto opened = openFile(path, format, result);
    if (!opened)
        return refuse(opened.error());
    if (result.format == Format::readingsNdjson) {
        ingestReadings(std::move(*opened), sink, options, result);
        return result;
    }
    if (const auto filled = fillWhole(*opened, result.format); !filled)
        return refuse(filled.error());
    if (options.progress)
        options.progress(opened->head.size());
    FileDelivery delivery(sink, options, result);
    Source source = options.source;
    source.feed = options.feed;
    source.name = path;
    auto decoded = decode(opened->head, known(result.format), source);
    if (!decoded) {
        if (quarantineWhole(*opened, decoded.error(), delivery, result))
            judge(result);
        return result;
    }
    result.format = decoded->format;
    result.counts.messages = decoded->messages.size();
    result.deviations = std::move(decoded->deviations);
    for (auto& message : decoded->messages)
        if (auto* report = std::get_if<model::Report>(&message); report && report->feed.empty())
            report->feed = options.feed;
    if (!decoded->attachments.empty()) {
        if (!source.photos)
            result.deviations.emplace_back("photos were left out: none are kept here");
        else if (auto kept = source.photos->keepAll(*decoded, source); !kept)
            return refuse(kept.error());
    }
    bool taken = delivery.messages(std::move(decoded->messages));
    for (const auto& fault : decoded->faults)
        taken = taken && delivery.quarantine(result.format, fault.bytes, fault.error);
    if (taken)
        judge(result);
    return result;
}

} // namespace tocsin::ingest
