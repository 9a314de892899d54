#pragma once

#include "support.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <optional>
#include <vector>

namespace tocsin::county::testing {

/// A county folder with just what imports ask for: settings and the map's own description.
inline CountyFolder emptyCounty(const Scratch& scratch, const geo::Box& box) {
    const CountyFolder folder{scratch / "county"};
    std::filesystem::create_directories(folder.root);
    write(folder.config(), "[county]\nname = \"Testland\"\n\n[capabilities]\nfire = \"Fire\"\n");
    std::filesystem::remove(folder.map());
    SQLite::Database map(folder.map().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    map.exec("CREATE TABLE meta(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL)");
    SQLite::Statement put(map, "INSERT INTO meta(key, value) VALUES('bounds', ?)");
    put.bind(1, "[" + std::to_string(box.south) + "," + std::to_string(box.west) + "," + std::to_string(box.north) +
                    "," + std::to_string(box.east) + "]");
    put.exec();
    return folder;
}

inline std::vector<std::string> filesOf(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// A GeoTIFF of 32-bit floats, row by row from the north.
inline void writeTiff(const std::filesystem::path& file, const std::vector<float>& values, int width, double west,
                      double north, double cell, int epsgCode, std::optional<double> noData = std::nullopt) {
    GDALAllRegister();
    const int height = static_cast<int>(values.size()) / width;
    auto* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    GDALDataset* set = driver->Create(file.c_str(), width, height, 1, GDT_Float32, nullptr);
    double transform[] = {west, cell, 0, north, 0, -cell};
    set->SetGeoTransform(transform);
    if (epsgCode != 0) {
        OGRSpatialReference reference;
        reference.importFromEPSG(epsgCode);
        set->SetSpatialRef(&reference);
    }
    if (noData)
        set->GetRasterBand(1)->SetNoDataValue(*noData);
    auto copy = values;
    ASSERT_EQ(set->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, width, height, copy.data(), width, height, GDT_Float32, 0,
                                              0, nullptr),
              CE_None);
    GDALClose(set);
}

/// $TOCSIN_CORPORA, when it is there.
inline std::optional<std::filesystem::path> corpora() {
    const char* folder = std::getenv("TOCSIN_CORPORA");
    if (!folder || !std::filesystem::is_directory(folder))
        return std::nullopt;
    return folder;
}

/// What a file would be had its writing stopped half-way.
inline std::filesystem::path cutOff(const std::filesystem::path& file, const std::filesystem::path& to, double part) {
    const std::string bytes = bytesOf(file);
    write(to, bytes.substr(0, static_cast<std::size_t>(static_cast<double>(bytes.size()) * part)));
    return to;
}

} // namespace tocsin::county::testing
