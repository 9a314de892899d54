#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QAbstractTableModel>
#include <set>
#include <vector>

namespace tocsin::gui {

/// The register of sensors as rows, those that fit what is searched. Cells are made when they are looked at.
class SensorTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum class Column : unsigned char { name, id, kind, unit, place, last, silent, range, service };
    static constexpr int columns = static_cast<int>(Column::service) + 1;

    SensorTable(const UiContext& ui, QObject* parent);

    enum class Shown : unsigned char { inUse, retired, all };
    void look(const QString& text, Shown shown); ///< anew; empty: all of them
    [[nodiscard]] std::size_t total() const { return m_total; }   ///< of those that are shown, without a search
    [[nodiscard]] bool foundHidden() const { return m_foundHidden; } ///< the search fits one that is not shown
    void take(const Changes& changes); ///< rows that changed are painted anew; look() for what came
    void tick();                       ///< ages have grown, and clocks may be known to be wrong
    void retranslate();
    [[nodiscard]] int rowOf(const model::SensorId& id) const;
    [[nodiscard]] std::vector<int> rowsOf(const std::set<model::SensorId>& ids) const;
    [[nodiscard]] const model::Sensor* at(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

  private:
    struct Known {
        model::SensorId id;
        QString words; ///< by which it is found
        bool retired{false};
    };
    void learn();
    [[nodiscard]] QString text(const model::Sensor& sensor, Column column) const;
    /// What has an order of its own, beside its text: seconds. Infinite where there is none.
    [[nodiscard]] double weight(const model::Sensor& sensor, Column column) const;
    void order();

    UiContext m_ui;
    std::vector<Known> m_known; ///< the whole register, in the order of the ids
    bool m_stale{true};
    std::size_t m_total{0};
    bool m_foundHidden{false};
    std::vector<model::SensorId> m_ids;
    int m_sortColumn{-1};
    Qt::SortOrder m_sortOrder{Qt::AscendingOrder};
};

} // namespace tocsin::gui
