#include "county/overlays.hpp"

#include "county/gdal_tools.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <ogrsf_frmts.h>

namespace tocsin::county {

namespace fs = std::filesystem;

namespace {

constexpr const char* schema =
    "CREATE TABLE IF NOT EXISTS overlay(name TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,"
    " geometry TEXT NOT NULL, source TEXT NOT NULL, licence TEXT NOT NULL, datum TEXT NOT NULL, made TEXT NOT NULL)";

[[noreturn]] void damaged(const fs::path& file, const char* why) {
    refuse(base::Code::storage, file.filename().string() + " is damaged or cannot be written: " + why);
}

} // namespace

std::vector<Overlay> readOverlays(const fs::path& file) {
    std::vector<Overlay> out;
    std::error_code ec;
    if (!fs::exists(file, ec))
        return out;
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        if (!database.tableExists("overlay"))
            return out;
        SQLite::Statement rows(
            database, "SELECT name, title, kind, geometry, source, licence, datum, made FROM overlay ORDER BY rowid");
        while (rows.executeStep()) {
            Overlay layer;
            std::string* const texts[] = {&layer.name,   &layer.title,   &layer.kind,  &layer.geometry,
                                          &layer.source, &layer.licence, &layer.datum, &layer.made};
            for (int i = 0; i < 8; ++i)
                *texts[i] = rows.getColumn(i).getString();
            if (tableName(layer.name) != layer.name)
                refuse(base::Code::storage, file.filename().string() + " has a layer of an impossible name");
            layer.features = database.execAndGet("SELECT count(*) FROM \"" + layer.name + '"').getInt64();
            out.push_back(std::move(layer));
        }
    } catch (const SQLite::Exception& e) {
        damaged(file, e.what());
    }
    return out;
}

void writeOverlays(const fs::path& file, const std::vector<std::string>& gone, const std::vector<Overlay>& layers) {
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        SQLite::Transaction transaction(database);
        database.exec(schema);
        SQLite::Statement forget(database, "DELETE FROM overlay WHERE name = ?");
        for (const auto& name : gone) {
            forget.reset();
            forget.bind(1, name);
            forget.exec();
        }
        SQLite::Statement enter(database, "INSERT OR REPLACE INTO overlay VALUES(?,?,?,?,?,?,?,?)");
        for (const auto& layer : layers) {
            enter.reset();
            int i = 0;
            for (const auto* text : {&layer.name, &layer.title, &layer.kind, &layer.geometry, &layer.source,
                                     &layer.licence, &layer.datum, &layer.made})
                enter.bind(++i, *text);
            enter.exec();
        }
        transaction.commit();
        if (!gone.empty())
            database.exec("VACUUM"); // what was dropped would stay in the file
    } catch (const SQLite::Exception& e) {
        damaged(file, e.what());
    }
    settleSqlite(file);
}

std::string tableName(std::string_view words) {
    std::string out;
    for (const char c : words) {
        if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
        else if (!out.empty() && out.back() != '_')
            out += '_';
        if (out.size() == 40)
            break;
    }
    while (!out.empty() && out.back() == '_')
        out.pop_back();
    if (out.empty() || out.front() < 'a' || out == "overlay" || out.starts_with("gpkg") || out.starts_with("rtree") ||
        out.starts_with("sqlite"))
        out = out.empty() ? "layer" : "layer_" + out;
    return out;
}

std::vector<std::string> layersCalled(const std::vector<Overlay>& layers, const std::string& name) {
    std::vector<std::string> out;
    for (const auto& layer : layers)
        if (layer.name == name || layer.name == name + "_point" || layer.name == name + "_line" ||
            layer.name == name + "_polygon")
            out.push_back(layer.name);
    return out;
}

base::Result<std::vector<Overlay>> listOverlays(const CountyFolder& folder) {
    return importing<std::vector<Overlay>>([&] { return readOverlays(folder.overlays()); });
}

base::Result<void> removeOverlay(const CountyFolder& folder, const std::string& name) {
    return importing<void>([&]() -> base::Result<void> {
        const ImportRoom room(folder);
        const auto gone = layersCalled(readOverlays(folder.overlays()), name);
        if (gone.empty())
            refuse(base::Code::notFound, "there is no imported layer " + name);
        FileInMaking file(folder.overlays());
        std::error_code ec;
        fs::copy_file(folder.overlays(), file.path(), ec);
        if (ec)
            refuse(base::Code::storage, "cannot copy " + folder.overlays().filename().string() + ": " + ec.message());
        {
            GdalSession gdal;
            static constexpr const char* drivers[] = {"GPKG", nullptr};
            (void)gdalDriver("GPKG");
            Dataset set(
                GDALDataset::Open(file.path().c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, drivers, nullptr, nullptr));
            for (int i = set ? set->GetLayerCount() : 0; i-- > 0;)
                if (std::find(gone.begin(), gone.end(), set->GetLayer(i)->GetName()) != gone.end())
                    set->DeleteLayer(i);
            set.reset();
            gdal.check(base::Code::storage, "cannot remove the layer");
        }
        writeOverlays(file.path(), gone, {});
        file.finish();
        return {};
    });
}

} // namespace tocsin::county
