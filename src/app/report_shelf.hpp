#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/ingest/open311.hpp"

#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace tocsin::app {

/// The desk's reports as the public may see them, for who asks by Open311. Thread safe; the desk must outlive it.
class ReportShelf {
  public:
    explicit ReportShelf(desk::Desk& desk);
    ~ReportShelf();
    ReportShelf(const ReportShelf&) = delete;
    ReportShelf& operator=(const ReportShelf&) = delete;

    [[nodiscard]] std::vector<model::Report> find(const ingest::ReportQuery& query) const;

  private:
    void take(const model::Changed& changed);

    mutable std::mutex m_mutex; ///< guards the members below
    std::map<model::ReportId, model::Report> m_reports; ///< ids rise with time
    std::set<model::IncidentId> m_closed;
    base::Subscription m_subscription;
};

} // namespace tocsin::app
