#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/desk_sink.hpp"
#include "tocsin/ingest/file_ingest.hpp"

namespace tocsin::app {

namespace {

using ingest::Format;

std::string sentence(const ingest::FileResult& result) {
    std::string out = result.file + ": " + std::string(toString(result.outcome));
    if (result.format != Format::unknown)
        out += " (" + std::string(toString(result.format)) + ")";
    if (!result.reason.empty())
        out += ": " + base::Error{base::Code::malformed, result.reason, result.place}.describe();
    for (const auto& deviation : result.deviations)
        out += "\n  deviates: " + deviation;
    return out;
}

/// The format that --format asks for. Outer absent: no such format, and the person has been told.
std::optional<std::optional<Format>> wantedFormat(const std::string& text) {
    if (text.empty())
        return std::optional<Format>{};
    const auto format = ingest::formatFrom(text);
    if (!format || *format == Format::unknown) {
        std::fprintf(stderr, "tocsin: no format '%s': cap, usgs-geojson, report-json or readings-ndjson\n",
                     text.c_str());
        return std::nullopt;
    }
    return format;
}

template <typename Judge>
int eachFile(const FilesOptions& options, const Console& console, Judge judge) {
    const auto wanted = wantedFormat(options.format);
    if (!wanted)
        return Exit::calledWrongly;
    int code = Exit::done;
    for (const auto& file : options.files) {
        const ingest::FileResult result = judge(file, *wanted);
        console.say(sentence(result));
        console.tell(toJson(result));
        if (!result.good())
            code = Exit::refused;
    }
    return code;
}

} // namespace

int runCheck(const FilesOptions& options, const Console& console) {
    return eachFile(options, console, [](const std::string& file, std::optional<Format> format) {
        return ingest::checkFile(file, format);
    });
}

int runIngest(const FilesOptions& options, const Console& console) {
    auto session = openCounty(options.data, Wish::write);
    if (!session)
        return console.fail(session.error());
    DeskSink sink(*(*session)->desk);
    return eachFile(options, console, [&sink](const std::string& file, std::optional<Format> format) {
        return ingest::ingestFile(file, format, sink);
    });
}

} // namespace tocsin::app
