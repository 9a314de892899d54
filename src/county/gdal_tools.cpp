#include "county/gdal_tools.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <charconv>
#include <cpl_http.h>
#include <fcntl.h>
#include <gdal_frmts.h>
#include <mutex>
#include <ogrsf_frmts.h>
#include <sys/file.h>
#include <unistd.h>

namespace tocsin::county {

namespace fs = std::filesystem;

void refuse(base::Code code, std::string message, base::Place place) {
    throw ImportFault{{code, std::move(message), place}};
}

namespace {

/// Answers every request that GDAL would make, so that none is made: a GeoJSON may name an address as its reference.
CPLHTTPResult* noNetwork(const char*, CSLConstList, GDALProgressFunc, void*, CPLHTTPFetchWriteFunc, void*, void*) {
    auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
    result->nStatus = 1;
    result->pszErrBuf = CPLStrdup("imports do not use the network");
    return result;
}

} // namespace

GdalSession::GdalSession() {
    CPLErrorReset();
    CPLPushErrorHandlerEx(hear, this);
    CPLHTTPPushFetchCallback(noNetwork, nullptr);
    CPLSetThreadLocalConfigOption("OGR_GEOJSON_MAX_OBJ_SIZE", "200");
    CPLSetThreadLocalConfigOption("GDAL_PAM_ENABLED", "NO"); // no .aux.xml beside anybody's files
    OSRSetPROJEnableNetwork(FALSE);
}

GdalSession::~GdalSession() {
    for (const char* key : {"OGR_GEOJSON_MAX_OBJ_SIZE", "GDAL_PAM_ENABLED"})
        CPLSetThreadLocalConfigOption(key, nullptr);
    CPLHTTPPopFetchCallback();
    CPLPopErrorHandler();
}

void GdalSession::hear(CPLErr level, CPLErrorNum, const char* message) {
    auto* self = static_cast<GdalSession*>(CPLGetErrorHandlerUserData());
    if (level < CE_Failure || !self->m_reason.empty())
        return;
    self->m_reason = message && *message ? message : "unknown reason";
    std::replace(self->m_reason.begin(), self->m_reason.end(), '\n', ' ');
    self->m_reason.resize(std::min<std::size_t>(self->m_reason.size(), 300));
    while (!self->m_reason.empty() && (self->m_reason.back() == '.' || self->m_reason.back() == ' '))
        self->m_reason.pop_back();
}

void GdalSession::giveUp(base::Code code, const std::string& what) const {
    refuse(code, m_reason.empty() ? what : what + ": " + m_reason);
}

GDALDriver& gdalDriver(const char* name) {
    static std::once_flag once;
    std::call_once(once, [] { // these only: all of them cost half a second
        GDALRegister_GTiff();
        GDALRegister_SRTMHGT();
        GDALRegister_MEM();
        GDALRegister_VRT(); // gdaldem reads through it; nothing from outside is opened with it
        RegisterOGRMEM();
        RegisterOGRShape();
        RegisterOGRGeoJSON();
        RegisterOGRTopoJSON();
        RegisterOGRLIBKML();
        RegisterOGRGeoPackage();
        RegisterOGRXLSX();
    });
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(name);
    if (!driver)
        refuse(base::Code::internal, std::string("this GDAL lacks its driver ") + name);
    return *driver;
}

Dataset openDataset(const std::string& path, unsigned flags, std::initializer_list<const char*> drivers,
                    std::initializer_list<const char*> options) {
    std::vector<const char*> allowed(drivers);
    for (const char* driver : allowed)
        (void)gdalDriver(driver);
    allowed.push_back(nullptr);
    std::vector<const char*> words(options);
    words.push_back(nullptr);
    return Dataset(GDALDataset::Open(path.c_str(), flags | GDAL_OF_READONLY, allowed.data(), words.data(), nullptr));
}

OGRSpatialReference epsg(int code) {
    OGRSpatialReference reference;
    if (reference.importFromEPSG(code) != OGRERR_NONE)
        refuse(base::Code::notFound, "EPSG:" + std::to_string(code) + " is not in the projection database");
    reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return reference;
}

int epsgCode(std::string_view text) {
    std::string_view digits = text;
    if (digits.size() > 5 && (digits.starts_with("EPSG:") || digits.starts_with("epsg:")))
        digits.remove_prefix(5);
    int code = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
    if (error != std::errc() || end != digits.data() + digits.size() || code <= 0)
        refuse(base::Code::malformed, '"' + std::string(text) + "\" is not a reference such as EPSG:4490");
    return code;
}

char** Words::list() {
    m_pointers.clear();
    for (auto& word : m_words)
        m_pointers.push_back(word.data());
    m_pointers.push_back(nullptr);
    return m_pointers.data();
}

void stopIfCancelled(const std::stop_token& cancel) {
    if (cancel.stop_requested())
        refuse(base::Code::cancelled, "the import was cancelled");
}

void ProgressPart::at(double fraction) const {
    stopIfCancelled(m_cancel);
    if (m_sink)
        m_sink({m_stage, m_from + (m_to - m_from) * std::clamp(fraction, 0.0, 1.0)});
}

int ProgressPart::gdal(double fraction, const char*, void* self) {
    const auto& part = *static_cast<const ProgressPart*>(self);
    if (part.m_cancel.stop_requested())
        return FALSE;
    part.at(fraction);
    return TRUE;
}

ImportRoom::ImportRoom(const CountyFolder& folder) {
    std::error_code ec;
    if (!fs::exists(folder.config(), ec) || !fs::exists(folder.map(), ec))
        refuse(base::Code::notFound,
               "there is no county in " + folder.root.string() + ": make one with 'tocsin init' first");
    // The folder itself is locked, so that no lock file is left behind.
    m_handle = ::open(folder.root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (m_handle < 0)
        refuse(base::Code::storage, folder.root.string() + " cannot be opened");
    if (::flock(m_handle, LOCK_EX | LOCK_NB) != 0) {
        ::close(m_handle);
        refuse(base::Code::unavailable, "another import into this county is running");
    }
    for (const fs::path& place : {folder.root, folder.baseMaps()}) {
        std::vector<fs::path> stale;
        for (const auto& entry : fs::directory_iterator(place, ec))
            if (entry.path().filename().string().find(".importing.") != std::string::npos)
                stale.push_back(entry.path());
        for (const auto& file : stale)
            fs::remove_all(file, ec);
    }
}

ImportRoom::~ImportRoom() {
    ::close(m_handle);
}

FileInMaking::FileInMaking(fs::path target) : m_target(std::move(target)), m_path(m_target) {
    m_path.replace_filename(m_target.stem().string() + ".importing" + m_target.extension().string());
    remove();
}

void FileInMaking::finish() {
    if (!putInPlace(m_path, m_target))
        refuse(base::Code::storage, "cannot put " + m_target.filename().string() + " in its place");
}

void FileInMaking::remove() const {
    for (const char* suffix : {"", "-journal", "-wal", "-shm", ".aux.xml", ".ovr", ".msk"}) {
        std::error_code ignored;
        fs::remove(m_path.string() + suffix, ignored);
    }
}

void settleSqlite(const fs::path& file) {
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        SQLite::Statement(database, "PRAGMA journal_mode=DELETE").executeStep();
    } catch (const SQLite::Exception& e) {
        refuse(base::Code::storage, "cannot finish " + file.filename().string() + ": " + e.what());
    }
}

} // namespace tocsin::county
