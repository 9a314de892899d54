#pragma once

#include "tocsin/gui/panels/panel.hpp"
#include "tocsin/model/ids.hpp"

#include <filesystem>
#include <memory>
#include <optional>

class QScrollArea;
class QStackedLayout;

namespace tocsin::gui {

class DetailView;
class IncidentView;

/// The selected thing (F5): its facts, what can be done with it, its time line. For an incident, who should go.
class DetailPanel : public Panel {
    Q_OBJECT
  public:
    explicit DetailPanel(const UiContext& context, QWidget* parent = nullptr);

    [[nodiscard]] QString panelTitle() const override; ///< the kind of what is selected: "Incident"
    [[nodiscard]] QString emptyText() const override;
    void takeFocus() override;
    [[nodiscard]] QList<QAction*> keyActions() override;
    /// Where the photos of reports lie, as <sha256>.jpg. Before anything is selected.
    void setPhotos(std::filesystem::path folder) { m_photos = std::move(folder); }

  public slots:
    /// F9: sends whom the decision card has checked. Does nothing unless an incident is selected.
    void sendTeams();

  signals:
    void amendCallWanted(tocsin::model::ReportId call); ///< somebody wants to change a recorded call
    /// Whom the decision card would send now, with their routes; null when nothing is proposed.
    void proposalChanged(std::shared_ptr<const tocsin::dispatch::Recommendation> proposal);
    void coverChanged(std::shared_ptr<const tocsin::dispatch::Cover> cover);

  protected:
    void retranslate() override;
    void restyle() override;

  private:
    void follow(); ///< the selection
    [[nodiscard]] DetailView* viewFor(const Selected& what);
    template <typename View>
    [[nodiscard]] DetailView* only(View*& view);

    QScrollArea* m_scroll;
    std::filesystem::path m_photos;
    DetailView* m_shown{nullptr};
    QList<QAction*> m_keyActions;
    struct Views;
    std::shared_ptr<Views> m_views;
};

} // namespace tocsin::gui
