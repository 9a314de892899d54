#include "tocsin/ingest/folder_check.hpp"

#include "ingest/as_utf8.hpp"
#include "ingest/folder_files.hpp"

#include <nlohmann/json.hpp>

namespace tocsin::ingest {

namespace fs = std::filesystem;
using base::Code;

namespace {

class Walk {
  public:
    Walk(const FolderCheckOptions& options, const std::function<void(const FileResult&)>& each) : m_options(options), m_each(each) {}

    void below(const fs::path& folder, std::vector<FolderEntry> listed, std::size_t level, FolderTally& direct) {
        for (const auto& entry : listed) {
            if (m_ended)
                return;
            if (m_looked++ == m_options.mostFiles)
                end(folder, direct);
            else if (entry.seen.kind == FileSeen::Kind::folder)
                into(folder / entry.name, level + 1, level == 0 ? ofItsOwn(entry.name) : direct);
            else
                take(folder / entry.name, entry.seen.kind, direct);
        }
    }

    [[nodiscard]] std::vector<FolderTally> tallies(FolderTally direct) const {
        std::vector<FolderTally> out;
        if (direct.files > 0)
            out.push_back(std::move(direct));
        for (const auto& [name, tally] : m_byName)
            out.push_back(tally);
        return out;
    }

  private:
    FolderTally& ofItsOwn(const std::string& name) {
        auto& tally = m_byName[name];
        tally.folder = name;
        return tally;
    }

    void into(const fs::path& folder, std::size_t level, FolderTally& tally) {
        if (level > m_options.mostLevels) {
            tell(folder, {Code::tooLarge, "folders in folders, more than " + std::to_string(m_options.mostLevels) + " deep: not looked into", {}}, tally);
            return;
        }
        auto listed = listFolder(folder, m_options.mostFiles + 1);
        if (!listed) {
            tell(folder, listed.error(), tally);
            return;
        }
        below(folder, std::move(*listed), level, tally);
    }

    void take(const fs::path& file, FileSeen::Kind kind, FolderTally& tally) {
        if (kind == FileSeen::Kind::other) {
            const auto opened = OpenFile::open(file); // a link, a pipe, a device: refused with what it is
            tell(file, opened ? base::Error{Code::unavailable, "it has changed while it was looked at", {}} : opened.error(), tally);
            return;
        }
        auto source = m_options.source;
        source.name = file.filename().string();
        give(checkFile(file.string(), m_options.format, source), tally);
    }

    void end(const fs::path& folder, FolderTally& tally) {
        m_ended = true;
        tell(folder, {Code::tooLarge, "more than " + std::to_string(m_options.mostFiles) + " files and folders: the rest was not looked at", {}}, tally);
    }

    /// What is no file that could be decoded.
    void tell(const fs::path& what, const base::Error& why, FolderTally& tally) {
        FileResult result;
        result.file = what.string();
        result.outcome = FileOutcome::rejected;
        result.reason = why.message;
        result.faults.push_back(why);
        give(result, tally);
    }

    void give(const FileResult& result, FolderTally& tally) {
        tally.add(result);
        m_each(result);
    }

    const FolderCheckOptions& m_options;
    const std::function<void(const FileResult&)>& m_each;
    std::map<std::string, FolderTally> m_byName;
    std::size_t m_looked{0};
    bool m_ended{false}; ///< and it was told
};

} // namespace

void FolderTally::add(const FileResult& result) {
    ++files;
    for (const auto& [kind, count] : result.kinds)
        kinds[kind] += count;
    if (result.outcome == FileOutcome::valid)
        ++taken;
    else if (result.outcome == FileOutcome::deviating)
        ++deviating;
    else if (result.format == Format::unknown)
        ++unknown;
    else if (result.kinds.empty())
        ++refused;
    else
        ++partly;
}

void FolderTally::add(const FolderTally& other) {
    files += other.files;
    taken += other.taken;
    deviating += other.deviating;
    partly += other.partly;
    refused += other.refused;
    unknown += other.unknown;
    for (const auto& [kind, count] : other.kinds)
        kinds[kind] += count;
}

nlohmann::json toJson(const FolderTally& tally) {
    return {{"folder", utf8(tally.folder)}, {"files", tally.files},     {"taken", tally.taken},     {"deviating", tally.deviating},
            {"partly", tally.partly},    {"refused", tally.refused}, {"unknown", tally.unknown}, {"kinds", tally.kinds}};
}

base::Result<std::vector<FolderTally>> checkFolder(const fs::path& folder, const FolderCheckOptions& options,
                                                   const std::function<void(const FileResult&)>& each) {
    auto listed = listFolder(folder, options.mostFiles + 1);
    if (!listed)
        return tl::unexpected(listed.error());
    Walk walk(options, each);
    FolderTally direct;
    direct.folder = ".";
    walk.below(folder, std::move(*listed), 0, direct);
    return walk.tallies(std::move(direct));
}

} // namespace tocsin::ingest
