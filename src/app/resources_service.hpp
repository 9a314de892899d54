#pragma once

#include "app/record_files.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/county/record_index.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/gui/bridge.hpp"
#include "tocsin/gui/resources_desk.hpp"

#include <QThreadPool>
#include <memory>

namespace tocsin::app {

/// The resource database as the window asks for it. One worker does all that takes long, so that the index needs no lock: changes are put
/// into it there, before the next question. GUI thread; bridge and desk must outlive it.
class ResourcesService final : public QObject, public gui::ResourcesDesk {
  public:
    ResourcesService(gui::DeskBridge& bridge, desk::Desk& desk, county::CountyFolder folder, const county::Config& config);
    ~ResourcesService() override;

    void search(const QString& text, std::optional<model::ResourceKind> kind, QObject* context, std::function<void(Found)> answer) override;
    [[nodiscard]] const model::CapabilityTables& typing() const override { return m_typing; }
    void setTyping(model::CapabilityTables typing); ///< from now on, for the search too
    [[nodiscard]] Limits staleAfter(model::ResourceKind kind) const override;
    void open(std::filesystem::path file, Tables what, const QString& encoding, QObject* context, std::function<void(base::Result<Opened>)> answer) override;
    void tryOut(std::vector<QStringList> mapping, model::Datum datum, std::optional<model::ResourceKind> kind, std::stop_token stop,
                QObject* context, std::function<void(double)> progress, std::function<void(base::Result<Trial>)> answer) override;
    void take(std::stop_token stop, QObject* context, std::function<void(double)> progress,
              std::function<void(base::Result<Taken>)> answer) override;
    void exportTo(std::filesystem::path file, std::vector<model::ResourceId> only, QObject* context,
                  std::function<void(base::Result<QStringList>)> answer) override;
    void exportTables(std::filesystem::path file, Tables what, QObject* context,
                      std::function<void(base::Result<QStringList>)> answer) override;

  private:
    /// What only the workers touch.
    struct Shelf {
        std::unique_ptr<county::RecordIndex> index;
        std::filesystem::path file;
        county::SheetFile sheets;
        county::RecordImport import;
    };
    void follow(const gui::Changes& changes);

    gui::DeskBridge& m_bridge;
    desk::Desk& m_desk;
    county::CountyFolder m_folder;
    model::CapabilityTables m_typing;
    county::Config m_config;
    std::shared_ptr<Shelf> m_shelf;
    bool m_indexed{false};
    std::stop_source m_ending;
    QThreadPool m_finder;  ///< one thread: the index
    QThreadPool m_workers; ///< one thread: files
};

} // namespace tocsin::app
