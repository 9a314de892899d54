#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/county/osm_import.hpp"

#include <cpl_error.h>
#include <filesystem>
#include <gdal_priv.h>
#include <initializer_list>
#include <memory>
#include <ogr_spatialref.h>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// What all imports through GDAL share. GDAL is used with few drivers, without the network, and its complaints are
/// collected instead of printed.
namespace tocsin::county {

/// An import that cannot go on: thrown inside an import, and caught where its public function returns.
struct ImportFault {
    base::Error error;
};
[[noreturn]] void refuse(base::Code code, std::string message, base::Place place = {});

/// The thread's dealings with GDAL while it lives: errors are kept (the first one is the reason), and nothing goes over
/// the network, not even a projection grid.
class GdalSession {
  public:
    GdalSession();
    ~GdalSession();
    GdalSession(const GdalSession&) = delete;
    GdalSession& operator=(const GdalSession&) = delete;

    [[nodiscard]] bool failed() const { return !m_reason.empty(); }
    /// The first complaint since forget(), shortened to one line.
    [[nodiscard]] const std::string& reason() const { return m_reason; }
    void forget() { m_reason.clear(); }
    /// `what`, with the reason after it.
    [[noreturn]] void giveUp(base::Code code, const std::string& what) const;
    /// Gives up when GDAL complained since forget(): a write that did not reach the disk is told nowhere else.
    void check(base::Code code, const std::string& what) const {
        if (failed())
            giveUp(code, what);
    }

  private:
    static void hear(CPLErr level, CPLErrorNum number, const char* message);
    std::string m_reason;
};

/// A GDAL setting of this thread, taken back at the end.
class GdalSetting {
  public:
    GdalSetting(const char* key, const char* value) : m_key(key) { CPLSetThreadLocalConfigOption(key, value); }
    ~GdalSetting() { CPLSetThreadLocalConfigOption(m_key, nullptr); }
    GdalSetting(const GdalSetting&) = delete;
    GdalSetting& operator=(const GdalSetting&) = delete;

  private:
    const char* m_key;
};

/// The drivers that imports open files with, by GDAL's names; registered once for the process.
[[nodiscard]] GDALDriver& gdalDriver(const char* name);

struct CloseDataset {
    void operator()(GDALDataset* set) const { GDALClose(GDALDataset::ToHandle(set)); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;
/// Opens for reading with these drivers only; null when none of them can.
[[nodiscard]] Dataset openDataset(const std::string& path, unsigned flags, std::initializer_list<const char*> drivers,
                                  std::initializer_list<const char*> options = {});

/// EPSG:n, longitude before latitude. refuse()s when the projection database does not know it.
[[nodiscard]] OGRSpatialReference epsg(int code);
/// "EPSG:4490" or "4490", and nothing else: GDAL itself would also take files and addresses. Code::malformed.
[[nodiscard]] int epsgCode(std::string_view text);

/// GDAL's argument lists own their words.
class Words {
  public:
    Words(std::initializer_list<std::string> words) : m_words(words) {}
    void add(std::initializer_list<std::string> words) { m_words.insert(m_words.end(), words); }
    /// Valid until the next add().
    [[nodiscard]] char** list();

  private:
    std::vector<std::string> m_words;
    std::vector<char*> m_pointers;
};

/// The share from `from` to `to` of a whole job, for GDAL's progress functions; says no once the job is cancelled.
class ProgressPart {
  public:
    ProgressPart(const ProgressSink& sink, const std::stop_token& cancel, std::string_view stage, double from,
                 double to)
        : m_sink(sink), m_cancel(cancel), m_stage(stage), m_from(from), m_to(to) {}
    /// Throws ImportFault (cancelled).
    void at(double fraction) const;
    static int CPL_STDCALL gdal(double fraction, const char* message, void* self);

  private:
    const ProgressSink& m_sink;
    const std::stop_token& m_cancel;
    std::string_view m_stage;
    double m_from;
    double m_to;
};
void stopIfCancelled(const std::stop_token& cancel);

/// One import at a time into a county: holds the folder's lock for imports (the desk's own lock is another), and clears
/// away what an import that was killed left there. Throws ImportFault: notFound where there is no county, unavailable.
class ImportRoom {
  public:
    explicit ImportRoom(const CountyFolder& folder);
    ~ImportRoom();
    ImportRoom(const ImportRoom&) = delete;
    ImportRoom& operator=(const ImportRoom&) = delete;

  private:
    int m_handle{-1};
};

/// A file being made beside its place: "elevation.importing.tif". Removed, with what SQLite and GDAL put beside it,
/// unless it was moved into its place.
class FileInMaking {
  public:
    explicit FileInMaking(std::filesystem::path target);
    ~FileInMaking() { remove(); }
    FileInMaking(const FileInMaking&) = delete;
    FileInMaking& operator=(const FileInMaking&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// On the disk, then in its place in one step; who has the old file open keeps reading that. Throws ImportFault.
    void finish();

  private:
    void remove() const;
    std::filesystem::path m_target;
    std::filesystem::path m_path;
};

/// Leaves no side file: the one file is what is moved. Throws ImportFault.
void settleSqlite(const std::filesystem::path& file);

/// Runs `work` and turns what it throws into an error.
template <typename Value, typename Work>
base::Result<Value> importing(Work&& work) {
    try {
        return work();
    } catch (const ImportFault& fault) {
        return tl::unexpected(fault.error);
    } catch (const std::bad_alloc&) {
        return base::fail(base::Code::tooLarge, "the file needs more memory than there is");
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, e.what());
    }
}

} // namespace tocsin::county
