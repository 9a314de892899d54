#pragma once

#include "county/demo_tables.hpp"
#include "county/placer.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/model/resource.hpp"
#include "tocsin/model/sensor.hpp"

#include <filesystem>
#include <vector>

namespace tocsin::county {

/// Reads the demo's tables and sets each thing on the map. Throws base::Error (a fault names file, line and why).
class DemoRegister {
  public:
    DemoRegister(std::filesystem::path folder, const Placer& placer, const DemoNames& names, base::IdSource& ids,
                 base::Time now);

    [[nodiscard]] std::vector<model::Resource> resources();
    [[nodiscard]] std::vector<model::Sensor> sensors();

  private:
    void addFacilities();
    void addTeams();
    void addVehicles();
    void addWarehouses();
    void addShelters();
    void addExperts();
    void addMobileFacilities();
    // demo_records.cpp
    void addDetails();
    void addLenders();
    [[nodiscard]] model::Resource& calledIn(const CsvTable::Row& row);
    template <typename T>
    static T need(base::Result<T> result) {
        if (!result)
            throw result.error(); // NOLINT: base::Error is caught in makeDemoCounty
        return std::move(*result);
    }

    [[nodiscard]] CsvTable load(const char* file, const std::vector<std::string>& columns) const;
    [[nodiscard]] model::Position place(const CsvTable::Row& row) const;
    [[nodiscard]] double number(const CsvTable::Row& row, const char* column, double lowest, double highest) const;
    [[nodiscard]] std::vector<model::Capability> capabilities(const CsvTable::Row& row) const;
    /// The municipality that a form such as "near:Malbun:3" names, for people to read.
    [[nodiscard]] base::LocalText placeName(const std::string& at) const;
    [[nodiscard]] model::Resource begin(model::ResourceKind kind, const CsvTable::Row& row);

    std::filesystem::path m_folder;
    const Placer& m_placer;
    const DemoNames& m_names;
    base::IdSource& m_ids;
    base::Time m_now;
    std::vector<model::Resource> m_resources;
};

} // namespace tocsin::county
