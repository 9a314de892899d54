#pragma once

#include "tocsin/gui/theme.hpp"
#include "tocsin/model/report.hpp"

#include <QImage>
#include <QThreadPool>
#include <QWidget>
#include <filesystem>
#include <vector>

class QGridLayout;
class QToolButton;

namespace tocsin::gui {

/// A report's photos as small pictures, read by a worker; a click or Enter shows one large. One whose file is missing
/// says so. GUI thread.
class PhotoStrip : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::size_t most = 24;
    PhotoStrip(const Theme& theme, QWidget* parent);
    ~PhotoStrip() override;

    /// `folder` has them as <sha256>.jpg.
    void show(const std::filesystem::path& folder, const std::vector<model::Photo>& photos);
    void words();
    [[nodiscard]] bool isLoading() const { return m_loading > 0; }

  private:
    void take(std::size_t index, const QImage& picture);
    void enlarge(std::size_t index);
    void name(std::size_t index);

    const Theme& m_theme;
    QGridLayout* m_grid;
    std::filesystem::path m_folder;
    std::vector<model::Photo> m_photos;
    std::vector<QToolButton*> m_buttons;
    enum class State : unsigned char { loading, shown, missing };
    std::vector<State> m_states;
    int m_loading{0};
    std::uint64_t m_turn{0}; ///< what comes from an earlier one is dropped
    QThreadPool m_pool;
};

/// Read and made no larger than `box`; null if it cannot be. Any thread. A file that is huge or no picture is none.
[[nodiscard]] QImage readPhoto(const std::filesystem::path& file, QSize box);
/// Where a photo lies; empty if its digest is none, so that no name from outside leaves the folder.
[[nodiscard]] std::filesystem::path photoFile(const std::filesystem::path& folder, const model::Photo& photo);

} // namespace tocsin::gui
