#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/console_files.hpp"
#include "tocsin/base/clock.hpp"
#include "tocsin/ingest/folder_check.hpp"

#include <algorithm>
#include <array>

// Files and folders judged as the desk would judge them, with no desk: nothing is stored, moved or sent.

namespace tocsin::app {

namespace {

namespace fs = std::filesystem;
using ingest::FolderTally;

/// As long as it is on a terminal, which has no wide letters in folders' names as a rule.
std::size_t lengthOf(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Also a table of Markdown, for a county's own notes.
class Table {
  public:
    using Row = std::array<std::string, 8>;

    void add(const FolderTally& tally) {
        auto name = forTerminal(tally.folder, 60);
        for (auto bar = name.find('|'); bar != std::string::npos; bar = name.find('|', bar + 2))
            name.insert(bar, 1, '\\');
        m_rows.push_back({std::move(name), std::to_string(tally.files), std::to_string(tally.taken), std::to_string(tally.deviating), std::to_string(tally.partly),
                          std::to_string(tally.refused), std::to_string(tally.unknown), kindWords(tally.kinds)});
    }

    void say(const Console& console) const {
        Row rule;
        for (std::size_t column = 0; column < rule.size(); ++column) {
            std::size_t wide = 0;
            for (const auto& row : m_rows)
                wide = std::max(wide, lengthOf(row[column]));
            rule[column] = isNumber(column) ? std::string(wide - 1, '-') + ":" : std::string(wide, '-');
        }
        for (std::size_t i = 0; i < m_rows.size(); ++i) {
            console.say(line(m_rows[i], rule));
            if (i == 0)
                console.say(line(rule, rule));
        }
    }

  private:
    static bool isNumber(std::size_t column) { return column > 0 && column + 1 < std::tuple_size_v<Row>; }
    static std::string line(const Row& row, const Row& widths) {
        std::string out = "|";
        for (std::size_t column = 0; column < row.size(); ++column) {
            const std::string pad(widths[column].size() - std::min(widths[column].size(), lengthOf(row[column])), ' ');
            out += " " + (isNumber(column) ? pad + row[column] : row[column] + pad) + " |";
        }
        return out;
    }

    std::vector<Row> m_rows{{"folder", "files", "taken", "deviating", "in part", "refused", "no format", "what they hold"}};
};

/// True if the desk would take all of it.
base::Result<bool> checkOne(const fs::path& folder, const FilesOptions& options, const ingest::FolderCheckOptions& how, const Console& console) {
    const auto tallies = ingest::checkFolder(folder, how, [&](const ingest::FileResult& result) {
        if (!options.eachFile)
            return;
        console.say(sentence(result));
        console.tell(toJson(result));
    });
    if (!tallies)
        return tl::unexpected(tallies.error());
    FolderTally all;
    all.folder = "all";
    Table table;
    for (const auto& tally : *tallies) {
        all.add(tally);
        table.add(tally);
        console.tell(toJson(tally));
    }
    if (tallies->size() != 1)
        table.add(all);
    if (options.eachFile)
        console.say("");
    table.say(console);
    nlohmann::json sum = toJson(all);
    sum["folder"] = folder.string();
    sum["all"] = true;
    console.tell(sum);
    return all.good();
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
    auto feed = feedOf(options, feeds);
    if (!feed)
        return console.fail(feed.error());
    const auto wanted = wantedFormat(options.format);
    if (!wanted)
        return Exit::calledWrongly;
    ingest::FolderCheckOptions how;
    how.source.feed = "check";
    if (*feed) {
        if (auto ok = ingest::equip(**feed, options.data, nullptr); !ok) // its signers; no photo is kept
            return console.fail(ok.error());
        how.source = (*feed)->source();
    }
    how.format = formatOf(*wanted, *feed);
    how.source.receivedAt = base::SystemClock().now(); // of what says no time of its own
    int code = Exit::done;
    for (const auto& path : options.files) {
        std::error_code none;
        if (path != "-" && fs::is_directory(path, none)) {
            const auto good = checkOne(path, options, how, console);
            if (!good)
                return console.fail(good.error());
            code = *good ? code : Exit::refused;
            continue;
        }
        auto source = how.source;
        source.name = fs::path(path).filename().string();
        const auto result = ingest::checkFile(path, how.format, source);
        console.say(sentence(result));
        console.tell(toJson(result));
        if (!result.good())
            code = Exit::refused;
    }
    return code;
}

} // namespace tocsin::app
