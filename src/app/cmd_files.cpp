#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/desk_sink.hpp"
#include "tocsin/ingest/file_ingest.hpp"
#include "tocsin/ingest/photo_store.hpp"

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
        std::string known;
        for (const Format one : ingest::allFormats())
            known += (known.empty() ? "" : ", ") + std::string(toString(one));
        std::fprintf(stderr, "tocsin: no format '%s'; there are: %s\n", text.c_str(), known.c_str());
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

namespace {

/// The feed that --feed names: how it means what it sends.
base::Result<std::optional<ingest::FeedConfig>> feedOf(const FilesOptions& options,
                                                       const std::vector<ingest::FeedConfig>& feeds) {
    if (options.feed.empty())
        return std::nullopt;
    for (const auto& feed : feeds)
        if (feed.name == options.feed)
            return feed;
    return base::fail(base::Code::notFound, "config.toml has no feed '" + options.feed + "'");
}

std::optional<Format> formatOf(std::optional<Format> asked, const std::optional<ingest::FeedConfig>& feed) {
    if (asked || !feed || feed->format == Format::unknown)
        return asked;
    return feed->format;
}

} // namespace

int runCheck(const FilesOptions& options, const Console& console) {
    std::vector<ingest::FeedConfig> feeds;
    if (!options.feed.empty()) {
        auto loaded = loadFeeds(county::CountyFolder{options.data});
        if (!loaded)
            return console.fail(loaded.error());
        feeds = std::move(*loaded);
    }
    const auto feed = feedOf(options, feeds);
    if (!feed)
        return console.fail(feed.error());
    return eachFile(options, console, [&](const std::string& file, std::optional<Format> format) {
        return ingest::checkFile(file, formatOf(format, *feed), *feed ? (*feed)->source() : ingest::Source{});
    });
}

int runIngest(const FilesOptions& options, const Console& console) {
    auto session = openCounty(options.data, Wish::write);
    if (!session)
        return console.fail(session.error());
    const auto feed = feedOf(options, (*session)->feeds);
    if (!feed)
        return console.fail(feed.error());
    ingest::FileIngestOptions how;
    auto photos = ingest::PhotoStore::open((*session)->folder.photos());
    if (!photos)
        return console.fail(photos.error());
    if (*feed) {
        auto equipped = **feed;
        if (auto ok = ingest::equip(equipped, (*session)->folder.root, *photos); !ok)
            return console.fail(ok.error());
        how.feed = equipped.name;
        how.source = equipped.source();
    }
    how.source.photos = *photos;
    how.source.receivedAt = (*session)->clock->now();
    DeskSink sink(*(*session)->desk);
    sink.adopt({how.feed}); // somebody gives it by hand
    return eachFile(options, console, [&](const std::string& file, std::optional<Format> format) {
        return ingest::ingestFile(file, formatOf(format, *feed), sink, how);
    });
}

} // namespace tocsin::app
