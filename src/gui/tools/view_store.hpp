#pragma once

#include "tocsin/gui/map_layers.hpp"
#include "tocsin/model/position.hpp"

#include <QByteArray>
#include <QString>
#include <filesystem>
#include <map>
#include <optional>

namespace tocsin::gui {

/// A place, how near, and what is shown there.
struct NamedView {
    QString name;
    model::Position centre;
    double zoom{12};
    LayerSet layers;
    friend bool operator==(const NamedView&, const NamedView&) = default;
};

/// What the map's tools remember from one day to the next, in an .ini file: which layers are shown and how, and the
/// named views 1…9. What cannot be understood in it is left out. An empty path remembers nothing. GUI thread.
class ViewStore {
  public:
    static constexpr int slots_ = 9; ///< named views are numbered from 1 to this

    explicit ViewStore(std::filesystem::path ini);

    [[nodiscard]] std::optional<LayerSet> layers() const;
    void keepLayers(const LayerSet& set);

    [[nodiscard]] const std::map<int, NamedView>& views() const { return m_views; }
    void keepView(int slot, const NamedView& view);
    void dropView(int slot);

  private:
    std::filesystem::path m_ini;
    std::map<int, NamedView> m_views;
};

[[nodiscard]] QByteArray toJson(const LayerSet& set);
[[nodiscard]] std::optional<LayerSet> layerSetFrom(const QByteArray& json);
[[nodiscard]] QByteArray toJson(const NamedView& view);
[[nodiscard]] std::optional<NamedView> namedViewFrom(const QByteArray& json);

} // namespace tocsin::gui
