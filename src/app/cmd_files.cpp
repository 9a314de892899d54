#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/desk_sink.hpp"
#include "app/console_files.hpp"
#include "tocsin/ingest/file_ingest.hpp"
#include "tocsin/ingest/photo_store.hpp"

namespace tocsin::app {

int runIngest(const FilesOptions& options, const Console& console) {
    auto session = openCounty(options.data, Wish::write);
    if (!session)
        return console.fail(session.error());
    const auto feed = feedOf(options, (*session)->feeds);
    if (!feed)
        return console.fail(feed.error());
    const auto wanted = wantedFormat(options.format);
    if (!wanted)
        return Exit::calledWrongly;
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
    int code = Exit::done;
    for (const auto& file : options.files) {
        const auto result = ingest::ingestFile(file, formatOf(*wanted, *feed), sink, how);
        console.say(sentence(result));
        console.tell(toJson(result));
        if (!result.good())
            code = Exit::refused;
    }
    return code;
}

} // namespace tocsin::app
